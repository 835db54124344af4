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
    /// <summary>Reads files of typed columns one after another into one table; all need the same columns.</summary>
    /// <param name="paths">Files, patterns as <c>data/*.parquet</c>, and folders, which stand for the files of the forms in them.</param>
    /// <param name="forms">The forms that are known, as that of Parquet.</param>
    /// <param name="options">Which columns are needed, and what a missing value is; null for all of them and the defaults.</param>
    /// <exception cref="DataException">A file is of none of the forms, or they are no one table; the place is said.</exception>
    public static Table Read(IReadOnlyList<string> paths, IReadOnlyList<IColumnForm> forms, TableOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(forms);
        return Read([.. Files.InputPaths.Expand(paths, [.. forms.SelectMany(f => f.Endings)]).Select(p => OriginOf(p, forms)
            ?? throw new DataException($"{p}: is not {string.Join(" or ", forms.Select(f => f.Name))}."))], options);
    }

    /// <summary>Reads one source after another into one table; all need the same columns.</summary>
    /// <exception cref="DataException">They cannot be read as a table; the place is said.</exception>
    public static Table Read(IReadOnlyList<ColumnOrigin> origins, TableOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(origins);
        TypedRows? rows = null;
        foreach (ColumnOrigin origin in origins)
        {
            using IColumnSource source = origin.Open();
            rows ??= new TypedRows(source, options ?? new ColumnOptions());
            rows.ReadAll(source);
        }
        return rows is null ? throw new DataException("No source of columns was given.")
            : rows.Table(string.Join(" + ", origins.Select(o => o.Name)));
    }

    /// <summary>
    /// A file by the form that its first bytes tell; null for a file of none of them, and for a pipe, which is opened once.
    /// </summary>
    internal static ColumnOrigin? OriginOf(string path, IReadOnlyList<IColumnForm> forms)
    {
        if (forms.Count == 0 || path == "-" || Files.LocalFileSystem.Stamp(path) is null) return null;
        byte[] head = Files.InputFile.Head(path, 8);
        return forms.FirstOrDefault(f => f.Begins(head)) is { } form ? new(path, () => form.Open(path)) { Paths = [path] } : null;
    }
}
