namespace Descent.Runs;

/// <summary>
/// Tells a run that goes away from one that hovers above its start. Diverging steps multiply F − F(w₁) again and again; noise holds it at a level. So an end above the start is a divergence when
/// F has at least doubled and its rise has more than doubled since the first half of the run, or when the rise is more than ten times F. Neither is said of a start that was
/// already stationary to rounding (‖∇F‖ ≤ 1e-12): there is no measure for what is far from it.
/// </summary>
static class Divergence
{
    /// <summary>Whether the run went away from its start.</summary>
    public static bool Is(IReadOnlyList<TracePoint> trace)
    {
        TracePoint first = trace[0], last = trace[^1];
        double rise = last.Value - first.Value, size = Math.Abs(first.Value);
        if (first.GradientNorm <= 1e-12) return false;
        return (rise > size && Grows(trace)) || rise > 10 * size;
    }

    /// <summary>Whether the rise above the start has more than doubled since the first half of the run.</summary>
    public static bool Grows(IReadOnlyList<TracePoint> trace)
    {
        TracePoint first = trace[0], last = trace[^1];
        double before = 0;
        foreach (TracePoint p in trace)
            if (p.Step <= last.Step / 2) before = Math.Max(before, p.Value - first.Value);
        return last.Value - first.Value > 2 * before;
    }
}
