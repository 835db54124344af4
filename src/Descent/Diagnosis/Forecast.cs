using Descent.Runs;

namespace Descent.Diagnosis;

/// <summary>How many single gradients a run needs for an accuracy: read off its trace, or extrapolated from the end of it.</summary>
public static class Forecast
{
    /// <summary>Gradients to a gap, and whether they were met rather than extrapolated; ∞ when the gap does not fall.</summary>
    /// <param name="trace">The run.</param>
    /// <param name="reference">F*, or a lower bound on it.</param>
    /// <param name="gap">F − F* to be reached.</param>
    public static (double Gradients, bool Met) To(IReadOnlyList<TracePoint> trace, double reference, double gap)
    {
        ArgumentNullException.ThrowIfNull(trace);
        foreach (TracePoint p in trace)
            if (p.Value - reference <= gap) return (p.Gradients, true);
        TracePoint[] tail = [.. trace.Where(p => p.Gradients > 0 && double.IsFinite(p.Value) && p.Value > reference)];
        tail = tail[(tail.Length / 2)..];
        if (tail.Length < 3) return (double.PositiveInfinity, false);
        double[] y = [.. tail.Select(p => Math.Log(p.Value - reference))], k = [.. tail.Select(p => (double)p.Gradients)],
            l = [.. k.Select(x => Math.Log(x))];
        // A linear rate is a line in gradients, a sublinear one a line in their logarithm;
        // a short tail fits both, and then the former is the usual case.
        (double slope, double level, double error) = Line(k, y);
        (double power, double at, double other) = Line(l, y);
        double goal = Math.Log(gap);
        double gradients = error < 3 * other ? slope < 0 ? (goal - level) / slope : double.PositiveInfinity
            : power < 0 ? Math.Exp((goal - at) / power) : double.PositiveInfinity;
        return (Math.Max(gradients, k[^1]), false);
    }

    static (double Slope, double Level, double Error) Line(double[] x, double[] y)
    {
        double mx = x.Average(), my = y.Average(), xx = 0, xy = 0, error = 0;
        for (int i = 0; i < x.Length; i++)
        {
            xx += (x[i] - mx) * (x[i] - mx);
            xy += (x[i] - mx) * (y[i] - my);
        }
        double slope = xx > 0 ? xy / xx : 0, level = my - (slope * mx);
        for (int i = 0; i < x.Length; i++) error += (y[i] - level - (slope * x[i])) * (y[i] - level - (slope * x[i]));
        return (slope, level, error);
    }
}
