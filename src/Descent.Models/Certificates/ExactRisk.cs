using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;

namespace Descent.Models.Certificates;

/// <summary>
/// The problem without rounding: every number of it is a double (or the quotient of two), margins are sparse rows times parameters,
/// and columns are scaled by powers of two to entries of at most 2. Examples of weight 0 are left out.
/// A multinomial example has a row for each other class, x ⊗ (e_k − e_y).
/// </summary>
sealed class ExactRisk
{
    readonly List<int> starts = [0], first = [0];
    int filled;

    ExactRisk(LossShape shape, int dimension) => (Shape, Dimension) = (shape, dimension);

    public LossShape Shape { get; }

    public int Dimension { get; }

    public int Count => Weight.Length;

    public int Rows => Starts.Length - 1;

    /// <summary>Row positions of the examples, length n + 1.</summary>
    public int[] First { get; private set; } = [];

    /// <summary>Entry positions of the rows.</summary>
    public int[] Starts { get; private set; } = [];

    /// <summary>Parameter of every entry.</summary>
    public int[] Parameter { get; private set; } = [];

    /// <summary>Value of every entry, scaled.</summary>
    public double[] Value { get; private set; } = [];

    /// <summary>Number of every example among the rows of the data.</summary>
    public int[] Origin { get; private set; } = [];

    /// <summary>ωᵢ = weight by sum of weights.</summary>
    public DoubleDouble[] Weight { get; private set; } = [];

    /// <summary>c of every example.</summary>
    public double[] Centre { get; private set; } = [];

    /// <summary>What is added to the margin of every example.</summary>
    public double[] Offset { get; private set; } = [];

    /// <summary>Where the linear part of the margin brings example i to its centre, without rounding.</summary>
    public DoubleDouble LevelOf(int i) => (DoubleDouble)Centre[i] - Offset[i];

    /// <summary>Slopes allowed to a kinked loss.</summary>
    public DoubleDouble Low { get; private set; }

    /// <inheritdoc cref="Low"/>
    public DoubleDouble High { get; private set; }

    /// <summary>δ of Huber's loss.</summary>
    public double Delta { get; private set; }

    /// <summary>w = Unit·(scaled w); powers of two.</summary>
    public double[] Unit { get; private set; } = [];

    /// <summary>λⱼ for the scaled parameters.</summary>
    public double[] Ridge { get; private set; } = [];

    /// <summary>λ₁ⱼ for the scaled parameters.</summary>
    public double[] Lasso { get; private set; } = [];

    /// <summary>Multiplications of a Hessian.</summary>
    public double HessianWork { get; private set; }

    public bool IsFree(int j) => Ridge[j] == 0 && Lasso[j] == 0;

    public ReadOnlySpan<int> ParametersOf(int row) => Parameter.AsSpan(Starts[row], Starts[row + 1] - Starts[row]);

    public ReadOnlySpan<double> ValuesOf(int row) => Value.AsSpan(Starts[row], Starts[row + 1] - Starts[row]);

    /// <summary>The exact form of a risk; null for a loss of one's own, or beyond <paramref name="limit"/> entries.</summary>
    public static ExactRisk? Of<T>(EmpiricalRisk<T> risk, double limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LossShape? shape = risk.Kind switch
        {
            LossKind.Linear => LossShape.Squared,
            LossKind.Huber => LossShape.Huber,
            LossKind.Poisson => LossShape.Poisson,
            LossKind.Logistic or LossKind.Softmax => LossShape.Multinomial,
            LossKind.Absolute or LossKind.Quantile or LossKind.Hinge => LossShape.Kinked,
            _ => null,
        };
        // Shares of trials are two examples each.
        int copies = risk.Kind == LossKind.Softmax ? 2 * risk.Outputs : risk.Kind == LossKind.Logistic && HasShares(risk) ? 2 : 1;
        double entries = (risk.Entries + (double)risk.Count) * copies;
        if (shape is not { } known || entries > limit) return null;
        ExactRisk exact = new(known, risk.Dimension) { Parameter = new int[(int)entries], Value = new double[(int)entries] };
        return exact.Fill(risk) ? exact : null;
    }

    static bool HasShares<T>(EmpiricalRisk<T> risk)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (double y in risk.Labels.Span)
            if (y is > 0 and < 1) return true;
        return false;
    }

    bool Fill<T>(EmpiricalRisk<T> risk)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<double> labels = risk.Labels.Span;
        int[] columns = new int[risk.LongestRow];
        double[] x = new double[columns.Length];
        List<(double Weight, DoubleDouble Share)> weights = [];
        List<double> centres = [], offsets = [];
        List<int> origins = [];
        for (int i = 0; i < risk.Count; i++)
        {
            double weight = risk.Options.Weights?[i] ?? 1, y = labels[i];
            if (weight == 0) continue;
            int entries = risk.ReadRow(i, columns, x);
            if (risk.Kind == LossKind.Logistic && y is > 0 and < 1)
            {
                // A share y of successes is y of one success, and 1 − y of one failure.
                Add(1, y);
                Add(0, (DoubleDouble)1 - y);
                continue;
            }
            if (risk.Kind is LossKind.Logistic or LossKind.Hinge && y is not (0 or 1)) return false;
            Add(y, 1);

            void Add(double label, DoubleDouble share)
            {
                AddExample(risk, columns.AsSpan(0, entries), x.AsSpan(0, entries), label);
                weights.Add((weight, share));
                origins.Add(i);
                centres.Add(risk.Kind == LossKind.Hinge ? 1 : label);
                offsets.Add(Sign(risk.Kind, label) * risk.OffsetOf(i));
            }
        }
        (First, Starts, Centre, Origin, Offset) = ([.. first], [.. starts], [.. centres], [.. origins], [.. offsets]);
        // A multinomial example has a term for each pair of classes.
        if (risk.Kind == LossKind.Softmax) HessianWork *= (risk.Outputs + 2) / 2.0;
        Weigh(weights);
        Slopes(risk);
        return ScaleColumns(risk);
    }

    void AddExample<T>(EmpiricalRisk<T> risk, ReadOnlySpan<int> columns, ReadOnlySpan<double> x, double y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (risk.Kind == LossKind.Softmax)
        {
            int shift = risk.Options.L2 == 0 && risk.Options.L1 == 0 ? 1 : 0;
            for (int k = 0; k < risk.Outputs + shift; k++)
            {
                if (k == (int)y) continue;
                AddBlock(risk, k - shift, 1, columns, x);
                AddBlock(risk, (int)y - shift, -1, columns, x);
                EndRow();
            }
        }
        else
        {
            AddBlock(risk, 0, Sign(risk.Kind, y), columns, x);
            EndRow();
        }
        first.Add(starts.Count - 1);
    }

    // Rows of two classes are turned so that the example's own side is one side.
    static double Sign(LossKind kind, double y) => kind switch { LossKind.Logistic => 1 - (2 * y), LossKind.Hinge => (2 * y) - 1, _ => 1 };

    void AddBlock<T>(EmpiricalRisk<T> risk, int output, double sign, ReadOnlySpan<int> columns, ReadOnlySpan<double> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (output < 0) return;
        for (int e = 0; e < x.Length; e++)
        {
            (Parameter[filled], Value[filled]) = ((output * risk.Columns) + columns[e], sign * x[e]);
            filled++;
        }
        if (!risk.HasIntercept) return;
        (Parameter[filled], Value[filled]) = ((risk.Outputs * risk.Columns) + output, sign);
        filled++;
    }

    void EndRow()
    {
        double width = filled - starts[^1];
        HessianWork += width * width / 2;
        starts.Add(filled);
    }

    // A common power of two first: subnormal weights, and shares of them, keep all their digits.
    void Weigh(List<(double Weight, DoubleDouble Share)> weights)
    {
        double largest = 0;
        foreach ((double weight, _) in weights) largest = Math.Max(largest, weight);
        int up = -Math.ILogB(largest);
        DoubleDouble[] scaled = [.. weights.Select(a => (DoubleDouble)Math.ScaleB(a.Weight, up) * a.Share)];
        DoubleDouble total = 0;
        foreach (DoubleDouble a in scaled) total += a;
        Weight = [.. scaled.Select(a => a / total)];
    }

    void Slopes<T>(EmpiricalRisk<T> risk)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Shape == LossShape.Huber) Delta = risk.SlopeBound(0);
        if (Shape != LossShape.Kinked) return;
        // Pinball: −sτ is a double; s(1 − τ) in the risk is rounded, here it is not.
        double top = ((IPiecewiseLinearOracle<T>)risk).UpperSlope;
        (Low, High) = risk.Kind == LossKind.Hinge ? (-1, 0) : (-top, (risk.Kind == LossKind.Absolute ? 2 : 1) - (DoubleDouble)top);
    }

    bool ScaleColumns<T>(EmpiricalRisk<T> risk)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] largest = new double[Dimension];
        for (int e = 0; e < filled; e++) largest[Parameter[e]] = Math.Max(largest[Parameter[e]], Math.Abs(Value[e]));
        (Unit, Ridge, Lasso) = (new double[Dimension], new double[Dimension], new double[Dimension]);
        for (int j = 0; j < Dimension; j++)
        {
            if (!double.IsFinite(largest[j])) return false;
            Unit[j] = largest[j] == 0 ? 1 : Math.ScaleB(1, -Math.Clamp(Math.ILogB(largest[j]), -400, 400));
            Ridge[j] = risk.Ridge[j] * Unit[j] * Unit[j];
            Lasso[j] = risk.Lasso.IsEmpty ? 0 : risk.Lasso[j] * Unit[j];
        }
        for (int e = 0; e < filled; e++) Value[e] *= Unit[Parameter[e]];
        return true;
    }
}
