using MathNet.Numerics;

namespace Descent.Mixtures.Laws;

/// <summary>
/// Logistic regressions, <c>y | x ~ Binomial(m, 1/(1 + e^{−η}))</c>, <c>η = β₀ + βᵀx</c>: a block is β. Rows are x, then y, then m where
/// there are trials, otherwise m = 1. Means are those of y/m.
/// </summary>
/// <param name="theta">Shares, then the blocks of the components.</param>
/// <param name="components">k ≥ 1.</param>
/// <param name="dimension">d ≥ 1.</param>
/// <exception cref="ArgumentException">A length that does not fit.</exception>
public sealed class LogisticRegressionMixtureLaw(ReadOnlySpan<double> theta, int components, int dimension)
    : RegressionMixtureLaw(theta, components, dimension, 0)
{
    private protected override double LogDensity(ReadOnlySpan<double> row, double linear, ReadOnlySpan<double> block)
    {
        double y = row[Dimension], m = row.Length > Dimension + 1 ? row[Dimension + 1] : 1;
        return SpecialFunctions.BinomialLn((int)m, (int)y) + (y * linear)
            - (m * (Math.Max(linear, 0) + ElementaryFunctions.LogOnePlus(Math.Exp(-Math.Abs(linear)))));
    }

    private protected override double Mean(double linear) => 1 / (1 + Math.Exp(-linear));
}
