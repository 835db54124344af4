namespace Descent.Rules;

/// <summary>The constants of accelerated methods on strongly convex objectives (M9).</summary>
public static class Acceleration
{
    /// <summary><c>β = (√κ−1)/(√κ+1)</c>, κ = H/μ. Gap after T gradients ≤ <c>(1−1/√κ)^T (Δ + μD²/2)</c>.
    /// Source: C 22; Nesterov 2004, 2.2.1.</summary>
    public static double Momentum(double mu, double smoothness)
    {
        double root = Math.Sqrt(Condition(mu, smoothness));
        return (root - 1) / (root + 1);
    }

    /// <summary>
    /// <c>⌈√(8κ)⌉</c> steps of M8 halve the gap: G11 gives <c>2HD²/(T+1)²</c> at η = 1/H,
    /// strong convexity <c>D² ≤ 2·gap/μ</c>, so <c>4κ/(T+1)² ≤ ½</c>.
    /// </summary>
    public static long RestartPeriod(double mu, double smoothness) => (long)Math.Ceiling(Math.Sqrt(8 * Condition(mu, smoothness)));

    static double Condition(double mu, double smoothness)
    {
        Guard.Positive("μ", mu, nameof(Acceleration));
        Guard.Positive("H", smoothness, nameof(Acceleration));
        return smoothness >= mu
            ? smoothness / mu
            : throw new ArgumentException(FormattableString.Invariant($"H ≥ μ is needed; got H = {smoothness}, μ = {mu}."));
    }
}
