namespace Descent.Data;

/// <summary>
/// Some lines of a text and the parser that reads them while others read others. It has columns of its own; what they hold is put behind
/// the rows of the whole.
/// </summary>
/// <remarks>Where a row begins is not known in the middle of a text, for a quoted field may hold line feeds: a piece begins behind a line
/// feed, and counts only when the one before it ended there.</remarks>
sealed class CsvPiece(CsvParser parser)
{
    readonly List<int>[] codes = [.. Enumerable.Range(0, parser.Width).Select(_ => new List<int>())];

    public CsvParser Parser => parser;

    /// <summary>First byte.</summary>
    public int From { get; set; }

    /// <summary>The byte behind the last.</summary>
    public int To { get; set; }

    /// <summary>Number of the first line.</summary>
    public long Line { get; set; }

    /// <summary>Whether the lines are whole rows without a fault; otherwise they have to be read in their turn.</summary>
    public bool IsWhole { get; private set; }

    public void Read(byte[] data, string file)
    {
        try
        {
            IsWhole = parser.ParsePiece(data, From, To, file, Line) >= To;
        }
        catch (DataException)
        {
            // Whether it is one depends on what stands before; the whole will find it again, and say where.
            IsWhole = false;
        }
    }

    /// <summary>The whole's codes of the levels of a column, by the codes that they have here.</summary>
    public ReadOnlySpan<int> CodesIn(Column whole, Column own, int c)
    {
        List<int> known = codes[c];
        for (int k = known.Count; k < own.Levels.Count; k++) known.Add(whole.CodeOf(own.Levels[k], own.firstLines[k]));
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(known);
    }
}
