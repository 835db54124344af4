namespace Descent.Guarantees;

/// <summary>How well a constant of a problem is known.</summary>
public enum Evidence
{
    /// <summary>The value itself, up to rounding.</summary>
    Exact,

    /// <summary>Proved to be at least the value.</summary>
    UpperBound,

    /// <summary>Proved to be at most the value.</summary>
    LowerBound,

    /// <summary>Measured at some points, or by an iteration that need not have found it.</summary>
    Estimate,

    /// <summary>Taken for true because the user said so; what follows from it is true only if it is.</summary>
    Assumed,

    /// <summary>Not known.</summary>
    Unknown,
}
