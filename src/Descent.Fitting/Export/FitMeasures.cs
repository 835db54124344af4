namespace Descent.Fitting.Export;

/// <summary>What a report says of how well a fit agrees with its rows, and with rows held out.</summary>
static class FitMeasures
{
    public static IEnumerable<(string Name, string Value)> Of(RiskFit fit)
    {
        FitQuality q = fit.Quality;
        bool linear = fit.Data.Family == ModelFamilies.Linear;
        yield return ("training rows", Text.Count(q.Count));
        if (q.LogLikelihood is { } l) yield return ("log-likelihood", Text.Number(l, "G10"));
        else if (q.IsPerfect) yield return ("log-likelihood", "without bound: an essentially perfect fit");
        if (q.NullLogLikelihood is { } none) yield return ("log-likelihood without coefficients", Text.Number(none, "G10"));
        if (q.Deviance is { } d)
            yield return (linear ? "residual sum of squares (deviance)" : "deviance", Text.Number(d, "G10") + Freedom(fit));
        if (q.NullDeviance is { } n)
            yield return (linear ? "sum of squares about the mean (null deviance)"
                : "null deviance (the intercept alone)", Text.Number(n, "G10"));
        if (q.LogLikelihood is not null) yield return ("AIC", Aic(fit, linear));
        if (q.R2 is { } r2) yield return ("R²", Text.Number(r2, "G10"));
        if (q.Sigma is { } s) yield return ("residual standard error", Text.Number(s, "G8"));
        if (q.Rmse is { } e) yield return ("root mean squared error", Text.Number(e, "G8"));
        if (q.MeanAbsoluteError is { } m) yield return ("mean absolute error", Text.Number(m, "G8"));
        if (q.Dispersion is { } phi) yield return ("dispersion: Pearson's χ² over its degrees of freedom", Text.Number(phi, "G6"));
        yield return ("mean loss, without penalty", Text.Number(q.MeanLoss, "G8"));
        if (q.Accuracy is { } a)
            yield return ("accuracy", $"{Text.Number(a, "0.000000")} ({Text.Count(q.Errors!.Value)} of {Text.Count(q.Count)} wrong)");
        if (DiagnosticSection.Roc(fit) is { } roc) yield return ("area under the ROC curve (AUC)", Text.Number(roc.Auc, "0.000000"));
        if (fit.Validation is not { } v) yield break;
        yield return ("held-out rows", Text.Count(v.Count));
        yield return ("held-out mean loss", Text.Number(v.MeanLoss, "G8") + FitPrinter.Interval(v));
        yield return ("held-out fit", FitPrinter.Measures(v));
        if (DiagnosticSection.HeldOutRoc(fit) is { } unseen) yield return ("held-out AUC", Text.Number(unseen.Auc, "0.000000"));
    }

    // Rows minus coefficients, where each coefficient takes one: neither under a penalty nor where estimates are infinite.
    static string Freedom(RiskFit fit) => fit.L2 > 0 || fit.Spec.Model.L1 > 0 || fit.Infimum is not null ? ""
        : $" on {Text.Plural(fit.Quality.Degrees, "degree")} of freedom";

    static string Aic(RiskFit fit, bool linear)
    {
        FitQuality q = fit.Quality;
        if (fit.NoAic is { } why) return "none: " + why;
        // Least squares has σ² as one more parameter.
        if (!linear) return Text.Number(q.Aic!.Value, "G10");
        int used = q.Used, parameters = used - q.Degrees;
        return $"{Text.Number((2 * (parameters + 1)) - (2 * q.LogLikelihood!.Value), "G10")} ({Text.Plural(parameters, "coefficient")} "
            + $"and σ²)";
    }
}
