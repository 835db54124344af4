using Descent.Numerics;

namespace Descent;

/// <summary>
/// Minimises f over a box (M40): a proposal x′ is accepted with probability <c>min(1, e^{−J(f(x′) − f(x))})</c>, and J grows.
/// The chain goes from local minimum to local minimum: the best of three jumps of one, two or all coordinates, anywhere or by a step whose
/// logarithm is uniform, is improved by a local search in the coordinates that moved, and then accepted or not. Cycles of growing length
/// begin at a new temperature; sizes and shares of the jumps adapt to what returns and what gains. Without local search the chain is that
/// of Metropolis: jumps of one or two coordinates (density ∝ 1/|δ|, folded at the bounds), and nothing adapts.
/// </summary>
/// <remarks>
/// Every evaluation is counted, those of the local search included. The same seed gives the same bits. Memory O(d²).
/// Nothing certifies a global minimum. Source: Kirkpatrick, Gelatt and Vecchi 1983; Hajek 1988;
/// Szu and Hartley 1987 for heavy tails; Martin, Otto and Felten 1991 for local search between moves.
/// </remarks>
public static class SimulatedAnnealing
{
    /// <summary>Minimises <paramref name="f"/> over low ≤ x ≤ high.</summary>
    /// <exception cref="ArgumentException">A box that is empty, not finite or of unequal lengths, or a budget below d + 2.</exception>
    public static AnnealingResult Minimize(Landscape f, double[] low, double[] high, AnnealingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(low);
        ArgumentNullException.ThrowIfNull(high);
        options ??= new();
        Check(low, high, options);
        MeteredLandscape metered = new(f, low, high, options);
        return options.Polish ? new AnnealingHops(metered, options).Run() : new AnnealingChain(metered, options).Run();
    }

    static void Check(double[] low, double[] high, AnnealingOptions o)
    {
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
        if (o.Evaluations is { } n && n < low.Length + 2)
            throw new ArgumentException($"a run in {low.Length} coordinates needs at least {low.Length + 2} evaluations; got {n}.");
        if (o.Depth is { } c && !(c > 0 && double.IsFinite(c)))
            throw new ArgumentException(FormattableString.Invariant($"the depth c must be positive and finite; got {c}."));
    }
}
