using System.Buffers;
using System.Text;
using System.Text.Json;
using Descent.Fitting.Online;

namespace Descent.Fitting.Export;

/// <summary>What was learnt from a stream as one JSON object.</summary>
static class OnlineJson
{
    /// <param name="run">What has learnt.</param>
    /// <param name="trace">The losses at rows 1, 2, 4, 8, …</param>
    /// <param name="skipped">Rows left out.</param>
    /// <param name="notes">What was assumed.</param>
    /// <param name="path">Where the model lies; null for nowhere.</param>
    /// <param name="exitCode">How the command ends.</param>
    public static string Write(OnlineRun run, IReadOnlyList<ProgressiveLoss> trace, int skipped, IReadOnlyList<string> notes, string? path,
        int exitCode)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter w = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            w.WriteStartObject();
            w.WriteString("model", run.Family.Name);
            w.WriteString("target", run.Labels.Target);
            w.WriteString("method", run.Method.Name);
            w.WriteString("recursion", run.Method.Recursion);
            w.WriteStartArray("notes");
            foreach (string note in notes) w.WriteStringValue(note);
            w.WriteEndArray();
            Loss(w, run.Loss);
            w.WriteNumber("skipped", skipped);
            w.WriteStartArray("trace");
            foreach (ProgressiveLoss at in trace)
            {
                w.WriteStartObject();
                Loss(w, at);
                w.WriteEndObject();
            }
            w.WriteEndArray();
            if (path is not null) w.WriteString("modelFile", path);
            w.WriteNumber("exitCode", exitCode);
            w.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    // JSON has no word for what is not finite.
    static void Loss(Utf8JsonWriter w, ProgressiveLoss loss)
    {
        w.WriteNumber("rows", loss.Rows);
        w.WriteNumber("weight", loss.Weight);
        if (double.IsFinite(loss.Mean)) w.WriteNumber("progressiveLoss", loss.Mean);
        else w.WriteNull("progressiveLoss");
    }
}
