using System.Numerics;

namespace Descent.Fitting.Exact;

/// <summary>
/// Solves <c>Gc = r</c>, G positive semidefinite, by Gauss–Jordan elimination in balls. A pivot that does not exclude zero is allowed only
/// when an exact rational combination of the unknowns is shown to be without effect; such an unknown is left at zero.
/// </summary>
sealed class FreeDirections(int size)
{
    const int LargestDenominator = 160;

    public Ball[,] Matrix { get; } = new Ball[size, size + 1];

    /// <param name="hasNoEffect">Whether a combination with whole coefficients vanishes on the data; exact.</param>
    public Ball[] Solve(Func<BigInteger[], bool> hasNoEffect)
    {
        List<int> pivots = [];
        for (int p = 0; p < size; p++)
        {
            if (!Matrix[p, p].HoldsZero)
            {
                Eliminate(p, pivots);
                pivots.Add(p);
            }
            else if (!hasNoEffect(Combination(p, pivots)))
            {
                throw new ProofException("directions without penalty that the dual point leaves open: too few of its entries are "
                    + "inside their bounds.");
            }
        }
        Ball[] c = new Ball[size];
        foreach (int p in pivots) c[p] = Matrix[p, size];
        return c;
    }

    void Eliminate(int p, List<int> pivots)
    {
        Ball pivot = Matrix[p, p];
        for (int j = p + 1; j <= size; j++) Matrix[p, j] /= pivot;
        foreach (int i in pivots.Concat(Enumerable.Range(p + 1, size - p - 1)))
        {
            Ball factor = Matrix[i, p];
            if (factor.IsZero) continue;
            for (int j = p + 1; j <= size; j++) Matrix[i, j] -= factor * Matrix[p, j];
        }
    }

    // Unknown p as the pivots' combination, in whole numbers: the simplest fractions beside the balls, on a common denominator.
    BigInteger[] Combination(int p, List<int> pivots)
    {
        BigInteger[] above = new BigInteger[size], below = new BigInteger[size];
        BigInteger common = 1;
        foreach (int i in pivots)
        {
            (above[i], below[i]) = Simplest(Matrix[i, p].Mid);
            common *= below[i] / BigInteger.GreatestCommonDivisor(common, below[i]);
        }
        foreach (int i in pivots) above[i] *= common / below[i];
        above[p] = -common;
        return above;
    }

    // The best fraction with a denominator of at most 160 digits, by the continued fraction of x/2⁶⁴⁰.
    static (BigInteger, BigInteger) Simplest(BigInteger x)
    {
        BigInteger n = x, d = BigInteger.One << Ball.Bits, p0 = 0, q0 = 1, p1 = 1, q1 = 0;
        while (!d.IsZero)
        {
            BigInteger whole = BigInteger.DivRem(n, d, out BigInteger rest);
            if (rest.Sign < 0)
            {
                whole -= 1;
                rest += d;
            }
            BigInteger q2 = q0 + (whole * q1);
            if (q2.GetBitLength() > LargestDenominator) break;
            (p0, q0, p1, q1) = (p1, q1, p0 + (whole * p1), q2);
            (n, d) = (d, rest);
        }
        return (p1, q1);
    }
}
