using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Descent.Data;
using Descent.Data.Files;
using Descent.Diagnosis;
using Descent.Runs;

namespace Descent.Fitting.Export;

/// <summary>history.json of a run folder: what <c>descent doctor</c> reads.</summary>
static class HistoryFile
{
    public const string Name = "history.json";

    const string Expected = "what 'descent fit … `Run = FOLDER`' wrote";

    // Every letter written as itself.
    static readonly HistoryJson Json =
        new(new JsonSerializerOptions(HistoryJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static byte[] ToBytes(CaseHistory history) => [.. JsonSerializer.SerializeToUtf8Bytes(history, Json.CaseHistory), (byte)'\n'];

    public static CaseHistory Load(string folder)
    {
        if (folder.Length == 0 || folder.Contains('\0', StringComparison.Ordinal))
            throw new FitException("the name of the run's folder is empty or holds a zero character; 'descent fit … `Run` runs/1' "
                + "makes one.");
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            throw new FitException($"{folder}: there is no {Name}, so this is no folder of a run. 'descent fit … `Run = {folder}`' "
                + $"makes one.");
        return Parse(InputFile.ReadAll(path, Expected), path);
    }

    /// <summary>A history that was read; its name is for messages.</summary>
    /// <exception cref="DataException">It is none, or is damaged; one sentence says what is wrong where.</exception>
    public static CaseHistory Parse(ReadOnlySpan<byte> file, string path)
    {
        if (!System.Text.Unicode.Utf8.IsValid(file)) throw new DataException($"{path}: is not UTF-8 text; expected {Expected}.");
        try
        {
            CaseHistory history = JsonSerializer.Deserialize(file, Json.CaseHistory)
                ?? throw new DataException($"{path}: empty; expected {Expected}.");
            history = Filled(file);
            return Wrong(history) is { } wrong ? throw new DataException($"{path}: {wrong}; expected {Expected}.") : history;
        }
        catch (ArgumentException e)
        {
            // What is left of faults once the text is JSON of the right kinds.
            throw new DataException($"{path}: holds a name twice; expected {Expected}.", e);
        }
        catch (JsonException e)
        {
            throw new DataException($"{path}, line {(e.LineNumber ?? 0) + 1}: {ModelFile.Reason(e)}; expected {Expected}.", e);
        }
    }

    // Serialisers made at build time set what a file leaves out to zero: the defaults are written in before. The file itself is read first,
    // so that what is wrong is told with its own lines.
    static CaseHistory Filled(ReadOnlySpan<byte> file)
    {
        CaseHistory bare = new() { Method = "", Outcome = default, Trace = [new TracePoint(0, 0, 0, 0, 0, 0, 0, 0)] };
        JsonObject defaults = JsonSerializer.SerializeToNode(bare, Json.CaseHistory)!.AsObject(),
            history = JsonNode.Parse(file)!.AsObject();
        Fill(history, defaults);
        foreach (JsonNode? point in history["trace"]!.AsArray()) Fill(point!.AsObject(), defaults["trace"]![0]!.AsObject());
        return history.Deserialize(Json.CaseHistory)!;
    }

    static void Fill(JsonObject found, JsonObject defaults)
    {
        foreach ((string name, JsonNode? value) in defaults)
            if (!found.ContainsKey(name)) found[name] = value?.DeepClone();
    }

    // Values may be NaN or infinite, that is how a run ends; counts and order may not be anything.
    static string? Wrong(CaseHistory h)
    {
        for (int i = 0; i < h.Trace.Count; i++)
        {
            TracePointOrder at = new(h.Trace[i].Step, h.Trace[i].Gradients), before = i == 0 ? default
                : new(h.Trace[i - 1].Step, h.Trace[i - 1].Gradients);
            if (at.Step < before.Step || at.Gradients < before.Gradients)
                return $"point {i + 1} of the trace has step {at.Step} and {at.Gradients} gradients, fewer than the point before it";
        }
        if (h.Columns.Any(c => c is null) || h.HeldOut.Any(p => p is null)) return "a column or a held-out loss is null";
        if (h.Count < 0 || h.Batch < 0 || h.DeadUnits < 0 || h.HiddenUnits < h.DeadUnits)
            return "a count is below 0, or more hidden units are dead than there are";
        return h.AskedGap >= 0 && h.Penalty >= 0 ? null : "the gap asked for or the penalty is not a number ≥ 0";
    }

    readonly record struct TracePointOrder(long Step, long Gradients);
}
