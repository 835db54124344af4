using Descent.Data.Caching;
using Descent.Data.Files;

namespace Descent.Data;

/// <summary>
/// What a request reads: opened files of text or arrays, whose form is found out, or a table whose columns are typed already. Whoever
/// makes a table of it need not know which.
/// </summary>
sealed class DataInput : IDisposable
{
    readonly IReadOnlyList<ColumnOrigin> typed;

    DataInput(DataSource[] sources, IReadOnlyList<ColumnOrigin> typed) => (Sources, this.typed) = (sources, typed);

    /// <summary>The opened files; none where columns are typed.</summary>
    public DataSource[] Sources { get; }

    /// <summary>Whether its columns are typed already.</summary>
    public bool IsTyped => typed.Count > 0;

    /// <summary>Bytes of its files that were read, and of how many, as they lie on the disk; null where some are no files of text or
    /// arrays. Asked after it is closed.</summary>
    public (long Read, long Of)? BytesRead => IsTyped || Sources.Any(s => s.FileLength is null) ? null
        : (Sources.Sum(s => s.BytesRead), Sources.Sum(s => s.FileLength ?? 0));

    /// <summary>What it is called in messages.</summary>
    public string Name => IsTyped ? typed[0].Name : Sources[0].Name;

    /// <summary>Opens files; none stays open when one cannot be.</summary>
    /// <param name="paths">Files, patterns, and folders of one of the forms.</param>
    /// <param name="encoding">Of text; null to find out.</param>
    /// <param name="forms">Forms of typed columns that are known by their first bytes.</param>
    /// <exception cref="DataException">One cannot be opened, or some are typed and others are not.</exception>
    public static DataInput Open(IReadOnlyList<string> paths, string? encoding, IReadOnlyList<IColumnForm> forms)
    {
        paths = InputPaths.Expand(paths, [.. forms.SelectMany(f => f.Endings)]);
        ColumnOrigin?[] found = [.. paths.Select(p => ColumnReader.OriginOf(p, forms))];
        int stranger = Array.FindIndex(found, f => (f is null) != (found[0] is null));
        if (stranger > 0)
            throw new DataException($"{paths[stranger]}: {Kind(found[stranger])}, and {paths[0]} {Kind(found[0])}. Expected files of one "
                + "form; read the others apart.");
        return found.Length > 0 && found[0] is not null ? new([], [.. found.Select(f => f!)])
            : new(DataSource.OpenAll(paths, encoding), []);
    }

    /// <summary>A file that is open already; its owner closes it.</summary>
    public static DataInput Of(DataSource source) => new([source], []);

    /// <summary>Rows from elsewhere.</summary>
    public static DataInput Of(ColumnOrigin origin) => new([], [origin]);

    /// <summary>The form of the first file: that of a table where columns are typed.</summary>
    public DataFormat Detect() => IsTyped ? DataFormat.Csv : FormatDetector.Detect(Sources[0]);

    /// <summary>Reads it as a table.</summary>
    /// <exception cref="DataException">It is none.</exception>
    public Table Read(CsvOptions options) => IsTyped ? ColumnReader.Read(typed, options) : TableReader.Read(Sources, options);

    /// <summary>The same from a cache, or into one; what is typed is read again each time.</summary>
    public Table Read(CsvOptions options, CacheSpec cache, List<string> notes)
    {
        if (!IsTyped) return TableCache.Read(Sources, options, cache, notes);
        if (cache.Write) notes.Add($"no cache: {Name} has typed columns, which are read as quickly as a cache would be");
        return Read(options);
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (DataSource s in Sources) s.Dispose();
    }

    static string Kind(ColumnOrigin? origin) => origin is null ? "is text or arrays" : "has typed columns";
}
