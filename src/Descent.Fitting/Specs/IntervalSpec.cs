namespace Descent.Fitting;

/// <summary>Which intervals are wanted beside predictions.</summary>
public sealed record IntervalSpec
{
    /// <summary>How often such intervals hold what they are of, between 0 and 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>What they are of.</summary>
    public IntervalOf Of { get; init; }

    /// <exception cref="FitException">The level is none.</exception>
    internal IntervalSpec Checked() => Level > 0 && Level < 1 ? this
        : throw new FitException(FormattableString.Invariant(
            $"`Interval` is {Level}; expected a level between 0 and 1, for example 0.95."));
}
