using Descent.Oracles;

namespace Descent.Estimators;

/// <summary>The exact gradient: n single gradients a step, no memory, no noise.</summary>
public sealed record FullGradient : IEstimator<double, IGradientOracle<double>>, IEstimator<float, IGradientOracle<float>>
{
    Estimation<double> IEstimator<double, IGradientOracle<double>>.Start(IGradientOracle<double> oracle, Draws draws) =>
        new Run<double>(oracle);

    Estimation<float> IEstimator<float, IGradientOracle<float>>.Start(IGradientOracle<float> oracle, Draws draws) => new Run<float>(oracle);

    sealed class Run<T>(IGradientOracle<T> oracle) : Estimation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override double Estimate(ReadOnlySpan<T> w, Span<T> g) => oracle.Gradient(w, g);

        public override void Visit(IStateVisitor visitor)
        {
        }
    }
}
