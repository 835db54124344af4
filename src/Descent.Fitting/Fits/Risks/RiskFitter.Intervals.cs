using Descent.Models.Linear;

namespace Descent.Fitting.Fits;

// What a model needs for intervals of its predictions.
sealed partial class RiskFitter
{
    ModelCovariance CovarianceOfMargins(EmpiricalRisk<double> risk, string? refusal, FitQuality quality)
    {
        if (refusal is not null || covarianceFound is not { } c) return ModelCovariance.Without($"the fit has no standard errors. "
            + Text.Capital(refusal ?? "nothing is known of the estimates."));
        if (!risk.HasLinearMargins) return ModelCovariance.Without($"a {data.Family} model is not linear in its parameters.");
        if (risk.Outputs > 1) return ModelCovariance.Without($"a {data.Family} model has several margins a row.");
        if (infinite is not null) return ModelCovariance.Without("some estimates are infinite, and with them the margins of some rows.");
        int d = data.Columns, p = d + (risk.HasIntercept ? 1 : 0);
        if (p > ModelCovariance.MostParameters)
            return ModelCovariance.Without($"that of {p} coefficients has {(p * (p + 1L)) / 2} numbers; a model file keeps that of "
                + $"{ModelCovariance.MostParameters} at most.");
        double[] matrix = Spread(c, risk, d, p), centre = Widen([.. scaling?.Means ?? new double[Columns]], 1);
        return !matrix.All(double.IsFinite) ? ModelCovariance.Without("it is beyond the range of double precision.") : new ModelCovariance
        {
            Kind = !IsSandwich ? null : data.Clusters is not null ? "cluster" : spec.Model.Robust!.Value.ToString().ToLowerInvariant(),
            Degrees = Denominator(quality),
            Variance = quality.IsLeastSquares && !IsSandwich ? quality.Deviance!.Value / quality.Degrees : null,
            Centre = centre,
            Matrix = matrix,
        };
    }

    // The upper triangle by the columns of the data, 0 where they were left out; columns were divided, and are again as they were.
    double[] Spread(double[] c, EmpiricalRisk<double> risk, int d, int p)
    {
        int[] place = new int[p];
        Array.Fill(place, -1);
        for (int j = 0; j < Columns; j++) place[kept?[j] ?? j] = j;
        if (p > d) place[d] = Columns;
        List<double> matrix = [];
        for (int i = 0; i < p; i++)
            for (int j = i; j < p; j++)
                matrix.Add(place[i] < 0 || place[j] < 0 ? 0
                    : c[(place[i] * risk.Dimension) + place[j]] / (Unit(place[i]) * Unit(place[j])));
        return [.. matrix];

        double Unit(int parameter) => parameter < Columns ? scaling?.Deviations[parameter] ?? 1 : 1;
    }
}
