namespace Descent.Fitting.Fits;

/// <summary>
/// The receiver operating characteristic of scores for two classes: the part of the second class found (y) against the part of the first
/// class taken for it (x), as the threshold falls.
/// </summary>
/// <param name="FalsePositives">Rates of false positives, from 0 to 1.</param>
/// <param name="TruePositives">Rates of true positives, from 0 to 1.</param>
/// <param name="Auc">Area under it: P(score of the second class > score of the first) + ½ P(equal), by weight.</param>
sealed record RocCurve(double[] FalsePositives, double[] TruePositives, double Auc)
{
    /// <summary>The curve, one point a distinct score; null where a class has no weight or a score is no number. O(n log n).</summary>
    /// <param name="scores">Scores, larger for the second class.</param>
    /// <param name="labels">0 or 1.</param>
    /// <param name="weights">Weights; null for 1 each.</param>
    public static RocCurve? Of(double[] scores, double[] labels, double[]? weights)
    {
        if (scores.Any(double.IsNaN)) return null;
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort([.. scores.Select(s => -s)], order);
        List<double> negative = [0], positive = [0];
        double neg = 0, pos = 0, area = 0;
        for (int i = 0; i < order.Length;)
        {
            double score = scores[order[i]], negBefore = neg, posBefore = pos;
            // Rows of one score lie on one side of every threshold together.
            for (; i < order.Length && scores[order[i]] == score; i++)
            {
                double w = weights?[order[i]] ?? 1;
                if (labels[order[i]] > 0) pos += w;
                else neg += w;
            }
            area += (neg - negBefore) * (pos + posBefore) / 2;
            negative.Add(neg);
            positive.Add(pos);
        }
        return neg > 0 && pos > 0
            ? new RocCurve([.. negative.Select(v => v / neg)], [.. positive.Select(v => v / pos)], area / (neg * pos)) : null;
    }
}
