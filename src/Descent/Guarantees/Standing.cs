namespace Descent.Guarantees;

/// <summary>What is known of an assumption.</summary>
public enum Standing
{
    /// <summary>Proved for this problem.</summary>
    Holds,

    /// <summary>Taken for true on the user's word.</summary>
    Assumed,

    /// <summary>Known to fail.</summary>
    Violated,

    /// <summary>Open: neither proved nor refuted; an estimate proves nothing.</summary>
    Unknown,
}
