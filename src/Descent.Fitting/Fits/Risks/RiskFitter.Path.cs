using Descent.Algorithms;
using Descent.Models.Certificates;
using Descent.Models.Linear;
using Descent.Oracles;
using Descent.Runs;

namespace Descent.Fitting.Fits;

// A path of penalties: the rows are picked and scaled once, and every λ starts from the optimum of the one before.
sealed partial class RiskFitter
{
    /// <summary>Parameters on the scale of the data to start from; null for the start of the method.</summary>
    public IReadOnlyList<double>? StartAt { get; init; }

    /// <summary>Why a walk ended before its last λ, in the words of the run that failed; null where none did.</summary>
    public string? Failure { get; private set; }

    /// <summary>The optima of a path, one after another.</summary>
    /// <param name="given">The λ, falling; null for the grid below this data's own largest.</param>
    /// <param name="cancel">Ends the walk; a λ that is not solved yet is left out.</param>
    public IEnumerable<PathPoint> Walk(IReadOnlyList<double>? given, CancellationToken cancel)
    {
        PathSpec path = spec.Path!;
        Scale(PathSpec.Method);
        EmpiricalRisk<double> unit = MakeRisk(0, 1);
        double[] w = NullModel(unit.Outputs);
        IReadOnlyList<double> lambdas = given ?? path.Grid(LargestLambda(unit, w) / path.L1Ratio, train.Length, Columns);
        PathDescent method = new();
        for (int k = 0; k < lambdas.Count && (k == 0 || !cancel.IsCancellationRequested); k++)
        {
            ModelSpec model = path.At(lambdas[k], spec.Model);
            Risk = MakeRisk(model.L2.Value, model.L1);
            PathCertifier certifier = new(new RiskCertifier<double>(Risk));
            // The first of the grid is where the null model stops being the optimum.
            if (given is null && k == 0)
            {
                yield return PointOf(lambdas[k], model, w, certifier.Certify(w, default, true), 0);
                continue;
            }
            Problem<double, IHessianMatrixOracle<double>> problem = new(Risk);
            RunResult<double> run = problem.Minimize(method, OptionsOf(w, certifier, cancel));
            if (run.Outcome.Kind == OutcomeKind.Interrupted) yield break;
            if (run.Outcome.Kind == OutcomeKind.Diverged)
            {
                Failure = run.Outcome.Sentence;
                yield break;
            }
            w = run.Point;
            yield return PointOf(lambdas[k], model, w, run.Certificate!, run.Steps);
        }
    }

    // Looks are few: a step knows itself when nothing is left to gain.
    RunOptions<double> OptionsOf(double[] start, PathCertifier certifier, CancellationToken cancel)
    {
        CatalogueEntry entry = Catalogue.Find(PathSpec.Method)!;
        return new RunOptions<double>
        {
            Clock = Clock,
            Start = start,
            MaxSteps = entry.Steps,
            GapTolerance = spec.Budget.Gap is > 0 and var asked ? asked : entry.Gap,
            TraceEvery = 2,
            TraceFrom = 2,
            Certifier = certifier,
            Cancellation = cancel,
        };
    }

    PathPoint PointOf(double lambda, ModelSpec model, double[] w, Certificate certificate, long steps)
    {
        double[] original = Original(w);
        (double? loss, double? error) = HeldOutLoss(original);
        return new PathPoint(lambda, model.L1, model.L2.Value, certificate, Columns * Risk!.Outputs - w.AsSpan(0, Columns * Risk.Outputs)
            .Count(0.0), original, steps)
        {
            HeldOutLoss = loss,
            HeldOutError = error,
        };
    }

    // All coefficients zero: the intercepts alone, fitted on no columns at all. A penalised one is zero too.
    double[] NullModel(int outputs)
    {
        double[] w = new double[outputs * (Columns + (spec.Model.Intercept ? 1 : 0))];
        if (!spec.Model.Intercept || spec.Model.PenaliseIntercept) return w;
        EmpiricalRisk<double> alone = data.Family.Risk(new DenseRows<double>([], train.Length, 0), labels,
            new RiskOptions { Weights = weights, Offsets = offsets, Workers = workers }, Own, data.Classes?.Count ?? 0);
        double[] start = new double[alone.Dimension];
        if (outputs == 1) start[0] = data.Family.StartAt(Enumerable.Range(0, labels.Length).Sum(i => alone.WeightOf(i) * labels[i]))
            - Enumerable.Range(0, labels.Length).Sum(i => alone.WeightOf(i) * alone.OffsetOf(i));
        RunOptions<double> options = new() { Start = start, MaxSteps = 1_000 };
        double[] found = new Problem<double, EmpiricalRisk<double>>(alone).Minimize(Methods.Newton(), options).Point;
        // Of several classes the first is the reference there, and its intercept 0.
        found.CopyTo(w, w.Length - found.Length);
        return w;
    }

    // |∂F/∂wⱼ| ≤ λαpⱼ for every j is the condition of the null model, pⱼ what the penalty of column j is in the unit of the scaled column.
    double LargestLambda(EmpiricalRisk<double> unit, double[] w)
    {
        double[] g = new double[unit.Dimension];
        unit.Gradient(w, g);
        double largest = 0;
        for (int j = 0; j < g.Length; j++)
            if (unit.Lasso[j] > 0) largest = Math.Max(largest, Math.Abs(g[j]) / unit.Lasso[j]);
        if (largest > 0 && double.IsFinite(largest)) return largest;
        throw new FitException(largest == 0
            ? "`Path`: no column changes the loss of the null model, so that all coefficients are zero under every λ."
            : "`Path`: the gradient of the null model is out of range; scale the columns.");
    }

    EmpiricalRisk<double>? unseen;
    double[] unseenMargins = [], unseenSlopes = [], unseenLosses = [];

    // Mean loss on the rows held out and its standard error over them; the rows are picked once.
    (double? Loss, double? Error) HeldOutLoss(double[] original)
    {
        if (held.Length == 0) return (null, null);
        unseen ??= UnseenRisk();
        unseen.Margins(original, unseenMargins);
        unseen.LossesAt(unseenMargins, unseenSlopes, unseenLosses);
        double mean = 0, squares = 0;
        for (int i = 0; i < held.Length; i++) mean += unseen.WeightOf(i) * unseenLosses[i];
        for (int i = 0; i < held.Length; i++)
        {
            double r = unseen.WeightOf(i) * (unseenLosses[i] - mean);
            squares += r * r;
        }
        return (mean, held.Length > 1 ? Math.Sqrt(squares * held.Length / (held.Length - 1.0)) : null);
    }

    EmpiricalRisk<double> UnseenRisk()
    {
        RiskOptions options = new()
        {
            Intercept = spec.Model.Intercept,
            // Every class has weights of its own, as along the path.
            L1 = 1,
            Weights = Of(data.Weights, held),
            Offsets = Of(data.Offsets, held),
        };
        double[] y = [.. held.Select(i => data.Labels[i])];
        int classes = data.Classes?.Count ?? 0;
        double own = Own;
        EmpiricalRisk<double> risk = data.Dense is { } x
            ? data.Family.Risk(new DenseRows<double>(Pick(x, held), held.Length, data.Columns), y, options, own, classes)
            : data.Family.Risk(Pick(data.Sparse!.Value, held), y, options, own, classes);
        (unseenMargins, unseenSlopes) = (new double[held.Length * risk.Outputs], new double[held.Length * risk.Outputs]);
        unseenLosses = new double[held.Length];
        return risk;
    }
}
