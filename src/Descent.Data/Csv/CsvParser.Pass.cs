using Descent.Data.Text;

namespace Descent.Data;

// Rows that are handed on as they are read, and not kept.
sealed partial class CsvParser
{
    NumberSink? sink;
    long passed, missed, left;

    protected override bool CountsMissingApart => sink is not null;

    /// <summary>Reads one file, whose only wanted column holds numbers, and hands these on.</summary>
    public StreamedNumbers Pass(LineBuffer buffer, string path, CsvShape start, NumberSink to)
    {
        sink = to;
        ReadAll(buffer, path, start);
        if (blank > 0) shape.Notes.Add($"{path}: {blank} blank {(blank == 1 ? "line" : "lines")} between rows passed over");
        return new StreamedNumbers(Array.Find(columns, c => c is not null)!.Name, passed, missed, left)
        {
            FirstSkip = left > 0 ? firstSkip : null,
            Notes = shape.Notes,
        };
    }

    /// <summary>Hands the rows on that were read; false when no more are wanted.</summary>
    bool HandOn()
    {
        Column column = Array.Find(columns, c => c is not null)!;
        // A missing value is a row that was skipped, too: the two are told apart here.
        passed += rows;
        missed += column.Missing;
        left += skipped - column.Missing;
        bool more = sink!(column.numbers.Span(0, rows));
        rows = skipped = column.Missing = 0;
        gaps.Clear();
        missingHere.Clear();
        return more;
    }
}
