using Descent.Models.Linear;
using Descent.Runs;
using MathNet.Numerics;

namespace Descent.Fitting.Fits;

// Tests of terms: by the estimates and their covariance, and by the fit without the term.
sealed partial class RiskFitter
{
    double[]? covarianceFound;

    // The degrees of freedom of F where the dispersion is estimated; null for χ².
    double? Denominator(FitQuality q) => !EstimatesDispersion ? null : data.Clusters is null ? q.Degrees : Groups - 1;

    (IReadOnlyList<TermTest> Terms, double Condition) TestTerms(EmpiricalRisk<double> risk, double[] point, FitQuality quality)
    {
        if (covarianceFound is not { } v || infinite is not null) return ([], double.NaN);
        int slopes = Columns * risk.WeightVectors;
        double[] correlations = Correlations(v, risk.Dimension, slopes);
        double whole = LogDeterminant(correlations, slopes, [.. Enumerable.Range(0, slopes)]);
        List<TermTest> tests = [];
        foreach (IGrouping<string, int> term in Enumerable.Range(0, Columns).GroupBy(j => TermOf(kept?[j] ?? j)))
        {
            int[] own = [.. from c in Enumerable.Range(0, risk.WeightVectors) from j in term select (c * Columns) + j],
                rest = [.. Enumerable.Range(0, slopes).Except(own)];
            double wald = Quadratic(v, risk.Dimension, point, own), inflation = Math.Exp(LogDeterminant(correlations, slopes, own)
                + LogDeterminant(correlations, slopes, rest) - whole);
            double? denominator = Denominator(quality);
            if (denominator is not null) wald /= own.Length;
            double ratio = IsSandwich ? double.NaN : LostWithout([.. term.Select(j => kept?[j] ?? j)], quality, own.Length);
            tests.Add(new TermTest(term.Key, own.Length, wald, Tail(wald, own.Length, denominator), ratio,
                Tail(ratio, own.Length, EstimatesDispersion ? quality.Degrees : null), inflation));
        }
        return (tests, Condition(v, risk.Dimension, slopes));
    }

    string TermOf(int feature) => data.Features[feature] is { Level: not null } or { Hash: not null }
        ? data.Features[feature].Column : data.Features[feature].PartOf ?? data.Features[feature].Name;

    // 2(ℓ − ℓ₀), or ((D₀ − D)/k)/(D/(n − p)).
    double LostWithout(int[] features, FitQuality full, int degrees)
    {
        double before = Lack(full), after = features.Length == Columns ? full.NullDeviance ?? (-2 * full.NullLogLikelihood ?? double.NaN)
            : Without(features) is { } less ? Lack(less) : double.NaN;
        double lost = after - before;
        return EstimatesDispersion ? lost / degrees / (before / full.Degrees) : lost;
    }

    static double Lack(FitQuality q) => q.Deviance ?? (-2 * q.LogLikelihood ?? double.NaN);

    // Null where somebody stopped meanwhile.
    FitQuality? Without(int[] features)
    {
        FitSpec less = Spec with
        {
            Method = new MethodSpec(),
            Budget = new Budget(),
            HoldOut = 0,
            Output = new OutputSpec(),
            Model = Spec.Model with { TestsTerms = false },
        };
        RiskFitter fitter = new(less, data, (train, []));
        int[] before = fitter.kept ?? [.. Enumerable.Range(0, data.Columns)], after = [.. before.Except(features)],
            places = [.. after.Select(f => Array.IndexOf(before, f))];
        if (fitter.dense is { } x) fitter.dense = Narrow(x, before.Length, places);
        else fitter.sparse = Narrow(fitter.sparse!.Value, places);
        fitter.kept = after;
        RiskFit found = (RiskFit)fitter.Run(Stop, null);
        return found.Outcome.Kind == OutcomeKind.Interrupted ? null : found.Quality;
    }

    static double Tail(double statistic, int degrees, double? denominator) => !(statistic >= 0) ? double.NaN
        : denominator is { } d
            ? d > 0 ? SpecialFunctions.BetaRegularized(d / 2, degrees / 2.0, d / (d + (degrees * statistic))) : double.NaN
        : SpecialFunctions.GammaUpperRegularized(degrees / 2.0, statistic / 2);

    static double Quadratic(double[] v, int p, double[] point, int[] own)
    {
        double[] part = Part(v, p, own), b = [.. own.Select(j => point[j])], solved = new double[own.Length];
        Cholesky factor = new(own.Length);
        if (!factor.Factor(part)) return double.NaN;
        factor.Solve(b, solved);
        return Vectors.Dot<double>(b, solved);
    }

    static double[] Part(double[] v, int p, int[] own)
    {
        double[] part = new double[own.Length * own.Length];
        for (int a = 0; a < own.Length; a++)
            for (int b = 0; b < own.Length; b++) part[(a * own.Length) + b] = v[(own[a] * p) + own[b]];
        return part;
    }

    static double[] Correlations(double[] v, int p, int size)
    {
        double[] r = new double[size * size];
        for (int a = 0; a < size; a++)
            for (int b = 0; b < size; b++) r[(a * size) + b] = v[(a * p) + b] / Math.Sqrt(v[(a * p) + a] * v[(b * p) + b]);
        return r;
    }

    // log det of a positive definite part, by elimination.
    static double LogDeterminant(double[] r, int p, int[] own)
    {
        int n = own.Length;
        double[] m = Part(r, p, own);
        double sum = 0;
        for (int k = 0; k < n; k++)
        {
            double pivot = m[(k * n) + k];
            if (!(pivot > 0)) return double.NaN;
            sum += Math.Log(pivot);
            for (int i = k + 1; i < n; i++)
            {
                double f = m[(i * n) + k] / pivot;
                for (int j = k + 1; j < n; j++) m[(i * n) + j] -= f * m[(k * n) + j];
            }
        }
        return sum;
    }

    // √(λ_max/λ_min) of the information of the slopes, the intercept eliminated, scaled to a unit diagonal: for least squares the
    // correlations of the columns.
    static double Condition(double[] v, int p, int size)
    {
        if (size is 0 or > 300) return double.NaN;
        Cholesky factor = new(size);
        if (!factor.Factor(Part(v, p, [.. Enumerable.Range(0, size)]))) return double.NaN;
        double[] scaled = Correlations(factor.Inverse(), size, size);
        SymmetricEigen eigen = new(size);
        return eigen.Decompose(scaled) && eigen.Values[0] > 0 ? Math.Sqrt(eigen.Values[size - 1] / eigen.Values[0]) : double.NaN;
    }
}
