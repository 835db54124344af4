using System.CommandLine;
using System.Text;
using Descent.Cli.Output;
using Descent.Data;
using Descent.Data.Files;
using Descent.Diagnosis;
using Descent.Runs;

namespace Descent.Cli.Commands;

/// <summary><c>descent fit</c>.</summary>
static class FitCommand
{
    /// <summary>The command.</summary>
    /// <param name="run">What is done with what was asked; null to fit.</param>
    public static Command Build(Func<FitArguments, int>? run = null)
    {
        FitOptionSet options = new();
        PathOptions paths = new();
        OnlineOptions online = new();
        Command command = new("fit", "Fits a model to a data file and certifies how far from the optimum it is.\n\nExamples:\n  "
            + "descent fit iris.csv --target species=setosa --features sepal_length --model logistic\n  descent fit a9a.gz --model "
            + "logistic --l2 1/n --method svrg --gap 1e-6 --out a9a.model.json\n  descent fit counts.csv --target visits --model "
            + "poisson --features \"age,factor(season)\" --report report.html\n  descent fit diamonds.csv --formula \"log(price) ~ "
            + "log(carat) * C(cut, ref=Ideal) + ns(depth, df=3)\"\n  descent fit train-images.gz --labels train-labels.gz "
            + "--model mlp --hidden 128 --method adam --epochs 5 --out digits.json\n"
            + "  descent fit diabetes.csv --target progression --standardize --path 100 --l1-ratio 0.5 --cv 10 "
            + "--choose 1se --out model.json\n  tail -f events.vw | descent fit - --online --model logistic --save-every 30s --out "
            + "model.json");
        options.AddTo(command);
        paths.AddTo(command);
        online.AddTo(command);
        Option<string?> noise = new("--noise-cov")
        {
            Description = "Where the covariance of single-example gradients at the fit is "
            + "written, as CSV (linear models)."
        };
        command.Add(noise);
        Option<bool> profile = new("--profile")
        {
            Description = "Adds a table of where the time went: seconds for reading, design, "
            + "steps, looks, certificate, inference and writing, which add up to the process."
        };
        command.Add(profile);
        Option<string?> checkpoint = new("--checkpoint")
        {
            Description = "Keep the state of the run in the folder of --run: every=TIME, steps=N or epochs=N, several with commas. "
            + "'descent resume' goes on from it with the same bits."
        };
        command.Add(checkpoint);
        command.SetAction(parsed => (run ?? Run)(Checkpointed(
            WithNoise(options.Read(parsed, paths: paths) with { Profile = parsed.GetValue(profile), Online = online.Read(parsed) },
                parsed.GetValue(noise)), parsed.GetValue(checkpoint), SourceOptions.Shown(parsed))));
        return command;
    }

    static FitArguments Checkpointed(FitArguments a, string? when, IReadOnlyList<string> words)
    {
        if (when is null) return a with { Words = words };
        if (a.Online is not null)
            throw new UsageException("--checkpoint cannot be had with --online, whose input cannot be read again; --save-every keeps "
                + "the model.");
        if (a.Spec.Output.Run is null)
            throw new UsageException("--checkpoint keeps the state in the folder of the run; name it with --run FOLDER.");
        if (a.Spec.Path is not null)
            throw new UsageException("--checkpoint keeps one run, and --path makes one for each λ; leave one of them out.");
        if (a.Fix || a.Repeat > 1)
            throw new UsageException($"--checkpoint keeps one run, and {(a.Fix ? "--fix" : "--repeat")} makes several; "
                + "leave one of them out.");
        if (!a.Spec.Data.IsRepeatable)
            throw new UsageException("--checkpoint needs data that can be read again; standard input cannot.");
        return a with { Words = words, Checkpoints = CheckpointText.Parse(when) };
    }

    static FitArguments WithNoise(FitArguments a, string? path) =>
        a with { Spec = a.Spec with { Output = a.Spec.Output with { NoiseCovariance = path } } };

    /// <summary>Fits, prints and writes.</summary>
    public static int Run(FitArguments a)
    {
        if (a.Online is not null) return OnlineCommand.Run(a);
        FitSpec spec = a.Spec;
        Profile profile = new();
        if (spec.Method is { Theorem: { } theorem, IsAuto: true })
            spec = spec with { Method = spec.Method with { Name = TheoryPick.MethodOf(theorem) } };
        spec = spec with { Ranks = RankJob.Group };
        a = a with { Spec = spec };
        if (RankJob.Group is { Size: > 1 }) spec.Checked();
        if (spec.Output.NoiseCovariance is not null && spec.Model.Network is not null)
            throw new UsageException("--noise-cov means nothing to a network; it is for linear, logistic and the like.");
        if (a.Fix && spec.Path is not null)
            throw new UsageException("--fix means nothing to --path, which has no step sizes that could be wrong. Leave it out.");
        if (RankJob.Speaks) Outputs.Check(spec);
        ProofWriter.RequirePossible(spec);
        LoadedData data = ErrorStream.Load(spec, a.Quiet);
        ProofWriter.RequirePossible(spec, data);
        RankJob.Meet();
        profile.Mark("reading");
        using Interruption stop = new();
        return Fit(a, data, profile, stop);
    }

    static int Fit(FitArguments a, LoadedData data, Profile profile, Interruption stop)
    {
        Fitter fitter = Fitter.Of(a.Spec, data);
        fitter.Stop = stop.Token;
        if (a.Loud) Console.Out.Write(RankJob.Head + FitPrinter.Head(fitter));
        if (a.DryRun)
        {
            Console.Out.WriteLine($"{BudgetText.Of(fitter)}Dry run: nothing was fitted.");
            return ExitCode.Done;
        }
        _ = fitter.MaxSteps;
        CheckpointKeeper? keeper = KeeperOf(a, data);
        profile.Mark("design");
        fitter.Checkpoints = keeper is null ? null
            : (a.Checkpoints ?? new()) with
            {
                Keep = s => keeper.Keep(s, a.Checkpoints is not null && RankJob.Speaks),
                From = a.From?.State
            };
        Progress progress = new(fitter, data.Count);
        if (RankJob.Speaks) stop.SaveLast = () => Unfinished.Save(a.Spec, fitter);
        fitter.OnPart = a.Loud ? progress.Show : null;
        Fitted fit = Go(fitter, a, stop.Token, a.Loud ? progress.Show : null);
        profile.Mark(fit);
        if (a.Fix) fit = Fix(fit, a, data, stop.Token);
        // What draws nothing gives the same run under every seed.
        fit = fit with { Others = fit.Draws ? Repeats(fit.Spec, a.Repeat ?? 1, data, stop.Token) : [] };
        if (a.Fix || fit.Others.Count > 0) profile.Mark("reruns");
        stop.Finishing();
        // The exit code is that of rank 0, which still writes: a launcher ends all ranks when one of them ends with another code than 0.
        // What is looked at from here on, a proof for one, is worked out by rank 0 alone.
        Fitted alone = fit with { Spec = fit.Spec with { Ranks = null } };
        return RankJob.Speaks ? Save(alone, a, profile, keeper) : ExitCode.Done;
    }

    static Fitted Go(Fitter fitter, FitArguments a, CancellationToken cancel, Action<TracePoint>? onTrace)
    {
        try
        {
            return fitter.Run(cancel, onTrace);
        }
        catch (FormatException e) when (a.From is not null)
        {
            throw new DataException($"{a.Spec.Output.Run}: its checkpoint is not one of this run. {e.Message}", e);
        }
    }

    // Data that cannot be read again cannot be gone on with.
    static CheckpointKeeper? KeeperOf(FitArguments a, LoadedData data)
    {
        if (a.Spec.Output.Run is not { } folder || !a.Spec.Data.IsRepeatable) return null;
        RunRecord record = CheckpointKeeper.RecordOf(a.Words, data);
        if (a.From is not { } from) return new CheckpointKeeper(folder, record, false);
        if (from.Record.Data != record.Data)
            throw new DataException($"{folder}: the data are not those of the run: their digest is {record.Data}, and was "
                + $"{from.Record.Data}. "
                + "Bring them back, or run the command of the fit again.");
        return new CheckpointKeeper(folder, from.Record, true);
    }

    // Remedies are tried one after another, three at most: the first finding is the one to act on, and what it hides shows in the next run.
    static Fitted Fix(Fitted fit, FitArguments a, LoadedData data, CancellationToken cancel)
    {
        for (int round = 0; round < 3 && fit.Findings.Count > 0 && !cancel.IsCancellationRequested; round++)
        {
            Finding finding = fit.Findings[0];
            FitSpec changed = Remedy.Apply(fit.Spec, finding);
            Fitted next = Fitter.Of(changed, data).Run(cancel, null);
            if (a.Loud)
                Console.Out.WriteLine($"\nDoctor: {finding.Sentence}\nRerun:  {changed.Caller.Text}\n        {fit.State} before, "
                    + $"{next.State} after"
                    + (next.Findings.Count == 0 ? "; nothing is wrong any more" : ""));
            fit = next;
        }
        return fit;
    }

    // Held-out rows stay the same: only what the method draws is drawn anew.
    static List<Fitted> Repeats(FitSpec spec, int seeds, LoadedData data, CancellationToken cancel)
    {
        List<Fitted> runs = [];
        for (int k = 1; k < seeds && !cancel.IsCancellationRequested; k++)
            runs.Add(Fitter.Of(spec with { Seed = spec.Seed + (ulong)k }, data, RowSplit.Of(spec, data.Count)).Run(cancel, null));
        return runs;
    }

    static int Save(Fitted fit, FitArguments a, Profile profile, CheckpointKeeper? keeper)
    {
        OutputSpec output = fit.Spec.Output;
        int code = ExitCode.Of(fit.Outcome.Kind);
        Saving saving = new();
        string? weights = null;
        // A diverged run has no usable model; everything else is saved, an interrupted one too.
        string? path = output.Model is { } o && fit.IsUsable
            ? saving.Write(o, p => weights = fit.Files(Path.GetFileName(OutputPlace.Of(Destination.Files, p).Target))
                .Save(Destination.Files, p)) : null;
        string? report = output.Report is { } r
            ? saving.Write(r, p => FileWriter.Write(Destination.Files, p, Utf8(FitReport.Build(fit, DateTimeOffset.Now)))) : null;
        string? folder = output.Run is { } f ? saving.Write(f, p => RunFolder.Write(p, fit, code, Spelling.Of, DateTimeOffset.Now,
            keeper?.Record, fit.Outcome.Kind == OutcomeKind.Interrupted ? keeper?.Last : null)) : null;
        // What is printed names the places where things lie.
        fit = fit with { Spec = fit.Spec with { Output = output with { Model = path, Report = report, Run = folder } } };
        if (fit is NetworkFit network) fit = network with { WeightsPath = weights };
        string? proved = fit.Risk is { } risk ? Prove(risk, saving) : null, noise = fit.Risk is { } same ? Noise(same, saving) : null;
        profile.Mark("writing");
        fit = fit with { Spent = profile.Parts };
        if (a.Json) Console.Out.WriteLine(FitJson.Write(fit, code, a.Profile));
        else if (a.Quiet) Console.Out.WriteLine(FitPrinter.Line(fit));
        else Console.Out.Write(FitPrinter.Result(fit));
        if (proved is not null && !a.Json) Console.Out.WriteLine(proved);
        if (noise is not null && a.Loud) Console.Out.WriteLine(noise);
        if (a.Profile && !a.Json)
        {
            profile.Mark("printing");
            Console.Out.Write(profile.Table());
        }
        return saving.End(code);
    }

    static byte[] Utf8(string page) => Encoding.UTF8.GetBytes(Spelling.Of(page));

    static string? Prove(RiskFit fit, Saving saving)
    {
        if (fit.Spec.Output.Proof is not { } path) return null;
        (ProofFile? proof, string? refusal) = fit.IsUsable ? ProofWriter.Of(fit)
            : (null, "the run diverged, so there is no point to prove anything of.");
        if (proof is null)
        {
            Console.Error.WriteLine($"descent: no proof is written: {refusal}");
            return null;
        }
        if (saving.Write(path, p => FileWriter.Write(Destination.Files, p, proof.ToBytes())) is not { } written) return null;
        return $"{"Proof",-13}{written}: F(w) − inf F ≤ {proof.Bound}, in exact arithmetic; confirm it with descent verify-proof "
            + $"{written} {string.Join(' ', fit.Spec.Data.Files)}";
    }

    static string? Noise(RiskFit fit, Saving saving)
    {
        if (fit.Spec.Output.NoiseCovariance is not { } path) return null;
        (string? table, string sentence) = fit.IsUsable ? NoiseTable.Of(fit)
            : (null, "the run diverged, so there is no point to take it at.");
        if (table is null)
        {
            Console.Error.WriteLine($"descent: no covariance of gradients is written: {sentence}");
            return null;
        }
        return saving.Write(path, p => FileWriter.Write(Destination.Files, p, Encoding.UTF8.GetBytes(table))) is { } written
            ? $"{"Noise",-13}{sentence}; Σ is in {written}" : null;
    }
}
