using System.Buffers;
using System.Text;
using System.Text.Json;
using Descent.Data;
using Descent.Estimating;

namespace Descent.Cli.Commands;

/// <summary>What <c>descent estimate</c> says of the numbers that it saw.</summary>
sealed class EstimateAccount(EstimateRequest request, StreamedNumbers read, bool interrupted)
{
    readonly (string Name, StreamEstimate Found)[] found = [.. request.Asked.Select(a => (a.Name, a.End(request.Level)))];

    public const string Caution = "Errors and intervals are those of numbers whose order has nothing to do with their size.";

    string Source => Descent.Data.Text.ByteSource.NameOf(request.Path);

    public bool Interrupted => interrupted;

    /// <summary>The column, or where the numbers come from when they have no columns.</summary>
    public string Subject => read.Column ?? Source;

    /// <summary>The level of the intervals in words.</summary>
    public string Percent => Text.Number(100 * request.Level) + " %";

    /// <summary>What was read.</summary>
    public string Head => Source + (read.Column is { } c ? $", column '{c}'" : "") + $": {Text.Plural(read.Rows, "number")}, "
        + $"{Text.Count(read.Missing)} missing" + (read.Skipped > 0 ? $", {Text.Plural(read.Skipped, "row")} left out" : "");

    /// <summary>Names of the columns of the table.</summary>
    public IReadOnlyList<string> Columns => ["", "estimate", "std. error", Percent + " from", "to", "rows"];

    /// <summary>A row of the table for each estimate.</summary>
    public IEnumerable<IReadOnlyList<string>> Rows => found.Select(Row);

    /// <summary>How the numbers were read; nothing is drawn at random, so there is no seed.</summary>
    public IEnumerable<(string Name, string Value)> Settings =>
    [
        ("Format", request.Format),
        ("Missing values", request.Reading.Missing == MissingPolicy.Skip ? "skip" : "fail"),
        ("Bad rows", request.Reading.SkipBadRows ? "skip" : "fail"),
        .. request.Delta is { } d ? new[] { ("Threshold of huber", Text.Exact(d)) } : [],
        ("Level", Text.Exact(request.Level)),
        ("Seed", "none; nothing is drawn at random"),
    ];

    public string Short() => string.Concat(found.Select(f => Text.Exact(f.Found.Value) + "\n"));

    public string Printed() => Head + (interrupted ? "; interrupted, so these are the first" : "") + "\n\n"
        + TextTable.Render(Columns, [.. Rows]) + $"\n{Caution}\n";

    static IReadOnlyList<string> Row((string Name, StreamEstimate Found) f) =>
        [f.Name, Text.Figure(f.Found.Value), Text.Figure(f.Found.StandardError), Bound(f.Found.Low), Bound(f.Found.High),
            Text.Count(f.Found.Rows)];

    static string Bound(double x) => double.IsInfinity(x) ? (x > 0 ? "∞" : "−∞") : Text.Figure(x);

    public string Json()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter w = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            w.WriteStartObject();
            w.WriteString("source", Source);
            w.WriteString("column", read.Column);
            w.WriteNumber("rows", read.Rows);
            w.WriteNumber("missing", read.Missing);
            w.WriteNumber("skipped", read.Skipped);
            w.WriteNumber("level", request.Level);
            w.WriteBoolean("interrupted", interrupted);
            w.WriteString("format", request.Format);
            w.WriteString("missingValues", request.Reading.Missing == MissingPolicy.Skip ? "skip" : "fail");
            w.WriteString("badRows", request.Reading.SkipBadRows ? "skip" : "fail");
            if (request.Delta is { } d) w.WriteNumber("delta", d);
            w.WriteString("command", request.Caller.Text);
            w.WriteStartArray("estimates");
            foreach (var (name, f) in found) Write(w, name, f);
            w.WriteEndArray();
            w.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void Write(Utf8JsonWriter w, string name, StreamEstimate f)
    {
        w.WriteStartObject();
        w.WriteString("name", name);
        FitJson.Number(w, "estimate", f.Value);
        FitJson.Number(w, "standardError", f.StandardError);
        FitJson.Number(w, "low", f.Low);
        FitJson.Number(w, "high", f.High);
        w.WriteNumber("rows", f.Rows);
        w.WriteEndObject();
    }
}
