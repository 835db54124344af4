namespace Descent.Guarantees;

/// <summary>A constant of a problem: its value, how well it is known, how it was found and at what cost.</summary>
/// <param name="Symbol">Its letter in the notes: H, μ, G, σ², J, Δ, D.</param>
/// <param name="Value">The value; NaN when unknown, +∞ when there is none.</param>
/// <param name="Evidence">How well it is known.</param>
/// <param name="How">How it was found, or why not, in words.</param>
/// <param name="Passes">What finding it cost, in passes over the data.</param>
public sealed record Quantity(string Symbol, double Value, Evidence Evidence, string How, double Passes = 0)
{
    /// <summary>Whether there is a finite value.</summary>
    public bool IsKnown => double.IsFinite(Value);

    /// <summary>The constant in words.</summary>
    public string Sentence
    {
        get
        {
            if (double.IsNaN(Value)) return $"{Symbol} unknown ({How})";
            if (double.IsPositiveInfinity(Value)) return $"{Symbol} = ∞ ({How})";
            string kind = Evidence switch
            {
                Evidence.Exact => "exact",
                Evidence.UpperBound => "upper bound",
                Evidence.LowerBound => "lower bound",
                Evidence.Assumed => "assumed",
                _ => "estimate",
            };
            string cost = Passes > 0 ? FormattableString.Invariant($"; {Passes:0.#} pass{(Passes == 1 ? "" : "es")}") : "";
            return $"{Symbol} = {Figure} ({kind}: {How}{cost})";
        }
    }

    /// <summary>The value to four digits: a bound in its own direction, so that it is one as written too.</summary>
    public string Figure => Evidence switch
    {
        Evidence.UpperBound => BoundFormat.AtMost(Value),
        Evidence.LowerBound => BoundFormat.AtLeast(Value),
        _ => FormattableString.Invariant($"{Value:G4}"),
    };

    /// <summary>A value known up to rounding.</summary>
    public static Quantity Exact(string symbol, double value, string how, double passes = 0) =>
        new(symbol, value, Evidence.Exact, how, passes);

    /// <summary>A proved upper bound.</summary>
    public static Quantity AtMost(string symbol, double value, string how, double passes = 0) =>
        new(symbol, value, Evidence.UpperBound, how, passes);

    /// <summary>A proved lower bound.</summary>
    public static Quantity AtLeast(string symbol, double value, string how, double passes = 0) =>
        new(symbol, value, Evidence.LowerBound, how, passes);

    /// <summary>A value that was measured at some points: no bound, and promises do not rest on it.</summary>
    public static Quantity About(string symbol, double value, string how, double passes = 0) =>
        new(symbol, value, Evidence.Estimate, how, passes);

    /// <summary>A value that the user vouches for.</summary>
    public static Quantity Assumed(string symbol, double value, string how = "given, not checked") =>
        new(symbol, value, Evidence.Assumed, how);

    /// <summary>A constant of which nothing is known, with the reason; its value is NaN.</summary>
    public static Quantity Unknown(string symbol, string why) => new(symbol, double.NaN, Evidence.Unknown, why);

    /// <summary>There is no finite value.</summary>
    public static Quantity Infinite(string symbol, string why) => new(symbol, double.PositiveInfinity, Evidence.Exact, why);
}
