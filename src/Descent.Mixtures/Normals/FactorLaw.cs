using Descent.Mixtures.Search;

namespace Descent.Mixtures.Normals;

/// <summary>
/// The law <c>N(μ, ΛΛᵀ + Ψ)</c> of a factor model at θ for rows of any number: one density, and the factor scores E[z | row]. A row costs
/// d·q multiply-adds. Safe for several threads.
/// </summary>
public sealed class FactorLaw : IMixtureLaw
{
    readonly FactorPosterior posterior;
    readonly int dimension;

    /// <summary>The law at θ.</summary>
    /// <param name="theta">μ (d), Λ (d × q, row-major), the diagonal of Ψ (d).</param>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="factors">q, 1 … d − 1.</param>
    /// <exception cref="ArgumentException">A length that does not fit, or a variance that is not positive.</exception>
    public FactorLaw(ReadOnlySpan<double> theta, int dimension, int factors)
    {
        if (dimension < 2 || factors < 1 || factors >= dimension || theta.Length != dimension * (factors + 2))
            throw new ArgumentException($"{theta.Length} numbers do not make {factors} factors of {dimension} columns.");
        (this.dimension, Factors) = (dimension, factors);
        foreach (double v in theta[(dimension * (1 + factors))..])
            if (!(v > 0))
                throw new ArgumentException(FormattableString.Invariant($"A unique variance is {v}; expected a positive number."));
        posterior = new FactorPosterior(theta.ToArray(), dimension, factors, 0);
    }

    /// <summary>Factors, q.</summary>
    public int Factors { get; }

    /// <summary>1: rows are not allocated.</summary>
    public int Components => 1;

    /// <summary>Writes log p(row), the one density of the law.</summary>
    public void LogJoints(ReadOnlySpan<double> row, Span<double> joints)
    {
        Span<double> scores = stackalloc double[Math.Min(Factors, 64)];
        joints[0] = Scores(row, Factors > 64 ? new double[Factors] : scores);
    }

    /// <summary>Writes E[z | row], q numbers, and returns log p(row).</summary>
    public double Scores(ReadOnlySpan<double> row, Span<double> scores)
    {
        if (row.Length != dimension) throw new ArgumentException($"A row needs {dimension} numbers; got {row.Length}.");
        lock (posterior) return posterior.Of(row, scores);
    }
}
