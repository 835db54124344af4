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

    /// <summary>A value is not finite, or F ended above its start.</summary>
    Diverged,

    /// <summary>The method cannot go on.</summary>
    Stalled,

    /// <summary>Cancelled from outside; the iterate is usable.</summary>
    Interrupted,
}
