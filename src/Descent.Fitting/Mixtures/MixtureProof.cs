using Descent.Mixtures.Search;

namespace Descent.Fitting.Mixtures;

/// <summary>What is known of the maximum, as the file holds it; what was not computed or does not exist is absent.</summary>
sealed record MixtureProof
{
    public double? GradientNorm { get; init; }

    public double? LargestEigenvalue { get; init; }

    /// <summary>How far ℓ lies below the local maximum to second order; absent where none is certified.</summary>
    public double? Shortfall { get; init; }

    /// <summary>True where the Hessian is that of supplemented EM; absent where it is by differences of the score.</summary>
    public bool? Supplemented { get; init; }

    public required IReadOnlyList<MixtureEstimate> Estimates { get; init; }

    public static MixtureProof Of(LocalCertificate c, IReadOnlyList<MixtureQuantity> names, bool supplemented) => new()
    {
        Supplemented = supplemented ? true : null,
        GradientNorm = Finite(c.GradientNorm),
        LargestEigenvalue = Finite(c.LargestEigenvalue),
        Shortfall = Finite(c.Shortfall),
        Estimates = [.. names.Select((q, i) => new MixtureEstimate
        {
            Component = q.Component + 1,
            Name = q.Name,
            Estimate = c.Quantities[i],
            StandardError = c.StandardErrors.Count > 0 ? Error(c.StandardErrors[i]) : null,
        })],
    };

    // At a boundary, such as a probability of 0, the information leaves the estimate no room: that is no error of 0.
    static double? Error(double x) => x > 0 ? Finite(x) : null;

    static double? Finite(double x) => double.IsFinite(x) ? x : null;
}
