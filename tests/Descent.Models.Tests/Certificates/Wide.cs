namespace Descent.Models.Tests.Certificates;

/// <summary>Numbers of about 32 digits for the true optima of the tests:
/// Dekker's double-length arithmetic with Veltkamp's splitting, nothing shared with the certifier.</summary>
readonly struct Wide(double head, double tail = 0) : IComparable<Wide>
{
    const double Splitter = 134217729;

    public double Head { get; } = head;

    public double Tail { get; } = tail;

    public static implicit operator Wide(double x) => new(x);

    public static explicit operator double(Wide x) => x.Head + x.Tail;

    public static Wide operator -(Wide a) => new(-a.Head, -a.Tail);

    public static Wide operator -(Wide a, Wide b) => a + -b;

    public static Wide operator +(Wide a, Wide b)
    {
        double s = a.Head + b.Head, t = s - a.Head, e = (a.Head - (s - t)) + (b.Head - t);
        double s2 = a.Tail + b.Tail, t2 = s2 - a.Tail, e2 = (a.Tail - (s2 - t2)) + (b.Tail - t2);
        Wide x = Fold(s, e + s2);
        return Fold(x.Head, x.Tail + e2);
    }

    public static Wide operator *(Wide a, Wide b)
    {
        double p = a.Head * b.Head;
        if (p == 0 || !double.IsFinite(p)) return p;
        (double ah, double al) = Split(a.Head);
        (double bh, double bl) = Split(b.Head);
        double e = ((ah * bh) - p) + (ah * bl) + (al * bh) + (al * bl);
        return Fold(p, e + ((a.Head * b.Tail) + (a.Tail * b.Head)));
    }

    public static Wide operator /(Wide a, Wide b)
    {
        Wide q = a.Head / b.Head;
        q += (a - (q * b)).Head / b.Head;
        return q + ((a - (q * b)).Head / b.Head);
    }

    public static bool operator <(Wide a, Wide b) => a.CompareTo(b) < 0;

    public static bool operator >(Wide a, Wide b) => a.CompareTo(b) > 0;

    public static Wide Max(Wide a, Wide b) => a < b ? b : a;

    public static Wide Abs(Wide a) => a < 0 ? -a : a;

    public static Wide Sqrt(Wide a)
    {
        if (!(a.Head > 0)) return 0;
        Wide s = Math.Sqrt(a.Head);
        return (s + (a / s)) * 0.5;
    }

    // Halved until small, the Taylor series, squared back.
    public static Wide Exp(Wide x)
    {
        if (x.Head > 700) return double.PositiveInfinity;
        if (x.Head < -600) return 0;
        // e^x − 1 near −1 would keep no digit of a small e^x.
        if (x.Head < 0) return (Wide)1 / Exp(-x);
        const int Halvings = 16;
        Wide r = x * Math.ScaleB(1, -Halvings), term = r, sum = r;
        for (int k = 2; k < 14 && Math.Abs(term.Head) > 1e-40; k++)
        {
            term = term * r / k;
            sum += term;
        }
        // e^{2r} − 1 = s(s + 2): the subtraction of 1 is never made.
        for (int k = 0; k < Halvings; k++) sum = sum * (sum + 2);
        return sum + 1;
    }

    // Newton on e^y = x; small arguments by the series of log(1 + t).
    public static Wide Log(Wide x)
    {
        Wide y = Math.Log(x.Head);
        for (int k = 0; k < 2; k++) y += (x * Exp(-y)) - 1;
        return y;
    }

    public static Wide LogOnePlus(Wide t)
    {
        if (Math.Abs(t.Head) > 1e-3) return Log(t + 1);
        Wide sum = 0, power = t;
        for (int k = 1; k < 14; k++, power *= t) sum += power / (k % 2 == 1 ? k : -k);
        return sum;
    }

    public int CompareTo(Wide other) => Head != other.Head ? Head.CompareTo(other.Head) : Tail.CompareTo(other.Tail);

    static Wide Fold(double a, double b)
    {
        double s = a + b;
        return new Wide(s, b - (s - a));
    }

    static (double High, double Low) Split(double a)
    {
        double t = Splitter * a, high = t - (t - a);
        return double.IsFinite(t) ? (high, a - high) : (a, 0);
    }
}
