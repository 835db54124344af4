using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using Descent.Cli.Output;
using Descent.Data.Files;

namespace Descent.Cli.Commands;

/// <summary><c>descent compare</c>.</summary>
static class CompareCommand
{
    static readonly double[] Accuracies = [1e-2, 1e-4, 1e-6];

    public static Command Build()
    {
        FitOptionSet options = new();
        Option<string> methods =
            new("--methods") { Description = "Methods to compare, a,b,c; 'descent methods' lists them all.", Required = true };
        Command command = new("compare", "Runs several methods side by side from the same start and seeds, against one certified "
            + "optimum.\n\nExample:\n  descent compare a9a.gz --model logistic --l2 1/n --methods sgd,svrg,saga,lbfgs --repeat 3 "
            + "--report compare.html");
        options.AddTo(command);
        command.Add(methods);
        command.SetAction(p => Run(options.Read(p),
            [.. p.GetValue(methods)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]));
        return command;
    }

    static int Run(FitArguments a, string[] methods)
    {
        FitSpec spec = a.Spec;
        if (methods.Length == 0) throw new UsageException("--methods names no method.");
        if (spec.Model.Network is not null)
            throw new UsageException("compare needs a convex model, whose optimum can be certified; networks have none.");
        Outputs.Check(spec);
        LoadedData data = ErrorStream.Load(spec, a.Quiet);
        using Interruption stop = new();
        Comparison c = Comparison.Run(spec, data, methods, a.Repeat ?? 3, stop.Token, a.Quiet || a.Json ? null
            : what => Console.Error.WriteLine(what));
        if (c.Entrants.Count == 0) return ExitCode.Interrupted;
        Saving saving = new();
        string? report = spec.Output.Report is null ? null
            : saving.Write(spec.Output.Report, p =>
            FileWriter.Write(Destination.Files, p,
            Encoding.UTF8.GetBytes(Spelling.Of(CompareReport.Build(spec, data, c, Head, Rows(c), DateTimeOffset.Now)))));
        if (a.Json)
        {
            Console.Out.WriteLine(Json(c));
            return saving.End(stop.Token.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done);
        }
        if (!a.Quiet)
            foreach (string line in data.Lines) Console.Out.WriteLine(line);
        string proved = double.IsFinite(c.LowerBound) ? $"F* ≥ {Text.AtLeast(c.LowerBound, 10)} proved"
            : "No bound on F* could be proved";
        Console.Out.WriteLine($"{proved}, F = {Text.Number(c.Best, "G10")} met; gaps are measured from the "
            + $"{(c.Reference == c.LowerBound ? "proved bound" : "smallest F met, since the bound is loose")}.\n");
        Console.Out.Write(TextTable.Render(Head, Rows(c), leftColumns: 1));
        if (report is not null) Console.Out.WriteLine($"\nReport written to {report}");
        return saving.End(stop.Token.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done);
    }

    static string[] Head => ["method", "seeds", "step size", .. Accuracies.Select(a => $"epochs to {Power(a)}"),
        .. Accuracies.Select(a => $"seconds to {Power(a)}"), "relative gap at the end", "epochs", "seconds"];

    static List<IReadOnlyList<string>> Rows(Comparison c) =>
    [
        .. c.Entrants.Select(e => (IReadOnlyList<string>)
        [
            e.Entry.Name,
            Text.Count(e.Runs.Count),
            e.Entry.Step is null ? "own" : Text.Number(e.Runs[0].Plan.StepSize, "G3"),
            .. Accuracies.Select(a => Figure(e.Until(a, c.Reference, p => p.Epochs))),
            .. Accuracies.Select(a => Figure(e.Until(a, c.Reference, p => p.Seconds))),
            !e.Diverged ? Text.Number(Math.Max(0, e.Final(c.Reference)), "G2") : "diverged",
            Figure(e.Runs[0].Run.Trace[^1].Epochs),
            Figure(e.Runs[0].Run.Seconds),
        ]),
    ];

    static string Json(Comparison c)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter w = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            w.WriteStartObject();
            FitJson.Number(w, "lowerBound", c.LowerBound);
            FitJson.Number(w, "best", c.Best);
            w.WriteStartArray("methods");
            foreach (Comparison.Entrant e in c.Entrants)
            {
                w.WriteStartObject();
                w.WriteString("method", e.Entry.Name);
                w.WriteNumber("seeds", e.Runs.Count);
                w.WriteBoolean("diverged", e.Diverged);
                if (e.Entry.Step is not null) FitJson.Number(w, "stepSize", e.Runs[0].Plan.StepSize);
                FitJson.Number(w, "relativeGap", e.Final(c.Reference));
                w.WriteStartArray("reached");
                foreach (double a in Accuracies)
                {
                    w.WriteStartObject();
                    w.WriteNumber("gap", a);
                    FitJson.Number(w, "epochs", e.Until(a, c.Reference, p => p.Epochs));
                    FitJson.Number(w, "gradients", e.Until(a, c.Reference, p => p.Gradients));
                    FitJson.Number(w, "seconds", e.Until(a, c.Reference, p => p.Seconds));
                    w.WriteEndObject();
                }
                w.WriteEndArray();
                w.WriteEndObject();
            }
            w.WriteEndArray();
            w.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static string Power(double x) => FormattableString.Invariant($"1e{Math.Round(Math.Log10(x))}");

    static string Figure(double x) => double.IsNaN(x) ? "–" : Text.Number(x, "G3");
}
