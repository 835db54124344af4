using Descent.Models.Inference;
using Descent.Models.Linear;

namespace Descent.Fitting.Fits;

// Standard errors that do not believe the model about the spread of its target.
sealed partial class RiskFitter
{
    int[]? clusters;
    QuantileScores? scores;

    bool IsSandwich => spec.Model.Robust is not null || data.Clusters is not null;

    SandwichKind Sandwich => spec.Model.Robust switch
    {
        RobustErrors.HC0 => SandwichKind.HC0,
        RobustErrors.HC1 => SandwichKind.HC1,
        RobustErrors.HC2 => SandwichKind.HC2,
        RobustErrors.HC3 => SandwichKind.HC3,
        _ => SandwichKind.Cluster,
    };

    // Of the rows that train.
    int[] Clusters => clusters ??= [.. train.Select(i => data.Clusters![i])];

    int Groups => Clusters.Distinct().Count();

    string? NoSandwich(EmpiricalRisk<double> risk)
    {
        if (infinite is not null || separation is not null)
            return "some estimates are infinite, and a sandwich is made for the whole Hessian. Leave `Robust` or "
                + "`Cluster` out for the errors of the others.";
        if (risk.Count <= risk.Dimension)
            return $"{Text.Plural(risk.Count, "row")} leave no degrees of freedom for {Text.Plural(risk.Dimension, "parameter")}.";
        return data.Clusters is not null && Groups < 2 ? "all rows are one cluster, so nothing is seen of how clusters differ." : null;
    }

    double[]? SandwichOf(EmpiricalRisk<double> risk, double[] point, ref string? refusal)
    {
        bool repeated = spec.Model.WeightsAre == WeightMeaning.Frequency;
        if (data.Family.QuantileOf(Own) is { } tau && (scores = ScoresOf(risk, point, tau, repeated)) is null)
        {
            refusal = "the middle half of the residuals is one number, so their density at the quantile cannot be seen.";
            return null;
        }
        if (SandwichCovariance.Of(risk, point, Sandwich, data.Clusters is null ? null : Clusters, repeated, scores) is not { } sandwich)
            return null;
        // A row that the fit must go through has leverage 1 and no residual: what is left of 1 − h is rounding.
        if (sandwich.LargestLeverage > 1 - 1e-10)
            refusal = $"a row has leverage 1, where {Sandwich} divides by zero. `Robust = hc1` does not.";
        if (data.Clusters is not null && Groups <= risk.Dimension)
            remarks.Add($"{Text.Plural(Groups, "cluster")} for {Text.Plural(risk.Dimension, "parameter")}: few clusters "
                + "make errors too small, and as many coefficients as there are clusters cannot be tested at once.");
        return refusal is null ? sandwich.Matrix : null;
    }

    // Rows of weight 0 are not there; of frequency w, w times.
    QuantileScores? ScoresOf(EmpiricalRisk<double> risk, double[] point, double tau, bool repeated)
    {
        double[] residuals = new double[risk.Count];
        risk.Margins(point, residuals);
        for (int i = 0; i < residuals.Length; i++) residuals[i] = labels[i] - residuals[i];
        return QuantileScores.Of(residuals, tau, weights is null ? [] : repeated ? weights : [.. weights.Select(w => w > 0 ? 1.0 : 0)],
            1e-12 * labels.Max(Math.Abs));
    }

    string? SandwichWords(EmpiricalRisk<double> risk) => !IsSandwich ? null : KindInWords(risk) + (scores is null ? ""
        : $", density of the residuals by a Gaussian kernel of width {Text.Number(scores.Width, "G4")}");

    string KindInWords(EmpiricalRisk<double> risk) => Sandwich switch
    {
        SandwichKind.HC0 => "HC0, White's sandwich",
        SandwichKind.HC1 => "HC1, White's sandwich times n/(n − p)",
        SandwichKind.HC2 => "HC2, White's sandwich, rows weighed by 1/(1 − leverage)",
        SandwichKind.HC3 => "HC3, White's sandwich, rows weighed by 1/(1 − leverage)²",
        _ => $"clustered by '{spec.Data.Cluster}', {Text.Plural(Groups, "cluster")}, times G/(G − 1)"
            + (risk.Kind == Descent.Models.Losses.LossKind.Linear ? "·(n − 1)/(n − p)" : ""),
    };
}
