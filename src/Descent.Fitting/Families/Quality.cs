using MathNet.Numerics;

namespace Descent.Fitting.Families;

/// <summary>Measures of a fit from margins and labels, shared by fit and evaluate.</summary>
static class Quality
{
    /// <summary>
    /// Measures of rows from which nothing was estimated: what takes parameters off the rows (degrees of freedom, a residual standard
    /// error, a dispersion, AIC), and a likelihood whose spread would be that of these very rows, is not told of them.
    /// </summary>
    public static FitQuality Apart(ModelFamily family, MeasuredRows rows)
    {
        FitQuality q = family.Measure(rows);
        return q with
        {
            IsApart = true,
            Degrees = 0,
            Sigma = null,
            Dispersion = null,
            DispersionP = null,
            Aic = null,
            IsPerfect = false,
            LogLikelihood = family.EstimatesDispersion ? null : q.LogLikelihood,
        };
    }

    /// <summary>The same with the standard error of the mean loss, for rows that the fit has not seen.</summary>
    public static FitQuality Unseen(ModelFamily family, MeasuredRows rows)
    {
        FitQuality q = Apart(family, rows);
        if (!family.IsSumOverRows) return q;
        double total = 0, squares = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            double w = rows.WeightOf(i), r = w * (family.Measure(rows.Row(i)).MeanLoss - q.MeanLoss);
            total += w;
            squares += r * r;
        }
        return q with { MeanLossError = rows.Count > 1 ? Math.Sqrt(squares * rows.Count / (rows.Count - 1.0)) / total : null };
    }

    /// <summary>The class with the largest probability; the margins of the reference class are 0.</summary>
    public static int Predict(ReadOnlySpan<double> z, bool reference)
    {
        int best = reference ? -1 : 0;
        double top = reference ? 0 : z[0];
        for (int k = reference ? 0 : 1; k < z.Length; k++)
            if (z[k] > top) (best, top) = (k, z[k]);
        return best + (reference ? 1 : 0);
    }

    /// <summary>Class probabilities, the reference class first when there is one.</summary>
    public static void Probabilities(ReadOnlySpan<double> z, bool reference, Span<double> p)
    {
        int shift = reference ? 1 : 0;
        if (reference) p[0] = 0;
        z.CopyTo(p[shift..]);
        double top = p[0], sum = 0;
        foreach (double v in p) top = Math.Max(top, v);
        for (int k = 0; k < p.Length; k++) sum += p[k] = Elementary.Exp(p[k] - top);
        for (int k = 0; k < p.Length; k++) p[k] /= sum;
    }

    /// <summary>The same with other degrees of freedom, after rows and parameters that say nothing of each other were set apart.</summary>
    public static FitQuality WithDegrees(FitQuality q, int degrees)
    {
        if (q.Dispersion is not { } phi) return q with { Degrees = degrees };
        double pearson = phi * q.Degrees;
        return q with
        {
            Degrees = degrees,
            Dispersion = degrees > 0 ? pearson / degrees : null,
            DispersionP = degrees > 0
            ? SpecialFunctions.GammaUpperRegularized(degrees / 2.0, pearson / 2) : null
        };
    }
}
