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

    string Source => Descent.Data.Text.ByteSource.NameOf(request.Path);

    public string Short() => string.Concat(found.Select(f => Text.Exact(f.Found.Value) + "\n"));

    public string Printed()
    {
        string column = read.Column is { } c ? $", column '{c}'" : "";
        string skipped = read.Skipped > 0 ? $", {Text.Plural(read.Skipped, "row")} left out" : "";
        string percent = Text.Number(100 * request.Level) + " %";
        string head = $"{Source}{column}: {Text.Plural(read.Rows, "number")}, {Text.Count(read.Missing)} missing{skipped}"
            + (interrupted ? "; interrupted, so these are the first" : "") + "\n\n";
        return head + TextTable.Render(["", "estimate", "std. error", percent + " from", "to", "rows"], [.. found.Select(Row)])
            + "\nErrors and intervals are those of numbers whose order has nothing to do with their size.\n";
    }

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
