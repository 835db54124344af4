namespace Descent.Fitting.Families;

/// <summary>A family whose loss is a function of the residual alone.</summary>
abstract class RegressionFamily(string name, params string[] aliases) : ModelFamily(name, LabelKind.Numbers, aliases)
{
    /// <summary>φ(r), r = y − z.</summary>
    /// <param name="r">The residual.</param>
    /// <param name="own">The family's own number.</param>
    protected abstract double LossOf(double r, double own);

    internal override FitQuality Measure(MeasuredRows rows)
    {
        double total = 0, rss = 0, absolute = 0, loss = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            double w = rows.WeightOf(i), r = rows.Labels[i] - rows.Margins[i];
            total += w;
            rss += w * r * r;
            absolute += w * Math.Abs(r);
            loss += w * LossOf(r, rows.Own);
        }
        FitQuality q =
            new() { Count = rows.Count, MeanLoss = loss / total, Rmse = Math.Sqrt(rss / total), MeanAbsoluteError = absolute / total };
        // Predictions beyond double precision (a run that diverged) have no spread to speak of, and are no fit.
        return double.IsFinite(rss) ? q : q with { Rmse = null, MeanAbsoluteError = null };
    }
}
