using Descent.Algorithms;
using Descent.Rules;
using Descent.StepSizes;

namespace Descent.Guarantees;

/// <summary>A theorem as an object: its assumptions, the step sizes it prescribes, and its bound as a function of the horizon.</summary>
/// <param name="Id">Id in the catalogue of the notes, G1 … G30; letters of its own for bounds from the literature.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Method">Name in the catalogue of methods; empty when it speaks of a point, or of a method that is not a fit's.</param>
/// <param name="Source">Where it comes from, with what was corrected.</param>
/// <param name="Measure">What it bounds.</param>
public sealed record Guarantee(string Id, string Title, string Method, string Source, GuaranteeMeasure Measure)
{
    readonly string? words;

    /// <summary>The prescribed step size, as a formula.</summary>
    public required string StepFormula { get; init; }

    /// <summary>The bound, as a formula.</summary>
    public required string BoundFormula { get; init; }

    /// <summary>What it assumes.</summary>
    public required IReadOnlyList<Assumption> Assumptions { get; init; }

    /// <summary>The prescription for a situation.</summary>
    public required Func<Situation, Prescription> Prescribe
    {
        get;
        init => field = s => Prescription.OrNone(value, s);
    }

    /// <summary>The bound in a situation under given step sizes; NaN when a constant it needs is unknown.</summary>
    public required Func<Situation, Prescription, double> BoundUnder { get; init; }

    /// <summary>The largest step size that a prescription leads to; the first one unless steps are scaled by gradients.</summary>
    public Func<Prescription, double> LargestStep { get; init; } = p => p.Eta;

    /// <summary>Whether the bound also holds under other step sizes, and if so whether under these;
    /// null when it speaks of its own prescription alone.</summary>
    public Func<Situation, IStepSize, Verdict>? Admits { get; init; }

    /// <summary>The bound with the sums that one run has kept in place of constants;
    /// a mean over seeds is meant on both sides. Null when there is none.</summary>
    public Func<Situation, Prescription, RunSums, double>? BoundFromRun { get; init; }

    /// <summary>Single gradients a step costs.</summary>
    public Func<Situation, double> GradientsPerStep { get; init; } = s => s.Batch;

    /// <summary>Whether a mean over the iterates runs over those after each step,
    /// w₂ … w_{T+1}, instead of those before, w₁ … w_T.</summary>
    public bool CountsAfterSteps { get; init; }

    /// <summary>Which average of the iterates the bound speaks about; null for the iterate itself.</summary>
    public AverageKind? Average { get; init; }

    /// <summary>What else belongs to it.</summary>
    public string? Remark { get; init; }

    /// <summary>Whether it is one of the notes' theorems.</summary>
    public bool FromNotes => Id[0] == 'G';

    /// <summary>Whether it speaks of rows never seen, after one pass over rows in an order fixed beforehand;
    /// the others speak of the rows at hand, under draws with replacement.</summary>
    public bool OfUnseenRows { get; init; }

    /// <summary>Whether it prescribes a penalty, and leaves the steps to the method.</summary>
    public bool PrescribesPenalty { get; init; }

    /// <summary>Whether its steps use full gradients.</summary>
    public bool IsDeterministic { get; init; }

    /// <summary>What is bounded, in words.</summary>
    public string MeasureInWords
    {
        get => words ?? Usual;
        init => words = value;
    }

    string Usual => Measure switch
    {
        GuaranteeMeasure.AverageGap when Average == AverageKind.StepSizeWeighted => "gap of the average weighted by η_t",
        GuaranteeMeasure.AverageGap => "mean gap, hence the gap of the averaged iterate",
        GuaranteeMeasure.LastGap => "gap of the last iterate",
        GuaranteeMeasure.SquaredGradient => IsDeterministic ? "mean of ‖∇F‖²" : "mean of E‖∇F‖²",
        GuaranteeMeasure.Gradient => IsDeterministic ? "mean of ‖∇F‖" : "mean of E‖∇F‖",
        GuaranteeMeasure.SquaredDistance => IsDeterministic ? "‖w − w*‖² at the end" : "E‖w − w*‖² at the end",
        GuaranteeMeasure.SecondOrder => "‖∇F‖ at one of the iterates, with its smallest eigenvalue",
        _ => "decrease of F in a step",
    };

    /// <summary>The bound under its own prescription.</summary>
    public double Bound(Situation situation) => BoundUnder(situation, Prescribe(situation));

    /// <summary>What is known of its assumptions, each with the reason;
    /// under its own prescription unless the situation names the largest step.</summary>
    public IReadOnlyList<(Assumption Assumption, Verdict Verdict)> Check(Situation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        Situation s = double.IsNaN(situation.LargestStep) ? situation with { LargestStep = LargestStep(Prescribe(situation)) } : situation;
        return [.. Assumptions.Select(a => (a, a.Judge(s)))];
    }

    /// <summary>The worst of the assumptions' standings: violated before unknown before assumed before holds.
    /// Only the last two allow a promise.</summary>
    public Standing StandingIn(Situation situation) =>
        Check(situation).Select(c => c.Verdict.Standing).DefaultIfEmpty(Standing.Holds).MaxBy(Badness);

    /// <summary>The largest step size of a schedule over a horizon; ∞ when the steps follow the gradients.</summary>
    public static double LargestOf(IStepSize stepSize, long steps) => Course.Of(stepSize, steps).Largest;

    static int Badness(Standing s) => s switch
    {
        Standing.Holds => 0,
        Standing.Assumed => 1,
        Standing.Unknown => 2,
        _ => 3,
    };

    /// <summary>Bound on a gap that follows from the bound on the measure:
    /// itself, or ‖∇F‖²/(2μ) by strong convexity (G17); NaN when none follows.</summary>
    public double GapFrom(Situation situation, double bound)
    {
        ArgumentNullException.ThrowIfNull(situation);
        return Measure switch
        {
            GuaranteeMeasure.AverageGap or GuaranteeMeasure.LastGap => bound,
            GuaranteeMeasure.SquaredGradient when situation.Mu > 0 => bound / (2 * situation.Mu),
            GuaranteeMeasure.SquaredDistance when situation.H < double.PositiveInfinity => bound * situation.H / 2,
            _ => double.NaN,
        };
    }

    /// <summary>The smallest horizon whose bound on the measure is at most ε, by doubling and bisection;
    /// ∞ when there is none below 1e15, NaN when a constant is unknown.</summary>
    public double StepsFor(Situation situation, double accuracy) => Invert(situation, accuracy, (_, b) => b);

    /// <summary>The same for a gap of F.</summary>
    public double StepsForGap(Situation situation, double accuracy) => Invert(situation, accuracy, GapFrom);

    double Invert(Situation situation, double accuracy, Func<Situation, double, double> of)
    {
        const double Most = 1e15;
        ArgumentNullException.ThrowIfNull(situation);
        double At(double t)
        {
            Situation s = situation with { Steps = (long)t };
            return of(s, Bound(s));
        }
        double high = 1;
        while (!(At(high) <= accuracy))
        {
            if (double.IsNaN(At(high)) && high > 8) return double.NaN;
            if (high >= Most) return double.PositiveInfinity;
            high *= 2;
        }
        double low = high / 2;
        while (high - low > Math.Max(1, high * 1e-6))
        {
            double middle = Math.Floor((low + high) / 2);
            if (At(middle) <= accuracy) high = middle;
            else low = middle;
        }
        return Math.Max(1, high);
    }
}
