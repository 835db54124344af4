using Descent.Oracles;

namespace Descent.Testing;

/// <summary>
/// D3 as its theorem sees it: <c>w ← w − η·d·∇ℓ(w_{t−k}, z)[j]·eⱼ</c>, j uniform, z fresh, the delay k uniform on 0 … τ and independent of
/// both. Source: C 19.1, algorithm 15 with the factor d that its proof uses.
/// </summary>
public sealed class StaleCoordinateSimulator
{
    readonly IStochasticOracle<double> oracle;
    readonly double eta;
    readonly Draws draws;
    readonly double[][] history;
    readonly double[] gradient;
    readonly ulong key;
    long step;

    /// <summary>Starts at a point.</summary>
    /// <param name="oracle">The objective.</param>
    /// <param name="start">w₁, length d.</param>
    /// <param name="eta">η.</param>
    /// <param name="staleness">τ ≥ 0.</param>
    /// <param name="draws">Random numbers.</param>
    public StaleCoordinateSimulator(IStochasticOracle<double> oracle, ReadOnlySpan<double> start, double eta, int staleness, Draws draws)
    {
        ArgumentNullException.ThrowIfNull(oracle);
        ArgumentNullException.ThrowIfNull(draws);
        ArgumentOutOfRangeException.ThrowIfNegative(staleness);
        Guard.Length("The start", oracle.Dimension, start.Length);
        (this.oracle, this.eta, this.draws) = (oracle, eta, draws);
        history = new double[staleness + 1][];
        for (int k = 0; k < history.Length; k++) history[k] = start.ToArray();
        gradient = new double[start.Length];
        key = draws.NextWord();
    }

    /// <summary>w.</summary>
    public ReadOnlySpan<double> Point => history[step % history.Length];

    /// <summary>Takes one step: one coordinate moves by a gradient at a point some steps old.</summary>
    public void Advance()
    {
        int d = gradient.Length;
        double[] now = history[step % history.Length], next = history[(step + 1) % history.Length];
        double[] read = history[(step - draws.NextIndex((int)Math.Min(step + 1, history.Length))) % history.Length];
        oracle.Gradient(read, new Sample(SampleOrder.Replacement, key, step, 1), gradient);
        int j = draws.NextIndex(d);
        double moved = now[j] - (eta * d * gradient[j]);
        now.CopyTo(next, 0);
        next[j] = moved;
        step++;
    }
}
