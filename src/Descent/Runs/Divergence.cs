namespace Descent.Runs;

/// <summary>
/// Tells a run that goes away from one that hovers above its start. Diverging steps multiply F − F(w₁) again and again; noise holds it at a level. So an end above the start is a divergence when
/// F has at least doubled and its rise has more than doubled since the first half of the run, or when the rise is more than ten times F at a start that was not already (nearly) stationary.
/// </summary>
static class Divergence
{
    public static bool Is(IReadOnlyList<TracePoint> trace)
    {
        TracePoint first = trace[0], last = trace[^1];
        double rise = last.Value - first.Value, size = Math.Abs(first.Value), before = 0;
        foreach (TracePoint p in trace)
            if (p.Step <= last.Step / 2) before = Math.Max(before, p.Value - first.Value);
        bool grows = rise > size && rise > 2 * before, startsStationary = first.GradientNorm <= 1e-8 * last.GradientNorm;
        return grows || (rise > 10 * size && !startsStationary);
    }
}
