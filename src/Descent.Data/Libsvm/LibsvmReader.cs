
namespace Descent.Data;

/// <summary>
/// Reads SVMlight and LIBSVM text: <c>label index:value index:value … # comment</c>, indices ascending. They start at 1, or at 0 when a 0
/// occurs. <c>qid:</c> is passed over.
/// </summary>
/// <remarks>
/// One pass, cut into chunks of lines that are read on several threads and put together in their order; numbers have the bits of
/// double.Parse (then rounded to T). Memory: the rows, in a mapped file where they do not fit, and a few mebibytes a thread.
/// </remarks>
public static class LibsvmReader
{
    /// <summary>Column numbers above this are taken for a mistake unless allowed.</summary>
    public const int DefaultLimit = 1 << 28;

    /// <summary>Reads files one after another.</summary>
    /// <param name="paths">Files.</param>
    /// <param name="columns">Number of columns to give the result, for example that of the training data; 0 for the largest found.</param>
    /// <param name="skipBadRows">Whether rows that cannot be read are left out and counted.</param>
    /// <param name="limit">Largest column number taken for meant.</param>
    /// <param name="zeroBased">Whether indices start at 0; null for detection.</param>
    /// <exception cref="DataException">A row cannot be read.</exception>
    public static SparseData<T> Read<T>(IReadOnlyList<string> paths, int columns = 0, bool skipBadRows = false, int limit = DefaultLimit,
        bool? zeroBased = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            Read<T>(DataSource.OpenAll(paths),
            new LibsvmOptions { Columns = columns, SkipBadRows = skipBadRows, Limit = limit, ZeroBased = zeroBased });

    /// <summary>Reads and closes opened inputs one after another.</summary>
    /// <exception cref="DataException">A row cannot be read.</exception>
    public static SparseData<T> Read<T>(IReadOnlyList<DataSource> sources, LibsvmOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(options);
        LibsvmRows<T> rows = new(options);
        try
        {
            foreach (DataSource source in sources) rows.Read(source);
        }
        finally
        {
            foreach (DataSource source in sources) source.Dispose();
        }
        return rows.Finish(string.Join(" + ", sources.Select(s => s.Name)));
    }
}
