namespace Descent.Fitting.Fits;

/// <summary>How well scores rank two classes, what a threshold makes of them, and how true they are as probabilities.</summary>
/// <remarks>As scikit-learn's <c>roc_auc_score</c>, <c>average_precision_score</c>, <c>brier_score_loss</c> and
/// <c>calibration_curve(strategy="quantile")</c>. O(n log n).</remarks>
public sealed record TwoClassQuality
{
    /// <summary>P(score of the second class &gt; score of the first) + ½ P(equal); null where a class has no row.</summary>
    public double? Auc { get; init; }

    /// <summary>Σ (Rₖ − Rₖ₋₁)Pₖ over the distinct scores, falling: precision Pₖ, recall Rₖ; null where a class has no row.</summary>
    public double? AveragePrecision { get; init; }

    /// <summary>Mean of (p − y)²; null where the scores are no probabilities.</summary>
    public double? Brier { get; init; }

    /// <summary>Score from which a row is taken for the second class: above it, or at it where it was given.</summary>
    public required double Threshold { get; init; }

    /// <summary>Rows by true class, columns by predicted class.</summary>
    public required int[][] Confusion { get; init; }

    /// <summary>Groups of rows of like probability; empty where none were asked for.</summary>
    public IReadOnlyList<CalibrationGroup> Calibration { get; init; } = [];

    /// <summary>Part of the second class that is found (sensitivity); NaN where it has no row.</summary>
    public double Recall => Confusion[1][1] / (double)(Confusion[1][0] + Confusion[1][1]);

    /// <summary>Part of the first class that is not taken for the second; NaN where it has no row.</summary>
    public double Specificity => Confusion[0][0] / (double)(Confusion[0][0] + Confusion[0][1]);

    /// <summary>Part that is right of what is taken for the second class; NaN where nothing is.</summary>
    public double Precision => Confusion[1][1] / (double)(Confusion[0][1] + Confusion[1][1]);

    /// <summary>Harmonic mean of precision and recall, 2TP/(2TP + FP + FN).</summary>
    public double F1 => 2.0 * Confusion[1][1] / ((2.0 * Confusion[1][1]) + Confusion[0][1] + Confusion[1][0]);

    /// <summary>Rows whose class is not predicted.</summary>
    public int Errors => Confusion[0][1] + Confusion[1][0];

    /// <summary>The measures of scores.</summary>
    /// <param name="scores">n scores, larger for the second class; probabilities of it where <paramref name="areProbabilities"/>.</param>
    /// <param name="labels">n labels, 0 or 1.</param>
    /// <param name="areProbabilities">Whether the scores are probabilities.</param>
    /// <param name="threshold">Scores that are at least it are taken for the second class; null for those above ½, or above 0 where
    /// scores are no probabilities.</param>
    /// <param name="groups">Number of groups of the calibration, at most n; 0 for none.</param>
    public static TwoClassQuality Of(ReadOnlySpan<double> scores, ReadOnlySpan<double> labels, bool areProbabilities,
        double? threshold = null, int groups = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(labels.Length, scores.Length);
        double[] s = scores.ToArray(), y = labels.ToArray();
        double at = threshold ?? (areProbabilities ? 0.5 : 0);
        int[][] confusion = [new int[2], new int[2]];
        for (int i = 0; i < s.Length; i++) confusion[(int)y[i]][s[i] > at || (threshold is not null && s[i] == at) ? 1 : 0]++;
        return new TwoClassQuality
        {
            Auc = RocCurve.Of(s, y, null)?.Auc,
            AveragePrecision = Average(s, y),
            Brier = areProbabilities ? s.Zip(y, (p, l) => (p - l) * (p - l)).Average() : null,
            Threshold = at,
            Confusion = confusion,
            Calibration = areProbabilities && groups > 0 ? CalibrationGroup.Of(s, y, groups) : [],
        };
    }

    static double? Average(double[] scores, double[] labels)
    {
        int[] order = Falling(scores);
        double all = labels.Count(l => l > 0), found = 0, taken = 0, sum = 0;
        if (all == 0 || all == labels.Length) return null;
        for (int i = 0; i < order.Length;)
        {
            double score = scores[order[i]], before = found;
            // Rows of one score are taken together.
            for (; i < order.Length && scores[order[i]] == score; i++, taken++) found += labels[order[i]];
            sum += (found - before) / all * (found / taken);
        }
        return sum;
    }

    static int[] Falling(double[] scores)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort([.. scores.Select(s => -s)], order);
        return order;
    }
}
