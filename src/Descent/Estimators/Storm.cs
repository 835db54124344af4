using Descent.Oracles;

namespace Descent.Estimators;

/// <summary>
/// Variance-reduced momentum (STORM): <c>m ← (1−α)(m + ∇f(w_t; ξ_t) − ∇f(w_{t−1}; ξ_t)) + α∇f(w_t; ξ_t)</c>, <c>m₁ = ∇f(w₁; ξ₁)</c>;
/// both gradients at the same sample. With the normalised rule it is M24.
/// Cost 2B single gradients a step; memory 3d. Source: C 24.1; Cutkosky and Orabona 2019; guarantee G21.
/// </summary>
/// <param name="Sampling">Order of visits and batch size; the guarantee is for draws with replacement.</param>
/// <param name="Alpha">α in (0, 1]; 1 is the plain mini-batch gradient.</param>
public sealed record Storm(Sampling Sampling, double Alpha = 0.1) : StochasticEstimator(Sampling)
{
    /// <summary>α.</summary>
    public double Alpha { get; } = Alpha is > 0 and <= 1
        ? Alpha
        : throw new ArgumentOutOfRangeException(null, FormattableString.Invariant($"α must lie in (0, 1]; got {Alpha} (Storm)."));

    /// <inheritdoc/>
    protected override Estimation<T> Begin<T>(IStochasticOracle<T> oracle, Draws draws) => new Run<T>(oracle, this, draws);

    sealed class Run<T>(IStochasticOracle<T> oracle, Storm description, Draws draws) : Estimation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly SampleStream samples = new(description.Sampling, oracle.Population, draws);
        readonly T[] m = new T[oracle.Dimension], previous = new T[oracle.Dimension], old = new T[oracle.Dimension];
        readonly T keep = T.CreateTruncating(1 - description.Alpha);
        long taken;

        public override double Estimate(ReadOnlySpan<T> w, Span<T> g)
        {
            Sample sample = samples.Next();
            double value = oracle.Gradient(w, sample, g);
            if (taken++ == 0)
            {
                g.CopyTo(m);
            }
            else
            {
                oracle.Gradient(previous, sample, old);
                // (1−α)(m + g − g₋) + αg = g + (1−α)(m − g₋).
                for (int i = 0; i < m.Length; i++) m[i] = g[i] + (keep * (m[i] - old[i]));
            }
            w.CopyTo(previous);
            m.CopyTo(g);
            return value;
        }

        public override void Visit(IStateVisitor visitor)
        {
            samples.Visit(visitor);
            visitor.Buffer<T>("storm.m", m);
            visitor.Buffer<T>("storm.previous", previous);
            visitor.Number("storm.taken", ref taken);
        }
    }
}
