using System.Buffers;
using System.Text;
using System.Text.Json;
using Descent.Reports;
using Descent.Reports.Charts;

namespace Descent.Fitting.Export;

/// <summary>The result of a search: the best point, the trials, and the command line that fits with it.</summary>
static class TuneReport
{
    public static string Printed(LoadedData data, Tuner tuner, Trial best, string line, int folds, bool quiet)
    {
        StringBuilder t = new();
        if (!quiet)
        {
            foreach (string l in data.Lines) t.Append(l).Append('\n');
            t.Append('\n').Append(TextTable.Render(Head(tuner), [.. Ordered(tuner).Select(r => Row(r, best))])).Append('\n');
        }
        foreach (string note in tuner.Notes) t.Append(note).Append('\n');
        string values = string.Join(", ", tuner.Dimensions.Select((d, k) => $"{d.Name} = {Text.Number(best.Values[k])}"));
        string error = double.IsNaN(best.Error) ? "" : $" ± {Text.Number(best.Error, "G2")} over {folds} folds";
        t.Append($"Best: {values}, held-out loss {Text.Number(best.Score)}{error}; ");
        t.Append($"{Text.Plural(tuner.Trials.Count, "trial")}, {Text.Count(tuner.Gradients)} single gradients.\n");
        return t.Append(line).Append('\n').ToString();
    }

    public static string Json(Tuner tuner, Trial best, string line)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter w = new(buffer,
            new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            w.WriteStartObject();
            w.WriteString("command", line);
            w.WriteNumber("gradients", tuner.Gradients);
            w.WriteStartArray("notes");
            foreach (string n in tuner.Notes) w.WriteStringValue(n);
            w.WriteEndArray();
            w.WritePropertyName("best");
            One(w, tuner, best);
            w.WriteStartArray("trials");
            foreach (Trial t in tuner.Trials) One(w, tuner, t);
            w.WriteEndArray();
            w.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static string Html(FitSpec spec, LoadedData data, Tuner tuner, Trial best, string line, DateTimeOffset? date = null)
    {
        HtmlReport page = new($"Search for a {data.Model} fit of {data.Target}");
        page.Lead(data.Lines[0]).Verdict("Best: "
            + string.Join(", ", tuner.Dimensions.Select(
            (d, k) => $"{d.Name} = {Text.Number(best.Values[k])}")), $"Held-out loss {Text.Number(best.Score)}. "
            + $"{string.Join(" ", tuner.Notes)}", true).Code(line);
        Chart[] charts = [.. tuner.Dimensions.Select((d, k) => One(d, k, tuner, best))];
        page.Heading("Trials").Charts(charts).Table(Head(tuner), Ordered(tuner).Select(t => Row(t, best)));
        return page.Heading("To repeat this").Code(spec.Caller.Text).Stamped(date).Build();
    }

    static Chart One(SearchDimension d, int k, Tuner tuner, Trial best)
    {
        Trial[] good = [.. tuner.Trials.Where(t => !t.Diverged).OrderBy(t => t.Values[k])];
        double[] x = [.. good.Select(t => t.Values[k])], y = [.. good.Select(t => t.Score)],
            e = [.. good.Select(t => double.IsNaN(t.Error) ? 0 : t.Error)];
        return new Chart
        {
            Title = $"Held-out loss against {d.Name} ({tuner.Trials.Count(t => t.Diverged)} diverged)",
            XLabel = d.Name,
            YLabel = "held-out mean loss",
            LogX = true,
            Width = 480,
            Series = [new Series("mean over the folds, ± standard error", x, y, Mark.Range) { Low = [.. y.Zip(e, (a, b) => a - b)],
                High = [.. y.Zip(e, (a, b) => a + b)] }, new Series("best", [best.Values[k]], [best.Score], Mark.Dots) { Colour = 3 }],
        };
    }

    static void One(Utf8JsonWriter w, Tuner tuner, Trial t)
    {
        w.WriteStartObject();
        for (int k = 0; k < t.Values.Length; k++) w.WriteNumber(tuner.Dimensions[k].Name, t.Values[k]);
        FitJson.Number(w, "epochs", t.Epochs);
        FitJson.Number(w, "score", t.Score);
        FitJson.Number(w, "error", t.Error);
        FitJson.Number(w, "objective", t.Objective);
        w.WriteNumber("gradients", t.Gradients);
        w.WriteEndObject();
    }

    static string[] Head(Tuner tuner) =>
        [.. tuner.Dimensions.Select(d => d.Name), "epochs", "held-out loss", "std. error", "F on training rows", "gradients", ""];

    static IEnumerable<Trial> Ordered(Tuner tuner) => tuner.Trials.OrderBy(t => t.Epochs).ThenBy(t => t.Values[0]);

    static IReadOnlyList<string> Row(Trial t, Trial best) =>
    [
        .. t.Values.Select(v => Text.Number(v)),
        double.IsNaN(t.Epochs) ? "default" : Text.Number(t.Epochs, "G3"),
        t.Diverged ? "diverged" : Text.Number(t.Score),
        double.IsNaN(t.Error) ? "–" : Text.Number(t.Error, "G2"),
        double.IsFinite(t.Objective) ? Text.Number(t.Objective) : "–",
        Text.Count(t.Gradients),
        ReferenceEquals(t, best) ? "best" : "",
    ];
}
