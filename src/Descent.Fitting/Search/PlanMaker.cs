using Descent.Algorithms;
using Descent.Diagnosis;
using Descent.Guarantees;
using Descent.Models.Constants;
using Descent.Models.Linear;
using Descent.Oracles;
using Descent.Runs;

namespace Descent.Fitting.Search;

/// <summary>
/// Which method reaches an accuracy with the fewest gradients: the theorems' horizons from measured constants, and short trial runs, whose
/// traces are extrapolated. The trials take at most <see cref="TrialEpochs"/> epochs and about <see cref="TrialSeconds"/> s each.
/// </summary>
sealed class PlanMaker(FitSpec spec, LoadedData data, double accuracy)
{
    public const int TrialEpochs = 30;
    public const double TrialSeconds = 2;

    static readonly CatalogueEntry[] Usual = [.. Catalogue.All.Where(e => e.Rank > 0).OrderBy(e => e.Rank)];

    readonly List<(string Method, string Why)> refused = [];
    readonly Dictionary<string, ProblemConstants> measured = [];

    /// <summary>Methods that do not fit, with the reason.</summary>
    public IReadOnlyList<(string Method, string Why)> Refused => refused;

    /// <summary>Constants of the objective as the methods without inner scaling see it.</summary>
    public ProblemConstants? Constants { get; private set; }

    /// <summary>Best proved lower bound on F*, and the smallest F met.</summary>
    public double LowerBound { get; private set; } = double.NegativeInfinity;

    public double Best { get; private set; } = double.PositiveInfinity;

    /// <summary>Largest F at a start.</summary>
    public double Start { get; private set; } = double.NegativeInfinity;

    /// <summary>
    /// Whether F falls to next to nothing of what it was, so that a part of it means nothing: classes that can be separated, or a fit
    /// without residuals.
    /// </summary>
    public bool Vanishes => Math.Abs(Best) <= 1e-9 * Math.Abs(Start);

    /// <summary>The gap that is planned for: a part of F*, or of F at the start where F* vanishes beside it.</summary>
    public double Gap => accuracy * Math.Abs(Vanishes ? Start : Best);

    double Reference => Best - LowerBound <= 0.1 * Gap ? LowerBound : Best;

    /// <summary>The methods, fewest expected gradients first.</summary>
    public IReadOnlyList<MethodPlan> Make(IReadOnlyList<string> named, CancellationToken cancel, Action<string>? onStart)
    {
        bool own = named.Count > 0;
        List<(RiskFitter RiskFitter, Plan Plan, CatalogueEntry Entry, long Memory)> ready = [];
        // Without a penalty coordinate descent is a Newton method whose equations are solved less well.
        foreach (string name in own ? named : Usual.Where(e => !e.ForL1 || spec.Model.L1 > 0).Select(e => e.Name))
        {
            CatalogueEntry entry = Catalogue.Find(name)
                ?? throw new FitException($"`Methods` names '{name}', which is not known. 'descent methods' lists them all.");
            try
            {
                RiskFitter fitter = new(Own(entry), data);
                Plan plan = fitter.Prepare();
                ready.Add((fitter, plan, entry, MethodMemory.Of(plan, fitter.Risk!)));
            }
            catch (FitException e)
            {
                refused.Add((entry.Name, e.Message));
            }
        }
        if (ready.Count == 0) throw new FitException("no method fits: " + string.Join(" ", refused.Select(r => r.Why)));
        Pin(cancel);
        List<MethodPlan> plans = [];
        foreach (var (fitter, plan, entry, memory) in ready)
        {
            if (cancel.IsCancellationRequested) break;
            onStart?.Invoke($"trying {entry.Name}");
            try
            {
                plans.Add(Try(fitter, plan, entry, cancel) with { Memory = memory });
            }
            catch (FitException e)
            {
                // What the first step alone finds out.
                refused.Add((entry.Name, e.Message));
            }
        }
        return [.. plans.OrderBy(p => p.ExpectedGradients)
            .ThenBy(p => double.IsNaN(p.BoundGradients) ? double.PositiveInfinity : p.BoundGradients)];
    }

    FitSpec Own(CatalogueEntry entry) => spec with
    {
        Method = spec.Method.For(entry),
        Budget = spec.Budget with
        {
            Gap = accuracy,
            Epochs = spec.Budget.Epochs ?? TrialEpochs,
            Time = spec.Budget.Time
            ?? TimeSpan.FromSeconds(TrialSeconds)
        },
    };

    // F* itself, by the method of choice: gaps are measured from it.
    void Pin(CancellationToken cancel)
    {
        RiskFitter pin =
            new(spec with { Method = new MethodSpec(), Budget = spec.Budget with { Gap = null, Epochs = null, Steps = null } }, data);
        Plan plan = pin.Prepare();
        Note(pin.Run(plan, cancel, null).Run);
        RiskFitter plain = new(spec with { Method = "gd" }, data);
        plain.Scale();
        Constants = measured[plain.ScalingNote] =
            Pilot.Measure(plain.Risk!, ConstantsOf.Risk(plain.Risk!), new double[plain.Risk!.Dimension]);
    }

    void Note(RunResult<double> run)
    {
        if (run.Trace.Count > 0 && double.IsFinite(run.Trace[0].Value)) Start = Math.Max(Start, run.Trace[0].Value);
        foreach (TracePoint p in run.Trace)
        {
            LowerBound = Math.Max(LowerBound, p.LowerBound);
            if (double.IsFinite(p.Value)) Best = Math.Min(Best, p.Value);
        }
    }

    MethodPlan Try(RiskFitter fitter, Plan plan, CatalogueEntry entry, CancellationToken cancel)
    {
        // Methods that scale inside see another problem; there are two at most.
        if (!measured.TryGetValue(fitter.ScalingNote, out ProblemConstants? own))
            measured[fitter.ScalingNote] = own = Pilot.Measure(fitter.Risk!, plan.Constants, new double[fitter.Risk!.Dimension]);
        (TheoryChoice? theory, double bound) = Horizon(entry, AtRadius(entry, fitter.Risk!, own), plan.Batch);
        RunResult<double> run = fitter.Run(plan, cancel, null).Run;
        Note(run);
        (double expected, bool met) = run.Outcome.Kind == OutcomeKind.Diverged ? (double.PositiveInfinity, false)
            : Forecast.To(run.Trace, Reference, Gap);
        // A proved horizon is a better promise than an extrapolation beyond it.
        if (bound < expected) expected = bound;
        MethodPlan made = new()
        {
            Entry = entry,
            Plan = plan,
            Theory = theory,
            BoundGradients = bound,
            ExpectedGradients = expected,
            Met = met,
            TrialGradients = run.Gradients,
            Trace = run.Trace,
            SecondsPerGradient = run.Gradients > 0 ? run.Seconds / run.Gradients : double.NaN,
        };
        return made with { Step = StepCost.Of(made, run.Steps, fitter.Risk!.Count, fitter.Risk.Dimension, fitter.Risk.PassParts) };
    }

    static ProblemConstants AtRadius(CatalogueEntry entry, EmpiricalRisk<double> risk, ProblemConstants own) =>
        entry.Parameters.Any(p => p.Name == "radius") && own.Distance.IsKnown
        ? Pilot.Within(risk, own, own.Distance.Value * (entry.IsInBox ? Math.Sqrt(risk.Dimension) : 1))
        : own;

    // The theorem with the smallest horizon; its count is a promise, and given, only where every assumption holds.
    (TheoryChoice? Theory, double Gradients) Horizon(CatalogueEntry entry, ProblemConstants constants, double batch)
    {
        TheoryChoice? best = null;
        double least = double.NaN;
        int standing = int.MaxValue;
        foreach (Guarantee g in TheoryPick.About(entry.Name))
        {
            Situation s = new(constants, 1, g.IsDeterministic ? 1
                : Math.Max(1, Math.Min(batch, constants.Count)))
            { Order = SampleOrder.Replacement, Radius = constants.Distance.Value };
            double steps = g.StepsForGap(s, Gap);
            if (!double.IsFinite(steps)) continue;
            TheoryChoice choice = new(g, s with { Steps = (long)steps }, g.Prescribe(s with { Steps = (long)steps }));
            int rank = choice.Standing switch { Standing.Holds => 0, Standing.Unknown => 1, _ => 2 };
            double gradients = steps * g.GradientsPerStep(choice.Situation);
            if (rank > standing || (rank == standing && gradients >= least)) continue;
            (best, least, standing) = (choice, gradients, rank);
        }
        return (best, standing == 0 ? least : double.NaN);
    }
}
