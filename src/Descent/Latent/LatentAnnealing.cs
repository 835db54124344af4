using Descent.Numerics;

namespace Descent.Latent;

/// <summary>
/// Annealing with latent variables (M41): <c>θ ~ μ(θ) p(x | θ)^J</c> by Gibbs steps on J copies of the hidden part, <c>z_j ~ p(z | x,
/// θ)</c>, j = 1 … J, then <c>θ ∝ μ(θ) Π_j p(x, z_j | θ)</c>, while J grows. As J → ∞ the law gathers at the maximum of the likelihood.
/// </summary>
/// <remarks>
/// The notes' H(z, θ) ≥ 0 is the likelihood p(x | z, θ) of the model. A sweep costs J passes of draws; copies are added up in their
/// statistics, so memory does not grow with J. The same seed gives the same bits. The chain may stay at a local maximum when J grows faster
/// than it mixes: nothing certifies a global one. Sources: W 4; Doucet, Godsill and Robert (2002); Johansen, Doucet and Davy (2008).
/// </remarks>
public static class LatentAnnealing
{
    /// <summary>Runs one sweep for each entry of a schedule.</summary>
    /// <param name="model">The model with its rows and prior.</param>
    /// <param name="start">θ₁, in the model's layout.</param>
    /// <param name="copies">J of each sweep, ≥ 1, never falling.</param>
    /// <param name="seed">Seed of all draws.</param>
    /// <exception cref="ArgumentException">
    /// A start outside the parameter space; a schedule that is empty, falls or begins below 1.
    /// </exception>
    public static LatentAnnealingResult Run(IGibbsModel model, ReadOnlySpan<double> start, IReadOnlyList<int> copies, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(copies);
        LatentGuard.Start(model, start);
        Check(copies);
        double[] theta = start.ToArray(), next = start.ToArray(), mean = new double[theta.Length], squares = new double[theta.Length];
        double[] statistics = new double[model.Statistics];
        Draws draws = new(seed, 41);
        long kept = 0, skipped = 0;
        for (int sweep = 0; sweep < copies.Count; sweep++)
        {
            statistics.AsSpan().Clear();
            for (int j = 0; j < copies[sweep]; j++) model.Draw(theta, 0, model.Count, draws.NextWord(), statistics);
            if (model.DrawParameters(statistics, draws, next) && model.IsValid(next)) next.CopyTo(theta, 0);
            else skipped++;
            if (copies[sweep] != copies[^1]) continue;
            kept++;
            for (int i = 0; i < theta.Length; i++)
            {
                double gap = theta[i] - mean[i];
                mean[i] += gap / kept;
                squares[i] += gap * (theta[i] - mean[i]);
            }
        }
        double[] deviations = [.. squares.Select(s => kept > 1 ? Math.Sqrt(s / (kept - 1)) : double.NaN)];
        double log = model.Expect(theta, 0, model.Count, new double[model.Statistics]);
        return new LatentAnnealingResult(theta, log, mean, deviations, copies[^1], kept, skipped);
    }

    /// <summary>
    /// A schedule that grows from 1 to <paramref name="last"/> copies by equal factors over the first half of the sweeps and then stays.
    /// </summary>
    public static IReadOnlyList<int> Geometric(int last, int sweeps)
    {
        if (last < 1 || sweeps < 2) throw new ArgumentException($"A schedule needs at least 1 copy and 2 sweeps; got {last} and {sweeps}.");
        int half = sweeps / 2;
        return [.. Enumerable.Range(0, sweeps).Select(t => t >= half ? last : (int)Math.Round(Math.Pow(last, (double)t / half)))];
    }

    static void Check(IReadOnlyList<int> copies)
    {
        if (copies.Count == 0) throw new ArgumentException("The schedule is empty; give the number of copies of each sweep.");
        for (int t = 0; t < copies.Count; t++)
        {
            int before = t > 0 ? copies[t - 1] : 1;
            if (copies[t] < before)
                throw new ArgumentException(
                    $"Sweep {t + 1} has {copies[t]} copies after {before}; their number is at least 1 and never falls.");
        }
    }
}
