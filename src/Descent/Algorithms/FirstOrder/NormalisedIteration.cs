using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>The steps of <see cref="NormalisedAdaGrad"/>: a row's own coordinates and the intercept, nothing else.</summary>
sealed class NormalisedIteration<T> : RowIteration<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly IRowOracle<T> oracle;
    readonly bool aware;
    readonly double[] sizes, slopes;
    double importance, lengths;

    public NormalisedIteration(IRowOracle<T> oracle, NormalisedAdaGrad method, ReadOnlySpan<T> start, Draws draws)
        : base(oracle, new Sampling(method.Order), method.StepSize, start, draws)
    {
        if (oracle.IsPenalised)
            throw new ArgumentException("normalised-adagrad steps along rows, and no penalty is part of one: leave `L1` and `L2` out, or "
                + "use adagrad or sgd.");
        (this.oracle, aware) = (oracle, method.IsAware);
        (sizes, slopes) = (new double[start.Length], new double[start.Length]);
    }

    public override void Visit(IStateVisitor visitor)
    {
        base.Visit(visitor);
        visitor.Buffer<double>("sizes", sizes);
        visitor.Buffer<double>("slopes", slopes);
        visitor.Number("importance", ref importance);
        visitor.Number("lengths", ref lengths);
    }

    private protected override void Take(int example)
    {
        RowLook seen = oracle.Look(W, example);
        double h = seen.Importance;
        LastValue = h == 0 ? 0 : h * seen.Loss;
        if (h == 0 || seen.Slope == 0 || !double.IsFinite(LastValue)) return;
        ReadOnlySpan<int> indices = oracle.IndicesOf(example);
        ReadOnlySpan<T> values = oracle.ValuesOf(example);
        double length = 0, reach = 0;
        for (int k = 0; k < values.Length; k++)
            Meet(indices.IsEmpty ? k : indices[k], double.CreateTruncating(values[k]), seen, ref length, ref reach);
        if (oracle.InterceptIndex >= 0) Meet(oracle.InterceptIndex, 1, seen, ref length, ref reach);
        if (!(length > 0)) return;
        importance += h;
        lengths += h * length;
        // What is the same for all coordinates is one over the root of their mean number of units a row.
        double common = Math.Sqrt(importance / lengths), time = LastStepSize * h * reach * common,
            a = aware ? oracle.Follow(example, seen.Margin, time) / reach : -LastStepSize * h * seen.Slope * common;
        for (int k = 0; k < values.Length; k++)
            Move(indices.IsEmpty ? k : indices[k], double.CreateTruncating(values[k]), a);
        if (oracle.InterceptIndex >= 0) Move(oracle.InterceptIndex, 1, a);
    }

    // In units of a column's largest value, no square leaves the range of doubles, whatever the unit of the data.
    void Meet(int j, double x, RowLook seen, ref double length, ref double reach)
    {
        double size = Math.Abs(x);
        if (size == 0) return;
        if (size > sizes[j])
        {
            double shrunk = sizes[j] / size;
            W[j] *= T.CreateTruncating(shrunk);
            slopes[j] *= shrunk * shrunk;
            sizes[j] = size;
        }
        double unit = x / sizes[j], slope = seen.Slope * unit;
        slopes[j] += seen.Importance * slope * slope;
        length += unit * unit;
        if (slopes[j] > 0) reach += unit * unit / Math.Sqrt(slopes[j]);
    }

    void Move(int j, double x, double a)
    {
        if (x != 0 && slopes[j] > 0) W[j] += T.CreateTruncating(a * (x / sizes[j]) / Math.Sqrt(slopes[j]) / sizes[j]);
    }
}
