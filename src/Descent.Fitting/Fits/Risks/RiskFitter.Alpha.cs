using Descent.Runs;

namespace Descent.Fitting.Fits;

// α of negative binomial counts, where nobody gave it: the likelihood is raised in the coefficients, of which it is convex, and in α
// in turn.
sealed partial class RiskFitter
{
    double? own;

    bool IsAlphaOpen => data.Family.Own == FamilyNumber.Overdispersion && spec.Model.Overdispersion is null;

    /// <summary>The family's own number.</summary>
    double Own => own ??= IsAlphaOpen ? EstimateAlpha() : spec.Model.OwnOf(data.Family);

    // Alternation converges fast, for coefficients and α are orthogonal: the expected information has no entry between them.
    double EstimateAlpha()
    {
        FitSpec quiet = spec with
        {
            Method = new MethodSpec(),
            Budget = new Budget(),
            Path = null,
            HoldOut = 0,
            Output = new OutputSpec(),
            Model = spec.Model with { Robust = RobustErrors.HC0, EstimatesDispersion = false },
        };
        double alpha = 1;
        for (int k = 0; k < 100; k++)
        {
            FitSpec given = quiet with { Model = quiet.Model with { Overdispersion = alpha } };
            RiskFit fit = (RiskFit)new RiskFitter(given, data, (train, [])).Run(Stop, null);
            if (fit.Outcome.Kind == OutcomeKind.Interrupted)
            {
                remarks.Add($"The estimation of α was interrupted: α = {Text.Number(alpha, "G8")} is where it stood.");
                return alpha;
            }
            if (!fit.IsUsable) throw new FitException($"α could not be estimated: {fit.Outcome.Sentence}");
            double next = OverdispersionEstimate.Of(labels, weights, fit.Margins, 1 / alpha, out double error);
            if (double.IsPositiveInfinity(next))
                throw new FitException("the counts vary no more than Poisson counts do: the likelihood is largest at α = 0. Use `Family = "
                    + "poisson`, or give `Overdispersion`.");
            double before = alpha;
            alpha = 1 / next;
            if (Math.Abs(alpha - before) > 1e-11 * alpha) continue;
            remarks.Add($"α = {Text.Number(alpha, "G8")} was estimated by maximum likelihood: θ = 1/α = {Text.Number(next, "G8")}, "
                + $"standard error {Text.Number(error, "G6")}. "
            + "The standard errors of the coefficients take it as known, as R's glm.nb does; "
                + "α and they are asymptotically independent.");
            return alpha;
        }
        throw new FitException("α could not be estimated in 100 rounds; give `Overdispersion`.");
    }
}
