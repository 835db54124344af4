namespace Descent.StepSizes;

/// <summary>
/// S9, cosine with warm restarts: phases of lengths <c>T₁, T₁m, T₁m², …</c>, phase k a cosine from <c>η_max r^k</c> to <c>η_min r^k</c>,
/// k from 0. A run ends with its last whole phase (<see cref="BestEnd"/>). Source: C 8.1; Loshchilov and Hutter 2017.
/// </summary>
/// <param name="First">T₁ ≥ 1 steps.</param>
/// <param name="Times">m ≥ 1.</param>
/// <param name="Max">η_max ≥ 0 of the first phase.</param>
/// <param name="Min">η_min ≥ 0 of the first phase.</param>
/// <param name="Shrink">r in (0, 1], the factor from one phase's range to the next one's.</param>
public sealed record WarmRestarts(long First, double Times, double Max, double Min, double Shrink = 1) : IStepSize
{
    /// <summary>T₁.</summary>
    public long First { get; } = Guard.AtLeast("The first phase", First, 1, nameof(WarmRestarts));

    /// <summary>m.</summary>
    public double Times { get; } = Guard.Length("The factor of the phases", Times, nameof(WarmRestarts));

    /// <summary>η_max of the first phase.</summary>
    public double Max { get; } = Guard.StepSize("η_max", Max, nameof(WarmRestarts));

    /// <summary>η_min of the first phase.</summary>
    public double Min { get; } = Guard.StepSize("η_min", Min, nameof(WarmRestarts));

    /// <summary>r.</summary>
    public double Shrink { get; } = Shrink is > 0 and <= 1
        ? Shrink
        : throw new ArgumentOutOfRangeException(null, FormattableString.Invariant($"r must lie in (0, 1]; got {Shrink} (WarmRestarts)."));

    /// <inheritdoc/>
    public double DecayPower => Shrink == 1 && (Min > 0 || Times <= 1) ? 0 : double.NaN;

    /// <inheritdoc/>
    public double Next(in StepInfo now)
    {
        var (begin, length, count) = Phase(now.Step);
        return CosinePhase.At(Max * Math.Pow(Shrink, count), Min * Math.Pow(Shrink, count), (double)(now.Step - begin) / length);
    }

    /// <summary>Number of steps after which the last whole phase within a budget ends; 0 when none fits.</summary>
    public long LastWholePhase(long steps) => Phase(steps).Begin;

    /// <inheritdoc/>
    public long BestEnd(long steps) => LastWholePhase(steps) is > 0 and var end ? end : steps;

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"cosine from {Max:G6} to {Min:G6}, restarted after {First} steps, phases × {Times:G4}")
        + (Shrink < 1 ? FormattableString.Invariant($", ranges × {Shrink:G4}") : "");

    (long Begin, long Length, long Count) Phase(long step)
    {
        long begin = 0, length = First, count = 0;
        while (step - begin >= length)
        {
            double next = Math.Round(length * Times);
            if (next <= length)
            {
                // Phases that no longer grow: the rest is a division.
                long more = (step - begin) / length;
                return (begin + (more * length), length, count + more);
            }
            (begin, count) = (begin + length, count + 1);
            length = next < long.MaxValue / 2 ? (long)next : long.MaxValue;
        }
        return (begin, length, count);
    }
}
