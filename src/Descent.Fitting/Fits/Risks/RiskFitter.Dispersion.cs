
namespace Descent.Fitting.Fits;

// Counts that vary more than Poisson counts do.
sealed partial class RiskFitter
{
    // Of the errors only where there are some.
    void SayDispersion(FitQuality q, bool hasErrors)
    {
        SayNoCounts(q);
        if (!hasErrors) return;
        if (data.Family.HasExpectedCurvature && data.Family.Labels == LabelKind.Shares) SayTrials(q);
        if (!data.Family.MayEstimateDispersion || trials is not null) return;
        if (IsSandwich || spec.Model.EstimatesDispersion || L2 > 0 || spec.Model.L1 > 0) return;
        if (q is { Dispersion: > 1.2, DispersionP: < 0.01 })
            remarks.Add($"Overdispersion: Pearson's χ² is {Text.Number(q.Dispersion!.Value, "G4")} times its {q.Degrees} degrees of "
                + $"freedom (p = {Text.PValue(q.DispersionP!.Value)}), where Poisson counts have 1. These standard errors are too "
                + $"small by a factor of about {Text.Number(Math.Sqrt(q.Dispersion.Value), "G3")}: use "
                + "`Dispersion = estimated`, or `Robust = hc1`.");
    }

    void SayNoCounts(FitQuality q)
    {
        if (q.NotCounts > 0)
            remarks.Add($"{Text.Plural(q.NotCounts, "target")} of {Text.Count(q.Count)} "
                + $"{(q.NotCounts == 1 ? "is no whole number" : "are no whole numbers")}, which a "
                + $"{(data.Family == ModelFamilies.Poisson ? "Poisson" : data.Family.Name.Replace('-', ' '))} distribution never gives: "
                + "there is no likelihood and no AIC. The coefficients are those of a log-linear mean; for their errors use "
                + (data.Family.MayEstimateDispersion ? "`Dispersion = estimated`." : "`Robust = hc1`."));
    }

    void SayTrials(FitQuality q)
    {
        if (IsSandwich || spec.Model.EstimatesDispersion || L2 > 0 || spec.Model.L1 > 0) return;
        if (q is { Dispersion: > 1.2, DispersionP: < 0.01 })
            remarks.Add($"Overdispersion: Pearson's χ² is {Text.Number(q.Dispersion!.Value, "G4")} times its {q.Degrees} degrees of "
                + $"freedom (p = {Text.PValue(q.DispersionP!.Value)}), where binomial counts have 1. These standard errors are "
                + "too small by a "
                + $"factor of about {Text.Number(Math.Sqrt(q.Dispersion.Value), "G3")}: use `Dispersion = estimated`, or `Robust = hc1`.");
    }
}
