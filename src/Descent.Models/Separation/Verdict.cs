namespace Descent.Models.Separation;

/// <summary>Whether a likelihood has its maximum at finite parameters.</summary>
public enum Verdict
{
    /// <summary>It has: positive multipliers prove it.</summary>
    Finite,

    /// <summary>It has not: along a direction of recession the likelihood grows for ever.</summary>
    Separated,

    /// <summary>Neither could be verified in this precision.</summary>
    Undecided,
}
