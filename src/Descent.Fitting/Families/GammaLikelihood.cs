using MathNet.Numerics;

namespace Descent.Fitting.Families;

/// <summary>The log-likelihood of gamma targets, whatever the link.</summary>
static class GammaLikelihood
{
    /// <summary>R's: the shape is the rows' weight over the deviance. Null where the deviance is 0, at which there is none.</summary>
    /// <param name="rows">Labels, margins and weights.</param>
    /// <param name="deviance">The deviance.</param>
    /// <param name="reciprocal">1/μ of a margin.</param>
    public static double? Of(MeasuredRows rows, double deviance, Func<double, double> reciprocal)
    {
        double total = 0, sum = 0;
        for (int i = 0; i < rows.Count; i++) total += rows.WeightOf(i);
        double phi = deviance / total, shape = 1 / phi;
        if (!(phi > 0)) return null;
        for (int i = 0; i < rows.Count; i++)
        {
            double y = rows.Labels[i], rate = shape * reciprocal(rows.Margins[i]), w = rows.WeightOf(i);
            if (w > 0) sum += w * ((shape * Math.Log(rate * y)) - Math.Log(y) - (rate * y) - SpecialFunctions.GammaLn(shape));
        }
        return sum;
    }
}
