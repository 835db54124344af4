using System.Globalization;

namespace Descent;

/// <summary>The step size that a method takes when none is given.</summary>
/// <param name="Of">Computes it from the problem.</param>
/// <param name="Why">What it is, in words.</param>
/// <param name="FromSmoothness">Whether it follows from the smoothness of the problem.</param>
public sealed record DefaultStep(Func<MethodSettings, double> Of, string Why, bool FromSmoothness)
{
    /// <summary>1/H, the step of the descent lemma.</summary>
    public static DefaultStep InverseSmoothness { get; } = new(s => 1 / s.Smoothness, "1/H", true);

    /// <summary>(1−β)/H: momentum multiplies the effective step by 1/(1−β).</summary>
    public static DefaultStep Momentum { get; } = new(s => (s.Sampling is null ? 1 : 1 - s["momentum"]) / s.Smoothness,
        "(1−β)/H on samples, 1/H on full gradients", true);

    /// <summary>A multiple of 1/H.</summary>
    public static DefaultStep Fraction(double part) =>
        new(s => part / s.Smoothness, string.Create(CultureInfo.InvariantCulture, $"1/({1 / part:G4} H)"), true);

    /// <summary>A published number that does not depend on the problem.</summary>
    public static DefaultStep Published(double eta,
        string why = "published default; its scale is that of the parameters, not of the smoothness") => new(_ => eta, why, false);
}
