namespace Descent.Mixtures;

/// <summary>Draws of a Gamma law of unit scale, by rejection from a cubed normal. Source: Marsaglia and Tsang (2000).</summary>
static class GammaDraw
{
    public static double Next(Draws draws, double shape)
    {
        // Gamma(a) = Gamma(a + 1)·U^{1/a}.
        if (shape < 1) return Next(draws, shape + 1) * Math.Pow(1 - draws.NextDouble(), 1 / shape);
        double d = shape - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = draws.NextNormal(), v = 1 + (c * x);
            if (v <= 0) continue;
            v = v * v * v;
            if (Math.Log(1 - draws.NextDouble()) < (0.5 * x * x) + (d * (1 - v + Math.Log(v)))) return d * v;
        }
    }
}
