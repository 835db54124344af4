namespace Descent.Fitting.Families;

/// <summary>How well predictions agree with labels.</summary>
public sealed record FitQuality
{
    /// <summary>Number of rows.</summary>
    public required int Count { get; init; }

    /// <summary>Weighted mean loss without penalties.</summary>
    public required double MeanLoss { get; init; }

    /// <summary>Standard error of the mean loss, over rows; null where it was not asked for.</summary>
    public double? MeanLossError { get; init; }

    /// <summary>Part of the rows whose class is predicted; null for numbers.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Rows whose class is not predicted; null for numbers.</summary>
    public int? Errors { get; init; }

    /// <summary>Log-likelihood of the family at the fit, all constants in it; null where there is none.</summary>
    public double? LogLikelihood { get; init; }

    /// <summary>The log-likelihood without any coefficient, where likelihoods are compared with it: of a partial likelihood.</summary>
    public double? NullLogLikelihood { get; init; }

    /// <summary>Twice the log-likelihood short of the saturated model; the residual sum of squares of least squares.</summary>
    public double? Deviance { get; init; }

    /// <summary>The deviance of the intercept alone.</summary>
    public double? NullDeviance { get; init; }

    /// <summary>2p − 2 log-likelihood at its maximum; null where there is none, or where w is not its maximum (a penalty, weights by
    /// class, a fit that has not converged).</summary>
    public double? Aic { get; init; }

    /// <summary>1 − RSS/TSS of least squares.</summary>
    public double? R2 { get; init; }

    /// <summary>√(mean squared residual), in the unit of the target.</summary>
    public double? Rmse { get; init; }

    /// <summary>Mean absolute residual, in the unit of the target.</summary>
    public double? MeanAbsoluteError { get; init; }

    /// <summary>Residual standard error √(RSS/(n − p)).</summary>
    public double? Sigma { get; init; }

    /// <summary>n of the degrees of freedom: rows of positive weight, or the sum of weights that say how often rows are
    /// repeated.</summary>
    public int Used { get; init; }

    /// <summary>n − p, n the rows of positive weight; 0 where <see cref="IsApart"/>.</summary>
    public int Degrees { get; init; }

    /// <summary>Whether nothing was estimated from these rows (they were held out, or came later), so that no parameters are taken off
    /// them.</summary>
    public bool IsApart { get; init; }

    /// <summary>
    /// Whether the residuals of a least-squares fit are no more than rounding, so that nothing about the noise can be learnt from them.
    /// </summary>
    public bool IsPerfect { get; init; }

    /// <summary>Pearson's Σ w(y − μ)²/μ over n − p of a Poisson fit: 1 when the variance is the mean.</summary>
    public double? Dispersion { get; init; }

    /// <summary>P(χ² ≥ Pearson's statistic) with n − p degrees of freedom: small when the counts vary more than Poisson counts.</summary>
    public double? DispersionP { get; init; }

    /// <summary>How many targets of a Poisson fit are not whole numbers.</summary>
    public int NotCounts { get; init; }

    /// <summary>Whether the loss is least squares: the deviance is the residual sum of squares then.</summary>
    public bool IsLeastSquares { get; init; }

    /// <summary>Rows by true class, columns by predicted class.</summary>
    public int[][]? Confusion { get; init; }

    /// <summary>Measures of predicted classes.</summary>
    /// <param name="confusion">Rows by true class, columns by predicted class.</param>
    /// <param name="count">Rows.</param>
    /// <param name="loss">Mean loss.</param>
    internal static FitQuality OfClasses(int[][] confusion, int count, double loss)
    {
        int right = 0;
        for (int k = 0; k < confusion.Length; k++) right += confusion[k][k];
        return new FitQuality
        {
            Count = count,
            MeanLoss = loss,
            Accuracy = (double)right / count,
            Errors = count - right,
            Confusion = confusion
        };
    }
}
