using Descent.Cli.Output;
using Descent.Models.Inference;
using Descent.Models.Linear;
using Descent.Runs;

namespace Descent.Cli.Fitting;

// Standard errors where they mean something, and the reason where they do not.
sealed partial class Fitter
{
    string? separation;

    (IReadOnlyList<Coefficient> Table, string? Refusal, string Statistic) Infer(
        EmpiricalRisk<double> risk, RunResult<double> run, Certificate certificate, double[] original, FitQuality quality, double[] z, bool usable)
    {
        string statistic = data.Model == "linear" ? "t" : "z";
        string? refusal = Refusal(risk, run, certificate, z, usable);
        double[]? variances = refusal is null ? Variances(risk, run.Point, quality) : null;
        if (refusal is null && variances is null) refusal = "the Hessian is singular: some columns are constant or linear combinations of others.";
        double? degrees = data.Model == "linear" ? train.Length - risk.Dimension : null;
        List<Coefficient> lines = [];
        int d = data.Columns, k = risk.Outputs, shift = data.Model == "softmax" && k < data.Classes!.Count ? 1 : 0;
        for (int c = 0; c < k; c++)
        {
            string prefix = data.Model == "softmax" ? data.Classes![c + shift] + ": " : "";
            if (risk.HasIntercept) lines.Add(Line(prefix + "(Intercept)", (k * d) + c));
            for (int j = 0; j < d; j++) lines.Add(Line(prefix + data.Features[j].Name, (c * d) + j));
        }
        return (lines, refusal, statistic);

        Coefficient Line(string name, int index) =>
            variances is null ? Coefficient.Bare(name, original[index]) : WaldInference.Line(name, original[index], variances[index], degrees);
    }

    string? Refusal(EmpiricalRisk<double> risk, RunResult<double> run, Certificate certificate, double[] z, bool usable)
    {
        if (!usable || run.Outcome.Kind == OutcomeKind.Diverged) return "the run diverged.";
        if (data.Model is "huber" or "absolute" or "quantile") return $"the {data.Model} loss is not a log-likelihood, so the Hessian does not give standard errors. A bootstrap would.";
        if (data.Model == "hinge") return "the hinge loss has no likelihood behind it.";
        if (L2 > 0 || request.L1 > 0) return "a penalty biases the estimates, so their standard errors would not describe the distance to the truth.";
        if (request.ClassWeight is not null) return "weights by class change the likelihood, so its Hessian is not the information.";
        if (data.Model == "linear" && train.Length <= risk.Dimension) return $"{train.Length} rows leave no degrees of freedom for {risk.Dimension} parameters.";
        if (Separated(risk, run.Point, z) is { } words)
        {
            remarks.Add(words);
            separation = words;
            return "the classes are separated, so the maximum-likelihood estimates are infinite.";
        }
        if (risk.Dimension > 2000) return $"{risk.Dimension} parameters make the exact Hessian too large.";
        if (!(certificate.RelativeGap <= 1e-6)) return $"the fit is not converged (certified relative gap {Text.Number(certificate.RelativeGap)}); standard errors belong to the optimum. Use --method auto or more epochs.";
        return null;
    }

    double[]? Variances(EmpiricalRisk<double> risk, double[] point, FitQuality quality)
    {
        int p = risk.Dimension;
        double[] gradient = new double[p], hessian = new double[p * p];
        risk.Meter.Paused = true;
        risk.Curvature(point, gradient, hessian);
        risk.Meter.Paused = false;
        double dispersion = data.Model == "linear" ? quality.Deviance!.Value / (train.Length - p) : 1;
        double[]? covariance = WaldInference.Covariance(hessian, p, risk.TotalWeight, dispersion);
        if (covariance is null) return null;
        if (scaling is not null) return scaling.UndoVariances(covariance, risk.Outputs, risk.HasIntercept);
        double[] variances = new double[p];
        for (int j = 0; j < p; j++) variances[j] = covariance[(j * p) + j];
        return variances;
    }

    // Complete separation shows in the signs; quasi-separation in fitted probabilities of 0 or 1 to working precision.
    string? Separated(EmpiricalRisk<double> risk, double[] point, double[] z)
    {
        if (data.Model == "logistic")
        {
            int wrong = 0, certain = 0;
            for (int i = 0; i < z.Length; i++)
            {
                if (((2 * labels[i]) - 1) * z[i] <= 0) wrong++;
                if (Math.Abs(z[i]) > 25) certain++;
            }
            if (wrong == 0) return "Complete separation: a hyperplane puts every row on its own side, so the likelihood grows without bound along it and the estimates are infinite. Add a penalty (--l2 1/n), or drop the separating feature.";
            if (certain > 0 && LostCurvature(risk, point)) return $"Quasi-complete separation: {certain} rows have fitted probabilities of 0 or 1 to working precision and some direction has lost all curvature. Add a penalty (--l2 1/n).";
        }
        if (data.Model != "softmax") return null;
        int k = risk.Outputs;
        for (int i = 0; i < labels.Length; i++)
            if (Quality.Predict(z.AsSpan(i * k, k), k < data.Classes!.Count) != (int)labels[i]) return null;
        return "Complete separation: every row is classified without error by linear boundaries, so the estimates are infinite. Add a penalty (--l2 1/n).";
    }

    // Well conditioned at zero and singular at the fit.
    static bool LostCurvature(EmpiricalRisk<double> risk, double[] point) =>
        risk.Dimension <= 2000 && Pivot(risk, new double[risk.Dimension]) > 1e-12 && Pivot(risk, point) < 1e-6;

    static double Pivot(EmpiricalRisk<double> risk, double[] point)
    {
        int p = risk.Dimension;
        double[] gradient = new double[p], hessian = new double[p * p];
        risk.Meter.Paused = true;
        risk.Curvature(point, gradient, hessian);
        risk.Meter.Paused = false;
        // Not divided by its own diagonal: a saturated direction shows in the diagonal itself.
        double least = double.PositiveInfinity;
        for (int j = 0; j < p; j++) least = Math.Min(least, hessian[(j * p) + j]);
        Cholesky factor = new(p);
        return factor.Factor(hessian) ? least * factor.SmallestPivot : 0;
    }
}
