using Descent.Models.Certificates;
using Descent.Models.Linear;
using Descent.Runs;

namespace Descent.Models.Tests.Certificates;

/// <summary>
/// Certificates of proportional odds against F in some 30 digits: at the end of Newton's method, where F is its infimum to far more
/// digits than a double has, no lower bound may lie above it, wherever it was proved. The wide F is written out from the definition, as
/// differences of logistic functions.
/// </summary>
public class OrdinalCertificateTests
{
    static (OrdinalRisk<DenseRows<double>> Risk, double[] X, double[] Labels, RiskOptions Options, int Classes) Make(ulong seed)
    {
        Draws draws = new(seed, 12);
        int n = 12 + draws.NextIndex(40), d = 1 + draws.NextIndex(3), classes = 2 + draws.NextIndex(4);
        double[] x = new double[n * d], labels = new double[n];
        double scale = seed % 3 == 0 ? Math.Pow(10, (4 * draws.NextDouble()) - 2) : 1, place = seed % 4 == 0 ? 100 : 0;
        for (int i = 0; i < x.Length; i++) x[i] = place + (scale * draws.NextNormal());
        // Every class occurs, whatever the rows are.
        for (int i = 0; i < n; i++)
            labels[i] = i < classes ? i
                : Math.Clamp((int)Math.Floor((classes / 2.0) + ((x[i * d] - place) / scale) + (1.5 * draws.NextNormal())), 0, classes - 1);
        RiskOptions options = new()
        {
            L2 = seed % 5 == 0 ? 0.01 : 0,
            Offsets = seed % 3 == 1 ? [.. Enumerable.Range(0, n).Select(_ => 2 * draws.NextNormal())] : null,
            Weights = seed % 2 == 0 ? null : [.. Enumerable.Range(0, n).Select(_ => 0.25 + draws.NextDouble())],
        };
        return (new OrdinalRisk<DenseRows<double>>(new DenseRows<double>(x, n, d), labels, classes, options), x, labels, options, classes);
    }

    static Wide Logistic(Wide z) => (Wide)1 / ((Wide)1 + Wide.Exp(-z));

    static Wide Value(double[] x, double[] labels, RiskOptions options, int classes, double[] w)
    {
        int n = labels.Length, d = x.Length / n;
        Wide sum = 0, total = 0;
        for (int i = 0; i < n; i++)
        {
            Wide z = options.Offsets?[i] ?? 0, weight = options.Weights?[i] ?? 1;
            for (int j = 0; j < d; j++) z += (Wide)w[j] * x[(i * d) + j];
            int y = (int)labels[i];
            Wide upper = y < classes - 1 ? Logistic(-(z + w[d + y])) : 1, lower = y > 0 ? Logistic(-(z + w[d + y - 1])) : 0;
            sum -= weight * Wide.Log(upper - lower);
            total += weight;
        }
        sum /= total;
        for (int j = 0; j < d; j++) sum += (Wide)w[j] * w[j] * 0.5 * options.L2;
        return sum;
    }

    static double[] Best(OrdinalRisk<DenseRows<double>> risk) => new Problem<double, EmpiricalRisk<double>>(risk).Minimize(Methods.Newton(),
        new RunOptions<double> { Start = risk.NeutralPoint.ToArray(), MaxSteps = 200 }).Point;

    [Fact]
    public void No_certificate_is_too_small()
    {
        int proved = 0, asked = 0;
        for (ulong seed = 1; seed <= 60; seed++)
        {
            var (risk, x, labels, options, classes) = Make(seed);
            double[] best = Best(risk);
            Wide least = Value(x, labels, options, classes, best);
            Draws draws = new(seed, 3);
            foreach (double distance in (double[])[0, 1e-12, 1e-9, 1e-6, 1e-4, 1e-2])
            {
                double[] w = [.. best.Select(b => b + (distance * draws.NextNormal() * (1e-3 + Math.Abs(b))))];
                Certificate c = new WholeLikelihoodCertifier(risk).Certify(w, default, true);
                asked++;
                if (c.Kind == CertificateKind.None) continue;
                proved++;
                Wide value = Value(x, labels, options, classes, w);
                Assert.True(c.LowerBound <= least.Head && c.Gap >= (value - least).Head,
                    FormattableString.Invariant($"seed {seed}, distance {distance}: bound {c.LowerBound:R}, least {least.Head:R}, ")
                    + FormattableString.Invariant($"gap {c.Gap:R}, true {(value - least).Head:R}"));
            }
        }
        Assert.True(proved > 0.4 * asked, $"{proved} of {asked}");
    }

    // Far from the optimum nothing may be proved that is not so: bounds at random ordered points, with gaps down to 1e-6.
    [Fact]
    public void Narrow_gaps_and_far_points_are_not_proved_wrongly()
    {
        for (ulong seed = 1; seed <= 100; seed++)
        {
            var (risk, x, labels, options, classes) = Make(seed);
            int d = risk.Columns;
            Wide least = Value(x, labels, options, classes, Best(risk));
            Draws draws = new(seed, 7);
            double[] w = new double[risk.Dimension];
            for (int j = 0; j < d; j++) w[j] = draws.NextNormal() / Math.Max(1, Math.Abs(x[j]));
            w[d] = draws.NextNormal();
            for (int k = 1; k < risk.Outputs; k++) w[d + k] = w[d + k - 1] - Math.Pow(10, -6 * draws.NextDouble());
            Certificate c = new WholeLikelihoodCertifier(risk).Certify(w, default, true);
            Assert.True(c.LowerBound <= least.Head, FormattableString.Invariant($"seed {seed}: {c.LowerBound:R} over {least.Head:R}"));
        }
    }

    [Fact]
    public void Thresholds_out_of_order_are_outside_of_the_domain()
    {
        var (risk, _, _, _, _) = Make(3);
        double[] w = risk.NeutralPoint.ToArray();
        Assert.True(risk.Outputs > 1);
        Array.Reverse(w, risk.Columns, risk.Outputs);
        Assert.Equal(double.PositiveInfinity, risk.Value(w));
        Assert.Equal(CertificateKind.None, new WholeLikelihoodCertifier(risk).Certify(w, default, true).Kind);
    }

    // Gradient and Hessian of the risk against differences of its value, and both against the pieces that certificates ask for.
    [Fact]
    public void Derivatives_are_those_of_the_value()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var (risk, x, labels, options, classes) = Make(seed);
            if (seed % 4 == 0) continue;
            int p = risk.Dimension;
            double[] w = risk.NeutralPoint.ToArray(), g = new double[p], h = new double[p * p], up = new double[p], down = new double[p],
                v = new double[p], hv = new double[p];
            for (int j = 0; j < risk.Columns; j++) w[j] = 0.02 * (j + 1);
            double value = risk.Curvature(w, g, h);
            Assert.Equal(Value(x, labels, options, classes, w).Head, value, 1e-12 * (1 + value));
            for (int j = 0; j < p; j++)
            {
                double[] more = [.. w], less = [.. w];
                (more[j], less[j]) = (w[j] + 1e-5, w[j] - 1e-5);
                double above = risk.Gradient(more, up), below = risk.Gradient(less, down);
                Assert.Equal((above - below) / 2e-5, g[j], 1e-4 * (1 + Math.Abs(above)));
                Array.Clear(v);
                v[j] = 1;
                risk.HessianProduct(w, v, hv);
                for (int k = 0; k < p; k++)
                {
                    Assert.Equal((up[k] - down[k]) / 2e-5, h[(Math.Min(j, k) * p) + Math.Max(j, k)], 1e-4 * (1 + Math.Abs(up[k])));
                    Assert.Equal(h[(Math.Min(j, k) * p) + Math.Max(j, k)], hv[k], 1e-12 * (1 + Math.Abs(hv[k])));
                }
            }
        }
    }

    [Theory]
    [InlineData(false, 0, 4, "thresholds in the place of an intercept")]
    [InlineData(true, 0.1, 4, "without an L1 penalty")]
    [InlineData(true, 0, 3, "4 rows need as many offsets; got 3")]
    public void What_it_is_not_fitted_with_is_refused(bool intercept, double l1, int moved, string said)
    {
        RiskOptions options = new() { Intercept = intercept, L1 = l1, Offsets = new double[moved] };
        Assert.Contains(said, Assert.Throws<ArgumentException>(() => new OrdinalRisk<DenseRows<double>>(
            new DenseRows<double>(new double[] { 1, 2, 3, 4 }, 4, 1), [0, 1, 2, 1], 3, options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_without_weight_has_no_threshold()
    {
        RiskOptions options = new() { Weights = [1, 0, 1, 0] };
        Assert.Contains("Class 2 of 3 has no row of positive weight", Assert.Throws<ArgumentException>(() =>
            new OrdinalRisk<DenseRows<double>>(new DenseRows<double>(new double[] { 1, 2, 3, 4 }, 4, 1), [0, 1, 2, 1], 3, options)).Message,
            StringComparison.Ordinal);
    }
}
