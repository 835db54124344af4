namespace Descent.Data;

/// <summary>How Vowpal Wabbit text is read.</summary>
public sealed record VwOptions
{
    /// <summary>Columns are 2 to this power: 1 to 30.</summary>
    public int HashBits { get; init; } = 20;

    /// <summary>Whether rows that cannot be read are left out and counted.</summary>
    public bool SkipBadRows { get; init; }

    /// <summary>Whether every row needs a label; without, the label of a row that has none is NaN.</summary>
    public bool NeedLabels { get; init; } = true;
}
