using Descent.Algorithms;
using Descent.Guarantees;
using Descent.Runs;

namespace Descent.Fitting.Export;

/// <summary>
/// What a guarantee bounds, measured along runs: gaps with gaps, gradients with gradients, distances with distances. Means over the
/// iterates are taken from the looks, each of which stands for the steps up to the next (or, where a theorem counts after the steps, since
/// the last).
/// </summary>
sealed record TheoryMeasure(TheoryChoice Theory, IReadOnlyList<RunResult<double>> Runs)
{
    /// <summary>Of the run of a fit and its repeats.</summary>
    public static TheoryMeasure Of(RiskFit fit) => new(fit.Plan.Theory!, [fit.Run, .. fit.Repeats]);

    /// <summary>Fewest steps that any of the runs took.</summary>
    public long Steps => Runs.Min(r => r.Steps);

    // Best proved lower bound on F*, and the smallest F met: F* lies between.
    double Lower => Math.Max(Theory.Pilot?.LowerBound ?? double.NegativeInfinity, Runs.SelectMany(r => r.Trace).Max(p => p.LowerBound));

    double Upper => Math.Min(Theory.Pilot?.Value ?? double.PositiveInfinity, Runs.SelectMany(r => r.Trace)
        .Where(p => double.IsFinite(p.Value)).Min(p => p.Value));

    /// <summary>
    /// Mean over the runs at their ends, its standard error (NaN for one run), and the same from below: what is surely there.
    /// </summary>
    public (double Mean, double Error, double AtLeast) AtEnd()
    {
        double[] ends = [.. Runs.Select(r => Curve(r.Trace, [r.Trace[^1].Step])[0])];
        double mean = ends.Average(), error = ends.Length < 2 ? double.NaN
            : Math.Sqrt(ends.Sum(e => (e - mean) * (e - mean)) / (ends.Length - 1) / ends.Length);
        // A gap is measured from a lower bound on F*: it may be smaller by as much as F* may be above it.
        double doubt = Theory.Guarantee.Measure is GuaranteeMeasure.AverageGap or GuaranteeMeasure.LastGap && double.IsFinite(Lower)
            ? Math.Max(0, Upper - Lower) : 0;
        return (mean, error, mean - doubt);
    }

    /// <summary>The measured value at some steps that the trace has.</summary>
    public double[] Curve(IReadOnlyList<TracePoint> trace, long[] steps)
    {
        double[] values = new double[steps.Length];
        double sum = 0, least = double.PositiveInfinity, below = double.IsFinite(Lower) ? Lower : Upper;
        Guarantee g = Theory.Guarantee;
        bool mean = IsMean(g);
        for (int k = 0, at = 0; k < trace.Count && at < steps.Length; k++)
        {
            TracePoint p = trace[k];
            double own = Value(g.Measure, p, below);
            if (p.Step > 0) least = Math.Min(least, own);
            long since = k == 0 ? 0 : p.Step - trace[k - 1].Step;
            if (k > 0) sum += since * (g.CountsAfterSteps ? own : Value(g.Measure, trace[k - 1], below));
            if (p.Step != steps[at]) continue;
            values[at++] = mean ? p.Step > 0 ? sum / p.Step : own : g.Measure == GuaranteeMeasure.SecondOrder ? least : own;
        }
        return values;
    }

    // The averaged iterate is reported where a theorem bounds its gap, so that it is a value and not a mean of values.
    static bool IsMean(Guarantee g) => g.Measure is GuaranteeMeasure.SquaredGradient or GuaranteeMeasure.Gradient;

    static double Value(GuaranteeMeasure measure, TracePoint p, double below) => measure switch
    {
        GuaranteeMeasure.SquaredGradient => p.GradientNorm * p.GradientNorm,
        GuaranteeMeasure.Gradient or GuaranteeMeasure.SecondOrder => p.GradientNorm,
        GuaranteeMeasure.SquaredDistance => p.Distance * p.Distance,
        _ => Math.Max(0, p.Value - below),
    };
}
