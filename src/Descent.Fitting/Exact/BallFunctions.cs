using System.Numerics;

namespace Descent.Fitting.Exact;

/// <summary>Exponential and logarithm of balls, with every rounding counted.</summary>
static class BallFunctions
{
    const int Guard = 64, Work = Ball.Bits + Guard, Largest = 1024;

    /// <summary>
    /// <c>e^y = (Σ rᵏ/k!)^(2ʲ)</c>, <c>r = y/2ʲ</c>, |r| ≤ 2⁻⁸. The series is summed with 64 guard digits until its terms vanish: each term
    /// is off by less than 3 units, and what is left out by less than 2. Squaring s ± e gives s² ± (2se + e²), and one unit more.
    /// </summary>
    public static Ball Exp(Ball y)
    {
        if (y.Mid > (BigInteger)Largest << Ball.Bits) throw new ProofException("an exponential beyond e^1024.");
        if (y.Rad >= BigInteger.One << (Ball.Bits - 1)) throw new ProofException("an exponential of a number that is hardly known.");
        if (y.Mid < -(BigInteger)Largest << Ball.Bits) return new(0, 1);
        int halvings = Math.Max(0, (int)BigInteger.Abs(y.Mid).GetBitLength() - Ball.Bits + 8);
        BigInteger r = (y.Mid << Guard) >> halvings, one = BigInteger.One << Work, sum = one, term = one, error = 8;
        for (int k = 1; !(term = (term * r >> Work) / k).IsZero && term != -1; k++)
        {
            sum += term;
            error += 3;
        }
        for (int j = 0; j < halvings; j++)
        {
            error = (((2 * sum * error) + (error * error)) >> Work) + 2;
            sum = (sum * sum) >> Work;
        }
        BigInteger mid = sum >> Guard, rad = (error >> Guard) + 2;
        // e^(m ± ρ) = e^m ± e^m(e^ρ − 1), and e^ρ − 1 ≤ 2ρ for ρ ≤ 1.
        return y.Rad.IsZero ? new(mid, rad) : new(mid, rad + (((mid + rad) * 2 * y.Rad) >> Ball.Bits) + 1);
    }

    /// <summary>
    /// <c>ln x = y + 2 artanh(q)</c>, <c>q = (t − 1)/(t + 1)</c>, <c>t = x·e^(−y)</c>, y the logarithm in double precision, so that |q| ≤
    /// 2⁻²⁵ and 14 terms leave less than one unit.
    /// </summary>
    public static Ball Log(Ball x)
    {
        if (x.Low.Sign <= 0) throw new ProofException("the logarithm of a number that may be zero or negative.");
        double y = BigInteger.Log(x.Mid) - (Ball.Bits * Math.Log(2));
        Ball t = y > 0 ? x / Exp(Ball.Of(y)) : x * Exp(Ball.Of(-y)), q = (t - Ball.One) / (t + Ball.One);
        if (BigInteger.Abs(q.Mid) + q.Rad > BigInteger.One << (Ball.Bits - 25))
            throw new ProofException("the logarithm of a number that is hardly known.");
        Ball square = q * q, power = q, sum = q;
        for (int k = 1; k < 14; k++)
        {
            power *= square;
            sum += new Ball(power.Mid / ((2 * k) + 1), power.Rad + 1);
        }
        return new Ball(2 * sum.Mid, (2 * sum.Rad) + 1) + Ball.Of(y);
    }

    /// <summary>x ln x for x ≥ 0, which is 0 at 0.</summary>
    public static Ball XLogX(Ball x) => x.IsZero ? default : x * Log(x);
}
