using Descent.Data.Text;

namespace Descent.Data;

/// <summary>
/// Rows of JSON lines, some at a time as they come; none is kept. The keys of the first rows are the columns: one that comes later is
/// passed over.
/// </summary>
sealed class JsonTableStream(DataSource source, CsvOptions options, IReadOnlyList<string>? known) : ITableStream
{
    readonly LineChunks chunks = new(source);
    IReadOnlyList<string>? names = known;
    CsvOptions used = options;
    long line = 1;

    public int Skipped { get; private set; }

    public string? FirstSkip { get; private set; }

    public Table? Next()
    {
        while (true)
        {
            bool first = names is null;
            JsonRows rows = new(used, names ?? [], first ? TableStream.LookAt : 0);
            bool ended = !Fill(rows, first ? TableStream.LookAt : 1);
            if (first && rows.Count > 0) (names, used) = rows.Alike();
            (int count, string? why) = rows.Skipped;
            Skipped += count;
            FirstSkip ??= why;
            if (rows.Count > rows.Left) return rows.Finish(source.Name, source.Encoding, chunks.Total);
            if (ended) return null;
        }
    }

    // Whether the input goes on.
    bool Fill(JsonRows rows, int enough)
    {
        while (rows.Count < enough)
        {
            if (chunks.Next() is not var (text, end)) return false;
            line += rows.Read(text.AsSpan(0, end), source.Name, line);
            chunks.Return(text);
        }
        return true;
    }

    public void Dispose() => chunks.Dispose();
}
