namespace Descent.Data;

/// <summary>What the cells of a column are read as.</summary>
enum ColumnKind
{
    Number,
    Text,

    /// <summary>No value has been seen yet; the first one decides.</summary>
    Open,
}
