namespace Descent.Fitting.ModelFiles;

/// <summary>The certificate of the fit.</summary>
sealed record ModelCertificate
{
    public required double Objective { get; init; }

    public required double GradientNorm { get; init; }

    public double? Gap { get; init; }

    public double? RelativeGap { get; init; }

    public required string How { get; init; }
}
