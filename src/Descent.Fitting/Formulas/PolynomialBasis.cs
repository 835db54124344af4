namespace Descent.Fitting.Formulas;

/// <summary>
/// Powers of x, or the polynomials of degree 1 to k that are orthonormal over the training rows, each with a positive leading
/// coefficient: <c>poly()</c> of R. They follow from p₋₁ = 0, p₀ = 1, pₖ₊₁ = (x − αₖ)pₖ − (qₖ/qₖ₋₁)pₖ₋₁ with αₖ = Σx pₖ²/qₖ and
/// qₖ = Σpₖ²; the k-th column is pₖ/√qₖ. Source: Kennedy and Gentle (1980), Statistical Computing, section 8.4; the Stieltjes procedure.
/// </summary>
/// <param name="degree">k.</param>
/// <param name="raw">Whether the columns are the powers themselves.</param>
sealed class PolynomialBasis(int degree, bool raw) : IBasis
{
    public const int Highest = 50;

    public Dictionary<string, double[]> Learn(double[] x, ref string? wrong)
    {
        if (raw) return [];
        int distinct = x.Distinct().Count();
        if (degree >= distinct)
            wrong = $"has degree {degree}, and its column takes {Text.Plural(distinct, "value")}; expected a degree below their number.";
        double[] alpha = new double[degree], square = new double[degree + 1], p = new double[x.Length], before = new double[x.Length];
        Array.Fill(p, 1);
        for (int k = 0; k <= degree; k++)
        {
            double q = 0, moment = 0;
            for (int i = 0; i < x.Length; i++) q += p[i] * p[i];
            square[k] = q;
            if (k == degree) break;
            // About the mean first: x itself may lie far from 0.
            double about = k == 0 ? 0 : alpha[0];
            for (int i = 0; i < x.Length; i++) moment += (x[i] - about) * p[i] * p[i];
            alpha[k] = about + (moment / q);
            double ratio = k == 0 ? 0 : q / square[k - 1];
            for (int i = 0; i < x.Length; i++)
                (before[i], p[i]) = (p[i], ((x[i] - alpha[k]) * p[i]) - (ratio * before[i]));
        }
        return new(StringComparer.Ordinal) { ["alpha"] = alpha, ["norm2"] = square };
    }

    public int Width(Dictionary<string, double[]> state) => degree;

    public void Fill(Dictionary<string, double[]> state, double[] x, double[] values)
    {
        double[] alpha = raw ? [] : state["alpha"], square = raw ? [] : state["norm2"];
        for (int i = 0; i < x.Length; i++)
        {
            double p = 1, before = 0;
            for (int k = 0; k < degree; k++)
            {
                (before, p) = (p, raw ? p * x[i] : ((x[i] - alpha[k]) * p) - (k == 0 ? 0 : square[k] / square[k - 1] * before));
                values[(i * degree) + k] = raw ? p : p / Math.Sqrt(square[k + 1]);
            }
        }
    }

    public string? Wrong(Dictionary<string, double[]> state)
    {
        if (raw) return state.Count == 0 ? null : "has numbers that powers have no use for";
        return state.GetValueOrDefault("alpha") is { } a && a.Length == degree && a.All(double.IsFinite)
            && state.GetValueOrDefault("norm2") is { } q && q.Length == degree + 1 && q.All(v => v > 0 && double.IsFinite(v))
            && state.Count == 2 ? null : $"needs {degree} finite \"alpha\" and {degree + 1} \"norm2\" above 0";
    }
}
