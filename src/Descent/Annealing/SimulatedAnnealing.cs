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
    /// <exception cref="ArgumentException">A box that is empty, not finite or of unequal lengths, a budget below d + 2, or a ladder.
    /// </exception>
    public static AnnealingResult Minimize(Landscape f, double[] low, double[] high, AnnealingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        options ??= new();
        if (options.Ladder is not null)
            throw new ArgumentException("a ladder belongs to parallel tempering; leave it out, or ask ParallelTempering.");
        AnnealingCheck.Box(low, high, options, 1);
        MeteredLandscape metered = new(f, low, high, options);
        return options.Polish ? new AnnealingHops(metered, options, options.Seed).Run()
            : new AnnealingChain(metered, options, options.Seed).Run();
    }
}
