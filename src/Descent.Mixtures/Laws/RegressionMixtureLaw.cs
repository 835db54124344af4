using Descent.Mixtures.Search;

namespace Descent.Mixtures.Laws;

/// <summary>
/// A mixture of regressions at θ for rows of any number, each the d columns and then the target: <c>log π_j f(y | x; block_j)</c>, and the
/// components' means of y given x. A row costs k·d multiply-adds. Safe for several threads.
/// </summary>
public abstract class RegressionMixtureLaw : IMixtureLaw
{
    readonly double[] theta;
    readonly int width;

    private protected RegressionMixtureLaw(ReadOnlySpan<double> theta, int components, int dimension, int others)
    {
        (Components, Dimension, width) = (components, dimension, 1 + dimension + others);
        if (theta.Length != components * (1 + width))
            throw new ArgumentException(
                $"θ needs length {components * (1 + width)} for {components} regressions on {dimension} columns; got {theta.Length}.");
        this.theta = theta.ToArray();
    }

    /// <inheritdoc/>
    public int Components { get; }

    /// <summary>Columns of x, d.</summary>
    public int Dimension { get; }

    /// <inheritdoc/>
    public void LogJoints(ReadOnlySpan<double> row, Span<double> joints)
    {
        for (int j = 0; j < Components; j++) joints[j] = Math.Log(theta[j]) + LogDensity(row, Linear(row, j), Block(j));
    }

    /// <summary>Writes each component's mean of y given x, and returns their mean with the shares as weights.</summary>
    public double Means(ReadOnlySpan<double> x, Span<double> means)
    {
        double sum = 0;
        for (int j = 0; j < Components; j++) sum += theta[j] * (means[j] = Mean(Linear(x, j)));
        return sum;
    }

    private protected ReadOnlySpan<double> Block(int j) => theta.AsSpan(Components + (j * width), width);

    private protected abstract double LogDensity(ReadOnlySpan<double> row, double linear, ReadOnlySpan<double> block);

    private protected abstract double Mean(double linear);

    double Linear(ReadOnlySpan<double> x, int j)
    {
        ReadOnlySpan<double> b = Block(j);
        double sum = b[0];
        for (int c = 0; c < Dimension; c++) sum += b[1 + c] * x[c];
        return sum;
    }
}
