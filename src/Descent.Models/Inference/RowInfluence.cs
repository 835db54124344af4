using Descent.Models.Linear;

namespace Descent.Models.Inference;

/// <summary>
/// How much every row holds a fit without a penalty: its leverage <c>hᵢ = ωᵢcᵢ xᵢᵀ(Σ ωcxxᵀ)⁻¹xᵢ</c>, the diagonal of the hat matrix, cᵢ the
/// curvature of its loss by the margin; its residual; and Cook's distance <c>(rᵢ/(1 − hᵢ))² hᵢ/(φp)</c>, by how far, in units of the
/// uncertainty of the estimates, they move when the row is left out (for least squares exactly, else to one Newton step). r is Pearson's
/// residual <c>−√ω φ′/√c</c>. Source: Cook 1977; Pregibon 1981; as R's hatvalues, rstandard and cooks.distance.
/// </summary>
/// <remarks>For objectives of one margin a row, at the optimum. One Hessian and n·p² operations; memory p² + 4n. Rows of weight 0 are no
/// observations: 0 in all. The same bits always.</remarks>
public sealed class RowInfluence
{
    const double Whole = 1 - 1e-10;

    readonly EmpiricalRisk<double> risk;
    readonly double[] margins, row, solved;
    readonly int[] columns;
    readonly Cholesky factor;

    RowInfluence(EmpiricalRisk<double> risk, double[] point, Cholesky factor)
    {
        (this.risk, this.factor) = (risk, factor);
        int n = risk.Count, p = risk.Dimension;
        (margins, row, solved, columns) = (new double[n], new double[p], new double[p], new int[p]);
        (Leverages, Standardised, CooksDistances, Dffits) = (new double[n], new double[n], new double[n], new double[n]);
        risk.Margins(point, margins);
    }

    /// <summary>hᵢ in [0, 1]; they add up to the number of parameters. At 1 the fit passes through the row, whatever it is.</summary>
    public double[] Leverages { get; }

    /// <summary>Residuals of the deviance, <c>±√(2ω(φ − inf φ))</c> with the sign of y − μ, over <c>√(φ(1 − hᵢ))</c>; NaN at leverage
    /// 1.</summary>
    public double[] Standardised { get; }

    /// <summary>Cook's distances, ≥ 0; NaN at leverage 1.</summary>
    public double[] CooksDistances { get; }

    /// <summary>
    /// <c>dᵢ√hᵢ/(sᵢ(1 − hᵢ))</c>, by how many of its own standard errors the fitted margin of a row moves when the row is left out: dᵢ the
    /// residual of the deviance, <c>sᵢ² = (Σd² − dᵢ²/(1 − hᵢ))/(n − p − 1)</c>; NaN at leverage 1, and where n ≤ p + 1. Source: Belsley,
    /// Kuh and Welsch 1980; as R's dffits.
    /// </summary>
    public double[] Dffits { get; }

    /// <summary>The influence of the rows of an objective.</summary>
    /// <param name="risk">The objective, without a penalty, one margin a row.</param>
    /// <param name="point">Its optimum, length p.</param>
    /// <param name="dispersion">φ above 0.</param>
    /// <param name="expected">E φ″ of every row, where that is the information; null for φ″ itself.</param>
    /// <param name="repeats">How many equal rows each stands for: it is one of them that is left out. Null for 1.</param>
    /// <returns>Null when the Hessian is singular.</returns>
    /// <exception cref="ArgumentException">More than one margin a row.</exception>
    public static RowInfluence? Of(EmpiricalRisk<double> risk, double[] point, double dispersion, double[]? expected = null,
        double[]? repeats = null)
    {
        ArgumentNullException.ThrowIfNull(risk);
        ArgumentNullException.ThrowIfNull(point);
        if (risk.Outputs != 1) throw new ArgumentException($"{risk.Outputs} margins a row; influence is told for one.", nameof(risk));
        Cholesky factor = new(risk.Dimension);
        RowInfluence found = new(risk, point, factor);
        double[] curvature = expected ?? [.. Enumerable.Range(0, risk.Count).Select(found.Curvature)],
            h = [.. curvature.Select((c, i) => risk.WeightOf(i) is > 0 and var share ? share * c : 0)],
            information = new double[risk.Dimension * risk.Dimension];
        if (!risk.WeightedGram(h, information) || !factor.Factor(information)) return null;
        for (int i = 0; i < risk.Count; i++) found.Measure(i, curvature[i], dispersion, repeats?[i] ?? 1);
        found.Move(repeats);
        return found;
    }

    // Residuals of the deviance stand in Dffits until all of them are known.
    void Move(double[]? repeats)
    {
        double squares = 0, rows = 0;
        for (int i = 0; i < Dffits.Length; i++)
        {
            if (!(risk.WeightOf(i) > 0)) continue;
            double copies = repeats?[i] ?? 1;
            squares += copies * Dffits[i] * Dffits[i];
            rows += copies;
        }
        for (int i = 0; i < Dffits.Length; i++)
        {
            double d = Dffits[i], h = Leverages[i], left = 1 - h, variance = (squares - (d * d / left)) / (rows - risk.Dimension - 1);
            Dffits[i] = h > Whole || rows <= risk.Dimension + 1 ? double.NaN : d == 0 ? 0 : d * Math.Sqrt(h / Math.Max(variance, 0)) / left;
        }
    }

    void Measure(int i, double curvature, double dispersion, double repeats)
    {
        // The information is that of weights that add up to 1; so is the share here, and the sizes of residuals have the weight itself.
        double share = risk.WeightOf(i) / repeats, weight = share * risk.TotalWeight;
        if (!(weight > 0)) return;
        double h = Math.Clamp(share * curvature * Quadratic(i), 0, 1);
        Span<double> slope = [0];
        double loss = risk.LossAt(i, margins.AsSpan(i, 1), slope) - risk.LeastLoss(i);
        Leverages[i] = h;
        Dffits[i] = -Math.Sign(slope[0]) * Math.Sqrt(2 * weight * Math.Max(0, loss));
        if (h > Whole)
        {
            (Standardised[i], CooksDistances[i]) = (double.NaN, double.NaN);
            return;
        }
        double pearson = curvature > 0 ? weight * slope[0] * slope[0] / curvature : 0;
        Standardised[i] = -Math.Sign(slope[0]) * Math.Sqrt(2 * weight * Math.Max(0, loss) / (dispersion * (1 - h)));
        CooksDistances[i] = pearson * h / ((1 - h) * (1 - h) * dispersion * risk.Dimension);
    }

    double Curvature(int i)
    {
        Span<double> one = [1], result = [0];
        risk.CurvatureAt(i, margins.AsSpan(i, 1), one, result);
        return result[0];
    }

    double Quadratic(int i)
    {
        int count = risk.ReadRow(i, columns, row);
        double[] x = new double[risk.Dimension];
        for (int k = 0; k < count; k++) x[columns[k]] = row[k];
        if (risk.HasIntercept) x[^1] = 1;
        factor.Solve(x, solved);
        return Vectors.Dot<double>(x, solved);
    }
}
