using Descent.Mixtures.Search;

namespace Descent.Mixtures.Laws;

// What a search over starts asks of the mixture.
public sealed partial class FiniteMixture
{
    /// <inheritdoc/>
    public string Collapse => law.Collapse;

    /// <summary>
    /// Equal shares; each component is the law of a few rows (as many as about determine it) with one row's weight of all rows mixed in. By
    /// the draws, rows are taken evenly, or as k-means++ does: where the components so far leave the rows least likely. O(n·k) densities.
    /// </summary>
    /// <remarks>
    /// Not for two threads at once. Source: Arthur and Vassilvitskii (2007), the squared distance replaced by the loss of log-density.
    /// </remarks>
    public bool Start(Draws draws, Span<double> theta)
    {
        ArgumentNullException.ThrowIfNull(draws);
        bool apart = draws.NextIndex(2) == 0;
        double[] all = new double[law.Statistics], own = new double[law.Statistics], factors = new double[law.Factors];
        if (best.Length == 0) (best, chance) = (room.Take<double>(Count), room.Take<double>(Count));
        for (int i = 0; i < Count; i++) (best[i], chance[i]) = (double.NegativeInfinity, WeightOf(i));
        for (int i = 0; i < Count; i++) law.Add(i, WeightOf(i) / TotalWeight, all);
        for (int j = 0; j < Components; j++)
        {
            theta[j] = 1.0 / Components;
            all.CopyTo(own, 0);
            for (int m = 0; m < law.StartRows; m++) law.Add(DrawRow(draws), 1, own);
            Span<double> block = BlockOf(theta, j);
            if (!law.Maximise(own, block)) return false;
            if (!apart) continue;
            law.Prepare(block, factors);
            for (int i = 0; i < Count; i++) best[i] = Math.Max(best[i], law.LogDensity(factors, i));
            double most = double.NegativeInfinity;
            for (int i = 0; i < Count; i++) most = Math.Max(most, best[i]);
            for (int i = 0; i < Count; i++) chance[i] = WeightOf(i) * (most - best[i]);
        }
        return IsValid(theta);
    }

    /// <summary>Shares as they are, parameters in the law's units: the largest difference.</summary>
    public double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double most = 0;
        for (int i = 0; i < Parameters; i++)
        {
            double gap = Math.Abs(a[i] - b[i]) / (i < Components ? 1 : law.Unit((i - Components) % law.Parameters));
            if (!(gap <= most)) most = gap;
        }
        return most;
    }

    /// <inheritdoc/>
    public void Order(Span<double> theta)
    {
        double[] old = theta.ToArray();
        double sum = old.AsSpan(0, Components).ToArray().Sum();
        int[] order = [.. Enumerable.Range(0, Components).OrderByDescending(j => old[j])];
        for (int j = 0; j < Components; j++)
        {
            theta[j] = old[order[j]] / sum;
            BlockOf(old, order[j]).CopyTo(BlockOf(theta, j));
        }
    }

    /// <inheritdoc/>
    public double Responsibilities(ReadOnlySpan<double> theta, Span<double> shares)
    {
        if (shares.Length != Count * Components)
            throw new ArgumentException($"The responsibilities need length {Count * Components} (rows × components); got {shares.Length}.");
        shares.Fill(double.NaN);
        if (!IsValid(theta)) return double.NaN;
        double[] factors = new double[Room];
        Prepare(theta, factors);
        double entropy = 0;
        for (int i = 0; i < Count; i++)
        {
            Span<double> r = Block(shares, i, Components);
            Share(factors, i, r);
            entropy -= WeightOf(i) * Logs(r);
        }
        return entropy;
    }

    /// <inheritdoc/>
    public double Entropy(ReadOnlySpan<double> theta)
    {
        if (!IsValid(theta)) return double.NaN;
        double[] factors = new double[Room], shares = new double[Components];
        Prepare(theta, factors);
        double entropy = 0;
        for (int i = 0; i < Count; i++)
        {
            Share(factors, i, shares);
            entropy -= WeightOf(i) * Logs(shares);
        }
        return entropy;
    }

    // Σ_j r log r.
    static double Logs(ReadOnlySpan<double> shares)
    {
        double sum = 0;
        foreach (double share in shares) sum += share > 0 ? share * Math.Log(share) : 0;
        return sum;
    }

    /// <summary>
    /// In log-ratios of the shares and the law's coordinates; a parameter at an edge is held there, with an error of 0. Quantities are θ.
    /// One pass for the gradient, two for each free coordinate where there are at most 500.
    /// </summary>
    public LocalCertificate Certify(ReadOnlySpan<double> theta) => Curvature.Certify(new MixtureScore(this, theta), t => t);

    /// <inheritdoc/>
    public LocalCertificate? Supplement(ReadOnlySpan<double> theta) =>
        Curvature.Supplement(this, new MixtureScore(this, theta), t => t);

    int DrawRow(Draws draws)
    {
        double total = 0;
        for (int i = 0; i < Count; i++) total += chance[i];
        // No row is less likely than another: any will do.
        if (!(total > 0) || !double.IsFinite(total)) return draws.NextIndex(Count);
        double at = draws.NextDouble() * total;
        int pick = 0;
        while (pick < Count - 1 && (at -= chance[pick]) >= 0) pick++;
        return pick;
    }
}
