namespace Descent.Runs;

/// <summary>How a run ended, with the sentence that says why.</summary>
/// <param name="Kind">The kind of ending.</param>
/// <param name="Sentence">What happened and at which numbers.</param>
public sealed record Outcome(OutcomeKind Kind, string Sentence)
{
    /// <summary>Whether the sentence still lacks the numbers that the run ended at.</summary>
    internal bool IsOpen { get; init; }
}
