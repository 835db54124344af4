using Descent.Diagnosis;
using Descent.Runs;

namespace Descent.Fitting.Fits;

/// <summary>What every fit is, whatever was fitted: printed, written as JSON and as a page, saved.</summary>
abstract record Fitted
{
    public required FitSpec Spec { get; init; }

    public required LoadedData Data { get; init; }

    /// <summary>The method, by its catalogue name.</summary>
    public abstract string Method { get; }

    public abstract Outcome Outcome { get; }

    public abstract IReadOnlyList<TracePoint> Trace { get; }

    /// <summary>Single-example gradients asked.</summary>
    public abstract long Gradients { get; }

    /// <summary>Seconds of the steps, of looks, and of the certificate at the end.</summary>
    public abstract (double Steps, double Looks, double Certificate) Seconds { get; }

    /// <summary>What of the steps and looks was done before the run was gone on with, by a process that is no more.</summary>
    public virtual (double Steps, double Looks) Earlier => default;

    /// <summary>The convex fit, with coefficients and a certificate; of a path that of the λ chosen. Null for a network.</summary>
    public virtual RiskFit? Risk => null;

    /// <summary>How far F is from its infimum, or why nothing is proved of it.</summary>
    public abstract Certificate Certificate { get; }

    /// <summary>Whether there is a model to be saved: a run that diverged has none, everything else has.</summary>
    public abstract bool IsUsable { get; }

    /// <summary>Whether seeds matter.</summary>
    public abstract bool Draws { get; }

    /// <summary>How far it came, in a few words.</summary>
    public abstract string State { get; }

    public required double L2 { get; init; }

    public required FitQuality Quality { get; init; }

    public FitQuality? Validation { get; init; }

    /// <summary>Held-out mean loss along the run; empty without held-out rows.</summary>
    public IReadOnlyList<(TracePoint Point, double Loss)> HeldOutLoss { get; init; } = [];

    /// <summary>Held-out accuracy along the run; empty where there are no classes or no held-out rows.</summary>
    public IReadOnlyList<(double Epochs, double Accuracy)> HeldOutAccuracy { get; init; } = [];

    /// <summary>Moved and divided columns; null when they were taken as they are.</summary>
    public Scaling? Scaling { get; init; }

    public required string ScalingNote { get; init; }

    /// <summary>What the doctor was told.</summary>
    public required CaseHistory History { get; init; }

    /// <summary>What the doctor found; empty for a healthy run.</summary>
    public IReadOnlyList<Finding> Findings => Doctor.Examine(History);

    /// <summary>The same fit with other seeds, where they were asked for.</summary>
    public IReadOnlyList<Fitted> Others { get; init; } = [];

    /// <summary>What travelled between the ranks of the run; null for one process.</summary>
    public RankTraffic? Traffic { get; init; }

    /// <summary>Seconds of the parts of the command up to its printing, as its front end measured them; empty where nobody did.</summary>
    public IReadOnlyList<(string Part, double Seconds)> Spent { get; init; } = [];

    /// <summary>The model as the files it is saved in.</summary>
    /// <param name="name">Name of the model's file.</param>
    public abstract IModelFiles Files(string name);
}
