namespace Descent.StepSizes;

/// <summary>
/// S9, cosine with warm restarts: phases of lengths <c>T₁, T₁m, T₁m², …</c>, each a cosine from η_max to η_min. The result is best taken at the end of a whole
/// phase (<see cref="LastWholePhase"/>). Source: C 8.1; Loshchilov and Hutter 2017.
/// </summary>
/// <param name="First">T₁ ≥ 1 steps.</param>
/// <param name="Times">m ≥ 1.</param>
/// <param name="Max">η_max &gt; 0.</param>
/// <param name="Min">η_min ≥ 0.</param>
public sealed record WarmRestarts(long First, double Times, double Max, double Min) : IStepSize
{
    /// <inheritdoc/>
    public double DecayPower => Min > 0 || Times <= 1 ? 0 : double.NaN;

    /// <inheritdoc/>
    public double Next(in StepInfo now)
    {
        var (begin, length) = Phase(now.Step);
        return Min + (0.5 * (Max - Min) * (1 + Math.Cos(Math.PI * (now.Step - begin) / length)));
    }

    /// <summary>Number of steps after which the last whole phase within a budget ends; 0 when none fits.</summary>
    public long LastWholePhase(long steps)
    {
        var (begin, _) = Phase(steps);
        return begin;
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"cosine from {Max:G6} to {Min:G6}, restarted after {First} steps, phases × {Times:G4}");

    (long Begin, long Length) Phase(long step)
    {
        long begin = 0, length = Math.Max(1, First);
        while (step - begin >= length)
        {
            begin += length;
            length = Math.Max(1, (long)Math.Round(length * Math.Max(1, Times)));
        }
        return (begin, length);
    }
}
