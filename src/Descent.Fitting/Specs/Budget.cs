namespace Descent.Fitting;

/// <summary>
/// When a fit ends: whichever comes first. Nothing given leaves it to the method: until it can resolve no more, or its default number of
/// steps.
/// </summary>
public sealed record Budget
{
    /// <summary>Passes over the data (n single gradients each), above 0.</summary>
    public double? Epochs { get; init; }

    /// <summary>Steps of the method, at least 1.</summary>
    public long? Steps { get; init; }

    /// <summary>Wall-clock time.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Stop at this certified gap relative to F, above 0.</summary>
    public double? Gap { get; init; }

    /// <summary>Stop at this norm of the gradient, above 0.</summary>
    public double? GradientTolerance { get; init; }

    /// <summary>Stop when F changes by less than this part of itself in an epoch, above 0.</summary>
    public double? Tolerance { get; init; }

    /// <summary>
    /// Looks without a better held-out loss after which the run ends with its best iterate, at least 1; needs held-out rows.
    /// </summary>
    public int? Patience { get; init; }

    /// <summary>Whether an accuracy was asked for.</summary>
    internal bool AsksAccuracy => Gap > 0 || GradientTolerance > 0 || Tolerance > 0;

    internal IEnumerable<string> Faults()
    {
        if (Epochs is { } e && !(e > 0 && double.IsFinite(e)))
            yield return FormattableString.Invariant($"`Epochs` is {e}; expected a number above 0.");
        if (Steps is < 1) yield return $"`Steps` is {Steps}; expected at least 1.";
        if (Time is { } t && t <= TimeSpan.Zero) yield return $"`Time` is {t}; expected a time above 0, such as 30s, 5m, 2h or 500ms.";
        if (Gap is { } g && !(g >= 0 && double.IsFinite(g)))
            yield return FormattableString.Invariant($"`Gap` is {g}; expected a number ≥ 0.");
        if (GradientTolerance is { } d && !(d >= 0 && double.IsFinite(d)))
            yield return FormattableString.Invariant($"`GradientTolerance` is {d}; expected a number ≥ 0.");
        if (Tolerance is { } f && !(f >= 0 && double.IsFinite(f)))
            yield return FormattableString.Invariant($"`Tolerance` is {f}; expected a number ≥ 0.");
        if (Patience is < 1) yield return $"`Patience` is {Patience}; expected at least 1.";
    }
}
