namespace Descent.Tests.Recursions;

/// <summary>Step sizes from the norms of gradients, and steps of a given length.</summary>
static class Norms
{
    public static double Square(double[] g)
    {
        double sum = 0;
        foreach (double x in g) sum += x * x;
        return sum;
    }

    static IEnumerable<double[]> Scaled(Feed f, Func<double, int, double> factor)
    {
        double[] w = f.Start();
        for (int t = 0; ; t++)
        {
            double[] g = f.Gradient(w);
            double step = f.Eta(t) * factor(Square(g), t);
            for (int i = 0; i < w.Length; i++) w[i] -= step * g[i];
            yield return w;
        }
    }

    // C alg. 7; delayed (C 9.1), the sum stops at t − 1.
    public static IEnumerable<double[]> AdaGradNorm(Feed f, double epsilon, bool delayed)
    {
        double sum = 0;
        return Scaled(f, (square, _) =>
        {
            double before = sum;
            sum += square;
            return 1 / Math.Sqrt((epsilon * epsilon) + (delayed ? before : sum));
        });
    }

    // C alg. 8 and 9: A_t = βA_{t−1} + ‖g‖²; corrected, B_t = max(B_{t−1}, tA_t), B₀ = ε².
    public static IEnumerable<double[]> EmaNorm(Feed f, double beta, double epsilon, bool corrected)
    {
        double a = 0, b = epsilon * epsilon;
        return Scaled(f, (square, t) =>
        {
            a = (beta * a) + square;
            b = Math.Max(b, (t + 1) * a);
            return 1 / Math.Sqrt(corrected ? b : (epsilon * epsilon) + a);
        });
    }

    // C 24: m as in M6, the step has length η.
    public static IEnumerable<double[]> Normalised(Feed f, double alpha)
    {
        double[] w = f.Start(), m = new double[w.Length];
        for (int t = 0; ; t++)
        {
            double[] g = f.Gradient(w);
            for (int i = 0; i < w.Length; i++) m[i] = t == 0 ? g[i] : ((1 - alpha) * m[i]) + (alpha * g[i]);
            double norm = Math.Sqrt(Square(m));
            for (int i = 0; i < w.Length; i++) w[i] -= f.Eta(t) * m[i] / norm;
            yield return w;
        }
    }

    public static IEnumerable<double[]> Sign(Feed f)
    {
        double[] w = f.Start();
        for (int t = 0; ; t++)
        {
            double[] g = f.Gradient(w);
            for (int i = 0; i < w.Length; i++) w[i] -= g[i] > 0 ? f.Eta(t) : g[i] < 0 ? -f.Eta(t) : 0;
            yield return w;
        }
    }

    // Pascanu et al. 2013: entries cut at ±c first, then the whole at norm C.
    public static Feed Clip(Feed f, double norm, double value) => f.Through(g =>
    {
        double[] cut = [.. g.Select(x => Math.Min(value, Math.Max(-value, x)))];
        double size = Math.Sqrt(Square(cut));
        return size <= norm ? cut : [.. cut.Select(x => x * norm / size)];
    });

    // Loizou et al. 2021: η_t = min((f − f*)/(c‖g‖²), η_max), f at the sample.
    public static IEnumerable<double[]> Polyak(Feed f, double c, double least, double most)
    {
        double[] w = f.Start();
        while (true)
        {
            double[] g = f.Gradient(w);
            double step = Math.Min(Math.Max(0, f.Value - least) / (c * Square(g)), most);
            for (int i = 0; i < w.Length; i++) w[i] -= step * g[i];
            yield return w;
        }
    }
}
