namespace Descent.Data;

/// <summary>What a source says of a column.</summary>
public enum ColumnType
{
    /// <summary>Numbers. A cell of text among them is read as a number, or is an error.</summary>
    Number,

    /// <summary>Text, whose distinct values are levels, whatever they look like.</summary>
    Text,

    /// <summary>The source does not say: the cells decide, as they do in a file of text.</summary>
    Unknown,
}
