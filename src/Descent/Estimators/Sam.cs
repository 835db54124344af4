using Descent.Oracles;

namespace Descent.Estimators;

/// <summary>
/// Sharpness-aware minimisation: the gradient at <c>w + ρ g/‖g‖</c>, g the gradient of the same sample at w. With any rule behind it.
/// Cost 2B single gradients a step; memory 2d. Source: Foret et al. 2021 (ρ = 0.05).
/// </summary>
/// <param name="Sampling">Order of visits and batch size.</param>
/// <param name="Rho">Radius ρ ≥ 0; 0 is the plain mini-batch gradient.</param>
public sealed record Sam(Sampling Sampling, double Rho = 0.05) : StochasticEstimator(Sampling)
{
    /// <summary>ρ.</summary>
    public double Rho { get; } = Guard.Within("ρ", Rho, 0, double.PositiveInfinity, nameof(Sam));

    /// <inheritdoc/>
    protected override Estimation<T> Begin<T>(IStochasticOracle<T> oracle, Draws draws) => new Run<T>(oracle, this, draws);

    sealed class Run<T>(IStochasticOracle<T> oracle, Sam description, Draws draws) : Estimation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly SampleStream samples = new(description.Sampling, oracle.Population, draws);
        readonly T[] climbed = new T[oracle.Dimension];

        public override double Estimate(ReadOnlySpan<T> w, Span<T> g)
        {
            Sample sample = samples.Next();
            double value = oracle.Gradient(w, sample, g), norm = Vectors.Norm<T>(g);
            if (norm == 0 || description.Rho == 0) return value;
            w.CopyTo(climbed);
            Vectors.AddScaled(T.CreateTruncating(description.Rho / norm), g, climbed);
            oracle.Gradient(climbed, sample, g);
            return value;
        }

        public override void Visit(IStateVisitor visitor) => samples.Visit(visitor);
    }
}
