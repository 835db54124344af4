namespace Descent.Mixtures;

public sealed partial class GaussianMixture
{
    /// <summary>
    /// A start by k-means++ on columns in units of their standard deviations: seeds drawn with probability proportional to the squared distance to the nearest one, then twenty rounds of k-means
    /// at most, then the maximum-likelihood θ of the clusters. O(n·k·d) a round. The same draws give the same start. Source: Arthur and Vassilvitskii (2007).
    /// </summary>
    /// <returns>False where a cluster has no covariance of its own (too few rows).</returns>
    public bool Start(Draws draws, Span<double> theta)
    {
        ArgumentNullException.ThrowIfNull(draws);
        double[] centres = Seeds(draws), statistics = new double[Statistics];
        int[] labels = new int[Count];
        for (int round = 0; round < 20; round++)
        {
            if (!Assign(centres, labels) && round > 0) break;
            Collect(labels, statistics);
            for (int j = 0; j < Components; j++)
            {
                double n = statistics[j * StatisticsOfComponent];
                for (int a = 0; a < Dimension && n > 0; a++) centres[(j * Dimension) + a] = statistics[(j * StatisticsOfComponent) + 1 + a] / n;
            }
        }
        return Maximise(statistics, theta);
    }

    double[] Seeds(Draws draws)
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
                nearest[i] = j == 0 ? far : Math.Min(nearest[i], far);
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
        for (int i = 0; i < Count; i++)
        {
            Span<double> s = statistics.AsSpan(labels[i] * StatisticsOfComponent, StatisticsOfComponent);
            s[0] += weights[i];
            for (int a = 0, at = 1 + Dimension; a < Dimension; a++)
            {
                double wx = weights[i] * data[(a * stride) + i];
                s[1 + a] += wx;
                for (int b = a; b < Dimension; b++, at++) s[at] += wx * data[(b * stride) + i];
            }
        }
    }
}
