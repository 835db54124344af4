using Descent.Diagnosis;
using Descent.Models.Inference;
using Descent.Runs;

namespace Descent.Fitting.Fits;

/// <summary>A fitted convex model, with coefficients and a certificate.</summary>
sealed record RiskFit : Fitted
{
    public required Plan Plan { get; init; }

    public required RunResult<double> Run { get; init; }

    public required Certificate Proved { get; init; }

    public override RiskFit? Risk => this;

    public override (double Steps, double Looks) Earlier => Run.Earlier;

    public override string Method => Plan.Method;

    public override Outcome Outcome => Run.Outcome;

    public override IReadOnlyList<TracePoint> Trace => Run.Trace;

    public override (double Steps, double Looks, double Certificate) Seconds => (Run.Seconds, Run.LookSeconds, Run.CertificateSeconds);

    public override long Gradients => Run.Gradients;

    public override Certificate Certificate => Proved;

    public override bool IsUsable => Run.Outcome.Kind != OutcomeKind.Diverged && Parameters.All(double.IsFinite);

    public override bool Draws => Plan.Draws;

    public override string State => Run.Outcome.Kind == OutcomeKind.Diverged ? "diverged"
        : $"F = {Text.Number(Proved.Value, "G6")}, certified gap {Text.AtMost(Proved.RelativeGap, 3)} of F"
            + (Validation is { } v ? $", held-out loss {Text.Number(v.MeanLoss, "G4")}" : "");

    public override IModelFiles Files(string name) => new OneModelFile(ModelWriter.Of(
        new LinearOrigin(Spec, Data, Plan.Method, Plan.Recursion, Outputs, HasReference, L2, Scaling, ScalingNote, MarginCovariance),
        Parameters, ModelWriter.Certificate(Proved),
            Run.Outcome.Sentence));

    /// <summary>Further runs with other seeds.</summary>
    public IEnumerable<RunResult<double>> Repeats => Others.OfType<RiskFit>().Select(f => f.Run);

    /// <summary>Tests of the terms; empty where they were not asked for, or there are no standard errors.</summary>
    public IReadOnlyList<TermTest> Terms { get; init; } = [];

    /// <summary>√(largest over smallest eigenvalue) of the information of the slopes, scaled to a unit diagonal; NaN without term
    /// tests.</summary>
    public double Condition { get; init; } = double.NaN;

    /// <summary>Which rows hold the fit; null where it was not asked for.</summary>
    public InfluenceTable? Influence { get; init; }

    /// <summary>Parameters on the scale of the data: K weight vectors, then K intercepts.</summary>
    public required double[] Parameters { get; init; }

    public required int Outputs { get; init; }

    /// <summary>Numbers a column that stand beside the coefficients; null for models without factors.</summary>
    public int? Rank => Data.Family.Own == FamilyNumber.Rank ? (int)Spec.Model.OwnOf(Data.Family) : null;

    /// <summary>‖V‖ of the factors.</summary>
    public double FactorNorm => Vectors.Norm<double>(Parameters.AsSpan(Outputs * (Data.Columns + (Spec.Model.Intercept ? 1 : 0))));

    /// <summary>The factors in words; null for models without them.</summary>
    public string? Factors => Rank is not { } k ? null
        : $"Factors: {Text.Plural(k, "number")} a column beside its coefficient, ‖V‖ = {Text.Number(FactorNorm)}; the model file has them.";

    public required bool HasReference { get; init; }

    /// <summary>Coefficient table, intercept first; with standard errors where they mean something.</summary>
    public required IReadOnlyList<Coefficient> Coefficients { get; init; }

    /// <summary>The column that each coefficient belongs to; −1 for constants and contrasts.</summary>
    public required IReadOnlyList<int> LineColumns { get; init; }

    /// <summary>inf F where no parameters attain it; null where some do.</summary>
    public double? Infimum { get; init; }

    /// <summary>Why AIC says nothing of this fit; null where it does.</summary>
    public string? NoAic { get; init; }

    /// <summary>Why there are no standard errors; null when there are.</summary>
    public string? NoInference { get; init; }

    /// <summary>Whether the intervals of the coefficients are of the profile likelihood; else they are Wald's.</summary>
    public bool IsProfiled { get; init; }

    /// <summary>Which covariance the standard errors are of; null for that of the model.</summary>
    public string? Covariance { get; init; }

    /// <summary>Its name in files: hc0 to hc3, or cluster; null for that of the model.</summary>
    public string? CovarianceName => Covariance is null ? null : Data.Clusters is not null ? "cluster"
        : Spec.Model.Robust?.ToString().ToLowerInvariant();

    /// <summary>What the model keeps for intervals of its predictions.</summary>
    public required ModelCovariance MarginCovariance { get; init; }

    public required string StatisticName { get; init; }

    /// <summary>What the run has shown of H; null unless a theorem is followed.</summary>
    public SmoothnessWatch<double>? Watch { get; init; }

    /// <summary>Sentences about the fit: separation, noise floor, scaling.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

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
