namespace Descent.StepSizes;

/// <summary>
/// S9 in full: cosine phases of lengths <c>T₁ … T_N</c>, each with its own range; η_min of the last one after them.
/// A run ends with its last whole phase. Source: C 8.1; Loshchilov and Hutter 2017. Cost O(N) a step.
/// </summary>
public sealed class CosinePhases : IStepSize
{
    readonly CosinePhase[] phases;

    /// <summary>The phases in order, at least one.</summary>
    public CosinePhases(params ReadOnlySpan<CosinePhase> phases)
    {
        if (phases.Length == 0) throw new ArgumentException("A schedule of cosine phases needs at least one phase.");
        this.phases = phases.ToArray();
    }

    /// <inheritdoc/>
    public double DecayPower => phases[^1].Min > 0 ? 0 : double.PositiveInfinity;

    /// <inheritdoc/>
    public double Next(in StepInfo now)
    {
        long t = now.Step;
        foreach (CosinePhase p in phases)
        {
            if (t < p.Length) return CosinePhase.At(p.Max, p.Min, (double)t / p.Length);
            t -= p.Length;
        }
        return phases[^1].Min;
    }

    /// <inheritdoc/>
    public long BestEnd(long steps)
    {
        long end = 0;
        foreach (CosinePhase p in phases)
        {
            if (p.Length > steps - end) break;
            end += p.Length;
        }
        return end > 0 ? end : steps;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        "cosine phases: "
        + string.Join("; ", phases.Select(p => FormattableString.Invariant($"{p.Max:G6} to {p.Min:G6} over {p.Length} steps")));
}
