namespace Descent.Mixtures;

public sealed partial class GaussianMixture
{
    /// <summary>
    /// A start of one of three kinds, by the draws: the clusters of k-means from seeds of k-means++ with covariances of their own;
    /// one round of k-means from such seeds, or from seeds drawn evenly, with the covariance that the clusters have in common.
    /// Columns are in units of their standard deviations; at most twenty rounds of O(n·k·d). The same draws give the same start.
    /// </summary>
    /// <remarks>
    /// k-means often ends in one partition from all seeds, and EM from it in one maximum: the other kinds are there to find others.
    /// Source: Arthur and Vassilvitskii (2007) for the seeds.
    /// </remarks>
    /// <returns>False where a cluster has no covariance of its own (too few rows).</returns>
    public bool Start(Draws draws, Span<double> theta)
    {
        ArgumentNullException.ThrowIfNull(draws);
        int kind = draws.NextIndex(3), rounds = kind == 0 ? 20 : 1;
        double[] centres = Seeds(draws, apart: kind < 2), statistics = new double[Statistics];
        int[] labels = new int[Count];
        for (int round = 0; round < rounds; round++)
        {
            if (!Assign(centres, labels) && round > 0) break;
            Collect(labels, statistics);
            for (int j = 0; j < Components; j++)
            {
                double n = statistics[j * StatisticsOfComponent];
                for (int a = 0; a < Dimension && n > 0; a++)
                    centres[(j * Dimension) + a] = statistics[(j * StatisticsOfComponent) + 1 + a] / n;
            }
        }
        if (!Maximise(statistics, theta)) return false;
        if (kind > 0) Pool(theta);
        return true;
    }

    // Rows drawn by their weights, and where they are to lie apart also by the squared distance to the nearest one before.
    double[] Seeds(Draws draws, bool apart)
    {
        double[] centres = new double[Components * Dimension], nearest = new double[Count];
        weights.AsSpan(0, Count).CopyTo(nearest);
        for (int j = 0; j < Components; j++)
        {
            double total = 0;
            foreach (double w in nearest) total += w;
            double at = draws.NextDouble() * total;
            int pick = 0;
            while (pick < Count - 1 && (at -= nearest[pick]) >= 0) pick++;
            for (int a = 0; a < Dimension; a++) centres[(j * Dimension) + a] = data[(a * stride) + pick];
            for (int i = 0; i < Count; i++)
            {
                double far = weights[i] * Away(centres, j, i);
                if (apart) nearest[i] = j == 0 ? far : Math.Min(nearest[i], far);
            }
        }
        return centres;
    }

    double Away(double[] centres, int j, int row)
    {
        double sum = 0;
        for (int a = 0; a < Dimension; a++)
        {
            double gap = data[(a * stride) + row] - centres[(j * Dimension) + a];
            sum += gap * gap / spread[a];
        }
        return sum;
    }

    bool Assign(double[] centres, int[] labels)
    {
        bool changed = false;
        for (int i = 0; i < Count; i++)
        {
            int best = 0;
            double least = double.PositiveInfinity;
            for (int j = 0; j < Components; j++)
            {
                double away = Away(centres, j, i);
                if (away < least) (least, best) = (away, j);
            }
            changed |= labels[i] != best;
            labels[i] = best;
        }
        return changed;
    }

    void Collect(int[] labels, double[] statistics)
    {
        Array.Clear(statistics);
        for (int i = 0; i < Count; i++) AddRow(i, labels[i], statistics);
    }
}
