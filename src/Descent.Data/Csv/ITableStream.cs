namespace Descent.Data;

/// <summary>Rows of a table, some at a time as they come.</summary>
interface ITableStream : IDisposable
{
    /// <summary>Rows left out so far.</summary>
    int Skipped { get; }

    /// <summary>Why the first of them was left out.</summary>
    string? FirstSkip { get; }

    /// <summary>The rows that have come since, at least one; null at the end.</summary>
    /// <exception cref="DataException">A row cannot be read; the place is said.</exception>
    Table? Next();
}
