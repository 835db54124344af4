namespace Descent.Testing;

/// <summary>Functions with many local minima whose global one is known: the test set of global optimisation.
/// Each takes any dimension d ≥ 1.</summary>
public static class Landscapes
{
    /// <summary>Every function here, with its usual box (the same for every coordinate), its minimum and where it lies.</summary>
    public static IReadOnlyList<TestLandscape> All { get; } =
    [
        new("rastrigin", Rastrigin, 5.12, 0),
        new("ackley", Ackley, 32.768, 0),
        new("schwefel", Schwefel, 500, 420.96874635998),
        new("griewank", Griewank, 600, 0),
        new("himmelblau", Himmelblau, 5, 3, 2),
        new("levy", Levy, 10, 1),
    ];

    /// <summary><c>Σ (x_i² − 10 cos 2πx_i + 10)</c>, 0 at 0. Source: Rastrigin 1974.</summary>
    public static double Rastrigin(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (double v in x) sum += (v * v) - (10 * Math.Cos(2 * Math.PI * v)) + 10;
        return sum;
    }

    /// <summary><c>−20 e^{−0.2 √(Σx²/d)} − e^{Σ cos(2πx)/d} + 20 + e</c>, 0 at 0. Source: Ackley 1987.</summary>
    public static double Ackley(ReadOnlySpan<double> x)
    {
        double squares = 0, cosines = 0;
        foreach (double v in x)
        {
            squares += v * v;
            cosines += Math.Cos(2 * Math.PI * v);
        }
        return (-20 * Math.Exp(-0.2 * Math.Sqrt(squares / x.Length))) - Math.Exp(cosines / x.Length) + 20 + Math.E;
    }

    /// <summary><c>Σ (418.98288727243369 − x_i sin √|x_i|)</c> on [−500,
    /// 500]^d, 0 at x_i = 420.96874635998. Source: Schwefel 1981.</summary>
    public static double Schwefel(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (double v in x) sum += 418.98288727243369 - (v * Math.Sin(Math.Sqrt(Math.Abs(v))));
        return sum;
    }

    /// <summary><c>1 + Σx_i²/4000 − Π cos(x_i/√i)</c>, 0 at 0. Source: Griewank 1981.</summary>
    public static double Griewank(ReadOnlySpan<double> x)
    {
        double sum = 0, product = 1;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * x[i];
            product *= Math.Cos(x[i] / Math.Sqrt(i + 1));
        }
        return 1 + (sum / 4000) - product;
    }

    /// <summary><c>(a² + b − 11)² + (a + b² − 7)²</c> summed over pairs of coordinates;
    /// a last one without a partner has b = 2. 0 at (3, 2, 3, 2, …). Source: Himmelblau 1972.</summary>
    public static double Himmelblau(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i += 2)
        {
            double a = x[i], b = i + 1 < x.Length ? x[i + 1] : 2, p = (a * a) + b - 11, q = a + (b * b) - 7;
            sum += (p * p) + (q * q);
        }
        return sum;
    }

    /// <summary><c>sin²πu₁ + Σ (u_i − 1)²(1 + 10 sin²(πu_i + 1)) + (u_d − 1)²(1 + sin²2πu_d)</c> with u = 1 + (x − 1)/4, 0 at 1. Source:
    /// Levy and Montalvo 1985.</summary>
    public static double Levy(ReadOnlySpan<double> x)
    {
        double first = Math.Sin(Math.PI * Wave(x[0])), last = Wave(x[^1]), end = Math.Sin(2 * Math.PI * last), sum = first * first;
        foreach (double v in x[..^1])
        {
            double u = Wave(v), s = Math.Sin((Math.PI * u) + 1);
            sum += (u - 1) * (u - 1) * (1 + (10 * s * s));
        }
        return sum + ((last - 1) * (last - 1) * (1 + (end * end)));
    }

    static double Wave(double x) => 1 + ((x - 1) / 4);
}
