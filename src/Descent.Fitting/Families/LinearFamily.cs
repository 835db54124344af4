using Descent.Fitting.Exact;
using Descent.Models.Linear;
using Descent.Models.Losses;

namespace Descent.Fitting.Families;

/// <summary>Least squares: the mean of a target.</summary>
sealed class LinearFamily() : RegressionFamily("linear")
{
    /// <inheritdoc/>
    protected override double LossOf(double r, double own) => 0.5 * r * r;

    internal override FitQuality Measure(MeasuredRows rows)
    {
        FitQuality q = base.Measure(rows) with { IsLeastSquares = true };
        if (q.Rmse is null) return q;
        double total = 0, mean = 0, rss = 0, spread = 0, size = 0, logs = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            total += rows.WeightOf(i);
            mean += rows.WeightOf(i) * (rows.Labels[i] - rows.OffsetOf(i));
        }
        mean /= total;
        for (int i = 0; i < rows.Count; i++)
        {
            double w = rows.WeightOf(i), y = rows.Labels[i], z = rows.Margins[i], r = y - z;
            rss += w * r * r;
            double own = y - rows.OffsetOf(i) - mean;
            spread += w * own * own;
            size += w * z * z;
            // Repeated rows have equal variances.
            if (w > 0 && rows.Meaning != WeightMeaning.Frequency) logs += Math.Log(w);
        }
        int used = rows.Used, free = used - rows.Parameters;
        // R's rule for "essentially perfect fit": a residual variance below 1e-30 of the mean square of the fitted values.
        // As many parameters as rows go through every point: what is left is the rounding of the solver, which is larger than that of one
        // subtraction.
        bool perfect = rss <= (free > 0 ? 1e-30 * free / used : 1e-24) * size;
        return q with
        {
            R2 = spread > 0 ? 1 - (rss / spread) : null,
            Deviance = rss,
            NullDeviance = spread,
            Degrees = free,
            Used = used,
            IsPerfect = perfect,
            Sigma = free > 0 ? Math.Sqrt(rss / free) : null,
            // Of independent normal errors with variances σ²/wᵢ at σ² = RSS/n; without residuals it has no maximum.
            LogLikelihood = perfect || !rows.HasLikelihood ? null : -0.5 * ((used * (Math.Log(2 * Math.PI * rss / used) + 1)) - logs),
        };
    }

    /// <inheritdoc/>
    public override bool EstimatesDispersion => true;

    /// <inheritdoc/>
    public override double Smoothness => default(SquaredLoss).Smoothness;

    /// <inheritdoc/>
    public override bool TrainsNetworks => true;

    internal override EmpiricalRisk<double> Risk<TRows>(TRows rows, double[] labels, RiskOptions options, double parameter, int classes) =>
        Descent.Models.Linear.Risk.Of<double, TRows, SquaredLoss>(rows, labels, default, options);

    internal override ProofLoss? Proof => ProofLoss.Squared;

    internal override string Describe(ModelWords words) => "linear regression";

    internal override string Loss => "mean of ½(y − x·w)²";
}
