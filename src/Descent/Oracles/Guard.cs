namespace Descent.Oracles;

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
            throw new ArgumentOutOfRangeException(null, FormattableString.Invariant($"{what} must be positive and finite; got {value} ({where})."));
        return value;
    }

    /// <summary>Throws unless the number lies in [low, high).</summary>
    public static double Within(string what, double value, double low, double high, string where)
    {
        if (!(value >= low && value < high))
            throw new ArgumentOutOfRangeException(null, FormattableString.Invariant($"{what} must lie in [{low}, {high}); got {value} ({where})."));
        return value;
    }
}
