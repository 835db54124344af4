namespace Descent;

/// <summary>What every search over a box asks of its box and budget.</summary>
static class AnnealingCheck
{
    public static void Box(double[] low, double[] high, AnnealingOptions o, int chains)
    {
        ArgumentNullException.ThrowIfNull(low);
        ArgumentNullException.ThrowIfNull(high);
        if (low.Length == 0 || low.Length != high.Length)
            throw new ArgumentException(
                $"a box needs as many upper as lower bounds, at least one; got {low.Length} lower and {high.Length} upper.");
        for (int j = 0; j < low.Length; j++)
            if (!(low[j] < high[j]) || !double.IsFinite(high[j] - low[j]))
                throw new ArgumentException(FormattableString.Invariant(
                    $"coordinate {j + 1} of the box runs from {low[j]} to {high[j]}; give finite bounds, the lower one first."));
        foreach (int j in o.Integers)
        {
            if (j < 0 || j >= low.Length)
                throw new ArgumentException($"there is no coordinate {j + 1} to hold integers; the box has {low.Length}.");
            if (Math.Ceiling(low[j]) > Math.Floor(high[j]))
                throw new ArgumentException(FormattableString.Invariant(
                    $"coordinate {j + 1} is to be an integer, and there is none from {low[j]} to {high[j]}; widen the box."));
        }
        long least = (long)chains * (low.Length + 2);
        if (o.Evaluations is { } n && n < least)
            throw new ArgumentException($"a run in {low.Length} coordinates needs at least {least} evaluations; got {n}.");
        if (o.Depth is { } c && !(c > 0 && double.IsFinite(c)))
            throw new ArgumentException(FormattableString.Invariant($"the depth c must be positive and finite; got {c}."));
    }
}
