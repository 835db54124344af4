using Descent.Oracles;

namespace Descent.Estimators;

/// <summary>
/// Gradient accumulation: the mean of the gradients of k batches at one point, weighted by their sizes,
/// so that a batch of kB needs the memory of B. Cost kB single gradients a step; memory d.
/// </summary>
/// <param name="Sampling">Order of visits and size B of one batch.</param>
/// <param name="Parts">k ≥ 1 batches a step.</param>
public sealed record Accumulated(Sampling Sampling, int Parts) : StochasticEstimator(Sampling)
{
    /// <summary>k.</summary>
    public int Parts { get; } = Parts >= 1
        ? Parts
        : throw new ArgumentOutOfRangeException(null, $"The number of batches a step must be at least 1; got {Parts} (Accumulated).");

    /// <inheritdoc/>
    protected override Estimation<T> Begin<T>(IStochasticOracle<T> oracle, Draws draws) => new Run<T>(oracle, this, draws);

    sealed class Run<T>(IStochasticOracle<T> oracle, Accumulated description, Draws draws) : Estimation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly SampleStream samples = new(description.Sampling, oracle.Population, draws);
        readonly T[] part = new T[oracle.Dimension];

        public override double Estimate(ReadOnlySpan<T> w, Span<T> g)
        {
            double value = 0;
            long seen = 0;
            g.Clear();
            for (int k = 0; k < description.Parts; k++)
            {
                Sample sample = samples.Next();
                value += sample.Count * oracle.Gradient(w, sample, part);
                Vectors.AddScaled(T.CreateTruncating(sample.Count), part, g);
                seen += sample.Count;
            }
            Vectors.Scale(T.CreateTruncating(1.0 / seen), g);
            return value / seen;
        }

        public override void Visit(IStateVisitor visitor) => samples.Visit(visitor);
    }
}
