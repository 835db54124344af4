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
        FitOptions options = new();
        Command command = new("fit", "Fits a model to a data file and certifies how far from the optimum it is.\n\nExamples:\n  descent fit iris.csv --target species=setosa --features sepal_length --model logistic\n  descent fit a9a.gz --model logistic --l2 1/n --method svrg --gap 1e-6 --out a9a.model.json\n  descent fit counts.csv --target visits --model poisson --features \"age,factor(season)\" --report report.html\n  descent fit train-images.gz --labels train-labels.gz --model mlp --hidden 128 --method adam --epochs 5 --out digits.json");
        options.AddTo(command);
        Option<string?> noise = new("--noise-cov") { Description = "Where the covariance of single-example gradients at the fit is written, as CSV (linear models)." };
        command.Add(noise);
        Option<bool> profile = new("--profile") { Description = "Adds a table of where the time went: seconds for reading, design, steps, looks, certificate, inference and writing, which add up to the process (not for networks)." };
        command.Add(profile);
        command.SetAction(parsed => Run(options.Read(parsed) with { NoiseCovariance = parsed.GetValue(noise), Profile = parsed.GetValue(profile) }));
        return command;
    }

    static int Run(FitRequest request)
    {
        Profile profile = new();
        if (request is { Profile: true, Network: not null }) throw new UsageException("--profile means nothing to a network, whose steps are nearly all of its time; its Work line says them.");
        if (request.Patience is not null && request.Valid == 0) throw new UsageException("--patience needs held-out rows: give --valid, for example --valid 0.1.");
        if (request.Network is not null && (request.Theorem is not null || request.Assume.Count > 0)) throw new UsageException("--theorem and --assume mean nothing to a network, whose constants nobody knows.");
        if (request.Assume.Count > 0 && !request.WantsTheory) throw new UsageException("--assume vouches for constants of a guarantee: it needs --schedule theory or --theorem.");
        if (request is { Theorem: { } theorem, Method: "auto" }) request = request with { Method = TheoryPick.MethodOf(theorem) };
        if (request is { NoiseCovariance: not null, Network: not null }) throw new UsageException("--noise-cov means nothing to a network; it is for linear, logistic and the like.");
        _ = Fitter.TimeLimitOf(request);
        Outputs.Check(request);
        ProofWriter.RequirePossible(request);
        LoadedData data = ErrorStream.Load(request);
        ProofWriter.RequirePossible(request, data);
        profile.Mark("reading");
        using Interruption stop = new();
        return request.Network is null ? Linear(request, data, profile, stop) : NetworkFitting.Run(request, data, stop);
    }

    static int Linear(FitRequest request, LoadedData data, Profile profile, Interruption stop)
    {
        CancellationToken cancel = stop.Token;
        Fitter fitter = new(request, data);
        Plan plan = fitter.Prepare();
        if (!request.Json && !request.Quiet) Console.Out.Write(FitPrinter.Plan(request, data, plan, fitter.L2, fitter.ScalingNote));
        if (request.DryRun) return DryRun(data, plan, fitter);
        profile.Mark("design");
        Progress progress = new(plan, data.Count, trace => fitter.HistorySoFar(plan, trace));
        stop.SaveLast = () => Unfinished.Save(request, fitter, plan);
        FitResult fit = fitter.Run(plan, cancel, request.Quiet || request.Json ? null : progress.Show);
        profile.Mark(fit.Run);
        if (request.Fix) fit = Fix(fit, data, cancel);
        // What draws nothing gives the same run under every seed.
        fit = fit with { Repeats = fit.Plan.Draws ? Repeats(fit.Request, data, cancel) : [] };
        if (request.Fix || fit.Repeats.Count > 0) profile.Mark("reruns");
        stop.Finishing();
        return Save(fit, profile);
    }

    // Remedies are tried one after another, three at most: the first finding is the one to act on, and what it hides shows in the next run.
    static FitResult Fix(FitResult fit, LoadedData data, CancellationToken cancel)
    {
        bool loud = !fit.Request.Json && !fit.Request.Quiet;
        for (int round = 0; round < 3 && fit.Findings.Count > 0 && !cancel.IsCancellationRequested; round++)
        {
            Finding finding = fit.Findings[0];
            FitRequest changed = Remedy.Apply(fit.Request, finding);
            Fitter fitter = new(changed, data);
            FitResult next = fitter.Run(fitter.Prepare(), cancel, null);
            if (loud) Console.Out.WriteLine($"\nDoctor: {finding.Sentence}\nRerun:  {changed.CommandLine}\n        {State(fit)} before, {State(next)} after{(next.Findings.Count == 0 ? "; nothing is wrong any more" : "")}");
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
    static List<RunResult<double>> Repeats(FitRequest request, LoadedData data, CancellationToken cancel)
    {
        List<RunResult<double>> runs = [];
        for (int k = 1; k < (request.Repeat ?? 1) && !cancel.IsCancellationRequested; k++)
        {
            Fitter other = new(request with { Seed = request.Seed + (ulong)k }, data, Fitter.Split(request, data.Count));
            runs.Add(other.Run(other.Prepare(), cancel, null).Run);
        }
        return runs;
    }

    static int Save(FitResult fit, Profile profile)
    {
        FitRequest request = fit.Request;
        int code = ExitCode.Of(fit.Run.Outcome.Kind);
        // A diverged run has no usable model; everything else is saved, an interrupted one too.
        ModelFile? model = code == ExitCode.Diverged || !fit.Parameters.All(double.IsFinite) ? null : ModelWriter.Of(fit);
        Saving saving = new();
        string? path = request.Out is { } o && model is not null ? saving.Write(o, p => FileWriter.Write(Destination.Files, p, model.ToBytes())) : null;
        string? report = request.Report is { } r ? saving.Write(r, p => FileWriter.Write(Destination.Files, p, Encoding.UTF8.GetBytes(FitReport.Build(fit)))) : null;
        string? folder = request.Run is { } f ? saving.Write(f, p => RunFolder.Write(p, fit, model, code)) : null;
        // What is printed names the places where things lie.
        fit = fit with { Request = request with { Out = path, Report = report, Run = folder } };
        string? proved = Prove(fit, saving, model is not null), noise = Noise(fit, saving, model is not null);
        profile.Mark("writing");
        fit = fit with { Spent = profile.Parts };
        if (request.Json) Console.Out.WriteLine(FitJson.Write(fit, code));
        else if (!request.Quiet) Console.Out.Write(FitPrinter.Result(fit));
        else Console.Out.WriteLine($"F = {Text.Number(fit.Certificate.Value, "G10")}; gap ≤ {Text.Number(fit.Certificate.Gap, "G4")}; {fit.Run.Outcome.Sentence}");
        if (proved is not null && !request.Json) Console.Out.WriteLine(proved);
        if (noise is not null && !request.Json && !request.Quiet) Console.Out.WriteLine(noise);
        if (request is { Profile: true, Json: false })
        {
            profile.Mark("printing");
            Console.Out.Write(profile.Table());
        }
        return saving.End(code);
    }

    static string? Prove(FitResult fit, Saving saving, bool usable)
    {
        if (fit.Request.Proof is not { } path) return null;
        (ProofFile? proof, string? refusal) = usable ? ProofWriter.Of(fit) : (null, "the run diverged, so there is no point to prove anything of.");
        if (proof is null)
        {
            Console.Error.WriteLine($"descent: no proof is written: {refusal}");
            return null;
        }
        if (saving.Write(path, p => FileWriter.Write(Destination.Files, p, proof.ToBytes())) is not { } written) return null;
        return $"{"Proof",-13}{written}: F(w) − inf F ≤ {proof.Bound}, in exact arithmetic; confirm it with descent verify-proof {written} {string.Join(' ', fit.Request.Data)}";
    }

    static string? Noise(FitResult fit, Saving saving, bool usable)
    {
        if (fit.Request.NoiseCovariance is not { } path) return null;
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
