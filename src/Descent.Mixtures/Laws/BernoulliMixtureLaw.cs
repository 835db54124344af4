using Descent.Mixtures.Search;

namespace Descent.Mixtures.Laws;

/// <summary>
/// A mixture of products of Bernoulli laws at θ = π (k), p (k × d), for rows of any number: <c>log π_j + Σ_c log(x_c p_jc + (1 − x_c)(1 −
/// p_jc))</c> for rows of 0 and 1. A row costs k·d additions.
/// </summary>
public sealed class BernoulliMixtureLaw : IMixtureLaw
{
    readonly double[] shares, ones, noughts;
    readonly int dimension;

    /// <summary>The law at θ.</summary>
    /// <param name="theta">π, then p component after component.</param>
    /// <param name="components">k ≥ 1.</param>
    /// <param name="dimension">d ≥ 1.</param>
    /// <exception cref="ArgumentException">A length that does not fit, or a p outside [0, 1].</exception>
    public BernoulliMixtureLaw(ReadOnlySpan<double> theta, int components, int dimension)
    {
        if (theta.Length != components * (1 + dimension))
            throw new ArgumentException(
                $"θ needs length {components * (1 + dimension)} for {components} components of {dimension} columns; got {theta.Length}.");
        (Components, this.dimension) = (components, dimension);
        shares = [.. theta[..components].ToArray().Select(x => Math.Log(x))];
        double[] chances = theta[components..].ToArray();
        foreach (double p in chances)
            if (!(p >= 0 && p <= 1)) throw new ArgumentException(FormattableString.Invariant($"A probability is {p}; expected 0 … 1."));
        (ones, noughts) = ([.. chances.Select(x => Math.Log(x))], [.. chances.Select(p => ElementaryFunctions.LogOnePlus(-p))]);
    }

    /// <inheritdoc/>
    public int Components { get; }

    /// <inheritdoc/>
    public void LogJoints(ReadOnlySpan<double> row, Span<double> joints)
    {
        for (int j = 0; j < Components; j++)
        {
            double sum = shares[j];
            for (int c = 0; c < dimension; c++) sum += row[c] == 1 ? ones[(j * dimension) + c] : noughts[(j * dimension) + c];
            joints[j] = sum;
        }
    }
}
