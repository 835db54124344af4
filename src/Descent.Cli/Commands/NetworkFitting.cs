using System.Buffers;
using System.Text;
using System.Text.Json;
using Descent.Cli.Output;
using Descent.Data.Files;
using Descent.Diagnosis;
using Descent.Reports;
using Descent.Reports.Charts;
using Descent.Runs;

namespace Descent.Cli.Commands;

/// <summary><c>descent fit --model mlp</c>: what is printed, saved and reported.</summary>
static class NetworkFitting
{
    public static int Run(FitRequest request, LoadedData data, Interruption stop)
    {
        CancellationToken cancel = stop.Token;
        NetworkFitter fitter = new(request, data);
        bool loud = !request.Json && !request.Quiet;
        (long rows, long tape, long method) = fitter.Planned();
        if (loud) Console.Out.Write(Plan(fitter, data) + $"{"Memory",-13}{Text.Bytes(rows)} for the rows, {Text.Bytes(tape)} for the values of a step, {Text.Bytes(method)} for the method\n");
        if (request.DryRun)
        {
            Console.Out.WriteLine("Dry run: nothing was fitted.");
            return ExitCode.Done;
        }
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        TimeSpan next = TimeSpan.FromSeconds(1);
        NetworkFitter first = fitter;
        stop.SaveLast = () => Unfinished.Save(request, first);
        NetworkFit fit = fitter.Run(cancel, p =>
        {
            if (!loud || watch.Elapsed < next) return;
            next = watch.Elapsed + TimeSpan.FromSeconds(1);
            Console.Error.WriteLine($"step {Text.Count(p.Step)}, epoch {Text.Number(p.Epochs, "0.#")}: loss of a batch {Text.Number(p.Value, "G5")}, {Text.Number(p.Gradients / Math.Max(p.Seconds, 1e-9), "G3")} gradients/s");
        });
        List<NetworkFit> others = [];
        for (int round = 0; request.Fix && round < 3 && fit.Findings.Count > 0 && !cancel.IsCancellationRequested; round++)
        {
            Finding finding = fit.Findings[0];
            FitRequest changed = Remedy.Apply(fit.Request, finding);
            fitter = new NetworkFitter(changed, data);
            NetworkFit after = fitter.Run(cancel, null);
            if (loud) Console.Out.WriteLine($"\nDoctor: {finding.Sentence}\nRerun:  {changed.CommandLine}\n        {State(fit)} before, {State(after)} after{(after.Findings.Count == 0 ? "; nothing is wrong any more" : "")}");
            fit = after;
        }
        for (int k = 1; k < (request.Repeat ?? 1) && !cancel.IsCancellationRequested; k++)
            others.Add(new NetworkFitter(fit.Request with { Seed = request.Seed + (ulong)k }, data, Fitter.Split(request, data.Count)).Run(cancel, null));
        stop.Finishing();
        return Save(fit, fitter, others, tape);
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
        return $"{all.Length} seeds from {fit.Request.Seed}{One("training loss", f => f.Quality.MeanLoss)}{One("training accuracy", f => f.Quality.Accuracy)}{One("held-out loss", f => f.Validation?.MeanLoss)}{One("held-out accuracy", f => f.Validation?.Accuracy)} (standard deviations); the model is the first seed's";
    }

    static string State(NetworkFit fit) => fit.Run.Outcome.Kind == OutcomeKind.Diverged ? "diverged"
        : $"training loss {Text.Number(fit.Quality.MeanLoss, "G4")}{(fit.Validation is { } v ? $", held-out loss {Text.Number(v.MeanLoss, "G4")}" : "")}";

    static int Save(NetworkFit fit, NetworkFitter fitter, List<NetworkFit> others, long planned)
    {
        FitRequest request = fit.Request;
        int code = ExitCode.Of(fit.Run.Outcome.Kind);
        bool usable = code != ExitCode.Diverged && fit.Run.Point.All(float.IsFinite);
        List<string> written = [];
        Saving saving = new();
        string weights = "";
        string? path = !usable || request.Out is null ? null : saving.Write(request.Out, p => weights = new NetworkFiles(fit, fitter.ScalingNote, Path.GetFileName(OutputPlace.Of(Destination.Files, p).Target)).Save(Destination.Files, p));
        if (path is not null) written.Add($"model to {path}, weights to {weights}");
        string? report = request.Report is null ? null : saving.Write(request.Report, p => FileWriter.Write(Destination.Files, p, Encoding.UTF8.GetBytes(Report(fit, fitter))));
        if (report is not null) written.Add($"report to {report}");
        string? folder = request.Run is null ? null : saving.Write(request.Run, p => RunFolder.Write(p, Entries(fit, fitter, usable, code)));
        if (folder is not null) written.Add($"run to {folder}/");
        if (request.Json) Console.Out.WriteLine(Json(fit, code));
        else if (request.Quiet) Console.Out.WriteLine($"{FitPrinter.Measures(Kind(fit), fit.Quality)}; {fit.Run.Outcome.Sentence}");
        else Print(fit, others, written, planned);
        return saving.End(code);
    }

    static List<(string Name, Action<IOutputStream> Content)> Entries(NetworkFit fit, NetworkFitter fitter, bool usable, int code) =>
    [
        .. usable ? new NetworkFiles(fit, fitter.ScalingNote, RunFolder.Model).Entries(RunFolder.Model) : [],
        ("report.html", RunFolder.TextFile(Report(fit, fitter))),
        ("result.json", RunFolder.TextFile(Json(fit, code) + "\n")),
        (HistoryFile.Name, RunFolder.Bytes(HistoryFile.ToBytes(fit.History))),
    ];

    static string Kind(NetworkFit fit) => fit.Data.Classes is null ? "linear" : "softmax";

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
        Row(t, "Fit", FitPrinter.Measures(Kind(fit), fit.Quality));
        if (fit.Validation is { } v) Row(t, "Held out", $"{Text.Plural(v.Count, "row")}: mean loss {Text.Number(v.MeanLoss, "G8")}{FitPrinter.Interval(v)}, {FitPrinter.Measures(Kind(fit), v)}");
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

    static Chart CurvatureChart(NetworkFit fit)
    {
        double[] x = [.. fit.Curvature.Select(c => c.Epochs)];
        TracePoint[] stepping = [.. fit.Run.Trace.Where(p => p.StepSize > 0)];
        List<Series> series = [new Series("largest curvature", x, [.. fit.Curvature.Select(c => c.Curvature)], Mark.Path)];
        if (stepping.Length > 1) series.Add(new Series("2/η", [.. stepping.Select(p => p.Epochs)], [.. stepping.Select(p => 2 / p.StepSize)], Mark.Dashed));
        return new Chart { Title = "Curvature along the path", XLabel = "epochs", YLabel = "largest |eigenvalue| of the Hessian", LogY = true, Width = 620, Series = series };
    }

    static string Stationarity(NetworkFit fit) => fit.Stationarity?.Sentence ?? (fit.Run.Outcome.Kind == OutcomeKind.Diverged ? "none: the run diverged" : "not measured, for its cost; --curvature measures it");

    static string Report(NetworkFit fit, NetworkFitter fitter)
    {
        HtmlReport page = new($"Network fit of {fit.Data.Target} by {fit.Method}");
        page.Lead(fit.Data.Lines[0]).Verdict(fit.Run.Outcome.Kind.ToString(), fit.Run.Outcome.Sentence);
        foreach (Finding f in fit.Findings) page.Verdict("Doctor: " + f.Name, $"{f.Evidence} {f.Remedy}", false);
        List<(string, string)> tiles = [("training loss", Text.Number(fit.Quality.MeanLoss))];
        if (fit.Quality.Accuracy is { } a) tiles.Add(("training accuracy", Text.Number(a, "0.0000")));
        if (fit.Validation?.Accuracy is { } held) tiles.Add(("held-out accuracy", Text.Number(held, "0.0000")));
        if (fit.Quality.R2 is { } r2) tiles.Add(("R²", Text.Number(r2, "0.0000")));
        tiles.Add(("parameters", Text.Count(fit.Network.Layout.Length)));
        tiles.Add(("time", Text.Seconds(fit.Run.Seconds)));
        page.Tiles([.. tiles]).Paragraph(fitter.Describe + ".");
        page.Paragraph("Stationarity: " + Stationarity(fit) + ".");
        TracePoint[] points = [.. fit.Run.Trace.Where(p => double.IsFinite(p.Value))];
        page.Heading("Progress").Charts(new Chart { Title = "Loss (of a batch where samples are drawn)", XLabel = "epochs", YLabel = "loss", LogY = true, Series = [new Series("", [.. points.Select(p => p.Epochs)], [.. points.Select(p => p.Value)])] });
        if (fit.Curvature.Count > 1) page.Charts(CurvatureChart(fit));
        if (fit.HeldOutLoss.Count > 1)
            page.Charts(new Chart { Title = "Held-out mean loss", XLabel = "epochs", YLabel = "mean loss", Width = 620, Series = [new Series("", [.. fit.HeldOutLoss.Select(p => p.Point.Epochs)], [.. fit.HeldOutLoss.Select(p => p.Loss)])] });
        if ((fit.Validation ?? fit.Quality).Confusion is { } confusion && confusion.Length <= 40)
        {
            page.Heading(fit.Validation is null ? "Confusion on the training rows" : "Confusion on the held-out rows")
                .Table(["true \\ predicted", .. fit.Data.Classes!], confusion.Select((row, k) => (IReadOnlyList<string>)[fit.Data.Classes![k], .. row.Select(n => Text.Count(n))]));
        }
        page.Heading("To repeat this run").Code(fit.Request.CommandLine + "\n\n" + fit.Recursion + "\n" + string.Join("\n", fit.Values));
        return page.Build();
    }

    static string Json(NetworkFit fit, int code)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter w = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            w.WriteStartObject();
            w.WriteString("model", fit.Request.Network!.Kind);
            w.WriteString("target", fit.Data.Target);
            w.WriteNumber("rows", fit.Quality.Count);
            w.WriteString("network", fit.Network.Description);
            w.WriteNumber("parameters", fit.Network.Layout.Length);
            w.WriteString("method", fit.Method);
            w.WriteString("recursion", fit.Recursion);
            w.WriteNumber("seed", fit.Request.Seed);
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
            FitJson.Findings(w, fit.Findings, fit.Request.CommandLine);
            FitJson.Measures(w, "fit", fit.Quality);
            if (fit.Validation is { } v) FitJson.Measures(w, "validation", v);
            w.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void Row(StringBuilder t, string head, string text) => t.Append(head.PadRight(13)).Append(Shown.Line(text)).Append('\n');
}
