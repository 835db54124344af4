using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using Descent.Cli.Output;
using Descent.Data.Files;
using Descent.Guarantees;
using Descent.Reports;
using Descent.Reports.Charts;
using Descent.Runs;

namespace Descent.Cli.Commands;

/// <summary><c>descent plan</c>.</summary>
static class PlanCommand
{
    public static Command Build()
    {
        FitOptionSet options = new();
        Option<double> accuracy =
            new("--accuracy") { Description = "The gap to be reached, relative to F, as --gap of fit.", Required = true };
        Option<string?> methods = new("--methods") { Description = "Methods to plan for, a,b,c. Default: those that suit the model." };
        Command command = new("plan", "Says which method reaches an accuracy with the fewest gradients: by the theorems, and by short "
            + "trial runs.\n\nExample:\n  descent plan a9a.gz --model logistic --l2 1/n --accuracy 1e-4");
        RankOptions ranks = new();
        options.AddTo(command);
        command.Add(accuracy);
        command.Add(methods);
        ranks.AddTo(command);
        command.SetAction(p => Run(options.Read(p), p.GetValue(accuracy), p.GetValue(methods) is { } m
            ? m.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [], ranks.Read(p)));
        return command;
    }

    static int Run(FitArguments a, double accuracy, string[] methods, (int[] Counts, LinkModel Link)? ranks)
    {
        FitSpec spec = a.Spec;
        if (!(accuracy > 0 && accuracy < 1))
            throw new UsageException(
                FormattableString.Invariant($"--accuracy is {accuracy}; expected a part of F between 0 and 1, for example 1e-4."));
        if (spec.Model.Network is not null) throw new UsageException("plan needs a convex model; no theorem bounds the gap of a network.");
        if (spec.Method.Schedule is { IsTheory: true })
            throw new UsageException("--schedule theory is what plan works out by itself; leave it out.");
        // Other ranks were there for the link alone.
        if (!RankJob.Speaks) return ExitCode.Done;
        Outputs.Check(spec);
        LoadedData data = ErrorStream.Load(spec, a.Quiet);
        using Interruption stop = new();
        PlanMaker maker = new(spec, data, accuracy);
        IReadOnlyList<MethodPlan> plans = maker.Make(methods, stop.Token, a.Quiet || a.Json ? null : what => Console.Error.WriteLine(what));
        if (plans.Count == 0) return ExitCode.Interrupted;
        Forecasts? expected = ranks is { } r ? Forecasts.Of(plans, r.Counts, r.Link) : null;
        if (a.Json) Console.Out.WriteLine(Spelling.Of(Json(data, maker, plans, expected)));
        else Console.Out.Write((a.Quiet ? "" : Head(data, maker)) + TextTable.Render(Titles, [.. plans.Select(p => Row(p, data.Count))])
            + Tail(plans, maker, data, methods.Length > 0) + (expected is null ? "" : Spelling.Of(RankSection.Write(expected))));
        Saving saving = new();
        string? report = spec.Output.Report is null ? null
            : saving.Write(spec.Output.Report, p =>
            FileWriter.Write(Destination.Files, p, Encoding.UTF8.GetBytes(Report(spec, data, maker, plans, expected))));
        if (report is not null && !a.Json) Console.Out.WriteLine($"Report written to {report}");
        return saving.End(stop.Token.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done);
    }

    static string Head(LoadedData data, PlanMaker maker)
    {
        List<string> lines = [.. data.Lines, $"Accuracy: a gap of {Text.Number(maker.Gap, "G3")}; F* lies between "
            + $"{Text.AtLeast(maker.LowerBound, 10)} and {Text.AtMost(maker.Best, 10)}", "Constants, of the columns as they are:"];
        if (maker.Vanishes)
            lines.Insert(lines.Count - 1, $"F falls to {Text.Number(maker.Best, "G3")}, next to nothing of the "
                + $"{Text.Number(maker.Start, "G4")} it starts at (the data can be fitted or separated without error): the accuracy is "
                + $"taken as a part of F at the start.");
        lines.AddRange(maker.Constants!.All.Select(q => "  " + q.Sentence));
        return string.Join('\n', lines) + "\n\n";
    }

    static string[] Titles => ["method", "η by the theorem", "theorem", "assumptions", "gradients by the bound", "expected gradients",
        "epochs", "seconds", "memory"];

    static IReadOnlyList<string> Row(MethodPlan p, int n) =>
    [
        p.Entry.Name,
        p.Theory is null || p.Entry.Step is null ? "–" : Text.Number(p.Theory.Prescription.Eta, "G3"),
        p.Theory?.Guarantee.Id ?? "–",
        p.Theory is null ? "–" : p.Theory.Standing switch
        {
            Standing.Holds => "hold",
            Standing.Violated => "violated",
            _ => "open",
        },
        double.IsNaN(p.BoundGradients) ? "–" : Text.Number(p.BoundGradients, "G3"),
        double.IsFinite(p.ExpectedGradients) ? (p.Met ? "" : "~") + Text.Number(p.ExpectedGradients, "G3") : "no progress",
        double.IsFinite(p.ExpectedGradients) ? Text.Number(p.ExpectedGradients / n, "G3") : "–",
        double.IsFinite(p.Seconds) ? Text.Number(p.Seconds, "G2") : "–",
        Text.Bytes(p.Memory),
    ];

    static string Tail(IReadOnlyList<MethodPlan> plans, PlanMaker maker, LoadedData data, bool named)
    {
        List<string> lines = [""];
        MethodPlan first = plans[0];
        if (first is { Met: true, ExpectedGradients: 0 })
        {
            lines.Add($"The start is already that accurate (its gap is at most {Text.AtMost(maker.Gap, 3)}): no method needs a step.");
        }
        else if (double.IsFinite(first.ExpectedGradients))
        {
            string fastest = plans.Where(p => double.IsFinite(p.Seconds)).MinBy(p => p.Seconds)?.Entry.Name ?? first.Entry.Name;
            lines.Add($"Recommended: {first.Entry.Name}, with the fewest gradients: "
                + $"{(first.Met ? "its trial run got there after" : "its trial run leads to expect")} "
                + $"{Text.Number(first.ExpectedGradients / data.Count, "G3")} "
                + $"epochs{(double.IsFinite(first.Seconds) ? $", about {Text.Seconds(first.Seconds)}" : "")}."
                + (fastest == first.Entry.Name ? ""
                    : $" In seconds {fastest} is ahead: a step of {first.Entry.Name} does more beside its gradients."));
        }
        else
        {
            lines.Add("No trial run made progress; standardising the columns (--standardize) may help.");
        }
        lines.Add($"Trials took {Text.Count(plans.Sum(p => p.TrialGradients))} single gradients. ~ marks extrapolations of trials that "
            + $"did not get there within {PlanMaker.TrialEpochs} epochs or {Text.Number(PlanMaker.TrialSeconds)} s.");
        foreach (MethodPlan p in plans.Where(p => p.Theory is not null))
            foreach (string open in p.Theory!.Open.Select(
                c => $"{p.Entry.Name}, {p.Theory.Guarantee.Id}: {c.Assumption.Text} is {TheoryText.Word(c.Verdict.Standing)}: "
                + $"{c.Verdict.Reason}; no count is promised")) lines.Add(open);
        if (named) lines.AddRange(maker.Refused.Select(r => $"{r.Method} does not fit: {r.Why}"));
        return string.Join('\n', lines) + "\n";
    }

    static string Json(LoadedData data, PlanMaker maker, IReadOnlyList<MethodPlan> plans, Forecasts? ranks)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter w = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            w.WriteStartObject();
            w.WriteString("model", data.Model);
            FitJson.Number(w, "gap", maker.Gap);
            w.WriteString("gapRelativeTo", maker.Vanishes ? "F at the start" : "F");
            FitJson.Number(w, "lowerBound", maker.LowerBound);
            FitJson.Number(w, "best", maker.Best);
            w.WriteStartArray("constants");
            foreach (Quantity q in maker.Constants!.All)
            {
                w.WriteStartObject();
                w.WriteString("symbol", q.Symbol);
                FitJson.Number(w, "value", q.Value);
                w.WriteString("evidence", q.Evidence.ToString());
                w.WriteString("how", q.How);
                w.WriteNumber("passes", q.Passes);
                w.WriteEndObject();
            }
            w.WriteEndArray();
            w.WriteStartArray("methods");
            foreach (MethodPlan p in plans)
            {
                w.WriteStartObject();
                w.WriteString("method", p.Entry.Name);
                if (p.Theory is { } theory)
                {
                    w.WriteString("guarantee", theory.Guarantee.Id);
                    w.WriteString("assumptions", theory.Standing.ToString());
                    FitJson.Number(w, "stepSize", theory.Prescription.Eta);
                    FitJson.Number(w, "gradientsByTheBound", p.BoundGradients);
                }
                FitJson.Number(w, "expectedGradients", p.ExpectedGradients);
                w.WriteBoolean("reached", p.Met);
                FitJson.Number(w, "seconds", p.Seconds);
                w.WriteNumber("bytes", p.Memory);
                w.WriteEndObject();
            }
            w.WriteEndArray();
            if (ranks is not null) RankSection.Write(w, ranks);
            w.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static Chart? Trials(PlanMaker maker, IReadOnlyList<MethodPlan> plans)
    {
        double floor = 1e-16 * Math.Abs(maker.Best);
        List<Series> series = [];
        foreach (MethodPlan p in plans.Take(10))
        {
            TracePoint[] points = [.. p.Trace.Where(t => t.Gradients > 0 && double.IsFinite(t.Value))];
            series.Add(new Series(p.Entry.Name, [.. points.Select(t => (double)t.Gradients)],
                [.. points.Select(t => Math.Max(floor, t.Value - maker.LowerBound))]));
        }
        double[] ends = [.. series.SelectMany(s => s.X)];
        if (ends.Length == 0) return null;
        series.Add(new Series("", [ends.Min(), ends.Max()], [maker.Gap, maker.Gap], Mark.Dashed));
        return new Chart
        {
            Title = "Trial runs, the first ten methods; dashed: the gap asked for",
            XLabel = "single gradients",
            YLabel = "F − F* (from the proved bound)",
            LogX = true,
            LogY = true,
            Width = 560,
            Height = 360,
            Series = series
        };
    }

    static string Report(FitSpec spec, LoadedData data, PlanMaker maker, IReadOnlyList<MethodPlan> plans,
        Forecasts? ranks)
    {
        HtmlReport page = new($"Plan for a {data.Model} fit of {data.Target}");
        page.Lead(data.Lines[0]).Tiles(("gap to be reached", Text.Number(maker.Gap, "G3")),
            ("F* at least", Text.AtLeast(maker.LowerBound, 10)), ("smallest F met", Text.Number(maker.Best, "G10")),
            ("recommended", plans[0].Entry.Name));
        if (Trials(maker, plans) is { } trials) page.Charts(trials);
        page.Heading("Methods").Table(Titles, plans.Select(p => Row(p, data.Count)));
        foreach (string line in Tail(plans, maker, data, true).Split('\n', StringSplitOptions.RemoveEmptyEntries)) page.Paragraph(line);
        if (ranks is not null)
        {
            var (head, titles, rows, notes) = RankSection.Parts(ranks);
            page.Heading("In ranks").Paragraph(Spelling.Of(head)).Charts(RankSection.Chart(ranks))
                .Table([.. titles.Select(Spelling.Of)], rows);
            foreach (string note in notes) page.Paragraph(Spelling.Of(note.Trim()));
        }
        page.Heading("Constants").Table(["constant", "value", "evidence", "how", "passes"],
            maker.Constants!.All.Select(q =>
            (IReadOnlyList<string>)[q.Symbol, double.IsNaN(q.Value) ? "–" : q.Figure,
                q.Evidence.ToString(), q.How, Text.Number(q.Passes, "0.#")]));
        return page.Heading("To repeat this").Code(spec.Caller.Text).Stamped(DateTimeOffset.Now).Build();
    }
}
