namespace Descent.Guarantees;

/// <summary>What is known of an assumption.</summary>
public enum Standing
{
    /// <summary>Proved for this problem.</summary>
    Holds,

    /// <summary>Known to fail.</summary>
    Violated,

    /// <summary>Neither.</summary>
    Unknown,
}
