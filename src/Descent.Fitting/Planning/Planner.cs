using Descent.Algorithms;
using Descent.Guarantees;
using Descent.Models.Constants;
using Descent.Models.Linear;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Fitting.Planning;

/// <summary>
/// Derives the run from request, data and constants. No value is left for the user to guess; what differs between methods is in their
/// catalogue entries.
/// </summary>
static partial class Planner
{
    public static Plan Make(FitSpec spec, LoadedData data, EmpiricalRisk<double> risk, string method, string? why,
        ProblemConstants constants, PilotRun? pilot = null, Workers? partWorkers = null)
    {
        CatalogueEntry entry = Catalogue.Find(method)!;
        RequireMeaning(spec, entry, data.Family);
        int n = data.Count;
        bool stochastic = entry.CanSample && spec.Method.Batch != MethodSpec.Full;
        if (entry.ReducesVariance && spec.Method.Batch == MethodSpec.Full)
            throw new FitException($"`Batch = full` leaves {method} no variance to reduce; use `Method = gd`, or a batch size.");
        int batch = stochastic ? BatchOf(spec, entry, n) : n;
        Sampling sampling = new(OrderOf(spec, entry, data), stochastic ? batch : 1);
        long perEpoch = stochastic ? sampling.StepsPerEpoch(n) : 1;
        double epochs = spec.Budget.Epochs ?? DefaultEpochs(entry, n);
        long steps = spec.Budget.Steps ?? (stochastic ? (long)Math.Ceiling(epochs * perEpoch / entry.GradientsPerExample) : long.MaxValue);
        // What 100 % of a schedule is: the steps that the run will take.
        long planned = steps != long.MaxValue ? steps : spec.Budget.Epochs is { } given ? (long)Math.Ceiling(given)
            : entry.Steps;
        MethodSettings settings = new(entry)
        {
            Sampling = stochastic ? sampling : null,
            Given = spec.Method.Numbers,
            Smoothness = stochastic ? BatchSmoothness(constants, batch, n) : constants.Smoothness.Value,
            SampleSmoothness = constants.SampleSmoothness.Value,
            StrongConvexity = constants.StrongConvexity.Value,
            Count = n,
            Dimension = risk.Dimension,
            Workers = risk.Options.Workers,
            Compression = spec.Method.Compression,
            Parts = spec.Method.MicroBatches,
            PartWorkers = partWorkers,
        };
        if (pilot is not null) pilot = AtRadius(spec, entry, risk, pilot);
        TheoryChoice? theory = pilot is not null && spec.Method.TheorySteps ? TheoryOf(spec, entry, pilot, planned, stochastic ? batch : n)
            : null;
        double eta;
        string etaWhy;
        if (theory is null)
        {
            (eta, etaWhy) = StepSizeOf(spec, settings);
            if (entry.Step is not null)
                settings = settings with { StepSize = ScheduleOf(spec, entry, eta, perEpoch, planned, constants, settings) };
            if (pilot is not null) theory = Asked(spec, entry, pilot, planned, stochastic ? batch : n, settings.StepSize);
        }
        else
        {
            (eta, etaWhy) = (theory.Prescription.Eta, $"{theory.Guarantee.Id}: {theory.Guarantee.StepFormula}");
            settings = settings with { StepSize = theory.Prescription.StepSize };
        }
        if (theory is not null)
        {
            constants = theory.Situation.Constants;
            // A single pass in any order that was fixed before is as fresh as draws with replacement.
            sampling = sampling with
            {
                Order = theory.Situation.Order == SampleOrder.Sequential ? SampleOrder.ShuffleOnce
                : SampleOrder.Replacement
            };
            settings = settings with
            {
                Sampling = stochastic ? sampling
                : null,
                Given = Merge(spec.Method.Numbers, theory, entry),
                Smoothness = stochastic ? settings.Smoothness
                : constants.Smoothness.Value,
                StrongConvexity = constants.StrongConvexity.Value
            };
            spec = spec with { Method = spec.Method with { Average = AverageOf(spec, theory) } };
        }
        IDescribed algorithm = Build(settings, spec, planned, theory is not null);
        List<string> values = [];
        if (CompressionText.Of<double>(settings, risk.Dimension) is { } travels) values.Add(travels);
        if (entry.Step is not null) values.Add($"η₀ = {Text.Number(settings.StepSize.Next(new StepInfo(0)))} ({etaWhy})");
        foreach (MethodParameter p in entry.Parameters)
            if (!double.IsNaN(settings[p.Name]) && settings.Uses(p))
            {
                string whence = spec.Method.Numbers.ContainsKey(p.Name) ? "given"
                    : settings.Given.ContainsKey(p.Name) ? "theory"
                    : "default";
                values.Add($"{p.Symbol} = {Text.Number(settings[p.Name])} ({whence})");
            }
        if (stochastic)
            values.Add(
                $"batch {batch}, order {InWords(sampling.Order)}, {Text.Plural(perEpoch, "step")} an epoch");
        if (entry.Step is not null && settings.StepSize.BestEnd(planned) is var end && end < planned)
            values.Add($"ends after {Text.Plural(end, "step")}, with the last whole phase");
        int threads = risk.Options.Workers?.Count ?? 1;
        values.Add($"seed {spec.Seed}, {Text.Plural(threads, "thread")}");
        if (entry.Races is { } races && threads > 1) values.Add($"not deterministic: {races}");
        if (theory is null && stochastic && entry.Step is not null && !entry.ReducesVariance)
            values.Add("Robbins–Monro: " + RobbinsMonro.Check(settings.StepSize).Sentence);
        return new Plan
        {
            Method = method,
            Why = why,
            Entry = entry,
            Recursion = algorithm.Recursion,
            Averaged = AverageOf(settings, spec, planned) is not null,
            Values = values,
            Constants = constants,
            StepSize = eta,
            Batch = batch,
            MaxSteps = stochastic || spec.Budget.Steps is not null || entry.Step is not null ? planned
                : spec.Budget.Epochs is not null ? long.MaxValue : entry.Steps,
            MaxGradients = spec.Budget.Epochs is { } e && !(stochastic && entry.GradientsPerExample == 1) ? (long)Math.Ceiling(e * n)
                : long.MaxValue,
            TraceEvery = stochastic ? perEpoch * Math.Max(1, steps / perEpoch / 300) : data.Entries > 20_000_000 ? 5 : 1,
            TraceFrom = stochastic && data.Entries > 200_000 ? Math.Max(1, perEpoch / 16) : 1,
            TracePoints = data.Entries > 200_000 ? 16 : 128,
            GapTolerance = spec.Budget.Gap is > 0 and var asked ? asked : RunsOut(spec) ? 0
                : entry.Gap > 0 && risk.Dimension > MethodChoice.LargestMatrix ? Math.Max(entry.Gap, 1e-7) : entry.Gap,
            IsStochastic = stochastic && !entry.ReducesVariance,
            Algorithm = algorithm,
            Theory = theory,
            Draws = stochastic,
            PlainSteps = theory is not null && risk.NonSmooth is null && TakesPlainSteps(settings),
            SampledSmoothness = settings.Smoothness,
            StableStep = StableStep(settings),
            DefaultStep = entry.Step?.Of(settings) ?? double.NaN,
        };
    }

    internal static double StableStep(MethodSettings s) => s.Entry.Step is { FromSmoothness: true } ? s.Entry.StableStep(s) : double.NaN;

    // An option that the method does not have is a misunderstanding, not something to pass over.
    static void RequireMeaning(FitSpec spec, CatalogueEntry entry, ModelFamily model)
    {
        void Only(bool given, string option, bool fits, string where)
        {
            if (given && !fits)
                throw new FitException($"{option} means nothing to {where}. Leave it out, or choose a method or model that has it.");
        }
        string m = $"`Method = {entry.Name}`";
        Only(spec.Method.StepSize is not null, "`StepSize`", entry.Step is not null, m);
        Only(spec.Method.Schedule is not null, "`Schedule`", entry.Step is not null
            || (spec.Method.Schedule is { IsTheory: true } && TheoryPick.About(entry.Name).Count > 0), m);
        Only(spec.Method.Batch is not (null or MethodSpec.Full), "`Batch`", entry.CanSample, m);
        Only(spec.Method.Order is not null, "`Order`", entry.CanSample && spec.Method.Batch != MethodSpec.Full, m);
        foreach (var (name, value) in spec.Method.Numbers)
        {
            MethodParameter? number = entry.Parameters.FirstOrDefault(p => p.Name == name);
            Only(true, Number(name), number is not null, m);
            if (!number!.Allows(value))
                throw new FitException(
                    FormattableString.Invariant($"{Number(name)} is {value}; expected {number.Symbol} of {entry.Name} in {number.Range}."));
        }
        Only(spec.Model.Quantile is not null, "`Quantile`", model.Own == FamilyNumber.Quantile, $"`Family = {model}`");
        Only(spec.Model.EstimatesDispersion, "`Dispersion = estimated`",
            model.MayEstimateDispersion, $"`Family = {model}`"
            + (model.EstimatesDispersion ? ", whose dispersion is always estimated" : ""));
        bool robust = spec.Model.Robust is not null;
        Only(robust || spec.Data.Cluster is not null, robust ? "`Robust`" : "`Cluster`", model.NoSandwich is null,
            $"`Family = {model}`, which {model.NoSandwich}");
        Only(spec.Model.Robust is RobustErrors.HC2 or RobustErrors.HC3, $"`Robust = {spec.Model.Robust.ToString()?.ToLowerInvariant()}`",
            model.NoLeverage is null, $"`Family = {model}`, {model.NoLeverage}");
        Only(spec.Model.Threshold is not null, "`Threshold`", model.Own == FamilyNumber.Threshold, $"`Family = {model}`");
        if (spec.Model.L1 > 0 && !entry.Proximal)
            throw new FitException($"`L1` makes the objective non-smooth, which {m} cannot handle. Methods that can: "
                + $"{string.Join(", ", Catalogue.All.Where(e => e.Proximal).Select(e => e.Name))}; or auto.");
        bool kinks = model.HasKinks;
        if (entry.Needs == Needs.PiecewiseLinear && !kinks)
            throw new FitException($"{m} solves absolute, quantile and hinge fits; for {model} use newton or lbfgs.");
        if (kinks && !entry.Subgradients)
            throw new FitException($"{m} needs a differentiable loss; {model} has kinks. Use interior-point, averaged-sgd or auto.");
    }

    static string InWords(SampleOrder order) => order switch
    {
        SampleOrder.Shuffle => "shuffled every epoch",
        SampleOrder.ShuffleOnce => "shuffled once",
        SampleOrder.Sequential => "as in the file",
        SampleOrder.Blocks => "in blocks, shuffled every epoch",
        _ => "with replacement",
    };

    static IDescribed Build(MethodSettings settings, FitSpec spec, long steps, bool keepsSums)
    {
        IDescribed algorithm;
        try
        {
            algorithm = settings.Build();
        }
        catch (ArgumentException e)
        {
            throw new FitException(e.Message);
        }
        CompressionText.RequireUse(settings, algorithm);
        if (keepsSums) algorithm = KeepingSums(algorithm);
        Averaging? average = AverageOf(settings, spec, steps);
        if (average is null) return algorithm;
        return algorithm switch
        {
            IMethod<double, IStochasticOracle<double>> s => new Averaged<double, IStochasticOracle<double>>(s, average),
            IMethod<double, IFiniteSumOracle<double>> f when settings.Entry.CanSample
                || settings.Entry.Step is not null => new Averaged<double, IFiniteSumOracle<double>>(f, average),
            IMethod<double, IGradientOracle<double>> g when settings.Entry.Step is not null => new Averaged<double,
                IGradientOracle<double>>(g, average),
            _ => throw new FitException($"`Average` does not fit `Method = {settings.Entry.Name}`, whose last iterate is its best."),
        };
    }

    static Averaging? AverageOf(MethodSettings settings, FitSpec spec, long steps) =>
        spec.Method.Average is { } asked ? asked.Over(steps) : settings.Entry.Average;

    static int BatchOf(FitSpec spec, CatalogueEntry entry, int n) => Math.Min(n, spec.Method.Batch ?? entry.Batch);

    // Rows beyond the memory that was allowed are visited where they lie, block after block.
    static SampleOrder OrderOf(FitSpec spec, CatalogueEntry entry, LoadedData data) => spec.Method.Order
        ?? (data.IsOutOfCore && entry.Order is SampleOrder.Shuffle ? SampleOrder.Blocks : entry.Order);

    internal static SampleOrder OrderOf(FitSpec spec, CatalogueEntry entry) => spec.Method.Order ?? entry.Order;

    /// <summary>A number of a method as a setting.</summary>
    internal static string Number(string name) => $"`Numbers.{name}`";

    // Smoothness of a batch gradient in mean: between that of one example (B = 1) and that of the sum.
    static double BatchSmoothness(ProblemConstants c, int batch, int n) =>
        c.Smoothness.Value + ((c.SampleSmoothness.Value - c.Smoothness.Value) / batch * (n - batch) / Math.Max(1, n - 1.0));

    static (double Eta, string Why) StepSizeOf(FitSpec spec, MethodSettings settings)
    {
        if (spec.Method.StepSize is { } given) return (given, "given");
        if (settings.Entry.Step is not { } step) return (double.NaN, "");
        string l = settings.Sampling is null ? "H" : "H of a batch";
        // Columns whose squares leave the range: no step size follows from such an H, and the run is to say so by its course.
        if (step.FromSmoothness && !(step.Of(settings) is > 0 and < double.PositiveInfinity))
            return (1, $"{l} is out of the range of doubles, so that no step size follows from it; scale the "
                + $"columns or give `StepSize`");
        return (step.Of(settings), step.FromSmoothness ? $"{step.Why}, {l} ≈ {Text.Number(settings.Smoothness)}" : step.Why);
    }

    static IStepSize ScheduleOf(FitSpec spec, CatalogueEntry entry, double eta, long perEpoch, long totalSteps, ProblemConstants c,
        MethodSettings settings)
    {
        if (spec.Method.Schedule is { } asked)
            return ScheduleBuilder.Build(asked, eta, perEpoch, totalSteps, c.StrongConvexity.Value, settings.Smoothness,
                settings.Sampling?.Batch ?? settings.Count);
        if (!entry.Decays || spec.Method.StepSize is not null) return new Constant(eta);
        // Decaying steps are what makes plain SGD converge: 1/(μ(t + H/μ)) where the penalty gives a μ, 1/√t otherwise.
        if (c.Penalty > 0 && settings.Entry.Average is null) return new StronglyConvex(c.Penalty, settings.Smoothness);
        return new Power(eta, 0.5);
    }

    // Some five million gradients take a second; small data sets get more passes for it.
    static double DefaultEpochs(CatalogueEntry entry, int n) =>
        entry.ReducesVariance ? 900 : entry.CanSample ? Math.Clamp(5_000_000 / n, 30, 300) : 10_000;
}
