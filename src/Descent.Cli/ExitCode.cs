using Descent.Runs;

namespace Descent.Cli;

/// <summary>What the exit codes mean; scripts rely on them.</summary>
static class ExitCode
{
    public const int Done = 0, Usage = 1, BadData = 2, Diverged = 3, BudgetSpent = 4, Internal = 70, Retry = 75, Interrupted = 130;

    /// <summary>The exit code of how a run ended.</summary>
    public static int Of(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Diverged => Diverged,
        OutcomeKind.AccuracyMissed or OutcomeKind.Stalled => BudgetSpent,
        OutcomeKind.Interrupted => Interrupted,
        _ => Done,
    };
}
