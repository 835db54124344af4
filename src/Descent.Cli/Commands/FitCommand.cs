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
    public static Command Build()
    {
        FitOptionSet options = new();
        Command command = new("fit", "Fits a model to a data file and certifies how far from the optimum it is.\n\nExamples:\n  descent fit iris.csv --target species=setosa --features sepal_length --model logistic\n  descent fit a9a.gz --model logistic --l2 1/n --method svrg --gap 1e-6 --out a9a.model.json\n  descent fit counts.csv --target visits --model poisson --features \"age,factor(season)\" --report report.html\n  descent fit train-images.gz --labels train-labels.gz --model mlp --hidden 128 --method adam --epochs 5 --out digits.json");
        options.AddTo(command);
        Option<string?> noise = new("--noise-cov") { Description = "Where the covariance of single-example gradients at the fit is written, as CSV (linear models)." };
        command.Add(noise);
        Option<bool> profile = new("--profile") { Description = "Adds a table of where the time went: seconds for reading, design, steps, looks, certificate, inference and writing, which add up to the process (not for networks)." };
        command.Add(profile);
        command.SetAction(parsed => Run(WithNoise(options.Read(parsed) with { Profile = parsed.GetValue(profile) }, parsed.GetValue(noise))));
        return command;
    }

    static FitArguments WithNoise(FitArguments a, string? path) => a with { Spec = a.Spec with { Output = a.Spec.Output with { NoiseCovariance = path } } };

    static int Run(FitArguments a)
    {
        FitSpec spec = a.Spec;
        Profile profile = new();
        if (a.Profile && spec.Model.Network is not null) throw new UsageException("--profile means nothing to a network, whose steps are nearly all of its time; its Work line says them.");
        if (spec.Method is { Theorem: { } theorem, IsAuto: true }) spec = spec with { Method = spec.Method with { Name = TheoryPick.MethodOf(theorem) } };
        a = a with { Spec = spec };
        if (spec.Output.NoiseCovariance is not null && spec.Model.Network is not null) throw new UsageException("--noise-cov means nothing to a network; it is for linear, logistic and the like.");
        Outputs.Check(spec);
        ProofWriter.RequirePossible(spec);
        LoadedData data = ErrorStream.Load(spec, a.Quiet);
        ProofWriter.RequirePossible(spec, data);
        profile.Mark("reading");
        using Interruption stop = new();
        return spec.Model.Network is null ? Linear(a, data, profile, stop) : NetworkFitting.Run(a, data, stop);
    }

    static int Linear(FitArguments a, LoadedData data, Profile profile, Interruption stop)
    {
        FitSpec spec = a.Spec;
        CancellationToken cancel = stop.Token;
        Fitter fitter = new(spec, data);
        Plan plan = fitter.Prepare();
        if (a.Loud) Console.Out.Write(FitPrinter.Plan(spec, data, plan, fitter.L2, fitter.ScalingNote));
        if (a.DryRun) return DryRun(data, plan, fitter);
        profile.Mark("design");
        Progress progress = new(plan, data.Count, trace => fitter.HistorySoFar(plan, trace));
        stop.SaveLast = () => Unfinished.Save(spec, fitter, plan);
        FitResult fit = fitter.Run(plan, cancel, a.Quiet || a.Json ? null : progress.Show);
        profile.Mark(fit.Run);
        if (a.Fix) fit = Fix(fit, a, data, cancel);
        // What draws nothing gives the same run under every seed.
        fit = fit with { Repeats = fit.Plan.Draws ? Repeats(fit.Spec, a.Repeat ?? 1, data, cancel) : [] };
        if (a.Fix || fit.Repeats.Count > 0) profile.Mark("reruns");
        stop.Finishing();
        return Save(fit, a, profile);
    }

    // Remedies are tried one after another, three at most: the first finding is the one to act on, and what it hides shows in the next run.
    static FitResult Fix(FitResult fit, FitArguments a, LoadedData data, CancellationToken cancel)
    {
        bool loud = a.Loud;
        for (int round = 0; round < 3 && fit.Findings.Count > 0 && !cancel.IsCancellationRequested; round++)
        {
            Finding finding = fit.Findings[0];
            FitSpec changed = Remedy.Apply(fit.Spec, finding);
            Fitter fitter = new(changed, data);
            FitResult next = fitter.Run(fitter.Prepare(), cancel, null);
            if (loud) Console.Out.WriteLine($"\nDoctor: {finding.Sentence}\nRerun:  {changed.Caller.Text}\n        {State(fit)} before, {State(next)} after{(next.Findings.Count == 0 ? "; nothing is wrong any more" : "")}");
            fit = next;
        }
        return fit;
    }

    static string State(FitResult fit)
    {
        string held = fit.Validation is { } v ? $", held-out loss {Text.Number(v.MeanLoss, "G4")}" : "";
        return fit.Run.Outcome.Kind == OutcomeKind.Diverged ? "diverged" : $"F = {Text.Number(fit.Certificate.Value, "G6")}, certified gap {Text.Number(fit.Certificate.RelativeGap, "G3")} of F{held}";
    }

    // Held-out rows stay the same: only what the method draws is drawn anew.
    static List<RunResult<double>> Repeats(FitSpec spec, int seeds, LoadedData data, CancellationToken cancel)
    {
        List<RunResult<double>> runs = [];
        for (int k = 1; k < seeds && !cancel.IsCancellationRequested; k++)
        {
            Fitter other = new(spec with { Seed = spec.Seed + (ulong)k }, data, Fitter.Split(spec, data.Count));
            runs.Add(other.Run(other.Prepare(), cancel, null).Run);
        }
        return runs;
    }

    static int Save(FitResult fit, FitArguments a, Profile profile)
    {
        FitSpec spec = fit.Spec;
        int code = ExitCode.Of(fit.Run.Outcome.Kind);
        // A diverged run has no usable model; everything else is saved, an interrupted one too.
        ModelFile? model = code == ExitCode.Diverged || !fit.Parameters.All(double.IsFinite) ? null : ModelWriter.Of(fit);
        Saving saving = new();
        string? path = spec.Output.Model is { } o && model is not null ? saving.Write(o, p => FileWriter.Write(Destination.Files, p, model.ToBytes())) : null;
        string? report = spec.Output.Report is { } r ? saving.Write(r, p => FileWriter.Write(Destination.Files, p, Encoding.UTF8.GetBytes(Spelling.Of(FitReport.Build(fit, DateTimeOffset.Now))))) : null;
        string? folder = spec.Output.Run is { } f ? saving.Write(f, p => RunFolder.Write(p, fit, model, code, Spelling.Of, DateTimeOffset.Now)) : null;
        // What is printed names the places where things lie.
        fit = fit with { Spec = spec with { Output = spec.Output with { Model = path, Report = report, Run = folder } } };
        string? proved = Prove(fit, saving, model is not null), noise = Noise(fit, saving, model is not null);
        profile.Mark("writing");
        fit = fit with { Spent = profile.Parts };
        if (a.Json) Console.Out.WriteLine(FitJson.Write(fit, code, a.Profile));
        else if (!a.Quiet) Console.Out.Write(FitPrinter.Result(fit));
        else Console.Out.WriteLine($"F = {Text.Number(fit.Certificate.Value, "G10")}; gap ≤ {Text.Number(fit.Certificate.Gap, "G4")}; {fit.Run.Outcome.Sentence}");
        if (proved is not null && !a.Json) Console.Out.WriteLine(proved);
        if (noise is not null && a.Loud) Console.Out.WriteLine(noise);
        if (a.Profile && !a.Json)
        {
            profile.Mark("printing");
            Console.Out.Write(profile.Table());
        }
        return saving.End(code);
    }

    static string? Prove(FitResult fit, Saving saving, bool usable)
    {
        if (fit.Spec.Output.Proof is not { } path) return null;
        (ProofFile? proof, string? refusal) = usable ? ProofWriter.Of(fit) : (null, "the run diverged, so there is no point to prove anything of.");
        if (proof is null)
        {
            Console.Error.WriteLine($"descent: no proof is written: {refusal}");
            return null;
        }
        if (saving.Write(path, p => FileWriter.Write(Destination.Files, p, proof.ToBytes())) is not { } written) return null;
        return $"{"Proof",-13}{written}: F(w) − inf F ≤ {proof.Bound}, in exact arithmetic; confirm it with descent verify-proof {written} {string.Join(' ', fit.Spec.Data.Files)}";
    }

    static string? Noise(FitResult fit, Saving saving, bool usable)
    {
        if (fit.Spec.Output.NoiseCovariance is not { } path) return null;
        (string? table, string sentence) = usable ? NoiseTable.Of(fit) : (null, "the run diverged, so there is no point to take it at.");
        if (table is null)
        {
            Console.Error.WriteLine($"descent: no covariance of gradients is written: {sentence}");
            return null;
        }
        return saving.Write(path, p => FileWriter.Write(Destination.Files, p, Encoding.UTF8.GetBytes(table))) is { } written ? $"{"Noise",-13}{sentence}; Σ is in {written}" : null;
    }

    static int DryRun(LoadedData data, Plan plan, Fitter fitter)
    {
        int d = fitter.Risk!.Dimension;
        double rows = data.Sparse is { } s ? (s.Entries * 12.0) + (8.0 * data.Count) : 8.0 * data.Count * data.Columns;
        Console.Out.WriteLine($"{"Memory",-13}about {Text.Bytes(rows)} for the rows, {Text.Bytes(MethodMemory.Of(plan, fitter.Risk))} for the method ({Text.Plural(d, "parameter")})");
        string steps = plan.MaxSteps == long.MaxValue ? "" : $"at most {Text.Count(plan.MaxSteps)} steps";
        string gap = plan.GapTolerance > 0 ? $"until the certified gap is at most {Text.Number(plan.GapTolerance)} of F" : "until the method can resolve no more";
        Console.Out.WriteLine($"{"Budget",-13}{(plan.IsStochastic && plan.GapTolerance == 0 ? steps : steps.Length > 0 ? $"{gap}, {steps}" : gap)}");
        Console.Out.WriteLine("Dry run: nothing was fitted.");
        return ExitCode.Done;
    }
}
