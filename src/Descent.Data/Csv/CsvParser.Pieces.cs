namespace Descent.Data;

// The lines of a buffer cut into pieces, which are read side by side and put together in their order: the table does not depend on it.
sealed partial class CsvParser
{
    const int LeastPiece = 1 << 16, Patience = 3;
    readonly int threads;
    CsvPiece?[] pieces = [];
    int wasted;

    // A parser of pieces: the columns of the whole, as they are now, without rows.
    CsvParser(CsvParser whole)
        : base(whole.options, whole.cells, whole.Width)
    {
        (shape, options, separator, threads) = (whole.shape, whole.options, whole.separator, 1);
        for (int c = 0; c < Width; c++)
            if (whole.columns[c] is { } column) columns[c] = Make([.. column.Aliases], column.Kind, column.IsUnnamed);
    }

    /// <summary>Number of columns of the text.</summary>
    public int Width => columns.Length;

    /// <summary>Reads lines into columns that are empty again; where it ends before the last of them, a row does.</summary>
    public int ParsePiece(byte[] data, int from, int to, string path, long first)
    {
        (file, line, firstSkip) = (path, first, null);
        rows = skipped = blank = blankSinceRow = 0;
        gaps.Clear();
        missingHere.Clear();
        foreach (Column? c in columns) _ = c is null ? 0 : c.Missing = 0;
        return ParseLines(data, from, to, false);
    }

    // Reads as many rows as pieces can, from the first on; returns where the next begins.
    int ParseApart(byte[] data, int position, int safe)
    {
        int count = Math.Min(threads, (safe - position) / LeastPiece);
        if (count < 2 || sink is not null || wasted >= Patience) return position;
        if (pieces.Length == 0) pieces = new CsvPiece[threads];
        CsvPiece[] used = Cut(data, position, safe, count);
        string name = file;
        System.Threading.Tasks.Parallel.For(0, count, k => used[k].Read(data, name));
        for (int k = 0; k < count; k++)
        {
            if (used[k].IsWhole && Take(used[k])) continue;
            // Levels of rows that were not taken must not be remembered.
            Array.Clear(pieces, k, count - k);
            if (k < count - 1) wasted++;
            return used[k].From;
        }
        return safe;
    }

    CsvPiece[] Cut(byte[] data, int position, int safe, int count)
    {
        CsvPiece[] cut = new CsvPiece[count];
        int from = position;
        long at = line;
        for (int k = 0; k < count; k++)
        {
            CsvPiece piece = cut[k] = pieces[k] ??= new CsvPiece(new CsvParser(this));
            int to = (int)(position + ((long)(safe - position) * (k + 1) / count));
            int feed = k == count - 1 ? -1 : data.AsSpan(to, safe - to).IndexOf((byte)'\n');
            to = feed < 0 ? safe : Math.Max(from, to + feed + 1);
            (piece.From, piece.To, piece.Line) = (from, to, at);
            at += data.AsSpan(from, to - from).Count((byte)'\n');
            from = to;
        }
        return cut;
    }

    // Puts the rows of a piece behind those that are there; false where it took a column for something else than the whole does.
    bool Take(CsvPiece piece)
    {
        CsvParser p = piece.Parser;
        for (int c = 0; c < Width; c++)
            if (columns[c]?.Kind != p.columns[c]?.Kind) return false;
        while (rows + p.rows > capacity) Grow();
        for (int c = 0; c < Width; c++)
            if (columns[c] is { } to && p.columns[c] is { } from) Append(piece, from, to, c);
        foreach (int gap in p.gaps) gaps.Add(rows + skipped + gap);
        (rows, skipped, line) = (rows + p.rows, skipped + p.skipped, p.line);
        firstSkip ??= p.firstSkip;
        if (p.rows + p.skipped == 0)
        {
            blankSinceRow += p.blankSinceRow;
            return true;
        }
        blank += blankSinceRow + p.blank;
        blankSinceRow = p.blankSinceRow;
        return true;
    }

    void Append(CsvPiece piece, Column from, Column to, int c)
    {
        int n = piece.Parser.rows;
        to.Missing += from.Missing;
        if (!to.IsText)
        {
            from.numbers.Span(0, n).CopyTo(to.numbers.Span(rows, n));
            return;
        }
        ReadOnlySpan<int> codes = piece.CodesIn(to, from, c), of = from.codes.Span(0, n);
        Span<int> into = to.codes.Span(rows, n);
        for (int i = 0; i < n; i++) into[i] = codes[of[i]];
    }
}
