namespace Descent.Data;

/// <summary>
/// Makes a table of typed columns: the one that their CSV would give, to the same bits, with one exception that is meant: a column that is
/// text in its source stays text where its cells look like numbers, as if it were named in <see cref="TableOptions.TextColumns"/>.
/// </summary>
/// <remarks>
/// Blanks around texts are passed over, and the words for a missing value mean one, as in a file of text. Cost: one pass; memory: the
/// columns that are wanted.
/// </remarks>
public static class ColumnReader
{
    /// <summary>Reads one source after another into one table; all need the same columns.</summary>
    /// <exception cref="DataException">They cannot be read as a table; the place is said.</exception>
    public static Table Read(IReadOnlyList<ColumnOrigin> origins, TableOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(origins);
        TypedRows? rows = null;
        foreach (ColumnOrigin origin in origins)
        {
            using IColumnSource source = origin.Open();
            rows ??= new TypedRows(source, options ?? new TableOptions());
            rows.ReadAll(source);
        }
        return rows is null ? throw new DataException("No source of columns was given.")
            : rows.Table(string.Join(" + ", origins.Select(o => o.Name)));
    }
}
