namespace Descent.Fitting.Fits;

/// <summary>Residuals of a fit of numbers, with leverages where they mean something.</summary>
sealed record ResidualTable
{
    /// <summary>Numbers of the rows, from 0; rows of weight 0 are no observations and left out.</summary>
    public required int[] Rows { get; init; }

    /// <summary>The response on its own scale.</summary>
    public required double[] Fitted { get; init; }

    /// <summary>y − fitted; for families of counts and of means Pearson's √w (y − μ)/√V(μ).</summary>
    public required double[] Residuals { get; init; }

    /// <summary>What the residuals are.</summary>
    public required string Kind { get; init; }

    /// <summary>hᵢ of least squares; null where there are none.</summary>
    public double[]? Leverages { get; init; }

    /// <summary>Why there are no leverages; null where there are, or where nobody expects them.</summary>
    public string? NoLeverage { get; init; }

    /// <summary>√wᵢ rᵢ/(σ̂√(1 − hᵢ)), NaN where hᵢ is 1; without leverages √wᵢ rᵢ/σ̂. Null where σ̂ is not known.</summary>
    public double[]? Standardised { get; init; }

    /// <summary>Number of coefficients that were fitted.</summary>
    public int Parameters { get; init; }

    /// <summary>Cook's distance tᵢ² hᵢ/(p(1 − hᵢ)), t the standardised residual.</summary>
    public double Cook(int i) => Standardised![i] * Standardised[i] * Leverages![i] / (Parameters * (1 - Leverages[i]));

    /// <summary>The table of a fit.</summary>
    public static ResidualTable Of(RiskFit fit)
    {
        double[]? all = fit.Data.Weights;
        int[] at = [.. Enumerable.Range(0, fit.TrainRows.Length).Where(i => all is null || all[fit.TrainRows[i]] > 0)],
            rows = [.. at.Select(i => fit.TrainRows[i])];
        double[] weights = [.. rows.Select(i => all?[i] ?? 1)], fitted = [.. at.Select(i => fit.Data.Family.Response(fit.Margins[i]))];
        ModelFamily family = fit.Data.Family;
        bool pearson = family == ModelFamilies.Poisson || family.HasExpectedCurvature;
        double own = fit.Spec.Model.OwnOf(family);
        double[] residuals = [.. at.Select((i, k) => pearson
            ? family.PearsonResidual(fit.TrainLabels[i], fit.Margins[i], weights[k], own) : fit.TrainLabels[i] - fitted[k])];
        ResidualTable table =
            new() { Rows = rows, Fitted = fitted, Residuals = residuals, Kind = pearson ? "Pearson residuals" : "Residuals" };
        return fit.Data.Family == ModelFamilies.Linear ? WithLeverages(table, fit, weights) : table;
    }

    static ResidualTable WithLeverages(ResidualTable table, RiskFit fit, double[] weights)
    {
        int[] used = Used(fit);
        bool intercept = fit.Spec.Model.Intercept;
        string? refusal = fit.L2 > 0 || fit.Spec.Model.L1 > 0
            ? "with a penalty the fitted values are not the projection that leverages belong to."
            : fit.Data.Dense is null ? "the rows are sparse, and their hat matrix is not."
            : null;
        double[]? h = refusal is null ? Leverage.Of(fit.Data.Dense!.Value, fit.Data.Columns, table.Rows, used, weights, intercept) : null;
        if (refusal is null && h is null) refusal = "the columns are nearly linear combinations of one another, or too many.";
        double? sigma = fit.Quality.IsPerfect ? null : fit.Quality.Sigma;
        return table with
        {
            Leverages = h,
            NoLeverage = refusal,
            Parameters = used.Length + (intercept ? 1 : 0),
            // Where the leverage is 1 the fit passes through the row, whatever it is.
            Standardised = sigma is not { } s ? null
                : [.. table.Residuals.Select((r, i) => h is not null && h[i] > 1 - 1e-10 ? double.NaN
                    : Math.Sqrt(weights[i]) * r / (s * Math.Sqrt(1 - (h?[i] ?? 0))))],
        };
    }

    // Columns that were left out as combinations of others are in the coefficients, marked.
    static int[] Used(RiskFit fit)
    {
        int shift = !fit.Spec.Model.Intercept ? 0 : 1;
        return [.. Enumerable.Range(0, fit.Data.Columns).Where(j => !fit.Coefficients[shift + j].IsLeftOut)];
    }
}
