using Descent.Oracles;

namespace Descent.Models.Constants;

/// <summary>
/// O7, the covariance of single-example gradients <c>Σ(w) = E[(∇ℓ − ∇L)(∇ℓ − ∇L)ᵀ]</c> and its trace σ².
/// A mini-batch of B independent draws has Σ/B; drawn without replacement, times (n − B)/(n − 1).
/// </summary>
/// <remarks>Cost n single gradients; memory d², or d for the trace alone. Source: W 1; C 9.1.</remarks>
public static class GradientNoise
{
    /// <summary>σ² = tr Σ(w).</summary>
    /// <param name="oracle">The finite sum.</param>
    /// <param name="w">Point, length d.</param>
    /// <param name="unbiased">Whether the sum is divided by n − 1, which estimates the variance of the distribution the examples come from,
    /// instead of n, which is the variance of the draws.</param>
    public static double Trace(IFiniteSumOracle<double> oracle, ReadOnlySpan<double> w, bool unbiased = false)
    {
        ArgumentNullException.ThrowIfNull(oracle);
        double sum = 0;
        double[] mean = new double[w.Length], g = new double[w.Length];
        oracle.Gradient(w, mean);
        for (int i = 0; i < oracle.Count; i++)
        {
            Deviation(oracle, w, i, mean, g);
            sum += Vectors.Dot<double>(g, g);
        }
        return sum / (oracle.Count - (unbiased ? 1 : 0));
    }

    /// <summary>Σ(w), d×d, row-major, both triangles.</summary>
    /// <param name="oracle">The finite sum.</param>
    /// <param name="w">Point, length d.</param>
    /// <param name="unbiased">As for <see cref="Trace"/>.</param>
    public static double[] Covariance(IFiniteSumOracle<double> oracle, ReadOnlySpan<double> w, bool unbiased = false)
    {
        ArgumentNullException.ThrowIfNull(oracle);
        int d = w.Length;
        double[] mean = new double[d], g = new double[d], sigma = new double[d * d];
        oracle.Gradient(w, mean);
        for (int i = 0; i < oracle.Count; i++)
        {
            Deviation(oracle, w, i, mean, g);
            for (int a = 0; a < d; a++) Vectors.AddScaled(g[a], g, sigma.AsSpan(a * d, d));
        }
        Vectors.Scale(1.0 / (oracle.Count - (unbiased ? 1 : 0)), sigma.AsSpan());
        return sigma;
    }

    static void Deviation(IFiniteSumOracle<double> oracle, ReadOnlySpan<double> w, int example, double[] mean, double[] g)
    {
        oracle.Gradient(w, new Sample(SampleOrder.Sequential, 0, example, 1), g);
        Vectors.AddScaled(-1.0, mean, g);
    }
}
