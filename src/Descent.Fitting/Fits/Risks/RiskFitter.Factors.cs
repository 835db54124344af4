using Descent.Models.Certificates;
using Descent.Models.Linear;
using Descent.Runs;

namespace Descent.Fitting.Fits;

// Families whose margins are no linear functions of their parameters: what does not go with them, and when a run of them has ended.
sealed partial class RiskFitter
{
    // Part of the gradient at the start below which a run has converged, where no accuracy was asked for.
    const double Stationary = 1e-7;

    double stationaryAt;

    void RefuseOfFactors()
    {
        if (data.Family.HasLinearMargins) return;
        ModelSpec m = spec.Model;
        (bool Asked, string Name, string Why)[] faults =
        [
            (m.L1 > 0, "`L1`", "is fitted without an L1 penalty; `L2` is possible"),
            (m.Standardise, "`Standardise = true`", "multiplies columns with each other, and takes them as they are"),
            (m.TestsTerms, "`TestsTerms = true`", "has no tests of terms: it is not convex"),
            (m.ProfilesLikelihood, "`ProfilesLikelihood = true`", "has no profiles: it is not convex"),
            (m.MostInfluential is not null, "`MostInfluential`", "tells no influence of rows: it is not convex"),
            (spec.Budget.Gap > 0, "`Gap`", "has no gap that could be proved; use `GradientTolerance` or `Tolerance`"),
            (spec.Method.WantsTheory, "`Theorem`", "is not convex, and no theorem here speaks of it"),
            (spec.Path is not null, "`Path`", "is fitted without an L1 penalty"),
        ];
        foreach (var (asked, name, why) in faults)
            if (asked) throw new FitException($"{name} does not go with `Family = {data.Family}`, which {why}.");
    }

    ICertifier<double> InnerCertifier(EmpiricalRisk<double> risk, double enough) => risk switch
    {
        IWholeLikelihood => new WholeLikelihoodCertifier(risk),
        IStationaryRisk => new StationaryCertifier(risk),
        _ => new RiskCertifier<double>(risk, enough: enough),
    };

    // Of an objective without a certified gap a run ends where its gradient has fallen to a part of what it was.
    double GradientToleranceOf(EmpiricalRisk<double> risk, double[] start)
    {
        if (risk.HasLinearMargins || spec.Budget.AsksAccuracy) return spec.Budget.GradientTolerance ?? 0;
        double[] g = new double[risk.Dimension];
        risk.Meter.Paused = true;
        risk.Gradient(start, g);
        risk.Meter.Paused = false;
        return stationaryAt = Stationary * Vectors.Norm<double>(g);
    }
}
