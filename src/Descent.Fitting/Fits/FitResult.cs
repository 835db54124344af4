using Descent.Diagnosis;
using Descent.Models.Inference;
using Descent.Runs;

namespace Descent.Fitting.Fits;

/// <summary>Everything a fit produced: for the printed text, the JSON, the report and the model file.</summary>
sealed record FitResult
{
    public required FitSpec Spec { get; init; }

    public required LoadedData Data { get; init; }

    public required Plan Plan { get; init; }

    public required RunResult<double> Run { get; init; }

    public required Certificate Certificate { get; init; }

    /// <summary>Parameters on the scale of the data: K weight vectors, then K intercepts.</summary>
    public required double[] Parameters { get; init; }

    public required int Outputs { get; init; }

    public required bool HasReference { get; init; }

    public required double L2 { get; init; }

    /// <summary>Coefficient table, intercept first; with standard errors where they mean something.</summary>
    public required IReadOnlyList<Coefficient> Coefficients { get; init; }

    /// <summary>inf F where no parameters attain it; null where some do.</summary>
    public double? Infimum { get; init; }

    /// <summary>Why there are no standard errors; null when there are.</summary>
    public string? NoInference { get; init; }

    public required string StatisticName { get; init; }

    public required FitQuality Quality { get; init; }

    public FitQuality? Validation { get; init; }

    /// <summary>Held-out mean loss along the run; empty without held-out rows.</summary>
    public IReadOnlyList<(TracePoint Point, double Loss)> HeldOutLoss { get; init; } = [];

    /// <summary>Held-out accuracy along the run; empty where there are no classes or no held-out rows.</summary>
    public IReadOnlyList<(double Epochs, double Accuracy)> HeldOutAccuracy { get; init; } = [];

    /// <summary>What the doctor was told.</summary>
    public required CaseHistory History { get; init; }

    /// <summary>What the doctor found; empty for a healthy run.</summary>
    public IReadOnlyList<Finding> Findings => Doctor.Examine(History);

    /// <summary>Further runs with other seeds, when `Repeat` asked for them.</summary>
    public IReadOnlyList<RunResult<double>> Repeats { get; init; } = [];

    /// <summary>What the run has shown of H; null unless a theorem is followed.</summary>
    public SmoothnessWatch<double>? Watch { get; init; }

    /// <summary>Seconds of the parts of the command up to its printing, as its front end measured them; empty where nobody did.</summary>
    public IReadOnlyList<(string Part, double Seconds)> Spent { get; init; } = [];

    /// <summary>Sentences about the fit: separation, noise floor, scaling.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    public required Scaling? Scaling { get; init; }

    public required string ScalingNote { get; init; }

    /// <summary>Numbers of the rows that train, from 0.</summary>
    public required int[] TrainRows { get; init; }

    /// <summary>Margins of the training rows, for plots.</summary>
    public required double[] Margins { get; init; }

    /// <summary>Labels of the training rows, in the same order.</summary>
    public required double[] TrainLabels { get; init; }

    /// <summary>Margins of the held-out rows; empty without them.</summary>
    public double[] HeldOutMargins { get; init; } = [];

    /// <summary>Numbers of the held-out rows, from 0.</summary>
    public int[] HeldOutRows { get; init; } = [];
}
