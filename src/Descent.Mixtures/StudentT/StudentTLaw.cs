using Descent.Mixtures.Search;
using MathNet.Numerics;

namespace Descent.Mixtures.StudentT;

/// <summary>
/// A mixture of Student-t laws at θ = π (k), μ (k × d), Σ (k × d × d), ν (k), for rows of any number:
/// <c>log π_j + c_j − ½(ν_j + d) log(1 + δ_j/ν_j)</c>, δ_j the squared Mahalanobis distance under the scatter Σ_j. A row costs k·d²
/// multiply-adds and k logarithms.
/// </summary>
public sealed class StudentTLaw : IMixtureLaw
{
    readonly double[] theta, constants, inverses;
    readonly int dimension;

    /// <summary>The law at θ.</summary>
    /// <exception cref="ArgumentException">A length that does not fit, a Σ_j that is not positive definite, a ν_j ≤ 0.</exception>
    public StudentTLaw(ReadOnlySpan<double> theta, int components, int dimension)
    {
        int d = dimension, k = components, packed = d * (d + 1) / 2;
        if (theta.Length != k * (2 + d + (d * d)))
            throw new ArgumentException(
                $"θ needs length {k * (2 + d + (d * d))} for {k} components in {d} dimensions; got {theta.Length}.");
        (Components, this.dimension, this.theta) = (k, d, theta.ToArray());
        (constants, inverses) = (new double[k], new double[k * packed]);
        for (int j = 0; j < k; j++)
        {
            double nu = Nu(j);
            if (!(nu > 0))
                throw new ArgumentException(FormattableString.Invariant($"The degrees of freedom of component {j + 1} are {nu}."));
            Span<double> inverse = inverses.AsSpan(j * packed, packed);
            if (!PackedFactor.Inverse(theta.Slice((k * (1 + d)) + (j * d * d), d * d), d, inverse, out double logDeterminant))
                throw new ArgumentException($"The scatter of component {j + 1} is not positive definite.");
            constants[j] = Math.Log(theta[j]) + Constant(nu, d, logDeterminant);
        }
    }

    /// <inheritdoc/>
    public int Components { get; }

    /// <inheritdoc/>
    public void LogJoints(ReadOnlySpan<double> row, Span<double> joints)
    {
        for (int j = 0; j < Components; j++)
            joints[j] = constants[j] - (0.5 * (Nu(j) + dimension) * ElementaryFunctions.LogOnePlus(Distance(row, j) / Nu(j)));
    }

    /// <summary>log of the density at its mode.</summary>
    internal static double Constant(double nu, int d, double logDeterminant) =>
        LogGammaRatio(nu / 2, d) - (0.5 * d * Math.Log(Math.PI * nu)) - (0.5 * logDeterminant);

    // log Γ(a + d/2) − log Γ(a) without the cancellation of two large logarithms.
    static double LogGammaRatio(double a, int d)
    {
        double sum = d % 2 == 0 ? 0 : LogHalf(a), from = a + (d % 2 * 0.5);
        for (int i = 0; i < d / 2; i++) sum += Math.Log(from + i);
        return sum;
    }

    // log Γ(a + ½) − log Γ(a); for a ≥ 20 five terms of its series leave 10⁻¹⁶.
    static double LogHalf(double a)
    {
        if (a < 20) return SpecialFunctions.GammaLn(a + 0.5) - SpecialFunctions.GammaLn(a);
        double b = 1 / (a * a);
        return (0.5 * Math.Log(a)) - ((1.0 / 8 - (b * (1.0 / 192 - (b * (1.0 / 640 - (b * (17.0 / 14336 - (b * 31.0 / 18432)))))))) / a);
    }

    double Nu(int j) => theta[^(Components - j)];

    double Distance(ReadOnlySpan<double> row, int j)
    {
        double sum = 0;
        for (int i = 0, at = j * dimension * (dimension + 1) / 2; i < dimension; i++)
        {
            double y = 0;
            for (int c = 0; c <= i; c++, at++) y += inverses[at] * (row[c] - theta[Components + (j * dimension) + c]);
            sum += y * y;
        }
        return sum;
    }
}
