namespace Descent.Fitting;

/// <summary>What is written beside the answer, and where; null for nothing.</summary>
public sealed record OutputSpec
{
    /// <summary>The model file.</summary>
    public string? Model { get; init; }

    /// <summary>The report, one page of HTML.</summary>
    public string? Report { get; init; }

    /// <summary>The proof of the distance from the optimum.</summary>
    public string? Proof { get; init; }

    /// <summary>The folder of the run: model, trace, result, history, report.</summary>
    public string? Run { get; init; }

    /// <summary>The covariance of single gradients at the fit, as CSV.</summary>
    public string? NoiseCovariance { get; init; }
}
