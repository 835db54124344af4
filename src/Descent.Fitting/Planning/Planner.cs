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
        Visits visits = VisitsOf(spec, entry, data);
        MethodSettings settings = SettingsOf(spec, entry, risk, constants, visits) with { PartWorkers = partWorkers };
        if (pilot is not null) pilot = AtRadius(spec, entry, risk, pilot);
        (settings, TheoryChoice? theory, double eta, string etaWhy) = StepsOf(spec, entry, constants, pilot, visits, settings);
        if (theory is not null) (spec, constants, visits, settings) = ByTheory(spec, entry, theory, visits, settings);
        IDescribed algorithm = Build(settings, spec, visits.Planned, theory is not null);
        return new Plan
        {
            Method = method,
            Why = why,
            Entry = entry,
            Recursion = algorithm.Recursion,
            Averaged = AverageOf(settings, spec, visits.Planned) is not null,
            Values = ValuesOf(spec, risk, settings, visits, etaWhy, theory is not null),
            Constants = constants,
            StepSize = eta,
            Batch = visits.Batch,
            MaxSteps = visits.IsSampled || spec.Budget.Steps is not null || entry.Step is not null ? visits.Planned
                : spec.Budget.Epochs is not null ? long.MaxValue : entry.Steps,
            MaxGradients = spec.Budget.Epochs is { } e && !(visits.IsSampled && entry.GradientsPerExample == 1)
                ? (long)Math.Ceiling(e * data.Count) : long.MaxValue,
            TraceEvery = visits.IsSampled ? visits.PerEpoch * Math.Max(1, visits.Steps / visits.PerEpoch / 300)
                : data.Entries > 20_000_000 ? 5 : 1,
            TraceFrom = visits.IsSampled && data.Entries > 200_000 ? Math.Max(1, visits.PerEpoch / 16) : 1,
            TracePoints = data.Entries > 200_000 ? 16 : 128,
            GapTolerance = GapOf(spec, entry, risk.Dimension),
            IsStochastic = visits.IsSampled && !entry.ReducesVariance,
            Algorithm = algorithm,
            Theory = theory,
            Draws = visits.IsSampled,
            PlainSteps = theory is not null && risk.NonSmooth is null && TakesPlainSteps(settings),
            SampledSmoothness = settings.Smoothness,
            StableStep = StableStep(settings),
            DefaultStep = entry.Step?.Of(settings) ?? double.NaN,
        };
    }

    // How often a run visits what. Planned: the steps that are 100 % of a schedule.
    readonly record struct Visits(bool IsSampled, int Batch, Sampling Sampling, long PerEpoch, long Steps, long Planned);

    static Visits VisitsOf(FitSpec spec, CatalogueEntry entry, LoadedData data)
    {
        int n = data.Count;
        bool sampled = entry.CanSample && spec.Method.Batch != MethodSpec.Full;
        if (entry.ReducesVariance && spec.Method.Batch == MethodSpec.Full)
            throw new FitException($"`Batch = full` leaves {entry.Name} no variance to reduce; use `Method = gd`, or a batch size.");
        int batch = sampled ? BatchOf(spec, entry, n) : n;
        Sampling sampling = new(OrderOf(spec, entry, data), sampled ? batch : 1);
        long perEpoch = sampled ? sampling.StepsPerEpoch(n) : 1;
        double epochs = spec.Budget.Epochs ?? DefaultEpochs(entry, n);
        long steps = spec.Budget.Steps ?? (sampled ? (long)Math.Ceiling(epochs * perEpoch / entry.GradientsPerExample) : long.MaxValue);
        long planned = steps != long.MaxValue ? steps : spec.Budget.Epochs is { } given ? (long)Math.Ceiling(given) : entry.Steps;
        return new Visits(sampled, batch, sampling, perEpoch, steps, planned);
    }

    static MethodSettings SettingsOf(FitSpec spec, CatalogueEntry entry, EmpiricalRisk<double> risk, ProblemConstants constants,
        Visits visits) => new(entry)
        {
            Sampling = visits.IsSampled ? visits.Sampling : null,
            Given = spec.Method.Numbers,
            Smoothness = visits.IsSampled ? BatchSmoothness(constants, visits.Batch, risk.Count) : constants.Smoothness.Value,
            SampleSmoothness = constants.SampleSmoothness.Value,
            StrongConvexity = constants.StrongConvexity.Value,
            Count = risk.Count,
            Dimension = risk.Dimension,
            Workers = risk.Options.Workers,
            Compression = spec.Method.Compression,
            Parts = spec.Method.MicroBatches,
        };

    // The theorem's step size where it was asked for, else that of the request or the entry; and the theorem that covers it, if any.
    static (MethodSettings Settings, TheoryChoice? Theory, double Eta, string Why) StepsOf(FitSpec spec, CatalogueEntry entry,
        ProblemConstants constants, PilotRun? pilot, Visits visits, MethodSettings settings)
    {
        if (pilot is not null && spec.Method.TheorySteps
            && TheoryOf(spec, entry, pilot, visits.Planned, visits.Batch) is { } prescribed)
            return (settings with { StepSize = prescribed.Prescription.StepSize }, prescribed, prescribed.Prescription.Eta,
                $"{prescribed.Guarantee.Id}: {prescribed.Guarantee.StepFormula}");
        (double eta, string why) = StepSizeOf(spec, settings);
        if (entry.Step is not null)
            settings = settings with { StepSize = ScheduleOf(spec, entry, eta, visits.PerEpoch, visits.Planned, constants, settings) };
        return (settings, pilot is null ? null : Asked(spec, entry, pilot, visits.Planned, visits.Batch, settings.StepSize), eta, why);
    }

    static (FitSpec Spec, ProblemConstants Constants, Visits Visits, MethodSettings Settings) ByTheory(FitSpec spec, CatalogueEntry entry,
        TheoryChoice theory, Visits visits, MethodSettings settings)
    {
        ProblemConstants constants = theory.Situation.Constants;
        // A single pass in any order that was fixed before is as fresh as draws with replacement.
        SampleOrder order = theory.Situation.Order == SampleOrder.Sequential ? SampleOrder.ShuffleOnce : SampleOrder.Replacement;
        visits = visits with { Sampling = visits.Sampling with { Order = order } };
        settings = settings with
        {
            Sampling = visits.IsSampled ? visits.Sampling : null,
            Given = Merge(spec.Method.Numbers, theory, entry),
            Smoothness = visits.IsSampled ? settings.Smoothness : constants.Smoothness.Value,
            StrongConvexity = constants.StrongConvexity.Value,
        };
        return (spec with { Method = spec.Method with { Average = AverageOf(spec, theory) } }, constants, visits, settings);
    }

    static double GapOf(FitSpec spec, CatalogueEntry entry, int dimension) =>
        spec.Budget.Gap is > 0 and var asked ? asked
        : RunsOut(spec) ? 0
        : entry.Gap > 0 && dimension > MethodChoice.LargestMatrix ? Math.Max(entry.Gap, 1e-7)
        : entry.Gap;

    internal static double StableStep(MethodSettings s) => s.Entry.Step is { FromSmoothness: true } ? s.Entry.StableStep(s) : double.NaN;

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
