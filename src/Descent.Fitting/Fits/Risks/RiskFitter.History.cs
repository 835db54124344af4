using Descent.Diagnosis;
using Descent.Models.Linear;
using Descent.Runs;

namespace Descent.Fitting.Fits;

// What the doctor is told of a fit.
sealed partial class RiskFitter
{
    CaseHistory HistoryOf(Plan plan, RunResult<double> run, double[] z, FitQuality? validation, string? separation,
        IReadOnlyList<(TracePoint Point, double Loss)> heldOut)
    {
        CaseHistory history = new()
        {
            CommandLine = spec.Caller.Text,
            Method = plan.Method,
            Outcome = run.Outcome.Kind,
            Trace = run.Trace,
            ProvedGap = run.Certificate is { } c && double.IsFinite(c.RelativeGap) ? c.RelativeGap : double.NaN,
            AskedGap = spec.Budget.Gap ?? 0,
            Count = train.Length,
            Batch = plan.Batch,
            Noisy = plan.IsStochastic,
            Averaged = plan.Averaged,
            Smoothness = plan.SampledSmoothness,
            StableStep = plan.StableStep,
            DefaultStep = plan.DefaultStep,
            MethodGiven = !spec.Method.IsAuto,
            StepGiven = spec.Method.StepSize is not null,
            Schedule = spec.Method.Schedule?.Text,
            NoiseVariance = plan.IsStochastic && run.Point.All(double.IsFinite) ? NoiseOf(Risk!, z) / plan.Batch : double.NaN,
            Columns = scaling is not null || data.Dense is null ? [] : ScalesOf(),
            Separation = separation,
            HeldOut = [.. heldOut.Select(p => new HeldOutPoint(p.Point.Epochs, p.Loss))],
            HeldOutError = validation?.MeanLossError ?? double.NaN,
            HeldOutNull = validation is { R2: { } r2 } v && r2 < 1 ? v.MeanLoss / (1 - r2)
                : validation is { NullDeviance: { } d } && data.IsBinary ? d / (2 * held.Length) : double.NaN,
            Penalty = L2,
            StopsEarly = spec.Budget.Patience is not null,
        };
        // An eigenvalue problem is spent only where it could explain something.
        return history.Missed && history.Columns.Count > 0 ? history with { Condition = ConditionAt(run.Point) } : history;
    }

    /// <summary>What is known while a run goes on: the trace and the step sizes.</summary>
    public override CaseHistory HistorySoFar(IReadOnlyList<TracePoint> trace) => HistorySoFar(Plan, trace);

    CaseHistory HistorySoFar(Plan plan, IReadOnlyList<TracePoint> trace) => new()
    {
        Method = plan.Method,
        Outcome = trace[^1].Value > trace[0].Value * (1 + 1e-9) && trace[^1].GradientNorm > trace[0].GradientNorm ? OutcomeKind.Diverged
            : OutcomeKind.BudgetSpent,
        Trace = trace,
        AskedGap = spec.Budget.Gap ?? 0,
        Count = train.Length,
        Batch = plan.Batch,
        Noisy = plan.IsStochastic,
        Smoothness = plan.SampledSmoothness,
        StableStep = plan.StableStep,
        DefaultStep = plan.DefaultStep,
        MethodGiven = !spec.Method.IsAuto,
        StepGiven = spec.Method.StepSize is not null,
        Schedule = spec.Method.Schedule?.Text,
    };

    ColumnScale[] ScalesOf()
    {
        int d = Columns;
        double[] mean = new double[d], square = new double[d];
        for (int i = 0; i < train.Length; i++)
        {
            for (int j = 0; j < d; j++)
            {
                double v = dense!.Value[((long)i * d) + j];
                mean[j] += v / train.Length;
                square[j] += v * v / train.Length;
            }
        }
        return [.. Enumerable.Range(0, d)
            .Select(j =>
            new ColumnScale(data.Features[kept?[j] ?? j].Name, mean[j], Math.Sqrt(Math.Max(0, square[j] - (mean[j] * mean[j])))))];
    }

    double ConditionAt(double[] point)
    {
        int p = Risk!.Dimension;
        if (p > 300 || !point.All(double.IsFinite) || double.IsPositiveInfinity(Risk.LossSmoothness)) return double.NaN;
        double[] gradient = new double[p], hessian = new double[p * p];
        Risk.Meter.Paused = true;
        Risk.Curvature(point, gradient, hessian);
        Risk.Meter.Paused = false;
        for (int i = 0; i < p; i++)
            for (int j = 0; j < i; j++) hessian[(i * p) + j] = hessian[(j * p) + i];
        SymmetricEigen eigen = new(p);
        return eigen.Decompose(hessian) && eigen.Values[p - 1] > 0
            ? eigen.Values[p - 1] / Math.Max(eigen.Values[0], 1e-16 * eigen.Values[p - 1]) : double.NaN;
    }

    // σ² of single-example gradients: the mean of ‖∇φᵢ‖² less ‖mean‖².
    double NoiseOf(EmpiricalRisk<double> risk, double[] z)
    {
        int k = risk.Outputs;
        if (!risk.HasLinearMargins) return double.NaN;
        double second = 0;
        double[] u = new double[k], v = new double[risk.Dimension], all = new double[z.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            risk.LossAt(i, z.AsSpan(i * k, k), u);
            u.CopyTo(all, i * k);
            second += risk.WeightOf(i) * risk.SquaredRowNorm(i) * Vectors.Dot<double>(u, u);
        }
        risk.Adjoint(all, v);
        return Math.Max(0, second - Vectors.Dot<double>(v, v));
    }
}
