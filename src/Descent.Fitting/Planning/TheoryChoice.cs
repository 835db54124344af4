using Descent.Guarantees;
using Descent.Models.Constants;

namespace Descent.Fitting.Planning;

/// <summary>
/// A guarantee chosen for a method on a problem, with the step sizes it is asked about. It promises only where every assumption is proved,
/// or vouched for.
/// </summary>
sealed record TheoryChoice(Guarantee Guarantee, Situation Situation, Prescription Prescription)
{
    IReadOnlyList<(Assumption Assumption, Verdict Verdict)>? checks;

    /// <summary>The look at the optimum that the constants come from.</summary>
    public PilotRun? Pilot { get; init; }

    /// <summary>Whether the step sizes are the user's and not the theorem's own.</summary>
    public bool ForeignSteps { get; init; }

    /// <summary>The assumptions, each with its verdict; that on step sizes last, when they are not the theorem's own.</summary>
    public IReadOnlyList<(Assumption Assumption, Verdict Verdict)> Checks =>
        checks ??= Judge(Guarantee, Situation, Prescription, ForeignSteps);

    /// <summary>The worst standing.</summary>
    public Standing Standing => Worst(Checks);

    /// <summary>Whether a bound is promised.</summary>
    public bool Promises => Standing is Standing.Holds or Standing.Assumed
        && double.IsFinite(Guarantee.BoundUnder(Situation, Prescription));

    /// <summary>Whether the bound by the run's own sums is promised, which needs no bound on gradients.</summary>
    public bool PromisesFromRun => Guarantee.BoundFromRun is not null
        && Worst(Checks.Where(c => c.Assumption.Symbol is not ("G" or "G_ℓ"))) is Standing.Holds or Standing.Assumed;

    /// <summary>What is open or violated.</summary>
    public IEnumerable<(Assumption Assumption, Verdict Verdict)> Open =>
        Checks.Where(c => c.Verdict.Standing is Standing.Unknown or Standing.Violated);

    /// <summary>What is taken on the user's word.</summary>
    public IEnumerable<string> Vouched => Checks.Where(c => c.Verdict.Standing == Standing.Assumed).Select(c => c.Assumption.Text)
        .Distinct();

    /// <summary>The bound after some steps.</summary>
    public double BoundAt(long steps) => Guarantee.BoundUnder(Situation with { Steps = Math.Max(1, steps) }, Prescription);

    /// <summary>
    /// What double precision can resolve of the measure here: a theorem is about exact arithmetic, and below this no run can follow it.
    /// </summary>
    public double Resolution
    {
        get
        {
            const double Unit = 1e-14;
            double level = Pilot is { } p && double.IsFinite(p.Value)
                ? Math.Abs(p.Value) + (double.IsFinite(Situation.Delta) ? Situation.Delta : 0) : 1;
            double condition = Situation.Mu > 0 ? Situation.Constants.SampleSmoothness.Value / Situation.Mu : 1;
            double length = (Pilot is null ? 0 : Vectors.Norm<double>([.. Pilot.Point])) + 1e-300, away = Unit * condition * length;
            return Guarantee.Measure switch
            {
                GuaranteeMeasure.SquaredDistance => away * away,
                GuaranteeMeasure.SquaredGradient => Math.Pow(Situation.Constants.SampleSmoothness.Value * away, 2),
                GuaranteeMeasure.Gradient or GuaranteeMeasure.SecondOrder => Situation.Constants.SampleSmoothness.Value * away,
                _ => Unit * level,
            };
        }
    }

    static List<(Assumption Assumption, Verdict Verdict)> Judge(Guarantee g, Situation s, Prescription p, bool foreign)
    {
        if (!foreign) return [.. g.Check(s with { LargestStep = g.LargestStep(p) })];
        Verdict steps = g.Admits is { } admits ? admits(s, p.StepSize)
            : Verdict.Violated($"{g.Id} speaks of its own step sizes alone: {g.StepFormula}");
        return [.. g.Check(s with { LargestStep = Guarantee.LargestOf(p.StepSize, s.Steps) }),
            (new Assumption("step sizes that it covers", _ => steps), steps)];
    }

    static Standing Worst(IEnumerable<(Assumption Assumption, Verdict Verdict)> checks)
    {
        Standing worst = Standing.Holds;
        foreach (var (_, verdict) in checks)
        {
            if (verdict.Standing == Standing.Violated) return Standing.Violated;
            if (verdict.Standing == Standing.Unknown || (verdict.Standing == Standing.Assumed && worst == Standing.Holds))
                worst = verdict.Standing;
        }
        return worst;
    }
}
