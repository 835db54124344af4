using System.Buffers;
using System.Text;
using System.Text.Json;
using Descent.Cli.Output;
using Descent.Data;

namespace Descent.Cli.Commands;

/// <summary>A table as <c>inspect</c> shows it: a line a column, or one JSON object.</summary>
sealed class InspectedTable(Table table)
{
    readonly ColumnSummary[] columns = [.. table.Columns.Select(c => new ColumnSummary(c))];

    public string Page()
    {
        string how = table.Form ?? (table.Format == DataFormat.JsonLines ? "JSON lines, "
            : $"separator {ReadingText.Name(table.Separator)}, {(table.HasHeader ? "with" : "without")} a header, "
                + $"decimal {(table.DecimalSign == ',' ? "comma" : "point")}, ")
            + $"{table.Encoding.ToUpperInvariant()}, {Text.Bytes(table.Bytes)}";
        return $"{table.Source}: {Text.Plural(table.RowCount, "row")}, {Text.Plural(table.Columns.Count, "column")}, {how}\n\n"
            + TextTable.Render(["column", "type", "missing", "min", "mean", "max", "levels", "histogram"], [.. columns.Select(Row)],
                leftColumns: 2);
    }

    static IReadOnlyList<string> Row(ColumnSummary c) => c.Type switch
    {
        "empty" => [c.Name, c.Type, Text.Count(c.Missing), "", "", "", "", ""],
        "number" => [c.Name, c.Type, Text.Count(c.Missing), Text.Number(c.Least), Text.Number(c.Mean),
            Text.Number(c.Most), c.Dates is null ? "" : "days?", c.Picture],
        _ => [c.Name, c.Type, Text.Count(c.Missing), "", "", "", Levels(c), ""],
    };

    static string Levels(ColumnSummary c) => c.Dates is { } dates ? dates["holds dates, ".Length..]
        : $"{c.LevelCount}: {string.Join(", ", c.Levels.Select(l => l.Level))}{(c.LevelCount > ColumnSummary.MostLevels ? ", …" : "")}";

    public string Json()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter w = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            w.WriteStartObject();
            w.WriteString("source", table.Source);
            w.WriteString("form", table.Form ?? (table.Format == DataFormat.JsonLines ? "jsonl" : "csv"));
            w.WriteNumber("rows", table.RowCount);
            w.WriteNumber("skipped", table.Skipped);
            w.WriteStartArray("columns");
            foreach (ColumnSummary c in columns) Write(w, c);
            w.WriteEndArray();
            w.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void Write(Utf8JsonWriter w, ColumnSummary c)
    {
        w.WriteStartObject();
        w.WriteString("name", c.Name);
        w.WriteString("type", c.Type);
        w.WriteNumber("missing", c.Missing);
        if (c.Type == "number")
        {
            w.WriteNumber("min", c.Least);
            w.WriteNumber("mean", c.Mean);
            w.WriteNumber("max", c.Most);
            w.WriteBoolean("looksLikeDays", c.Dates is not null);
            w.WriteStartObject("histogram");
            w.WriteStartArray("edges");
            foreach (double edge in c.Edges) w.WriteNumberValue(edge);
            w.WriteEndArray();
            w.WriteStartArray("counts");
            foreach (int count in c.Counts) w.WriteNumberValue(count);
            w.WriteEndArray();
            w.WriteEndObject();
        }
        else if (c.IsText)
        {
            w.WriteNumber("levels", c.LevelCount);
            w.WriteStartArray("mostFrequent");
            foreach ((string level, int count) in c.Levels)
            {
                w.WriteStartObject();
                w.WriteString("level", level);
                w.WriteNumber("count", count);
                w.WriteEndObject();
            }
            w.WriteEndArray();
        }
        w.WriteEndObject();
    }
}
