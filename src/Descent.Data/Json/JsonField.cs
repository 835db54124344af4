namespace Descent.Data;

/// <summary>A key of JSON lines: the column that it is, or none where nobody needs it.</summary>
sealed class JsonField(string name, Column? column)
{
    public string Name => name;

    public Column? Column => column;

    /// <summary>The last line that had the key.</summary>
    public long Line { get; set; } = -1;

    /// <summary>Whether the row being read has a value for it.</summary>
    public bool HasValue { get; set; }

    /// <summary>The line on which its first value stands; 0 before there is one.</summary>
    public long First { get; set; }
}
