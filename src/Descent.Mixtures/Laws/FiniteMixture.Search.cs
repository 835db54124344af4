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
    /// <remarks>Source: Arthur and Vassilvitskii (2007), the squared distance replaced by the loss of log-density.</remarks>
    public bool Start(Draws draws, Span<double> theta)
    {
        ArgumentNullException.ThrowIfNull(draws);
        bool apart = draws.NextIndex(2) == 0;
        double[] all = new double[law.Statistics], own = new double[law.Statistics], factors = new double[law.Factors];
        double[] best = new double[Count], chance = [.. weights];
        Array.Fill(best, double.NegativeInfinity);
        for (int i = 0; i < Count; i++) law.Add(i, weights[i] / TotalWeight, all);
        for (int j = 0; j < Components; j++)
        {
            theta[j] = 1.0 / Components;
            all.CopyTo(own, 0);
            for (int m = 0; m < law.StartRows; m++) law.Add(DrawRow(draws, chance), 1, own);
            Span<double> block = BlockOf(theta, j);
            if (!law.Maximise(own, block)) return false;
            if (!apart) continue;
            law.Prepare(block, factors);
            for (int i = 0; i < Count; i++) best[i] = Math.Max(best[i], law.LogDensity(factors, i));
            double most = best.Max();
            for (int i = 0; i < Count; i++) chance[i] = weights[i] * (most - best[i]);
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
            foreach (double share in r)
            {
                if (share > 0) entropy -= weights[i] * share * Math.Log(share);
            }
        }
        return entropy;
    }

    /// <summary>
    /// In log-ratios of the shares and the law's coordinates; a parameter at an edge is held there, with an error of 0. Quantities are θ.
    /// One pass for the gradient, two for each free coordinate where there are at most 500.
    /// </summary>
    public LocalCertificate Certify(ReadOnlySpan<double> theta) => Curvature.Certify(new MixtureScore(this, theta), t => t);

    static int DrawRow(Draws draws, double[] chance)
    {
        double total = 0;
        foreach (double c in chance) total += c;
        // No row is less likely than another: any will do.
        if (!(total > 0) || !double.IsFinite(total)) return draws.NextIndex(chance.Length);
        double at = draws.NextDouble() * total;
        int pick = 0;
        while (pick < chance.Length - 1 && (at -= chance[pick]) >= 0) pick++;
        return pick;
    }
}
