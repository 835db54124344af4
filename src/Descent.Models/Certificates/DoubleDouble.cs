using System.Runtime.CompilerServices;

namespace Descent.Models.Certificates;

/// <summary>
/// A number kept as the unevaluated sum of two doubles, 106 bits. Sums, products and quotients are within <see cref="Epsilon"/> of
/// themselves (Joldes, Muller and Popescu 2017: 3u², 5u² and 15u² with u = 2⁻⁵³), as long as nothing underflows.
/// </summary>
readonly struct DoubleDouble
{
    /// <summary>2⁻¹⁰², above the relative error of every operation here but <see cref="Exp"/>, which has 2⁻⁹⁴.</summary>
    public const double Epsilon = 1.9721522630525295e-31;

    static readonly DoubleDouble Ln2 = new(0.6931471805599453, 2.3190468138462996e-17);
    static readonly DoubleDouble[] InverseFactorials = Factorials();

    public readonly double Hi, Lo;

    public DoubleDouble(double hi, double lo = 0) => (Hi, Lo) = (hi, lo);

    public static implicit operator DoubleDouble(double x) => new(x);

    public static explicit operator double(DoubleDouble x) => x.Hi + x.Lo;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        double s = Sum(a.Hi, b.Hi, out double e), t = Sum(a.Lo, b.Lo, out double f);
        Normalise(s, e + t, out s, out e);
        return Join(s, e + f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator -(DoubleDouble a) => new(-a.Hi, -a.Lo);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        double p = a.Hi * b.Hi, e = Math.FusedMultiplyAdd(a.Hi, b.Hi, -p);
        return Join(p, e + Math.FusedMultiplyAdd(a.Hi, b.Lo, a.Lo * b.Hi));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator *(DoubleDouble a, double b)
    {
        double p = a.Hi * b, e = Math.FusedMultiplyAdd(a.Hi, b, -p);
        return Join(p, Math.FusedMultiplyAdd(a.Lo, b, e));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        double q = a.Hi / b.Hi;
        DoubleDouble r = a - (b * q);
        double q2 = r.Hi / b.Hi;
        r -= b * q2;
        return Join(q, q2) + (r.Hi / b.Hi);
    }

    public static DoubleDouble Abs(DoubleDouble x) => x.Hi < 0 || (x.Hi == 0 && x.Lo < 0) ? -x : x;

    /// <summary>x·2^k, exact but for underflow.</summary>
    public static DoubleDouble Scale(DoubleDouble x, int k) => new(Math.ScaleB(x.Hi, k), Math.ScaleB(x.Lo, k));

    public static DoubleDouble Sqrt(DoubleDouble x)
    {
        if (!(x.Hi > 0)) return 0;
        double s = Math.Sqrt(x.Hi);
        DoubleDouble first = new(s);
        return first + ((x - (first * first)).Hi / (2 * s));
    }

    /// <summary>e^x: reduced by ln 2 and a factor 2⁹, the series of e^r − 1, squared back.</summary>
    public static DoubleDouble Exp(DoubleDouble x)
    {
        if (x.Hi > 709) return double.PositiveInfinity;
        if (!(x.Hi > -745)) return double.IsNaN(x.Hi) ? double.NaN : 0;
        double k = Math.Round(x.Hi / Ln2.Hi);
        DoubleDouble r = Scale(x - (Ln2 * k), -9), sum = InverseFactorials[^1];
        for (int i = InverseFactorials.Length - 2; i >= 0; i--) sum = InverseFactorials[i] + (r * sum);
        DoubleDouble e = r * sum;
        for (int i = 0; i < 9; i++) e = (e * 2) + (e * e);
        return Scale(e + 1, (int)k);
    }

    /// <summary>a + b and the exact error of the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(double a, double b, out double error)
    {
        double s = a + b, t = s - a;
        error = (a - (s - t)) + (b - t);
        return s;
    }

    public override string ToString() => FormattableString.Invariant($"{Hi:R} + {Lo:R}");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static DoubleDouble Join(double hi, double lo)
    {
        Normalise(hi, lo, out double s, out double e);
        return new DoubleDouble(s, e);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Normalise(double hi, double lo, out double s, out double e)
    {
        double sum = hi + lo;
        e = lo - (sum - hi);
        s = sum;
    }

    static DoubleDouble[] Factorials()
    {
        DoubleDouble[] inverse = new DoubleDouble[11];
        DoubleDouble f = 1;
        for (int i = 0; i < inverse.Length; i++)
        {
            f *= i + 1;
            inverse[i] = (DoubleDouble)1 / f;
        }
        return inverse;
    }
}
