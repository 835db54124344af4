using Descent.Models.Inference;

namespace Descent.Fitting.Fits;

/// <summary>
/// Which coefficients to show where there are too many: intercepts, then those without a finite estimate, then the largest.
/// </summary>
static class CoefficientRanking
{
    /// <summary>
    /// By |z| where there are standard errors, else by |estimate| times the standard deviation of the column: never by raw size, which is a
    /// matter of units.
    /// </summary>
    public static IReadOnlyList<Coefficient> Largest(RiskFit fit, int most) => fit.Coefficients.Count <= most
        ? fit.Coefficients
        : [.. fit.Coefficients.Zip(Sizes(fit)).OrderByDescending(c => c.Second).Take(most).Select(c => c.First)];

    /// <summary>Numbers of the largest columns, counted over the outputs; at most so many.</summary>
    public static int[] Columns(RiskFit fit, int most)
    {
        double[] sizes = Sizes(fit);
        int d = fit.Data.Columns, shift = !fit.Spec.Model.Intercept ? 0 : 1;
        double Size(int j) => Enumerable.Range(0, fit.Outputs).Max(c => sizes[(c * (d + shift)) + shift + j]);
        return d <= most ? [.. Enumerable.Range(0, d)] : [.. Enumerable.Range(0, d).OrderByDescending(Size).Take(most)];
    }

    /// <summary>The order in words.</summary>
    public static string Words(RiskFit fit) => fit.NoInference is null ? $"|{fit.StatisticName}|"
        : "|estimate| × standard deviation of the column";

    static double[] Sizes(RiskFit fit)
    {
        double[]? spread = fit.NoInference is null ? null : ColumnSpread.Of(fit.Data, fit.TrainRows);
        return [.. fit.Coefficients.Select(Size)];

        double Size(Coefficient c, int i)
        {
            int column = fit.LineColumns[i];
            if (column < 0 || c.Limit is not null) return double.PositiveInfinity;
            double size = c.IsLeftOut ? 0 : spread is null ? Math.Abs(c.Statistic) : Math.Abs(c.Estimate) * spread[column];
            return double.IsNaN(size) ? 0 : size;
        }
    }
}
