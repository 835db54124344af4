using Descent.Data.Text;

namespace Descent.Data;

// A part of the rows at a time.
sealed partial class CsvParser
{
    /// <summary>Rows read, rows left out, and why the first of these was.</summary>
    public (int Rows, int Skipped, string? FirstSkip) Tally => (rows, skipped, firstSkip);

    /// <summary>Whether the first records say of every column that is asked for what it holds.</summary>
    public bool IsKnown => columns.All(c => c is not { Kind: ColumnKind.Open });

    /// <summary>Whether each line that was read last was a row, and none was left out.</summary>
    /// <param name="endsFile">Whether it ends with its file: blank lines at the end then stand between no rows.</param>
    public bool IsPlain(bool endsFile) => skipped == 0 && blank == 0 && (endsFile || blankSinceRow == 0);

    /// <summary>The rows of a part as a table, which may have none; null where a column of text has numbers, for the whole decides which of
    /// the two are errors.</summary>
    public Table? FinishPart(string source, string encoding)
    {
        this.encoding = encoding;
        foreach (Column? c in columns)
            if (c is { IsText: true, IsFixed: false } && c.Levels.Any(IsNumber)) return null;
        return Finish(source, mayBeEmpty: true);
    }

    bool IsNumber(string level) =>
        level != Column.MissingLevel && cells.KindOf(System.Text.Encoding.UTF8.GetBytes(level)) != CellKind.Word;

    /// <summary>The line on which the next row begins.</summary>
    public long Line => line;

    /// <summary>Reads the whole rows that a buffer holds from a position on.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="position">Where the first row begins.</param>
    /// <param name="path">Name of the file.</param>
    /// <param name="first">Its line.</param>
    /// <param name="most">Lines that are read at most.</param>
    /// <returns>Where the first row begins that is not whole.</returns>
    public int ReadPart(LineBuffer buffer, int position, string path, long first, int most = int.MaxValue)
    {
        (file, line) = (path, first);
        int safe = buffer.Finished ? buffer.End : buffer.Bytes.AsSpan(0, buffer.End).LastIndexOf((byte)'\n') + 1;
        int end = most == int.MaxValue ? safe : position;
        for (int lines = 0; lines < most && end < safe; lines++)
            end += buffer.Bytes.AsSpan(end, safe - end).IndexOf((byte)'\n') is var at and >= 0 ? at + 1 : safe - end;
        bool whole = end == safe;
        safe = end;
        capacity = buffer.Bytes.AsSpan(position, Math.Max(0, safe - position)).Count((byte)'\n') + 2;
        foreach (Column? c in columns) c?.Reserve(capacity);
        return ParseLines(buffer.Bytes, position, safe, buffer.Finished && whole);
    }
}
