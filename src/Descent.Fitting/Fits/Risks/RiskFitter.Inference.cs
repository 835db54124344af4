using Descent.Models.Inference;
using Descent.Models.Linear;
using Descent.Models.Separation;
using Descent.Runs;

namespace Descent.Fitting.Fits;

// Standard errors where they mean something, and the reason where they do not.
sealed partial class RiskFitter
{
    string? separation;
    int[] columnsOfLines = [];

    bool EstimatesDispersion => data.Family.EstimatesDispersion || spec.Model.EstimatesDispersion;

    (IReadOnlyList<Coefficient> Table, string? Refusal, string Statistic) Infer(
        EmpiricalRisk<double> risk, RunResult<double> run, Certificate certificate, double[] original, FitQuality quality, bool usable)
    {
        string? refusal = Refusal(risk, run, certificate, quality, usable);
        double[]? covariance = refusal is not null ? null
            : IsSandwich ? SandwichOf(risk, run.Point, ref refusal) : CovarianceOf(risk, run.Point, quality);
        if (refusal is null && covariance is null)
            refusal = "the Hessian is singular to working precision: some columns are nearly linear combinations of others.";
        covarianceFound = covariance;
        double[]? variances = covariance is null ? null : Widen(VariancesOf(covariance, risk), risk.WeightVectors, double.NaN);
        double? degrees = !EstimatesDispersion ? null : data.Clusters is null ? quality.Degrees : Groups - 1;
        double?[] limits = LimitsOf();
        List<Coefficient> lines = [];
        List<int> columns = [];
        int d = data.Columns, k = risk.Outputs, vectors = risk.WeightVectors;
        int[] place = new int[d];
        Array.Fill(place, -1);
        for (int j = 0; j < Columns; j++) place[kept?[j] ?? j] = j;
        for (int c = 0; c < vectors; c++)
        {
            if (HasConstantLines(risk)) Add(-1, (k * d) + c, (k * Columns) + c, ParameterName((k * Columns) + c));
            for (int j = 0; j < d; j++)
                Add(j, (c * d) + j, place[j] < 0 ? -1 : (c * Columns) + place[j], Prefix(c) + data.Features[j].Name);
        }
        for (int c = 0; data.Family.HasThresholds && c < k; c++)
        {
            double variance = variances is null ? double.NaN : variances[d + c];
            lines.Add(WaldInference.Line(ThresholdName(c), -original[(k * d) + c], variance, degrees));
            columns.Add(-1);
        }
        if (infinite is not null && data.Family.HasOutputs) lines.AddRange(Contrasts(risk, original, covariance));
        columnsOfLines = [.. columns, .. Enumerable.Repeat(-1, lines.Count - columns.Count)];
        return (lines, refusal, EstimatesDispersion ? "t" : "z");

        void Add(int column, int index, int parameter, string name)
        {
            lines.Add(Line(index, parameter, name));
            columns.Add(column);
        }

        Coefficient Line(int index, int parameter, string name)
        {
            if (parameter < 0) return Coefficient.Bare(name, 0) with { IsLeftOut = true };
            if (limits.Length > 0 && limits[parameter] is { } limit) return Coefficient.Bare(name, original[index]) with { Limit = limit };
            return variances is null ? Coefficient.Bare(name, original[index])
                : WaldInference.Line(name, original[index], variances[index], degrees);
        }
    }

    // Whether a vector of weights has a constant, which stands before it in the table; thresholds follow after all.
    bool HasConstantLines(EmpiricalRisk<double> risk) => risk.HasIntercept && !data.Family.HasThresholds;

    string ThresholdName(int k) => $"{data.Classes![k]}|{data.Classes[k + 1]}";

    string Prefix(int output) => data.Family.HasOutputs ? data.Classes![output + (Risk!.Outputs < data.Classes.Count ? 1 : 0)] + ": " : "";

    // Why there is no likelihood to tell of the estimates; null where there is one, or a sandwich needs none.
    string? NoLikelihood(EmpiricalRisk<double> risk, RunResult<double> run, FitQuality quality, bool usable)
    {
        if (!usable || run.Outcome.Kind == OutcomeKind.Diverged) return "the run diverged.";
        if (data.Family.NoInference is { } reason && !IsSandwich) return reason;
        if (L2 > 0 || spec.Model.L1 > 0)
            return "a penalty biases the estimates, so their standard errors would not describe the distance to the truth.";
        if (spec.Model.WeightsAre == WeightMeaning.Importance && weights is not null && !IsSandwich)
            return "weights of importance have no likelihood, so that the Hessian is not the information. `Robust = hc0` gives "
                + "standard errors.";
        if (spec.Model.ClassWeights is not null) return "weights by class change the likelihood, so its Hessian is not the information.";
        if (EstimatesDispersion && quality.Degrees <= 0)
            return $"{Text.Plural(quality.Degrees + risk.Dimension, "row")} leave no degrees of freedom for "
                + $"{Text.Plural(risk.Dimension, "parameter")}.";
        if (quality.IsPerfect)
            return "an essentially perfect fit: what is left of the target is rounding, and says nothing about the noise.";
        return null;
    }

    string? Refusal(EmpiricalRisk<double> risk, RunResult<double> run, Certificate certificate, FitQuality quality, bool usable)
    {
        if (NoLikelihood(risk, run, quality, usable) is { } none) return none;
        if (infinite is null && separation is not null)
            return data.Family.HasClasses || data.Family.Labels == LabelKind.Shares
                ? "the classes are separated, so the maximum-likelihood estimates are infinite."
                : "the likelihood has no maximum: some of its estimates are infinite.";
        if (infinite is not null && LimitsOf().All(l => l is not null) && (!data.Family.HasOutputs || infinite.IsComplete))
            return data.Family.Labels == LabelKind.Counts ? "all maximum-likelihood estimates are infinite."
                : "the classes are separated, so the maximum-likelihood estimates are infinite.";
        if (IsSandwich && NoSandwich(risk) is { } why) return why;
        if (infinite is not null && infinite.Covariance is null)
            return "the estimates that are finite could not be solved for in this precision.";
        if (risk.Dimension > 2000) return $"{risk.Dimension} parameters make the exact Hessian too large.";
        if (!(certificate.RelativeGap <= 1e-6))
            return $"the fit is not converged (certified relative gap {Text.Number(certificate.RelativeGap)}); standard errors belong "
                + $"to the optimum. Use {(spec.Method.IsAuto ? "more epochs or steps" : "`Method = auto` or more epochs")}.";
        return null;
    }

    double DispersionOf(FitQuality quality) => quality.IsLeastSquares ? quality.Deviance!.Value / quality.Degrees
        : EstimatesDispersion ? quality.Dispersion ?? double.NaN : 1;

    // (W·∇²F)⁻¹ times the dispersion, in the parameters of the risk.
    double[]? CovarianceOf(EmpiricalRisk<double> risk, double[] point, FitQuality quality)
    {
        double dispersion = DispersionOf(quality);
        if (infinite?.Covariance is { } limited) return [.. limited.Select(c => c * dispersion)];
        int p = risk.Dimension;
        double[] gradient = new double[p], hessian = new double[p * p];
        risk.Meter.Paused = true;
        if (data.Family.HasExpectedCurvature) Information(risk, point, hessian);
        else risk.Curvature(point, gradient, hessian);
        risk.Meter.Paused = false;
        return WaldInference.Covariance(hessian, p, risk.TotalWeight, dispersion);
    }

    // What the Hessian is in expectation, which does not depend on the labels.
    void Information(EmpiricalRisk<double> risk, double[] point, double[] matrix)
    {
        double[] h = new double[risk.Count];
        risk.Margins(point, h);
        for (int i = 0; i < h.Length; i++) h[i] = risk.WeightOf(i) * data.Family.ExpectedCurvature(h[i], Own);
        risk.WeightedGram(h, matrix);
    }

    double[] VariancesOf(double[] covariance, EmpiricalRisk<double> risk)
    {
        if (scaling is not null) return scaling.UndoVariances(covariance, risk.WeightVectors, risk.HasIntercept ? risk.Outputs : 0);
        int p = risk.Dimension;
        double[] variances = new double[p];
        for (int j = 0; j < p; j++) variances[j] = covariance[(j * p) + j];
        return variances;
    }

    // Classes that run away together keep finite differences: each class against the first that it is not separated from.
    List<Coefficient> Contrasts(EmpiricalRisk<double> risk, double[] original, double[]? covariance)
    {
        List<Coefficient> lines = [];
        int d = Columns, k = risk.Outputs, p = risk.Dimension;
        double?[] limits = LimitsOf();
        double[][] moves = [.. infinite!.Directions.Select(r => r.Move)];
        for (int b = 1; b < k; b++)
        {
            int[] places = Places(b);
            if (places.All(j => limits[j] is null)) continue;
            int a = Enumerable.Range(0, b)
                .FirstOrDefault(c => Places(c).Zip(places)
                .All(q => moves.All(m => Math.Abs(m[q.First] - m[q.Second]) <= 1e-9 * m.Max(Math.Abs))), -1);
            if (a < 0) continue;
            double[]? variances = covariance is null ? null : VariancesOf(Contrast(covariance, a, b), risk);
            foreach (int j in (int[])[d, .. Enumerable.Range(0, d)])
            {
                if (j == d && !risk.HasIntercept) continue;
                int full = j == d ? -1 : kept?[j] ?? j, all = data.Columns;
                double estimate = j == d ? original[(k * all) + b] - original[(k * all) + a]
                    : original[(b * all) + full] - original[(a * all) + full];
                string name = $"{Prefix(b)[..^2]} − {Prefix(a)}{(j == d ? "(Intercept)" : data.Features[full].Name)}";
                lines.Add(variances is null ? Coefficient.Bare(name, estimate)
                    : WaldInference.Line(name, estimate, variances[j == d ? (k * d) + b : (b * d) + j], null));
            }
        }
        return lines;

        int[] Places(int c) => [.. Enumerable.Range(c * d, d), .. risk.HasIntercept ? (int[])[(k * d) + c] : []];

        // The covariance with block b replaced by that of the differences.
        double[] Contrast(double[] from, int a, int b)
        {
            double[] to = (double[])from.Clone();
            int[] pa = Places(a), pb = Places(b);
            for (int i = 0; i < pb.Length; i++)
                for (int j = 0; j < pb.Length; j++)
                    to[(pb[i] * p) + pb[j]] = from[(pb[i] * p) + pb[j]] - from[(pa[i] * p) + pb[j]] - from[(pb[i] * p) + pa[j]]
                        + from[(pa[i] * p) + pa[j]];
            return to;
        }
    }
}
