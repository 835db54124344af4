using System.Numerics;
using Descent.Models.Certificates;

namespace Descent.Models.Tests.Certificates;

/// <summary>A rational number, exact: what the arithmetic of the certificates is measured by.</summary>
readonly struct Fraction
{
    readonly BigInteger above, below;

    public Fraction(BigInteger above, BigInteger below)
    {
        if (below.Sign < 0) (above, below) = (-above, -below);
        BigInteger common = BigInteger.GreatestCommonDivisor(above, below);
        (this.above, this.below) = common.IsOne ? (above, below) : (above / common, below / common);
    }

    public int Sign => above.Sign;

    public static implicit operator Fraction(double x)
    {
        if (x == 0) return new Fraction(0, 1);
        int power = Math.ILogB(x) - 52;
        BigInteger digits = new(Math.ScaleB(x, -power));
        return power >= 0 ? new Fraction(digits << power, 1) : new Fraction(digits, BigInteger.One << -power);
    }

    public static implicit operator Fraction(DoubleDouble x) => (Fraction)x.Hi + x.Lo;

    public static Fraction operator +(Fraction a, Fraction b) => new((a.above * b.below) + (b.above * a.below), a.below * b.below);

    public static Fraction operator -(Fraction a, Fraction b) => new((a.above * b.below) - (b.above * a.below), a.below * b.below);

    public static Fraction operator *(Fraction a, Fraction b) => new(a.above * b.above, a.below * b.below);

    public static Fraction operator /(Fraction a, Fraction b) => new(a.above * b.below, a.below * b.above);

    /// <summary>|a − b|/|b| to the digits of a double.</summary>
    public static double Error(Fraction a, Fraction b)
    {
        Fraction e = b.Sign == 0 ? a : (a - b) / b;
        return (double)((BigInteger.Abs(e.above) << 2000) / e.below) * Math.ScaleB(1, -1000) * Math.ScaleB(1, -1000) is var r
            && double.IsFinite(r) ? r : Math.Exp(BigInteger.Log(BigInteger.Abs(e.above)) - BigInteger.Log(e.below));
    }

    /// <summary>e^x to 2⁻³⁰⁰ of itself: the series at x/2⁴⁰⁰-steps of fixed point, squared back.</summary>
    public static Fraction Exp(Fraction x)
    {
        const int Digits = 2400, Halvings = 40;
        BigInteger r = ((x.above << Digits) / x.below) >> Halvings, term = BigInteger.One << Digits, sum = term;
        for (int k = 1; k < 60; k++)
        {
            term = (term * r >> Digits) / k;
            sum += term;
        }
        for (int k = 0; k < Halvings; k++) sum = sum * sum >> Digits;
        return new Fraction(sum, BigInteger.One << Digits);
    }
}
