using MathNet.Numerics;

namespace Descent.Mixtures.Normals;

/// <summary>log Φ and φ/Φ of the standard normal, to a few last places as far into the tail as doubles reach.</summary>
static class NormalTail
{
    // Below, Φ(x) is φ(x) times Mills' ratio by its continued fraction, which converges fast there.
    const double Deep = -4;
    static readonly double LogRoot = 0.5 * Math.Log(2 * Math.PI);

    public static double LogCdf(double x)
    {
        if (x < Deep) return -(0.5 * x * x) - LogRoot + Math.Log(Mills(-x));
        return x < 0 ? Math.Log(0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2)))
            : ElementaryFunctions.LogOnePlus(-0.5 * SpecialFunctions.Erfc(x / Math.Sqrt(2)));
    }

    /// <summary>φ(x)/Φ(x).</summary>
    public static double InverseMills(double x) =>
        x < Deep ? 1 / Mills(-x) : Math.Exp(-(0.5 * x * x) - LogRoot) / (0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2)));

    // (1 − Φ(x))/φ(x) = 1/(x + 1/(x + 2/(x + 3/(x + …)))), x ≥ 4.
    static double Mills(double x)
    {
        double tail = x;
        for (int k = 60; k >= 1; k--) tail = x + (k / tail);
        return 1 / tail;
    }
}
