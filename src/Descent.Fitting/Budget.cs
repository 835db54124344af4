namespace Descent.Fitting;

/// <summary>When a fit ends: whichever comes first. Nothing given leaves it to the method: until it can resolve no more, or its default number of steps.</summary>
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

    internal IEnumerable<string> Faults()
    {
        if (Epochs is { } e && !(e > 0 && double.IsFinite(e))) yield return FormattableString.Invariant($"Budget.Epochs is {e}; expected a number above 0.");
        if (Steps is < 1) yield return $"Budget.Steps is {Steps}; expected at least 1.";
        if (Time is { } t && t <= TimeSpan.Zero) yield return $"Budget.Time is {t}; expected a time above 0.";
        if (Gap is { } g && !(g > 0 && double.IsFinite(g))) yield return FormattableString.Invariant($"Budget.Gap is {g}; expected a number above 0.");
    }
}
