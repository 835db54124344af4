using System.Buffers;
using System.Text;
using System.Text.Json;
using Descent.Cli.Output;
using Descent.Data.Files;
using Descent.Diagnosis;
using Descent.Runs;

namespace Descent.Cli.Commands;

/// <summary><c>descent fit --model mlp</c>: what is printed, saved and reported.</summary>
static class NetworkFitting
{
    public static int Run(FitArguments a, LoadedData data, Interruption stop)
    {
        FitSpec spec = a.Spec;
        CancellationToken cancel = stop.Token;
        NetworkFitter fitter = new(spec, data);
        bool loud = a.Loud;
        (long rows, long tape, long method) = fitter.Planned();
        if (loud) Console.Out.Write(Plan(fitter, data) + $"{"Memory",-13}{Text.Bytes(rows)} for the rows, {Text.Bytes(tape)} for the values of a step, {Text.Bytes(method)} for the method\n");
        if (a.DryRun)
        {
            Console.Out.WriteLine("Dry run: nothing was fitted.");
            return ExitCode.Done;
        }
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        TimeSpan next = TimeSpan.FromSeconds(1);
        NetworkFitter first = fitter;
        stop.SaveLast = () => Unfinished.Save(spec, first);
        NetworkFit fit = fitter.Run(cancel, p =>
        {
            if (!loud || watch.Elapsed < next) return;
            next = watch.Elapsed + TimeSpan.FromSeconds(1);
            Console.Error.WriteLine($"step {Text.Count(p.Step)}, epoch {Text.Number(p.Epochs, "0.#")}: loss of a batch {Text.Number(p.Value, "G5")}, {Text.Number(p.Gradients / Math.Max(p.Seconds, 1e-9), "G3")} gradients/s");
        });
        List<NetworkFit> others = [];
        for (int round = 0; a.Fix && round < 3 && fit.Findings.Count > 0 && !cancel.IsCancellationRequested; round++)
        {
            Finding finding = fit.Findings[0];
            FitSpec changed = Remedy.Apply(fit.Spec, finding);
            fitter = new NetworkFitter(changed, data);
            NetworkFit after = fitter.Run(cancel, null);
            if (loud) Console.Out.WriteLine($"\nDoctor: {finding.Sentence}\nRerun:  {changed.Caller.Text}\n        {State(fit)} before, {State(after)} after{(after.Findings.Count == 0 ? "; nothing is wrong any more" : "")}");
            fit = after;
        }
        for (int k = 1; k < (a.Repeat ?? 1) && !cancel.IsCancellationRequested; k++)
            others.Add(new NetworkFitter(fit.Spec with { Seed = spec.Seed + (ulong)k }, data, Fitter.Split(spec, data.Count)).Run(cancel, null));
        stop.Finishing();
        return Save(fit, a, fitter, others, tape);
    }

    // Initialisation and samples are drawn anew, held-out rows stay the same.
    static string Seeds(NetworkFit fit, List<NetworkFit> others)
    {
        NetworkFit[] all = [fit, .. others];
        string One(string name, Func<NetworkFit, double?> of)
        {
            double[] x = [.. all.Select(of).OfType<double>()];
            if (x.Length < all.Length) return "";
            double mean = x.Average(), deviation = Math.Sqrt(x.Sum(v => (v - mean) * (v - mean)) / (x.Length - 1));
            return $", {name} {Text.Number(mean, "G5")} ± {Text.Number(deviation, "G2")}";
        }
        return $"{all.Length} seeds from {fit.Spec.Seed}{One("training loss", f => f.Quality.MeanLoss)}{One("training accuracy", f => f.Quality.Accuracy)}{One("held-out loss", f => f.Validation?.MeanLoss)}{One("held-out accuracy", f => f.Validation?.Accuracy)} (standard deviations); the model is the first seed's";
    }

    static string State(NetworkFit fit) => fit.Run.Outcome.Kind == OutcomeKind.Diverged ? "diverged"
        : $"training loss {Text.Number(fit.Quality.MeanLoss, "G4")}{(fit.Validation is { } v ? $", held-out loss {Text.Number(v.MeanLoss, "G4")}" : "")}";

    static int Save(NetworkFit fit, FitArguments a, NetworkFitter fitter, List<NetworkFit> others, long planned)
    {
        FitSpec spec = fit.Spec;
        int code = ExitCode.Of(fit.Run.Outcome.Kind);
        bool usable = code != ExitCode.Diverged && fit.Run.Point.All(float.IsFinite);
        List<string> written = [];
        Saving saving = new();
        string weights = "";
        string? path = !usable || spec.Output.Model is null ? null : saving.Write(spec.Output.Model, p => weights = new NetworkFiles(fit, fitter.ScalingNote, Path.GetFileName(OutputPlace.Of(Destination.Files, p).Target)).Save(Destination.Files, p));
        if (path is not null) written.Add($"model to {path}, weights to {weights}");
        string? report = spec.Output.Report is null ? null : saving.Write(spec.Output.Report, p => FileWriter.Write(Destination.Files, p, Encoding.UTF8.GetBytes(Spelling.Of(Report(fit, fitter)))));
        if (report is not null) written.Add($"report to {report}");
        string? folder = spec.Output.Run is null ? null : saving.Write(spec.Output.Run, p => RunFolder.Write(p, Entries(fit, fitter, usable, code)));
        if (folder is not null) written.Add($"run to {folder}/");
        if (a.Json) Console.Out.WriteLine(Json(fit, code));
        else if (a.Quiet) Console.Out.WriteLine($"{FitPrinter.Measures(fit.Quality)}; {fit.Run.Outcome.Sentence}");
        else Print(fit, others, written, planned);
        return saving.End(code);
    }

    static List<(string Name, Action<IOutputStream> Content)> Entries(NetworkFit fit, NetworkFitter fitter, bool usable, int code) =>
    [
        .. usable ? new NetworkFiles(fit, fitter.ScalingNote, RunFolder.Model).Entries(RunFolder.Model) : [],
        ("report.html", RunFolder.TextFile(Spelling.Of(Report(fit, fitter)))),
        ("result.json", RunFolder.TextFile(Spelling.Of(Json(fit, code)) + "\n")),
        (HistoryFile.Name, RunFolder.Bytes(HistoryFile.ToBytes(fit.History))),
    ];

    static string Plan(NetworkFitter fitter, LoadedData data)
    {
        StringBuilder t = new();
        for (int i = 0; i < data.Lines.Count; i++) Row(t, i == 0 ? "Data" : "", data.Lines[i]);
        Row(t, "Model", fitter.Describe);
        Row(t, "Scaling", fitter.ScalingNote);
        Row(t, "Method", fitter.Method);
        Row(t, "Recursion", fitter.Recursion);
        foreach (string v in fitter.Values) Row(t, "", v);
        return t.ToString();
    }

    static void Print(NetworkFit fit, List<NetworkFit> others, List<string> written, long planned)
    {
        StringBuilder t = new();
        Row(t, "Loss", $"{Text.Number(fit.Quality.MeanLoss, "G8")} on the {Text.Plural(fit.Quality.Count, "training row")}{(fit.L2 > 0 ? $", without the penalty λ = {Text.Number(fit.L2)}" : "")}");
        Row(t, "Fit", FitPrinter.Measures(fit.Quality));
        if (fit.Validation is { } v) Row(t, "Held out", $"{Text.Plural(v.Count, "row")}: mean loss {Text.Number(v.MeanLoss, "G8")}{FitPrinter.Interval(v)}, {FitPrinter.Measures(v)}");
        Row(t, "Certificate", "none: the objective is not convex, and nothing bounds its gap");
        Row(t, "Stationarity", Stationarity(fit));
        if (fit.Curvature.Count > 1) Row(t, "Curvature", Curvature(fit));
        Row(t, "Outcome", fit.Run.Outcome.Sentence);
        foreach (Finding f in fit.Findings) Row(t, "Doctor", f.Sentence);
        Row(t, "Memory", $"the values of a step held {Text.Bytes(fit.TapeBytes)} at most, {Text.Bytes(planned)} were planned");
        if (others.Count > 0) Row(t, "Seeds", Seeds(fit, others));
        Row(t, "Work", $"{Text.Seconds(fit.Run.Seconds)}, {Text.Plural(fit.Run.Steps, "step")}, {Text.Count(fit.Run.Gradients)} single gradients");
        if (written.Count == 0) written.Add("no model (--out MODEL saves it)");
        for (int i = 0; i < written.Count; i++) Row(t, i == 0 ? "Saved" : "", written[i]);
        Console.Out.Write(t);
    }

    static string Curvature(NetworkFit fit)
    {
        var (epochs, top) = fit.Curvature.MaxBy(c => c.Curvature);
        return $"H ≈ {Text.Number(fit.Curvature[0].Curvature, "G3")} at the start, at most {Text.Number(top, "G3")} (epoch {Text.Number(epochs, "G3")}), {Text.Number(fit.Curvature[^1].Curvature, "G3")} at epoch {Text.Number(fit.Curvature[^1].Epochs, "G3")}: estimates along the path, by 10 power iterations each";
    }

    static string Stationarity(NetworkFit fit) => fit.Stationarity?.Sentence ?? (fit.Run.Outcome.Kind == OutcomeKind.Diverged ? "none: the run diverged" : "not measured, for its cost; --curvature measures it");

    static string Report(NetworkFit fit, NetworkFitter fitter) => NetworkReport.Build(fit, fitter.Describe, Stationarity(fit), DateTimeOffset.Now);

    static string Json(NetworkFit fit, int code)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter w = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            w.WriteStartObject();
            w.WriteString("model", fit.Spec.Model.Network!.Kind);
            w.WriteString("target", fit.Data.Target);
            w.WriteNumber("rows", fit.Quality.Count);
            w.WriteString("network", fit.Network.Description);
            w.WriteNumber("parameters", fit.Network.Layout.Length);
            w.WriteString("method", fit.Method);
            w.WriteString("recursion", fit.Recursion);
            w.WriteNumber("seed", fit.Spec.Seed);
            w.WriteString("outcome", fit.Run.Outcome.Kind.ToString());
            w.WriteString("sentence", fit.Run.Outcome.Sentence);
            w.WriteNumber("exitCode", code);
            w.WriteNumber("steps", fit.Run.Steps);
            w.WriteNumber("gradients", fit.Run.Gradients);
            w.WriteNumber("seconds", fit.Run.Seconds);
            if (fit.Stationarity is { } s)
            {
                w.WriteStartObject("stationarity");
                w.WriteNumber("gradientNorm", s.GradientNorm);
                w.WriteNumber("smallestEigenvalue", s.Smallest);
                w.WriteNumber("residual", s.Residual);
                w.WriteNumber("largestEigenvalue", s.Largest);
                w.WriteNumber("products", s.Products);
                w.WriteEndObject();
            }
            FitJson.Findings(w, fit.Findings, fit.Spec.Caller);
            FitJson.Measures(w, "fit", fit.Quality);
            if (fit.Validation is { } v) FitJson.Measures(w, "validation", v);
            w.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void Row(StringBuilder t, string head, string text) => t.Append(head.PadRight(13)).Append(Shown.Line(text)).Append('\n');
}
