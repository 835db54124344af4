using System.Diagnostics;
using Descent.Runs;

namespace Descent.Fitting.Fits;

/// <summary>A path over all training rows, the same λ over the rows of each fold, and the fit of the λ that the losses choose.</summary>
sealed class PathFitter : Fitter
{
    readonly PathSpec path;
    readonly List<PathPoint> points = [];
    readonly (int[] Train, int[] Held)[] folds;
    RiskFitter? walker;
    (int Place, PathPoint Point)? latest;

    public PathFitter(FitSpec spec, LoadedData data, (int[] Train, int[] Held)? split)
        : base(spec, data, split)
    {
        path = spec.Path!;
        if (!data.Family.IsSumOverRows || data.Family.HasThresholds || !data.Family.HasLinearMargins)
            throw new FitException($"`Path`: `Family = {data.Family}` is fitted without an L1 penalty; an `L2` penalty is possible.");
        if (data.Family.Own == FamilyNumber.Overdispersion && spec.Model.Overdispersion is null)
            throw new FitException("`Path`: every λ would have an α of its own; give `Overdispersion`, for example that of a fit without "
                + "penalties.");
        if (data.Family.HasKinks)
            throw new FitException(path.Faults(spec with { Model = spec.Model with { Family = data.Family } }).First());
        int parameters = data.Columns * (data.Family.HasOutputs ? data.Classes!.Count : 1);
        if (data.Family.HasOutputs && parameters > MostOfClasses)
            throw new FitException($"`Path`: {Text.Count(parameters)} coefficients of {data.Classes!.Count} classes make a Hessian too "
                + $"large to form for every λ; expected at most {Text.Count(MostOfClasses)}. Use fewer columns, or `Target = COL=LEVEL`.");
        folds = path.Folds == 0 ? [] : spec.InTime ? Design.Folds.InTime(data, train, path.Folds)
            : Design.Folds.Of(data, train, path.Folds, spec.Seed);
    }

    // Several classes have no columns of one margin to be moved along; their Hessian is formed whole.
    const int MostOfClasses = 2_000;

    /// <inheritdoc/>
    public override double DefaultStep => double.NaN;

    /// <inheritdoc/>
    public override long MaxSteps => long.MaxValue;

    /// <inheritdoc/>
    public override string ScalingNote => walker?.ScalingNote ?? "none";

    /// <inheritdoc/>
    /// <remarks>Its parts are the λ; the run of the chosen one starts at its optimum, so that there is no trace to follow.</remarks>
    protected override Fitted Take(CancellationToken cancel, Action<TracePoint>? onTrace)
    {
        long begun = Stopwatch.GetTimestamp();
        walker = new RiskFitter(spec, data, (train, held));
        foreach (PathPoint point in walker.Walk(null, cancel)) Take(point);
        double walked = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        int done = points.Count == path.Count ? CrossValidate(cancel) : 0;
        double crossed = Stopwatch.GetElapsedTime(begun).TotalSeconds - walked;
        (int chosen, string why) = Choose(done);
        PathPoint best = points[chosen];
        RiskFit fit = (RiskFit)new RiskFitter(At(best), data, (train, held)) { StartAt = best.Parameters }.Run(cancel, null);
        return new PathFit
        {
            Spec = spec,
            Data = data,
            Path = path,
            Points = points,
            Fit = fit,
            Chosen = chosen,
            Why = why,
            Folds = done,
            Ended = Outcome(done, fit),
            Walked = (walked, crossed),
            L2 = fit.L2,
            Quality = fit.Quality,
            Validation = fit.Validation,
            ScalingNote = fit.ScalingNote,
            Scaling = fit.Scaling,
            History = fit.History,
        };
    }

    /// <inheritdoc/>
    public override (string What, IModelFiles Files)? Unfinished(string name)
    {
        if (latest is not { } last) return null;
        PathPoint point = last.Point;
        int outputs = point.Parameters.Count / (data.Columns + (spec.Model.Intercept ? 1 : 0));
        string recursion = Methods.CoordinateDescent().Recursion;
        LinearOrigin from = new(At(point), data, PathSpec.Method, recursion, outputs, false, point.L2, null, ScalingNote,
            ModelCovariance.Without("a penalty biases the estimates."));
        string sentence = $"Interrupted within a step of a path; the model is the optimum of λ = {Text.Number(point.Lambda)}, the last "
            + $"that was complete ({last.Place + 1} of {path.Count}).";
        ModelCertificate certificate = ModelWriter.Certificate(point.Certificate);
        OneModelFile file = new(ModelWriter.Of(from, [.. point.Parameters], certificate, sentence));
        return ($"the optimum of λ number {Text.Count(last.Place + 1)}", file);
    }

    FitSpec At(PathPoint point) => spec with { Path = null, Model = path.At(point.Lambda, spec.Model) };

    void Take(PathPoint point)
    {
        latest = (points.Count, point);
        Say(points.Count, "", point);
        points.Add(point);
    }

    void Say(int place, string where, PathPoint p) => OnPart?.Invoke(() => $"{where}λ {place + 1} of {path.Count} = "
        + $"{Text.Number(p.Lambda, "G4")}: F = {Text.Number(p.Certificate.Value, "G8")}, {Text.Count(p.NonZeros)} away from zero");

    // Folds that were not walked to their end say nothing: all λ are compared on the same rows.
    int CrossValidate(CancellationToken cancel)
    {
        double[] lambdas = [.. points.Select(p => p.Lambda)];
        List<double[]> losses = [];
        List<double> weights = [];
        foreach (var (rest, unseen) in folds)
        {
            List<double> found = [];
            foreach (PathPoint p in new RiskFitter(spec, data.For(rest), (rest, unseen)).Walk(lambdas, cancel))
            {
                Say(found.Count, $"fold {losses.Count + 1} of {path.Folds}, ", p);
                found.Add(p.HeldOutLoss!.Value);
            }
            if (found.Count < lambdas.Length) break;
            losses.Add([.. found]);
            weights.Add(unseen.Sum(i => data.Weights?[i] ?? 1));
        }
        if (losses.Count < 2) return 0;
        for (int k = 0; k < points.Count; k++)
        {
            (double mean, double error) = PathLosses.Over([.. losses.Select(l => l[k])], [.. weights]);
            points[k] = points[k] with { FoldLoss = mean, FoldError = error };
        }
        return losses.Count;
    }

    (int Place, string Why) Choose(int done)
    {
        string by = done > 0 ? $"mean loss over {done} folds" : "loss on the rows held out";
        int least = PathLosses.Least(points);
        if (least < 0)
            return (points.Count - 1, "the smallest λ that was solved, for no rows were held out to choose by (`CrossValidate` "
                + "or `HoldOut`)");
        return path.Choose == PathChoice.Min ? (least, $"that of the least {by}")
            : (PathLosses.WithinOneError(points), $"the largest within one standard error of the least {by}");
    }

    Outcome Outcome(int done, RiskFit fit)
    {
        string of = $"{points.Count} of {path.Count} λ";
        if (walker!.Failure is { } failure) return new Outcome(OutcomeKind.Stalled, $"The path ends after {of}: {failure}");
        if (points.Count < path.Count)
            return new Outcome(OutcomeKind.Interrupted, $"Interrupted after {of}; the path ends there.");
        if (done < folds.Length)
            return new Outcome(OutcomeKind.Interrupted, $"Interrupted after {done} of {folds.Length} folds; the path over all rows is "
                + $"complete{(done > 0 ? ", and those folds alone choose" : "")}.");
        if (fit.Outcome.Kind == OutcomeKind.Interrupted) return fit.Outcome;
        double worst = points.Max(p => p.Certificate.RelativeGap);
        int missed = spec.Budget.Gap is > 0 and var gap ? points.Count(p => !(p.Certificate.RelativeGap <= gap)) : 0;
        string gaps = $"the largest certified gap is {Text.AtMost(worst, 3)} of F";
        return missed > 0
            ? new Outcome(OutcomeKind.AccuracyMissed, $"Solved {of}; the asked accuracy was not certified for {missed} of them, {gaps}.")
            : new Outcome(fit.Outcome.Kind, $"Solved {of}; {gaps}.");
    }
}
