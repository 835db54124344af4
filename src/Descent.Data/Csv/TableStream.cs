using Descent.Data.Text;

namespace Descent.Data;

/// <summary>
/// Rows of separated text, some at a time as they come; none is kept. What the first records are like decides how all are read: a column
/// is one of numbers or of text for good.
/// </summary>
sealed class TableStream : ITableStream
{
    /// <summary>Records that decide, the header among them.</summary>
    public const int LookAt = 64;

    readonly DataSource source;
    readonly LineBuffer buffer;
    readonly CsvShape shape;
    readonly CsvOptions options;
    int position;
    bool begun;
    long line;

    /// <summary>Waits for the first records.</summary>
    /// <exception cref="DataException">They are no table.</exception>
    public TableStream(DataSource source, CsvOptions given)
    {
        this.source = source;
        buffer = new LineBuffer(source);
        buffer.Fill(0);
        shape = CsvShape.Detect(buffer, source, given);
        // A column of which nothing is known yet is one of numbers; the caller's word goes before.
        options = given with
        {
            TextColumns = [.. given.TextColumns, .. Of(ColumnKind.Text).Where(n => !given.NumberColumns.Contains(n))],
            NumberColumns = [.. given.NumberColumns, .. Of(ColumnKind.Number), .. Of(ColumnKind.Open)],
        };
        (position, line) = (shape.DataStart, shape.FirstLine);
    }

    public int Skipped { get; private set; }

    public string? FirstSkip { get; private set; }

    public Table? Next()
    {
        while (true)
        {
            CsvParser parser = new(shape, options);
            // The first rows handed on are always as many, so that what is made of them does not depend on who was faster.
            int most = begun ? int.MaxValue : options.LookAt;
            begun = true;
            position = parser.ReadPart(buffer, position, source.Name, line, most);
            line = parser.Line;
            (int rows, int skipped, string? first) = parser.Tally;
            Skipped += skipped;
            FirstSkip ??= first;
            if (rows > 0) return parser.Finish(source.Name, source.Encoding);
            if (most < int.MaxValue && position < buffer.End) continue;
            if (buffer.Finished) return AtEnd();
            buffer.Fill(position);
            position = 0;
        }
    }

    public void Dispose() => buffer.Dispose();

    Table? AtEnd() => position >= buffer.End || source.WasCut ? null
        : throw new DataException($"{source.Name}, line {line}: a quoted field is not closed before the end of the file.");

    IEnumerable<string> Of(ColumnKind kind) => shape.Names.Where((_, c) => shape.Kinds[c] == kind);
}
