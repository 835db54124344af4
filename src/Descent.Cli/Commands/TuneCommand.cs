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
        FitOptionSet options = new();
        Option<string> search = new("--search")
        {
            Description = "grid (grows until its best point lies inside), random or halving.",
            DefaultValueFactory = _ => "grid"
        };
        Option<int> trials = new("--trials") { Description = "Points of the search.", DefaultValueFactory = _ => 9 };
        Option<int> folds = new("--folds")
        {
            Description = "Folds of the cross-validation; 1 holds out --valid (a fifth when left out).",
            DefaultValueFactory = _ => 3
        };
        Option<string[]> vary = new("--vary")
        {
            Description = "Other numbers to tune, NAME=A..B: numbers of the method, l1 or batch.",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false
        };
        Command command = new("tune", "Searches for step size and other numbers by the held-out loss over folds; the result is a "
            + "command line.\n\nExamples:\n  descent tune data.csv --target y --method sgd --lr auto\n  descent tune data.csv --target "
            + "y --l2 1e-6..1 --search grid\n  descent tune data.csv --target y --model mlp --lr 1e-4..0.1 --vary beta1=0.5..0.99 "
            + "--search halving --trials 27 --run search");
        options.AddTo(command);
        foreach (Option o in new Option[] { search, trials, folds, vary }) command.Add(o);
        command.SetAction(p =>
            Run(options.Read(p, tuned: true), p.GetValue(search)!, p.GetValue(trials), p.GetValue(folds), p.GetValue(vary) ?? []));
        return command;
    }

    static int Run(FitArguments a, string search, int trials, int folds, string[] vary)
    {
        FitSpec spec = a.Spec;
        if (search is not ("grid" or "random" or "halving"))
            throw new UsageException($"--search is '{search}'; expected grid, random or halving.");
        if (trials < 2) throw new UsageException($"--trials is {trials}; expected at least 2.");
        if (folds < 1) throw new UsageException($"--folds is {folds}; expected at least 1.");
        if (spec.HoldOut > 0 && folds > 1) throw new UsageException("--valid (with --folds above 1) means nothing to tune.");
        string? trialFile = spec.Output.Run is { Length: > 0 } folder ? Path.Combine(folder, TrialLog.Name) : spec.Output.Run;
        Outputs.Check([new("--report", spec.Output.Report), new("--run", trialFile)],
            spec.Data.Inputs);
        LoadedData data = ErrorStream.Load(spec, a.Quiet);
        IReadOnlyList<SearchDimension> dimensions = Dimensions(a, data, vary);
        string what = string.Join(' ', dimensions.Select(d => $"{d.Name}={Text.Exact(d.Low)}..{Text.Exact(d.High)}"))
            + $" by {search}, {trials} trials, {folds} folds: " + TuneLine.Without(spec.Caller.Text, "--run", "--report", "--quiet");
        using Interruption stop = new();
        TrialLog log = new(spec.Output.Run, what, [.. dimensions.Select(d => d.Name)]);
        bool loud = a.Loud;
        if (loud && log.Found > 0) Console.Error.WriteLine($"going on after {log.Found} finished trials");
        Tuner tuner = new(spec, data, dimensions, folds, log, stop.Token)
        {
            OnTrial = t =>
            {
                if (loud)
                    Console.Error.WriteLine($"{string.Join(", ", dimensions.Select((d, k) => $"{d.Name} {Text.Number(t.Values[k])}"))}: "
                        + $"{(t.Diverged ? "diverged" : Text.Number(t.Score))}");
            },
        };
        tuner.Search(search, trials);
        if (stop.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine($"descent: stopped after {tuner.Trials.Count} trials; " + (spec.Output.Run is null
                ? "--run FOLDER keeps them, so that the search can go on."
                : "the same command goes on from here."));
            return ExitCode.Interrupted;
        }
        if (tuner.Best is not { } best)
        {
            Console.Error.WriteLine("descent: every trial diverged; try smaller step sizes.");
            return ExitCode.Diverged;
        }
        string line = TuneLine.Of(spec.Caller.Text, dimensions, best, search == "halving" ? best.Epochs : double.NaN);
        if (a.Json) Console.Out.WriteLine(TuneReport.Json(tuner, best, line));
        else Console.Out.Write(TuneReport.Printed(data, tuner, best, line, folds, a.Quiet));
        Saving saving = new();
        if (spec.Output.Report is { } report)
            saving.Write(report, p => FileWriter.Write(Destination.Files, p,
                Encoding.UTF8.GetBytes(Spelling.Of(TuneReport.Html(spec, data, tuner, best, line, DateTimeOffset.Now)))));
        return saving.End(ExitCode.Done);
    }

    static List<SearchDimension> Dimensions(FitArguments a, LoadedData data, string[] vary)
    {
        List<SearchDimension> found = [.. a.Ranges.OrderBy(r => r.Name == SearchDimension.StepSize ? 0 : 1)];
        foreach (string part in vary.SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            string[] pair = part.Split('=', 2);
            found.Add((pair.Length == 2 ? SearchDimension.Parse(pair[0].TrimStart('-'), pair[1]) : null)
                ?? throw new UsageException($"--vary is '{part}'; expected NAME=A..B, for example momentum=0.5..0.99."));
        }
        if (found.Count == 0 && a.Spec.Method.StepSize is null) found.Add(Around(a.Spec, data));
        if (found.Count == 0)
            throw new UsageException(
                FormattableString.Invariant($"there is nothing to tune: --lr is {a.Spec.Method.StepSize}. Give a range, --lr 1e-4..1, ")
                    + "or auto, or --l2 A..B, or --vary NAME=A..B.");
        return found;
    }

    // Two decades below the method's own step size and one above it.
    static SearchDimension Around(FitSpec spec, LoadedData data)
    {
        double step = Fitter.Of(spec, data).DefaultStep;
        if (double.IsNaN(step))
            throw new UsageException("the method has no step size to tune; name one that has (--method sgd or adam), or tune --l2 A..B.");
        return new SearchDimension(SearchDimension.StepSize, step / 100, step * 10);
    }
}
