using Descent.Numerics;

namespace Descent;

/// <summary>
/// Minimises f over a box (M40) by K chains at temperatures that stay (<see cref="Ladder"/>). After every round of one proposal each,
/// neighbours, pairs beginning with the first chain and with the second in turn, change points with probability
/// <c>min(1, e^{(J_a − J_b)(f_a − f_b)})</c>: a point that a cold chain is caught in leaves by way of the hot ones.
/// </summary>
/// <remarks>
/// Proposals are those of <see cref="SimulatedAnnealing"/>, from local minimum to local minimum unless
/// <see cref="AnnealingOptions.Polish"/> is false. Then nothing adapts, and the law of the states tends to <c>∏_k p_k(x_k)</c>,
/// <c>p_k ∝ e^{−J_k f}</c>.
/// Every evaluation is counted, the chains take theirs in turn, and the same seed gives the same bits. Memory O(K·d²).
/// Nothing certifies a global minimum. Source: Swendsen and Wang 1986; Geyer 1991; pairs in turn: Syed et al. 2022.
/// </remarks>
public static class ParallelTempering
{
    /// <summary>Minimises <paramref name="f"/> over low ≤ x ≤ high.</summary>
    /// <param name="f">The function.</param>
    /// <param name="low">Lower bounds, d of them.</param>
    /// <param name="high">Upper bounds.</param>
    /// <param name="options">Budget, seed, integers, ladder; null: the defaults, eight chains.</param>
    /// <exception cref="ArgumentException">A box that is empty, not finite or of unequal lengths, a budget below d + 2 for each chain,
    /// a ladder of fewer than two chains, or a schedule, which belongs to a chain that cools.</exception>
    public static AnnealingResult Minimize(Landscape f, double[] low, double[] high, AnnealingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        options ??= new();
        Ladder ladder = options.Ladder ?? new();
        if (ladder.Fault is { } fault) throw new ArgumentException(fault);
        if (options.Cooling != Cooling.Geometric || options.Depth is not null)
            throw new ArgumentException("chains of a ladder keep their temperatures; leave Cooling and Depth out.");
        AnnealingCheck.Box(low, high, options, ladder.Chains);
        return new TemperingRun(new MeteredLandscape(f, low, high, options), options, ladder).Run();
    }
}
