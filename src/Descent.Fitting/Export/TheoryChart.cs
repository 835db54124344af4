using Descent.Guarantees;
using Descent.Reports.Charts;
using Descent.Runs;

namespace Descent.Fitting.Export;

/// <summary>What was measured, over the seeds, under what a theorem promises.</summary>
static class TheoryChart
{
    /// <summary>
    /// Mean and spread over the seeds of what the followed theorem bounds (or of the certified gap), and the bound where one is promised.
    /// </summary>
    public static Chart? Of(RiskFit fit)
    {
        RunResult<double>[] runs = [fit.Run, .. fit.Repeats];
        TheoryChoice? theory = fit.Plan.Theory;
        if (theory?.Guarantee.Measure == GuaranteeMeasure.Decrease || (runs.Length == 1 && theory is null)) return null;
        long[] steps = [.. runs.Select(r => r.Trace.Select(p => p.Step)).Aggregate((a, b) => a.Intersect(b)).Where(s => s > 0).Order()];
        if (steps.Length < 2) return null;
        double[][] curves = theory is null ? Gaps(runs, steps) : [.. runs.Select(r => TheoryMeasure.Of(fit).Curve(r.Trace, steps))];
        double[] x = [.. steps.Select(s => (double)s)], mean = [.. steps.Select((_, i) => curves.Average(c => c[i]))];
        List<Series> series = [];
        if (theory is not null && TheoryText.Refuted(fit) is null && Promised(theory, runs, steps) is { } promised)
            series.Add(new Series($"bound of {theory.Guarantee.Id}", x, promised, Mark.Dashed) { Colour = 3 });
        series.Add(new Series(runs.Length == 1 ? "measured" : $"mean of {runs.Length} seeds", x, mean) { Colour = 0 });
        if (runs.Length > 1)
        {
            series.Add(
                new Series("smallest and largest", x, [.. steps.Select((_, i) => curves.Min(c => c[i]))], Mark.Dashed) { Colour = 0 });
            series.Add(new Series("", x, [.. steps.Select((_, i) => curves.Max(c => c[i]))], Mark.Dashed) { Colour = 0 });
        }
        bool bounded = series[0].Name.StartsWith("bound", StringComparison.Ordinal);
        return new Chart
        {
            Title = theory is null ? "Seeds" : bounded ? $"Measured under the bound of {theory.Guarantee.Id}"
                : $"Measured; {theory.Guarantee.Id} promises nothing here",
            XLabel = "steps",
            YLabel = Label(theory),
            LogX = true,
            LogY = true,
            Width = 520,
            Series = series,
        };
    }

    static string Label(TheoryChoice? theory) =>
        theory?.Guarantee.Measure is GuaranteeMeasure.SquaredGradient or GuaranteeMeasure.Gradient or GuaranteeMeasure.SquaredDistance
            or GuaranteeMeasure.SecondOrder
        ? theory.Guarantee.MeasureInWords
        : "F − F* (from the certified bound)";

    // By constants where they promise, by the runs' own sums otherwise.
    static double[]? Promised(TheoryChoice theory, RunResult<double>[] runs, long[] steps)
    {
        if (theory.Promises) return [.. steps.Select(theory.BoundAt)];
        if (!theory.PromisesFromRun || runs.Any(r => r.Trace[^1].Sums is null)) return null;
        return [.. steps.Select(s => runs.Average(r =>
            theory.Guarantee.BoundFromRun!(theory.Situation, theory.Prescription, r.Trace.First(p => p.Step == s).Sums!.Value)))];
    }

    static double[][] Gaps(RunResult<double>[] runs, long[] steps)
    {
        double bound = runs.SelectMany(r => r.Trace).Max(p => p.LowerBound);
        return [.. runs.Select(r => steps.Select(s => Math.Max(1e-300, r.Trace.First(p => p.Step == s).Value - bound)).ToArray())];
    }
}
