namespace Descent.Diagnosis;

/// <summary>What can be wrong with a run.</summary>
public enum Ailment
{
    /// <summary>Values stopped being finite, or F ended above its start.</summary>
    Diverged,

    /// <summary>The classes can be separated, so the minimum is at infinity.</summary>
    Separable,

    /// <summary>The step sizes fall to nothing long before the run ends, or long after.</summary>
    WrongHorizon,

    /// <summary>The step size is at the limit of stability: steps jump from one wall of the valley to the other.</summary>
    EdgeOfStability,

    /// <summary>The step size is far below what the smoothness allows.</summary>
    TooSlow,

    /// <summary>Columns of very different scale make the valley narrow.</summary>
    IllConditioned,

    /// <summary>Sampling noise undoes what steps gain.</summary>
    NoiseFloor,

    /// <summary>Held-out rows are predicted worse than before, or than by a constant.</summary>
    OverFitting,

    /// <summary>Hidden units give the same answer to every row.</summary>
    DeadUnits,

    /// <summary>The run was healthy and ended too early.</summary>
    BudgetTooSmall,
}
