using Descent.Diagnosis;
using Descent.Autodiff.Networks;
using Descent.Runs;

namespace Descent.Fitting.Fits;

/// <summary>A trained network with all that is said about it.</summary>
sealed record NetworkFit : Fitted
{
    public required INetwork Network { get; init; }

    public required string Recursion { get; init; }

    public required IReadOnlyList<string> Values { get; init; }

    public required RunResult<float> Run { get; init; }

    public required string MethodName { get; init; }

    public override string Method => MethodName;

    public override Outcome Outcome => Run.Outcome;

    public override IReadOnlyList<TracePoint> Trace => Run.Trace;

    public override (double Steps, double Looks) Earlier => Run.Earlier;

    public override (double Steps, double Looks, double Certificate) Seconds => (Run.Seconds, Run.LookSeconds, Run.CertificateSeconds);

    public override long Gradients => Run.Gradients;

    /// <summary>None: nothing bounds the gap of an objective that is not convex.</summary>
    public override Certificate Certificate =>
        new(Quality.MeanLoss, Stationarity?.GradientNorm ?? double.NaN, double.NegativeInfinity, CertificateKind.None,
        "none: the objective is not convex, and nothing bounds its gap");

    public override bool IsUsable => Run.Outcome.Kind != OutcomeKind.Diverged && Run.Point.All(float.IsFinite);

    public override bool Draws => true;

    public override string State => Run.Outcome.Kind == OutcomeKind.Diverged ? "diverged"
        : $"training loss {Text.Number(Quality.MeanLoss, "G4")}"
            + (Validation is { } v ? $", held-out loss {Text.Number(v.MeanLoss, "G4")}" : "");

    /// <summary>Where the weights were saved; null when they were not.</summary>
    public string? WeightsPath { get; init; }

    /// <summary>The network in words.</summary>
    public required string Describe { get; init; }

    /// <summary>Bytes that the values of a step were planned to take.</summary>
    public required long PlannedBytes { get; init; }

    /// <summary>What is known of gradient and curvature at the end, in words.</summary>
    public string StationarityWords => Stationarity?.Sentence
        ?? (Run.Outcome.Kind == OutcomeKind.Diverged ? "none: the run diverged"
        : "not measured, for its cost; `Curvature = true` measures it");

    public override IModelFiles Files(string name) => new NetworkFiles(
        new NetworkOrigin(Spec, Data, Network, MethodName, Recursion, L2, Scaling, ScalingNote), Run.Point, Run.Outcome.Sentence, name);

    /// <summary>Gradient and curvature at the end; null when they were not measured or are not finite.</summary>
    public StationarityCertificate? Stationarity { get; init; }

    /// <summary>Accuracy on batches of training rows along the run; empty where there are no classes.</summary>
    public IReadOnlyList<(double Epochs, double Accuracy)> BatchAccuracy { get; init; } = [];

    /// <summary>Epochs and largest curvature met along the path; empty where it was not measured.</summary>
    public IReadOnlyList<(double Epochs, double Curvature)> Curvature { get; init; } = [];

    /// <summary>Bytes the tape held at most while training.</summary>
    public long TapeBytes { get; init; }
}
