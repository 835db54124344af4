using System.Globalization;
using System.Text;
using Descent.Data.Files;
using Descent.Runs;

namespace Descent.Fitting.Export;

/// <summary>
/// A run as a folder of plain files: model.json, result.json, trace.csv, history.json, report.html. It changes in one step: never files of
/// two runs in one folder.
/// </summary>
static class RunFolder
{
    public const string Model = "model.json";

    static readonly string[] Names = [Model, "model.safetensors", "result.json", "report.html", "trace.csv", HistoryFile.Name,
        RunRecord.Name,
        CheckpointFile.Name];

    /// <summary>Whether a name is one that a run writes; a folder with any other is not replaced.</summary>
    public static bool IsOwn(string name) => Names.Contains(name) || NetworkFiles.IsWeightsOf(Model, name) || OutputPlace.IsPart(name);

    /// <param name="folder">The folder.</param>
    /// <param name="fit">The fit.</param>
    /// <param name="exitCode">How the command ends.</param>
    /// <param name="spell">How the caller spells settings.</param>
    /// <param name="date">When.</param>
    /// <param name="record">What makes the run repeatable; null for a caller that cannot be called again.</param>
    /// <param name="checkpoint">The state that an interrupted run goes on from; null for none.</param>
    /// <exception cref="IOException">The folder cannot be written; what was there is there still.</exception>
    public static void Write(string folder, Fitted fit, int exitCode, Func<string, string> spell, DateTimeOffset? date = null,
        RunRecord? record = null, byte[]? checkpoint = null) =>
        Write(folder, [
            .. fit.IsUsable ? fit.Files(Model).Entries(Model) : [],
            ("result.json", TextFile(spell(FitJson.Write(fit, exitCode)) + "\n")),
            ("report.html", TextFile(spell(FitReport.Build(fit, date)))),
            (HistoryFile.Name, Bytes(HistoryFile.ToBytes(fit.History))),
            ("trace.csv", TextFile(Trace(fit))),
            .. record is null ? [] : new (string, Action<IOutputStream>)[] { (RunRecord.Name, Bytes(record.ToBytes())) },
            .. checkpoint is null ? [] : new (string, Action<IOutputStream>)[] { (CheckpointFile.Name, Bytes(checkpoint)) },
        ]);

    /// <exception cref="IOException">The folder cannot be written; what was there is there still.</exception>
    public static void Write(string folder, IReadOnlyList<(string Name, Action<IOutputStream> Content)> entries) =>
        FolderWriter.Write(Destination.Files, folder, entries, IsOwn);

    public static Action<IOutputStream> TextFile(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    public static Action<IOutputStream> Bytes(byte[] bytes) => o => o.Write(bytes);

    // Under ranks also what rank 0 had given and got by then; of points before the run was gone on with it is not known.
    static string Trace(Fitted fit)
    {
        Dictionary<long, (long Step, long Given, long Received)>? bytes = fit.Traffic is { Ranks.Count: > 1 } t
            ? t.Course.GroupBy(c => c.Step).ToDictionary(c => c.Key, c => c.Last()) : null;
        StringBuilder csv = new("step,gradients,epochs,seconds,objective,gradient_norm,step_size,lower_bound"
            + (bytes is null ? "\n" : ",bytes_given,bytes_received\n"));
        foreach (TracePoint p in fit.Trace)
        {
            csv.Append(p.Step).Append(',').Append(p.Gradients).Append(',').Append(Text.Exact(p.Epochs)).Append(',')
                .Append(Text.Exact(p.Seconds)).Append(',')
                .Append(Text.Exact(p.Value)).Append(',').Append(Text.Exact(p.GradientNorm)).Append(',').Append(Text.Exact(p.StepSize))
                    .Append(',').Append(Text.Exact(p.LowerBound));
            if (bytes is not null)
                csv.Append(bytes.TryGetValue(p.Step, out var at) ? string.Create(CultureInfo.InvariantCulture, $",{at.Given},{at.Received}")
                    : ",,");
            csv.Append('\n');
        }
        return csv.ToString();
    }
}
