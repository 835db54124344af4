using Descent.Mixtures.Search;

namespace Descent.Mixtures.Normals;

/// <summary>A normal law for rows with holes: the density of what is seen, and what is expected in the holes. Safe for several
/// threads.</summary>
public sealed class MissingNormalLaw : IMixtureLaw
{
    readonly HoleFiller filler;
    readonly int dimension;

    /// <summary>The law at θ.</summary>
    /// <param name="theta">μ (d), Σ (d × d, row-major).</param>
    /// <param name="dimension">d ≥ 1.</param>
    /// <exception cref="ArgumentException">A length that does not fit, or a Σ that is not symmetric and positive definite.</exception>
    public MissingNormalLaw(ReadOnlySpan<double> theta, int dimension)
    {
        if (dimension < 1 || theta.Length != dimension * (1 + dimension))
            throw new ArgumentException($"{theta.Length} numbers do not make means and covariances of {dimension} columns.");
        if (!new ScatterFactor(dimension).Factor(theta[dimension..]))
            throw new ArgumentException("The covariance is not positive definite.");
        for (int a = 0; a < dimension; a++)
            for (int b = 0; b < a; b++)
                if (theta[dimension + (a * dimension) + b] != theta[dimension + (b * dimension) + a])
                    throw new ArgumentException("The covariance is not symmetric.");
        (filler, this.dimension) = (new HoleFiller(dimension, theta.ToArray()), dimension);
    }

    /// <summary>1.</summary>
    public int Components => 1;

    /// <summary>Writes log p of what is seen of the row; NaN stands for a hole, and a row of holes has density 1.</summary>
    public void LogJoints(ReadOnlySpan<double> row, Span<double> joints)
    {
        Require(row);
        lock (filler) joints[0] = filler.Fill(row);
    }

    /// <summary>Writes the row with its conditional mean <c>μ_m + Σ_mo Σ_oo⁻¹(x_o − μ_o)</c> in the holes; returns log p of what is
    /// seen.</summary>
    public double Fill(ReadOnlySpan<double> row, Span<double> filled)
    {
        Require(row);
        lock (filler)
        {
            double log = filler.Fill(row);
            filler.Filled.CopyTo(filled);
            return log;
        }
    }

    void Require(ReadOnlySpan<double> row)
    {
        if (row.Length != dimension) throw new ArgumentException($"A row needs {dimension} numbers; got {row.Length}.");
    }
}
