namespace Descent.Data;

/// <summary>
/// Rows of typed columns: a query, a file of columns, anything that is no text. It is opened once, told which columns are wanted, and read
/// once from its start to its end, a block of rows at a time; how many there are need not be known.
/// </summary>
/// <remarks>
/// <see cref="ColumnReader"/> makes the table of it that the same rows as CSV would give, to the same bits: numbers are the doubles nearest
/// to their decimal writing (<see cref="CellValues"/> has it for each type), and texts mean a missing value or a level as they do there.
/// </remarks>
public interface IColumnSource : IDisposable
{
    /// <summary>What it is called in messages; never a password.</summary>
    string Name { get; }

    /// <summary>What it is, for the reader: “Parquet”, “a query”.</summary>
    string Form { get; }

    /// <summary>Its columns, in their order; names may stand twice, which is refused where the table is made.</summary>
    IReadOnlyList<SourceColumn> Columns { get; }

    /// <summary>Number of rows; null where it is not known beforehand.</summary>
    long? RowCount { get; }

    /// <summary>Says which columns are wanted, in ascending order; called once, before the first block. Others need not be looked
    /// at.</summary>
    void Choose(IReadOnlyList<ChosenColumn> columns);

    /// <summary>Fills a block with the next rows.</summary>
    /// <param name="block">An empty block, with a place for each chosen column, in their order.</param>
    /// <returns>How many rows, at most <see cref="ColumnBlock.Capacity"/>; 0 at the end.</returns>
    /// <exception cref="DataException">It cannot be read on; the place is said.</exception>
    int Read(ColumnBlock block);
}
