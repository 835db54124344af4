using Descent.Fitting.Fits;

namespace Descent.Fitting.Tests.Fits.Risks;

/// <summary>
/// Against scikit-learn 1.2.1: roc_auc_score, average_precision_score, brier_score_loss, precision_score, recall_score, f1_score,
/// confusion_matrix, and calibration_curve(n_bins=4, strategy="quantile"); two rows have one score.
/// </summary>
public class TwoClassQualityTests
{
    static readonly double[] P = [.05, .1, .15, .2, .22, .3, .35, .4, .41, .5, .5, .55, .6, .62, .7, .72, .8, .85, .9, .97],
        Y = [0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 1, 0, 1, 1];

    [Fact]
    public void Ranking_and_probabilities_are_measured()
    {
        TwoClassQuality q = TwoClassQuality.Of(P, Y, true);
        Assert.Equal(0.735, q.Auc!.Value, 12);
        Assert.Equal(0.7515728715728716, q.AveragePrecision!.Value, 12);
        Assert.Equal(0.214635, q.Brier!.Value, 12);
        // Rows of one score have no order among themselves.
        TwoClassQuality back = TwoClassQuality.Of([.. P.Reverse()], [.. Y.Reverse()], true);
        Assert.Equal((q.Auc!.Value, q.AveragePrecision!.Value), (back.Auc!.Value, back.AveragePrecision!.Value), (a, b) =>
            Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-12);
    }

    [Theory]
    [InlineData(0.5, 0.6363636363636364, 0.7, 0.6, 0.6666666666666666, 4, 3)]
    [InlineData(0.3, 0.6, 0.9, 0.4, 0.72, 6, 1)]
    [InlineData(null, 0.6666666666666666, 0.6, 0.7, 0.631578947368421, 3, 4)]
    public void A_threshold_decides(double? at, double precision, double recall, double specificity, double f1, int wrongly, int missed)
    {
        TwoClassQuality q = TwoClassQuality.Of(P, Y, true, at);
        Assert.Equal([precision, recall, specificity, f1], new[] { q.Precision, q.Recall, q.Specificity, q.F1 }, (a, b) =>
            Math.Abs(a - b) < 1e-12);
        Assert.Equal((wrongly, missed, wrongly + missed), (q.Confusion[0][1], q.Confusion[1][0], q.Errors));
    }

    [Fact]
    public void Groups_of_like_probability_are_calibrated()
    {
        var groups = TwoClassQuality.Of(P, Y, true, null, 4).Calibration;
        Assert.Equal([5, 6, 4, 5], groups.Select(g => g.Rows));
        Assert.Equal([0.144, 0.41, 0.6175, 0.848], groups.Select(g => g.Predicted), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0.2, 0.5, 0.5, 0.8], groups.Select(g => g.Observed), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([20], TwoClassQuality.Of([.. P.Select(_ => 0.5)], Y, true, null, 4).Calibration.Select(g => g.Rows));
    }

    [Fact]
    public void Scores_that_are_no_probabilities_rank_alone()
    {
        TwoClassQuality q = TwoClassQuality.Of([.. P.Select(p => p - 0.5)], Y, false, null, 4), r = TwoClassQuality.Of(P, Y, true);
        Assert.Equal((r.Auc, r.AveragePrecision, null), (q.Auc, q.AveragePrecision, q.Brier));
        Assert.Equal((r.Errors, 0), (q.Errors, q.Calibration.Count));
    }

    [Fact]
    public void One_class_alone_has_no_ranking()
    {
        TwoClassQuality q = TwoClassQuality.Of([0.2, 0.4], [0, 0], true);
        Assert.Equal((null, null), (q.Auc, q.AveragePrecision));
        Assert.Equal(0.1, q.Brier!.Value, 12);
        Assert.Equal((double.NaN, double.NaN, 1), (q.Precision, q.Recall, q.Specificity));
    }
}
