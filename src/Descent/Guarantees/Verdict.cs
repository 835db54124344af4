namespace Descent.Guarantees;

/// <summary>What is known of an assumption on one problem, and why.</summary>
/// <param name="Standing">Holds, violated or unknown.</param>
/// <param name="Reason">The reason in words.</param>
public sealed record Verdict(Standing Standing, string Reason)
{
    /// <summary>The assumption holds on this problem, for the reason given.</summary>
    public static Verdict Holds(string reason) => new(Standing.Holds, reason);

    /// <summary>The assumption fails on this problem, for the reason given.</summary>
    public static Verdict Violated(string reason) => new(Standing.Violated, reason);

    /// <summary>It is not known.</summary>
    public static Verdict Unknown(string reason) => new(Standing.Unknown, reason);

    /// <summary>It is taken for true.</summary>
    public static Verdict Assumed(string reason) => new(Standing.Assumed, reason);

    /// <summary>An assumption that a constant is finite: proved by a bound, assumed on the user's word, left open by an estimate.</summary>
    public static Verdict Of(Quantity q)
    {
        ArgumentNullException.ThrowIfNull(q);
        if (double.IsNaN(q.Value)) return Unknown(q.Sentence);
        if (!double.IsFinite(q.Value)) return Violated(q.Sentence);
        return q.Evidence switch
        {
            Evidence.Estimate or Evidence.Unknown => Unknown(q.Sentence),
            Evidence.Assumed => Assumed(q.Sentence),
            _ => Holds(q.Sentence),
        };
    }
}
