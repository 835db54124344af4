using Descent.Cli.Fitting;
using Descent.Guarantees;
using Descent.Reports.Charts;
using Descent.Runs;

namespace Descent.Cli.Output;

/// <summary>What was measured, over the seeds, under what a theorem promises.</summary>
static class TheoryChart
{
    /// <summary>Mean and spread over the seeds of what the followed theorem bounds (or of the certified gap), and the bound.</summary>
    public static Chart? Of(FitResult fit)
    {
        RunResult<double>[] runs = [fit.Run, .. fit.Repeats];
        TheoryChoice? theory = fit.Plan.Theory;
        if (runs.Length == 1 && theory is null) return null;
        double bound = runs.SelectMany(r => r.Trace).Max(p => p.LowerBound);
        long[] steps = [.. runs.Select(r => r.Trace.Select(p => p.Step)).Aggregate((a, b) => a.Intersect(b)).Where(s => s > 0).Order()];
        if (steps.Length < 2) return null;
        List<double> mean = [], low = [], high = [], promised = [];
        double[][] curves = [.. runs.Select(r => Curve(r.Trace, steps, theory?.Guarantee.Measure ?? GuaranteeMeasure.LastGap, bound))];
        for (int i = 0; i < steps.Length; i++)
        {
            mean.Add(curves.Average(c => c[i]));
            low.Add(curves.Min(c => c[i]));
            high.Add(curves.Max(c => c[i]));
            promised.Add(theory?.BoundAt(steps[i]) ?? double.NaN);
        }
        double[] x = [.. steps.Select(s => (double)s)];
        List<Series> series = [];
        if (theory is not null) series.Add(new Series($"bound of {theory.Guarantee.Id}", x, promised, Mark.Dashed) { Colour = 3 });
        series.Add(new Series(runs.Length == 1 ? "measured" : $"mean of {runs.Length} seeds", x, mean) { Colour = 0 });
        if (runs.Length > 1)
        {
            series.Add(new Series("smallest and largest", x, low, Mark.Dashed) { Colour = 0 });
            series.Add(new Series("", x, high, Mark.Dashed) { Colour = 0 });
        }
        string what = theory?.Guarantee.Measure is GuaranteeMeasure.SquaredGradient or GuaranteeMeasure.Gradient ? theory.Guarantee.MeasureInWords : "F − F* (from the certified bound)";
        return new Chart { Title = theory is null ? "Seeds" : $"Measured under the bound of {theory.Guarantee.Id}", XLabel = "steps", YLabel = what, LogX = true, LogY = true, Width = 620, Series = series };
    }

    /// <summary>The measured value at the end, as a mean over the seeds.</summary>
    public static double AtEnd(FitResult fit)
    {
        RunResult<double>[] runs = [fit.Run, .. fit.Repeats];
        double bound = runs.SelectMany(r => r.Trace).Max(p => p.LowerBound);
        return runs.Average(r => Curve(r.Trace, [r.Trace[^1].Step], fit.Plan.Theory!.Guarantee.Measure, bound)[0]);
    }

    // Means over the iterates are taken from the trace: every point stands for the steps since the last.
    static double[] Curve(IReadOnlyList<TracePoint> trace, long[] steps, GuaranteeMeasure measure, double bound)
    {
        double[] values = new double[steps.Length];
        double sum = 0;
        long before = 0;
        int at = 0;
        foreach (TracePoint p in trace)
        {
            double own = measure switch
            {
                GuaranteeMeasure.SquaredGradient => p.GradientNorm * p.GradientNorm,
                GuaranteeMeasure.Gradient => p.GradientNorm,
                _ => Math.Max(1e-300, p.Value - bound),
            };
            sum += own * (p.Step - before);
            before = p.Step;
            if (at >= steps.Length || p.Step != steps[at]) continue;
            values[at++] = measure is GuaranteeMeasure.SquaredGradient or GuaranteeMeasure.Gradient ? sum / Math.Max(1, p.Step) : own;
        }
        return values;
    }
}
