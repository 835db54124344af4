namespace Descent.Data;

/// <summary>How typed columns are read: which are needed, what a missing value is, and what happens to it.</summary>
public sealed record ColumnOptions : TableOptions;
