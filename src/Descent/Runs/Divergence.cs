namespace Descent.Runs;

/// <summary>
/// Tells a run that goes away from one that hovers above its start. Diverging steps multiply F − F(w₁) again and again;
/// noise holds it at a level. So an end above the start is a divergence when F has at least doubled and its rise has more than doubled
/// since the first half of the run, or when the rise is more than ten times F. A start that was nearly stationary by the run's own measure,
/// ‖∇F‖ at most a thousandth of what was met later, leaves no measure for what is far from it (where F* = 0, any rise is many times F):
/// from there only growth counts, and from a millionth only growth in both halves of the run.
/// Neither is said of a start that was stationary to rounding (‖∇F‖ ≤ 1e-12).
/// </summary>
static class Divergence
{
    const double NearlyStationary = 1e-3, Stationary = 1e-6;

    /// <summary>Whether the run went away from its start.</summary>
    public static bool Is(IReadOnlyList<TracePoint> trace)
    {
        TracePoint first = trace[0], last = trace[^1];
        double rise = last.Value - first.Value, size = Math.Abs(first.Value), steepest = 0;
        if (first.GradientNorm <= 1e-12) return false;
        foreach (TracePoint p in trace) steepest = Math.Max(steepest, p.GradientNorm);
        bool grows = rise > size && Grows(trace);
        if (first.GradientNorm <= Stationary * steepest) return grows && Before(trace, 2) > 2 * Before(trace, 4) && Before(trace, 4) > 0;
        return grows || (rise > 10 * size && first.GradientNorm > NearlyStationary * steepest);
    }

    /// <summary>Whether the rise above the start has more than doubled since the first half of the run.</summary>
    public static bool Grows(IReadOnlyList<TracePoint> trace) => trace[^1].Value - trace[0].Value > 2 * Before(trace, 2);

    // The largest rise above the start in the first of so many parts of the run.
    static double Before(IReadOnlyList<TracePoint> trace, int parts)
    {
        double before = 0;
        foreach (TracePoint p in trace)
            if (p.Step <= trace[^1].Step / parts) before = Math.Max(before, p.Value - trace[0].Value);
        return before;
    }
}
