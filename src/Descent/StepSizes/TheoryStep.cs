namespace Descent.StepSizes;

/// <summary>
/// S13: the step sizes that the guarantees prescribe. Symbols: smoothness H, strong convexity μ, gradient-noise variance σ²,
/// Lipschitz constant G, initial gap Δ, initial distance D, horizon T, batch B. With σ = 0 read 1/σ as ∞.
/// </summary>
public static class TheoryStep
{
    /// <summary>G1, G2, G3: <c>D/(G√T)</c> for convex, G-Lipschitz objectives. Source: C 2.4, 3.</summary>
    public static Constant Subgradient(double distance, double lipschitz, long steps) => new(distance / (lipschitz * Math.Sqrt(steps)));

    /// <summary>G4, G16: <c>1/H</c> for gradient descent. Source: C 5.8, 21.6.</summary>
    public static Constant GradientDescent(double smoothness) => new(1 / smoothness);

    /// <summary>G5, G7: <c>min(1/H, √(ΔB)/(σ√(HT)))</c>. Source: C 6.1, 7.2.</summary>
    public static Constant Sgd(double smoothness, double gap, double sigma, long steps, double batch = 1) =>
        new(Math.Min(1 / smoothness, Math.Sqrt(gap * batch) / (sigma * Math.Sqrt(smoothness * steps))));

    /// <summary>G6: <c>c/√t</c>, t from 1. Source: C 6.2.</summary>
    public static Power SquareRoot(double c) => new(c, 0.5);

    /// <summary>G10: <c>1/(2H)</c>, for the averaged iterate of a convex objective. Source: C 13.3.</summary>
    public static Constant Averaged(double smoothness) => new(1 / (2 * smoothness));

    /// <summary>G12, G13: <c>c = √2·D</c> for adaptive steps on a ball or box of radius D. Source: C 16.2, 16.3.</summary>
    public static Constant Adaptive(double radius) => new(Math.Sqrt(2) * radius);

    /// <summary>G15: α and <c>η = α/H</c> of averaged momentum; best <c>α = min(1, √((2HΔ+σ²)/(σ²T)))</c>. Source: C 20.3.</summary>
    public static (double Alpha, Constant Eta) Momentum(double smoothness, double gap, double sigma, long steps)
    {
        double alpha = Math.Min(1, Math.Sqrt(((2 * smoothness * gap) + (sigma * sigma)) / (sigma * sigma * steps)));
        return (alpha, new Constant(alpha / smoothness));
    }

    /// <summary>G18: <c>1/(μt)</c>, t from 1. Source: C 22.1.</summary>
    public static StronglyConvex Projected(double mu) => new(mu, mu);

    /// <summary>G19: <c>c/√N ≤ 1/(8H)</c> for SVRG. Source: C 23.2.</summary>
    public static Constant Svrg(double c, int count, double smoothness) => new(Math.Min(c / Math.Sqrt(count), 1 / (8 * smoothness)));

    /// <summary>G20: <c>α = min(1, √(ΔH)/(σ√T))</c>, <c>η = √(Δα/(HT))</c>. Source: C 24.3.</summary>
    public static (double Alpha, Constant Eta) Normalised(double smoothness, double gap, double sigma, long steps)
    {
        double alpha = Math.Min(1, Math.Sqrt(gap * smoothness) / (sigma * Math.Sqrt(steps)));
        return (alpha, new Constant(Math.Sqrt(gap * alpha / (smoothness * steps))));
    }

    /// <summary>G21: <c>α = min(1, (ΔH)^⅔/(σ^{4/3}T^⅔))</c>, <c>η = √(Δ√α/(HT))</c>. Source: C 24.5.</summary>
    public static (double Alpha, Constant Eta) Storm(double smoothness, double gap, double sigma, long steps)
    {
        double alpha = Math.Min(1, Math.Pow(gap * smoothness, 2.0 / 3) / (Math.Pow(sigma, 4.0 / 3) * Math.Pow(steps, 2.0 / 3)));
        return (alpha, new Constant(Math.Sqrt(gap * Math.Sqrt(alpha) / (smoothness * steps))));
    }

    /// <summary>G25 for a horizon, with neither Δ nor σ: <c>min(1/H, 2·ln T/(μT))</c>, so that <c>(1−μη)^T ≤ T⁻²</c>.
    /// Source: W 2.6.</summary>
    public static Constant Horizon(double mu, double smoothness, long steps) =>
        new(steps > 1 ? Math.Min(1 / smoothness, 2 * Math.Log(steps) / (mu * steps)) : 1 / smoothness);

    /// <summary>G24 for a horizon, with neither D nor σ: <c>c/√T</c>; it also needs η ≤ 1/H. Source: W 2.5.</summary>
    public static Constant Horizon(long steps, double c = 1) => new(c / Math.Sqrt(steps));

    /// <summary>G26: <c>1/(μ(t + H/μ))</c>, t from 0. Source: W 2.7.</summary>
    public static StronglyConvex Decaying(double mu, double smoothness) => new(mu, smoothness);

    /// <summary>G29: penalty <c>λ = (2H/t)·ln(t/2)</c> and step <c>1/(H+λ)</c> for
    /// t &gt; 2 steps of gradient descent from 0. Source: C 21.</summary>
    public static (double Lambda, Constant Eta) Ridge(double smoothness, long steps)
    {
        double lambda = 2 * smoothness / steps * Math.Log(steps / 2.0);
        return (lambda, new Constant(1 / (smoothness + lambda)));
    }
}
