using Descent.Diagnosis;
using Descent.Autodiff.Networks;
using Descent.Runs;

namespace Descent.Fitting.Fits;

/// <summary>A trained network with all that is said about it.</summary>
sealed record NetworkFit
{
    public required FitSpec Spec { get; init; }

    public required LoadedData Data { get; init; }

    public required INetwork Network { get; init; }

    public required string Method { get; init; }

    public required string Recursion { get; init; }

    public required IReadOnlyList<string> Values { get; init; }

    public required double L2 { get; init; }

    /// <summary>Moved and divided columns; null when they were taken as they are.</summary>
    public Scaling? Scaling { get; init; }

    public required RunResult<float> Run { get; init; }

    /// <summary>Gradient and curvature at the end; null when they were not measured or are not finite.</summary>
    public StationarityCertificate? Stationarity { get; init; }

    public required FitQuality Quality { get; init; }

    public FitQuality? Validation { get; init; }

    /// <summary>Held-out mean loss along the run; empty without held-out rows.</summary>
    public IReadOnlyList<(TracePoint Point, double Loss)> HeldOutLoss { get; init; } = [];

    /// <summary>Held-out accuracy along the run; empty where there are no classes or no held-out rows.</summary>
    public IReadOnlyList<(double Epochs, double Accuracy)> HeldOutAccuracy { get; init; } = [];

    /// <summary>Accuracy on batches of training rows along the run; empty where there are no classes.</summary>
    public IReadOnlyList<(double Epochs, double Accuracy)> BatchAccuracy { get; init; } = [];

    /// <summary>Epochs and largest curvature met along the path; empty where it was not measured.</summary>
    public IReadOnlyList<(double Epochs, double Curvature)> Curvature { get; init; } = [];

    /// <summary>Bytes the tape held at most while training.</summary>
    public long TapeBytes { get; init; }

    /// <summary>What the doctor was told.</summary>
    public required CaseHistory History { get; init; }

    /// <summary>What the doctor found; empty for a healthy run.</summary>
    public IReadOnlyList<Finding> Findings => Doctor.Examine(History);
}
