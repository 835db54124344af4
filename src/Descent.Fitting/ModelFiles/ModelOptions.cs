namespace Descent.Fitting.ModelFiles;

/// <summary>How the model was fitted.</summary>
sealed record ModelOptions
{
    public required string Method { get; init; }

    public required string Recursion { get; init; }

    public required double L2 { get; init; }

    public required double L1 { get; init; }

    public required ulong Seed { get; init; }

    public required string Scaling { get; init; }

    /// <summary>Means subtracted from the columns during the fit; coefficients do not need them any more.</summary>
    public double[]? ScalingMeans { get; init; }

    public double[]? ScalingDeviations { get; init; }

    /// <summary>The covariance asked for, hc0 to hc3, or cluster and its column; absent for that of the model.</summary>
    public string? Covariance { get; init; }

    public required string Command { get; init; }
}
