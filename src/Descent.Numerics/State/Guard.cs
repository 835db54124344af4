namespace Descent.Numerics;

/// <summary>The checks that oracles and methods share, with one wording.</summary>
public static class Guard
{
    /// <summary>Throws unless the length is the oracle's dimension.</summary>
    public static void Length(string what, int expected, int found)
    {
        if (found != expected) throw new ArgumentException($"{what} needs length {expected} (the oracle's dimension); got {found}.");
    }

    /// <summary>Throws unless the number is positive and finite.</summary>
    public static double Positive(string what, double value, string where)
    {
        if (!(value > 0) || !double.IsFinite(value))
            throw new ArgumentOutOfRangeException(null,
                FormattableString.Invariant($"{what} must be positive and finite; got {value} ({where})."));
        return value;
    }

    /// <summary>Throws unless the number lies in [low, high).</summary>
    public static double Within(string what, double value, double low, double high, string where)
    {
        if (!(value >= low && value < high))
            throw new ArgumentOutOfRangeException(null,
                FormattableString.Invariant($"{what} must lie in [{low}, {high}); got {value} ({where})."));
        return value;
    }

    /// <summary>Throws unless the number may be a step size: finite and not negative.</summary>
    internal static double StepSize(string what, double value, string where)
    {
        if (!(value >= 0) || !double.IsFinite(value))
            throw new ArgumentOutOfRangeException(null,
                FormattableString.Invariant($"{what} must be a finite number ≥ 0; got {value} ({where})."));
        return value;
    }

    /// <summary>Throws unless the number lies in (0, 1).</summary>
    internal static double Inside(string what, double value, string where)
    {
        if (value is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(null, FormattableString.Invariant($"{what} must lie in (0, 1); got {value} ({where})."));
        return value;
    }

    /// <summary>Throws unless the number is at least 1; ∞ is allowed.</summary>
    internal static double AtLeastOne(string what, double value, string where)
    {
        if (!(value >= 1))
            throw new ArgumentOutOfRangeException(null, FormattableString.Invariant($"{what} must be at least 1; got {value} ({where})."));
        return value;
    }

    /// <summary>Throws unless the number is finite and at least 1.</summary>
    internal static double Length(string what, double value, string where)
    {
        if (!(value >= 1) || !double.IsFinite(value))
            throw new ArgumentOutOfRangeException(null,
                FormattableString.Invariant($"{what} must be at least 1 step and finite; got {value} ({where})."));
        return value;
    }

    /// <summary>Throws unless the count is at least the least one.</summary>
    internal static long AtLeast(string what, long value, long least, string where)
    {
        if (value < least)
            throw new ArgumentOutOfRangeException(null,
                FormattableString.Invariant($"{what} must be at least {least}; got {value} ({where})."));
        return value;
    }

    /// <summary>Throws unless there is something.</summary>
    internal static TThing Given<TThing>(string what, TThing? thing, string where)
        where TThing : class => thing ?? throw new ArgumentNullException(null, $"{what} is missing ({where}).");
}
