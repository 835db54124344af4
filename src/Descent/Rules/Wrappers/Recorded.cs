using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// A rule that moves as another does and keeps the sums of its gradients that regret bounds are made of:
/// Ση_t, Ση_t²‖g_t‖², Σ‖g_t‖² and <c>Σⱼ√(Σ_t g_t[j]²)</c>. The trajectory is the inner rule's.
/// Cost d operations a step more, memory d more. Source: C 13.1, 16.2, 16.3.
/// </summary>
/// <param name="Inner">The rule that moves.</param>
public sealed record Recorded(IRule Inner) : IRule
{
    /// <inheritdoc/>
    public bool IsEuclidean => Inner.IsEuclidean;

    /// <inheritdoc/>
    public bool IsCoordinatewise => Inner.IsCoordinatewise;

    /// <inheritdoc/>
    public string Recursion => Inner.Recursion;

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(Inner.Start<T>(layout), layout.Length);
    }

    sealed class State<T>(RuleState<T> inner, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly double[] squares = new double[dimension];
        double stepSizes, moves, total;
        long steps;

        public override RunSums? Sums
        {
            get
            {
                double roots = 0;
                foreach (double s in squares) roots += Math.Sqrt(s);
                return new RunSums(steps, stepSizes, moves, total, roots);
            }
        }

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => inner.QueryPoint(w);

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            double square = 0;
            for (int j = 0; j < g.Length; j++)
            {
                double gj = double.CreateTruncating(g[j]), own = gj * gj;
                squares[j] += own;
                square += own;
            }
            total += square;
            moves += stepSize * stepSize * square;
            stepSizes += stepSize;
            steps++;
            inner.Apply(w, g, stepSize, step);
        }

        public override void Visit(IStateVisitor visitor)
        {
            inner.Visit(new PrefixedVisitor(visitor, "inner."));
            visitor.Buffer<double>("squares", squares);
            visitor.Number("stepSizes", ref stepSizes);
            visitor.Number("moves", ref moves);
            visitor.Number("total", ref total);
            visitor.Number("steps", ref steps);
        }
    }
}
