namespace Descent.Runs;

/// <summary>How a run ended.</summary>
public enum OutcomeKind
{
    /// <summary>The asked accuracy is reached, or the method can prove or resolve no more.</summary>
    Converged,

    /// <summary>The budget is spent and no accuracy was asked for.</summary>
    BudgetSpent,

    /// <summary>The budget is spent before the asked accuracy.</summary>
    AccuracyMissed,

    /// <summary>A value or the iterate is not finite, or F went away from its start: ended above it and kept growing.</summary>
    Diverged,

    /// <summary>The method cannot go on, and no proved bound says that it is at the optimum.</summary>
    Stalled,

    /// <summary>Cancelled from outside; the iterate is usable.</summary>
    Interrupted,
}
