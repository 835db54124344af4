using Descent.Runs;

namespace Descent.Fitting.Fits;

/// <summary>A path of penalties, and the fit of the λ that was chosen.</summary>
sealed record PathFit : Fitted
{
    /// <summary>The path as it was asked for.</summary>
    public required PathSpec Path { get; init; }

    /// <summary>The optima, the largest λ first.</summary>
    public required IReadOnlyList<PathPoint> Points { get; init; }

    /// <summary>The fit of the chosen λ.</summary>
    public required RiskFit Fit { get; init; }

    /// <summary>The place of the chosen λ.</summary>
    public required int Chosen { get; init; }

    /// <summary>Folds whose losses are in the points; 0 without cross-validation.</summary>
    public required int Folds { get; init; }

    /// <summary>What became of the path, in a kind and a sentence.</summary>
    public required Outcome Ended { get; init; }

    /// <summary>Why this λ.</summary>
    public required string Why { get; init; }

    /// <summary>Seconds of the path itself, and of its folds.</summary>
    public required (double Path, double Folds) Walked { get; init; }

    /// <summary>The place of the least held-out loss; −1 where no rows were held out.</summary>
    public int Least => PathLosses.Least(Points);

    /// <summary>The place of the largest λ within one standard error of it; −1 where no rows were held out.</summary>
    public int WithinOneError => PathLosses.WithinOneError(Points);

    public override RiskFit? Risk => Fit;

    public override string Method => Fit.Method;

    public override Outcome Outcome => Ended;

    public override IReadOnlyList<TracePoint> Trace => Fit.Trace;

    public override long Gradients => Fit.Gradients;

    public override (double Steps, double Looks, double Certificate) Seconds =>
        (Fit.Seconds.Steps + Walked.Path + Walked.Folds, Fit.Seconds.Looks, Fit.Seconds.Certificate);

    public override Certificate Certificate => Fit.Certificate;

    public override bool IsUsable => Fit.IsUsable;

    public override bool Draws => false;

    public override string State => Fit.State;

    public override IModelFiles Files(string name) => Fit.Files(name);
}
