using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>Coordinate descent by columns: a step solves one working set.</summary>
sealed partial class ColumnIteration<T> : Iteration<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly IColumnOracle<T> oracle;
    readonly CoordinatePenalty penalty;
    readonly CscColumns x;
    readonly int intercept;
    readonly T[] point;
    readonly double[] w, z, slopes, curvatures, v, norms, ridge;
    readonly byte[] left;
    readonly PathMemory? memory;
    long whole, level;

    public ColumnIteration(IColumnOracle<T> oracle, CoordinatePenalty penalty, ReadOnlySpan<T> start, PathMemory? memory = null)
    {
        (this.oracle, this.penalty, this.memory) = (oracle, penalty, memory);
        int n = oracle.Count, d = start.Length;
        x = memory?.Columns ?? oracle.ByColumn();
        intercept = oracle.InterceptIndex;
        point = start.ToArray();
        w = new double[d];
        (z, slopes, curvatures) = (new double[n], new double[n], new double[n]);
        (v, left) = (new double[d], new byte[d]);
        (model, shift, trial) = (new double[n], new double[n], new double[n]);
        (set, keys, goal, before, bends) = (new int[d], new double[d], new double[d], new double[d], new double[d]);
        ridge = oracle.Ridge.ToArray();
        for (int j = 0; j < d; j++) ridge[j] += penalty.L2;
        norms = memory?.Columns is null ? Norms() : memory.Norms;
        if (memory is not null) (memory.Columns, memory.Norms) = (x, norms);
    }

    double[] Norms()
    {
        double[] found = new double[w.Length];
        oracle.ExampleWeights(model);
        for (int j = 0; j < found.Length; j++) found[j] = Math.Sqrt(Squares(j, model));
        return found;
    }

    public override ReadOnlySpan<T> Point => point;

    bool FreeIntercept => intercept >= 0 && ridge[intercept] == 0 && penalty.L1[intercept] == 0;

    public override void Visit(IStateVisitor visitor)
    {
        base.Visit(visitor);
        visitor.Buffer<T>("w", point);
        visitor.Buffer<byte>("left", left);
        visitor.Number("whole", ref whole);
        visitor.Number("level", ref level);
    }

    protected override long AdvanceCore(long atMost)
    {
        // Margins are made anew from w, so that no step inherits the rounding of those before,
        // and a restored run goes on with the same bits.
        Vectors.Convert<T, double>(point, w);
        Margins();
        if (FreeIntercept) Centre();
        double value = Value(z, slopes, curvatures);
        (LastValue, LastStepSize) = (value, 1);
        if (!double.IsFinite(value)) return 1;
        // What the penalty before has left is a dual point under this one too, and screens before a column is read.
        if (Step == 0 && memory is { Slopes.Length: > 0 }) Screen(value, memory.Slopes, memory.Products);
        Slopes();
        if (whole == 0) Screen(value, slopes, v);
        double gained = Choose() ? Solve(ref value) : 0;
        LastValue = value;
        for (int j = 0; j < w.Length; j++) point[j] = T.CreateTruncating(w[j]);
        Settle(gained);
        return 1;
    }

    // Twice no gain beyond rounding, the second time with every column looked at:
    // what was left out is asked once more, for screening is safe only up to rounding.
    void Settle(double gained)
    {
        level = gained > 1e-15 * Math.Abs(LastValue) ? 0 : level + 1;
        if (level == 0) return;
        if (whole != 0 && level > 1) End(true, "no coordinate can lower F: its optimality conditions hold to rounding");
        whole = 1;
        Array.Clear(left);
    }

    void Margins()
    {
        z.AsSpan().Fill(intercept >= 0 ? w[intercept] : 0);
        for (int j = 0; j < x.Columns; j++)
            if (w[j] != 0) x.AddScaled(j, w[j], z);
    }

    // The free intercept at its optimum, by Newton's method in one variable: then the slopes sum to zero, as a dual point's must.
    void Centre()
    {
        for (int k = 0; k < 30; k++)
        {
            oracle.MarginLoss(z, slopes, curvatures);
            double sum = Vectors.Sum<double>(slopes), bend = Vectors.Sum<double>(curvatures), move = Math.Clamp(-sum / bend, -10, 10);
            if (!double.IsFinite(move) || !(bend > 0) || Math.Abs(sum) <= 1e-15 * Size()) return;
            w[intercept] += move;
            for (int i = 0; i < z.Length; i++) z[i] += move;
        }
    }

    double Size()
    {
        double sum = 0;
        foreach (double s in slopes) sum += Math.Abs(s);
        return sum;
    }

    double Value(ReadOnlySpan<double> margins, Span<double> first, Span<double> second)
    {
        double sum = oracle.MarginLoss(margins, first, second);
        for (int j = 0; j < w.Length; j++)
            if (w[j] != 0) sum += (0.5 * ridge[j] * w[j] * w[j]) + (penalty.L1[j] * Math.Abs(w[j]));
        return sum;
    }

    // vⱼ = Xⱼᵀ(ωφ′) of every column that is not left out.
    void Slopes()
    {
        long touched = 0;
        for (int j = 0; j < w.Length; j++)
        {
            if (left[j] != 0) continue;
            v[j] = Product(j, slopes);
            touched += j == intercept ? 0 : x.EntriesOf(j);
        }
        Count(touched + x.Entries / Math.Max(1, x.Columns));
        if (memory is not null && left.AsSpan().IndexOf((byte)1) < 0) memory.Keep(slopes, v);
    }

    // A single gradient reads the entries of one row twice: once for the margin, once for the sum.
    void Count(long touched) => oracle.Meter.CountGradients(Math.Max(1, (long)((double)touched * z.Length / Math.Max(1, 2 * x.Entries))));

    double Product(int j, ReadOnlySpan<double> a) => j == intercept ? Vectors.Sum(a) : x.Dot(j, a);

    double Squares(int j, ReadOnlySpan<double> a) => j == intercept ? Vectors.Sum(a) : x.WeightedSquares(j, a);

    // Every dual optimum lies within √(2L·gap) of a feasible dual point, in the norm of the weights, for the dual is 1/L-strongly concave:
    // a column whose product stays below λ₁ all over that sphere is zero at every optimum.
    void Screen(double value, ReadOnlySpan<double> slopes, ReadOnlySpan<double> v)
    {
        double smooth = oracle.LossSmoothness, scale = 1, conjugate = 0;
        if (!double.IsFinite(smooth)) return;
        for (int j = 0; j < w.Length; j++)
        {
            if (left[j] != 0 || ridge[j] > 0) continue;
            if (penalty.L1[j] == 0 && !(j == intercept && FreeIntercept)) return;
            if (penalty.L1[j] > 0 && Math.Abs(v[j]) * scale > penalty.L1[j]) scale = penalty.L1[j] / Math.Abs(v[j]);
        }
        for (int j = 0; j < w.Length; j++)
        {
            if (left[j] != 0 || ridge[j] == 0) continue;
            double beyond = Math.Max(0, (scale * Math.Abs(v[j])) - penalty.L1[j]);
            conjugate += beyond * beyond / (2 * ridge[j]);
        }
        double gap = value + oracle.MarginConjugate(slopes, scale) + conjugate;
        if (!double.IsFinite(gap)) return;
        double radius = Math.Sqrt(2 * smooth * (Math.Max(gap, 0) + (1e-14 * Math.Abs(value))));
        for (int j = 0; j < w.Length; j++)
            if (w[j] == 0 && penalty.L1[j] > 0 && (scale * Math.Abs(v[j])) + (norms[j] * radius) < penalty.L1[j] * (1 - 1e-12)) left[j] = 1;
    }
}
