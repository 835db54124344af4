namespace Descent.Cli;

/// <summary>What the exit codes mean; scripts rely on them.</summary>
static class ExitCode
{
    public const int Done = 0, Usage = 1, BadData = 2, Diverged = 3, BudgetSpent = 4, Interrupted = 130;
}
