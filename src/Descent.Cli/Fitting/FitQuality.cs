namespace Descent.Cli.Fitting;

/// <summary>How well predictions agree with labels.</summary>
sealed record FitQuality
{
    public required int Count { get; init; }

    /// <summary>Weighted mean loss without penalties.</summary>
    public required double MeanLoss { get; init; }

    /// <summary>Standard error of the mean loss, over rows; null where it was not asked for.</summary>
    public double? MeanLossError { get; init; }

    public double? Accuracy { get; init; }

    public int? Errors { get; init; }

    public double? LogLikelihood { get; init; }

    public double? Deviance { get; init; }

    public double? NullDeviance { get; init; }

    public double? Aic { get; init; }

    public double? R2 { get; init; }

    public double? Rmse { get; init; }

    public double? MeanAbsoluteError { get; init; }

    /// <summary>Residual standard error √(RSS/(n − p)).</summary>
    public double? Sigma { get; init; }

    /// <summary>Rows by true class, columns by predicted class.</summary>
    public int[][]? Confusion { get; init; }
}
