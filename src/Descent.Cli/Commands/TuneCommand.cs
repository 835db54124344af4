using System.CommandLine;
using System.Text;
using Descent.Cli.Output;
using Descent.Data.Files;

namespace Descent.Cli.Commands;

/// <summary><c>descent tune</c>.</summary>
static class TuneCommand
{
    public static Command Build()
    {
        FitOptions options = new();
        Option<string> search = new("--search") { Description = "grid (grows until its best point lies inside), random or halving.", DefaultValueFactory = _ => "grid" };
        Option<int> trials = new("--trials") { Description = "Points of the search.", DefaultValueFactory = _ => 9 };
        Option<int> folds = new("--folds") { Description = "Folds of the cross-validation; 1 holds out --valid (a fifth when left out).", DefaultValueFactory = _ => 3 };
        Option<string[]> vary = new("--vary") { Description = "Other numbers to tune, NAME=A..B: numbers of the method, l1 or batch.", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
        Command command = new("tune", "Searches for step size and other numbers by the held-out loss over folds; the result is a command line.\n\nExamples:\n  descent tune data.csv --target y --method sgd --lr auto\n  descent tune data.csv --target y --l2 1e-6..1 --search grid\n  descent tune data.csv --target y --model mlp --lr 1e-4..0.1 --vary beta1=0.5..0.99 --search halving --trials 27 --run search");
        options.AddTo(command);
        foreach (Option o in new Option[] { search, trials, folds, vary }) command.Add(o);
        command.SetAction(p => Run(options.Read(p), p.GetValue(search)!, p.GetValue(trials), p.GetValue(folds), p.GetValue(vary) ?? []));
        return command;
    }

    static int Run(FitRequest request, string search, int trials, int folds, string[] vary)
    {
        if (search is not ("grid" or "random" or "halving")) throw new UsageException($"--search is '{search}'; expected grid, random or halving.");
        if (trials < 2) throw new UsageException($"--trials is {trials}; expected at least 2.");
        if (folds < 1) throw new UsageException($"--folds is {folds}; expected at least 1.");
        foreach (var (given, option) in new[] { (request.Out is not null, "--out"), (request.Proof is not null, "--proof"), (request.DryRun, "--dry-run"), (request.Fix, "--fix"), (request.Theorem is not null, "--theorem"), (request.Assume.Count > 0, "--assume"), (request.Repeat is not null, "--repeat"), (request.Valid > 0 && folds > 1, "--valid (with --folds above 1)") })
            if (given) throw new UsageException($"{option} means nothing to tune.");
        string? trialFile = request.Run is { Length: > 0 } folder ? Path.Combine(folder, TrialLog.Name) : request.Run;
        Outputs.Check([new("--report", request.Report), new("--run", trialFile)], [.. request.Data, .. request.Labels is { } l ? new[] { l } : []]);
        LoadedData data = ErrorStream.Load(request);
        IReadOnlyList<SearchDimension> dimensions = Dimensions(ref request, data, vary);
        string what = string.Join(' ', dimensions.Select(d => $"{d.Name}={Text.Exact(d.Low)}..{Text.Exact(d.High)}")) + $" by {search}, {trials} trials, {folds} folds: " + CommandText.With(CommandText.With(CommandText.With(request.CommandLine, "--run", null), "--report", null), "--quiet", null);
        using Interruption stop = new();
        TrialLog log = new(request.Run, what, [.. dimensions.Select(d => d.Name)]);
        bool loud = !request.Quiet && !request.Json;
        if (loud && log.Found > 0) Console.Error.WriteLine($"going on after {log.Found} finished trials");
        Tuner tuner = new(request, data, dimensions, folds, log, stop.Token)
        {
            OnTrial = t =>
            {
                if (loud) Console.Error.WriteLine($"{string.Join(", ", dimensions.Select((d, k) => $"{d.Name} {Text.Number(t.Values[k])}"))}: {(t.Diverged ? "diverged" : Text.Number(t.Score))}");
            },
        };
        tuner.Search(search, trials);
        if (stop.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine($"descent: stopped after {tuner.Trials.Count} trials{(request.Run is null ? "; --run FOLDER keeps them, so that the search can go on" : "; the same command goes on from here")}.");
            return ExitCode.Interrupted;
        }
        if (tuner.Best is not { } best)
        {
            Console.Error.WriteLine("descent: every trial diverged; try smaller step sizes.");
            return ExitCode.Diverged;
        }
        string line = TuneReport.Line(request.CommandLine, dimensions, best, search == "halving" ? best.Epochs : double.NaN);
        if (request.Json) Console.Out.WriteLine(TuneReport.Json(tuner, best, line));
        else Console.Out.Write(TuneReport.Printed(data, tuner, best, line, folds, request.Quiet));
        Saving saving = new();
        if (request.Report is { } report) saving.Write(report, p => FileWriter.Write(Destination.Files, p, Encoding.UTF8.GetBytes(TuneReport.Html(request, data, tuner, best, line, DateTimeOffset.Now))));
        return saving.End(ExitCode.Done);
    }

    static List<SearchDimension> Dimensions(ref FitRequest request, LoadedData data, string[] vary)
    {
        List<SearchDimension> found = [];
        if (SearchDimension.Parse("l2", request.L2) is { } l2)
        {
            found.Add(l2);
            request = request with { L2 = "0" };
        }
        foreach (string part in vary.SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            string[] pair = part.Split('=', 2);
            found.Add((pair.Length == 2 ? SearchDimension.Parse(pair[0].TrimStart('-'), pair[1]) : null) ?? throw new UsageException($"--vary is '{part}'; expected NAME=A..B, for example momentum=0.5..0.99."));
        }
        if (SearchDimension.Parse("lr", request.LearningRate) is { } lr) found.Insert(0, lr);
        else if (request.LearningRate == "auto" && found.Count == 0) found.Add(Around(request, data));
        else if (found.Count == 0) throw new UsageException($"there is nothing to tune: --lr is {request.LearningRate}. Give a range, --lr 1e-4..1, or auto, or --l2 A..B, or --vary NAME=A..B.");
        if (found.Any(d => d.Name == "lr")) request = request with { LearningRate = "auto" };
        return found;
    }

    // Two decades below the method's own step size and one above it.
    static SearchDimension Around(FitRequest request, LoadedData data)
    {
        double step;
        if (request.Network is null)
        {
            Plan plan = new Fitter(request, data).Prepare();
            step = plan.DefaultStep;
            if (double.IsNaN(step)) throw new UsageException($"--method {plan.Method} has no step size to tune; name a method that has one (--method sgd), or tune --l2 A..B.");
        }
        else
        {
            step = new NetworkFitter(request, data).DefaultStep;
            if (double.IsNaN(step)) throw new UsageException("the method has no step size to tune; name one that has (--method adam).");
        }
        return new SearchDimension("lr", step / 100, step * 10);
    }
}
