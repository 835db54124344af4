namespace Descent.Data;

// What the text says of the whole.
sealed partial class CsvParser
{
    string encoding = "utf-8";

    protected override string Unit => "line";

    protected override string Nothing => "empty field";

    protected override string Expected => "Expected rows of values after the header.";

    public Table Finish(string source, string encoding)
    {
        this.encoding = encoding;
        return Finish(source);
    }

    protected override Table Described(string source, IReadOnlyList<Column> kept, int left)
    {
        if (blank > 0) shape.Notes.Add($"{source}: {blank} blank {(blank == 1 ? "line" : "lines")} between rows passed over");
        return new Table(source, kept, shape.Names, cells, rows)
        {
            Separator = shape.Separator,
            HasHeader = shape.HasHeader,
            LinesBefore = shape.LinesBefore,
            Skipped = skipped + left,
            FirstSkip = firstSkip,
            Notes = shape.Notes,
            Bytes = bytes,
            Encoding = encoding,
        };
    }
}
