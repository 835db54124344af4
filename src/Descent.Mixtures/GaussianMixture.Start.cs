namespace Descent.Mixtures;

public sealed partial class GaussianMixture
{
    /// <summary>
    /// A start of one of three kinds, by the draws: the clusters of k-means from seeds of k-means++ with covariances of their own;
    /// one round of k-means from such seeds, or from seeds drawn evenly, with the covariance that the clusters have in common.
    /// Columns are in units of their standard deviations; at most twenty rounds of O(n·k·d). The same draws give the same start.
    /// </summary>
    /// <remarks>
    /// Not for two threads at once.
    /// k-means often ends in one partition from all seeds, and EM from it in one maximum: the other kinds are there to find others.
    /// Source: Arthur and Vassilvitskii (2007) for the seeds.
    /// </remarks>
    /// <returns>False where a cluster has no covariance of its own (too few rows).</returns>
    public bool Start(Draws draws, Span<double> theta)
    {
        ArgumentNullException.ThrowIfNull(draws);
        int kind = draws.NextIndex(3), rounds = kind == 0 ? 20 : 1;
        double[] centres = Seeds(draws, apart: kind < 2), statistics = new double[Statistics];
        if (labels.Length == 0) labels = room.Take<int>(Count);
        labels.Span(0, Count).Clear();
        for (int round = 0; round < rounds; round++)
        {
            if (!Assign(centres) && round > 0) break;
            Collect(statistics);
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
        double[] centres = new double[Components * Dimension];
        if (nearest.Length == 0) nearest = room.Take<double>(Count);
        for (int i = 0; i < Count; i++) nearest[i] = WeightOf(i);
        for (int j = 0; j < Components; j++)
        {
            double total = 0;
            for (int i = 0; i < Count; i++) total += nearest[i];
            double at = draws.NextDouble() * total;
            int pick = 0;
            while (pick < Count - 1 && (at -= nearest[pick]) >= 0) pick++;
            for (int a = 0; a < Dimension; a++) centres[(j * Dimension) + a] = data[(a * stride) + pick];
            for (int i = 0; i < Count; i++)
            {
                double far = WeightOf(i) * Away(centres, j, i);
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

    bool Assign(double[] centres)
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

    void Collect(double[] statistics)
    {
        Array.Clear(statistics);
        for (int i = 0; i < Count; i++) AddRow(i, labels[i], statistics);
    }
}
