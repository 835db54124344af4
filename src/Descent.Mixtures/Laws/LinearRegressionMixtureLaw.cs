namespace Descent.Mixtures.Laws;

/// <summary>Linear regressions, <c>y | x ~ N(β₀ + βᵀx, σ²)</c>: a block is β (the intercept first), σ². Rows are x, then y.</summary>
public sealed class LinearRegressionMixtureLaw : RegressionMixtureLaw
{
    /// <summary>The law at θ: shares, then the blocks of the components.</summary>
    /// <exception cref="ArgumentException">A length that does not fit, or a variance that is not positive.</exception>
    public LinearRegressionMixtureLaw(ReadOnlySpan<double> theta, int components, int dimension)
        : base(theta, components, dimension, 1)
    {
        for (int j = 0; j < components; j++)
            if (!(Block(j)[^1] > 0))
                throw new ArgumentException(FormattableString.Invariant(
                    $"The variance of component {j + 1} is {Block(j)[^1]}; expected a positive number."));
    }

    private protected override double LogDensity(ReadOnlySpan<double> row, double linear, ReadOnlySpan<double> block)
    {
        double e = row[Dimension] - linear;
        return -0.5 * (Math.Log(2 * Math.PI * block[^1]) + (e * e / block[^1]));
    }

    private protected override double Mean(double linear) => linear;
}
