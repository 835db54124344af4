using Descent.Algorithms;
using Descent.Models.Certificates;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Runs;

namespace Descent.Models.Tests.Certificates;

/// <summary>
/// A loss that is +∞ beyond a margin, the gamma law with inverse link, against F in some 30 digits written out from the definition: at the
/// end of a method F is its infimum to more digits than a double has, and no lower bound may lie above it, wherever it was proved.
/// </summary>
public class BarrierCertificateTests
{
    static (double[] X, double[] Y, RiskOptions Options, EmpiricalRisk<double> Risk) Make(ulong seed)
    {
        Draws draws = new(seed, 21);
        int n = 12 + draws.NextIndex(40), d = 1 + draws.NextIndex(3);
        double[] x = new double[n * d], y = new double[n];
        double scale = seed % 3 == 0 ? Math.Pow(10, (6 * draws.NextDouble()) - 3) : 1;
        bool intercept = seed % 5 != 0;
        // Without an intercept rows of positive entries have coefficients that keep every margin above 0.
        for (int i = 0; i < x.Length; i++) x[i] = scale * (intercept ? draws.NextNormal() : 0.1 + draws.NextDouble());
        double reach = Math.Pow(10, (4 * draws.NextDouble()) - 2);
        for (int i = 0; i < n; i++) y[i] = reach * Math.Exp(0.5 * x[i * d] / scale) * -Math.Log(draws.NextDouble());
        RiskOptions options = new()
        {
            Intercept = intercept,
            L2 = seed % 4 == 1 ? 0.01 : 0,
            L1 = seed % 4 >= 2 ? 0.02 * reach * scale : 0,
            Offsets = seed % 7 == 3 ? [.. Enumerable.Range(0, n).Select(_ => draws.NextDouble() / reach)] : null,
            Weights = seed % 2 == 0 ? null : [.. Enumerable.Range(0, n).Select(i => i == 1 ? 0 : 0.25 + draws.NextDouble())],
        };
        return (x, y, options, Models.Linear.Risk.Of<double, DenseRows<double>, GammaInverseLoss>(new DenseRows<double>(x, n, d), y,
            default, options));
    }

    static Wide Value(double[] x, double[] y, RiskOptions options, double[] w)
    {
        int n = y.Length, d = x.Length / n;
        Wide sum = 0, total = 0;
        for (int i = 0; i < n; i++)
        {
            Wide z = options.Offsets?[i] ?? 0, weight = options.Weights?[i] ?? 1;
            for (int j = 0; j < d; j++) z += (Wide)w[j] * x[(i * d) + j];
            if (options.Intercept) z += w[d];
            total += weight;
            if (weight.Head > 0) sum += weight * ((z * y[i]) - Wide.Log(z));
        }
        sum /= total;
        for (int j = 0; j < d; j++) sum += ((Wide)w[j] * w[j] * 0.5 * options.L2) + (Wide.Abs(w[j]) * options.L1);
        return sum;
    }

    static double[] Best(EmpiricalRisk<double> risk)
    {
        RunOptions<double> options = new() { Start = risk.NeutralPoint.ToArray(), MaxSteps = 300 };
        IMethod<double, EmpiricalRisk<double>> method = risk.NonSmooth is null ? Methods.Newton() : Methods.CoordinateDescent();
        return new Problem<double, EmpiricalRisk<double>>(risk).Minimize(method, options).Point;
    }

    [Fact]
    public void No_certificate_is_too_small()
    {
        int proved = 0, asked = 0, near = 0;
        for (ulong seed = 1; seed <= 120; seed++)
        {
            var (x, y, options, risk) = Make(seed);
            double[] best = Best(risk);
            Wide least = Value(x, y, options, best);
            Draws draws = new(seed, 3);
            foreach (double distance in (double[])[0, 1e-12, 1e-9, 1e-6, 1e-4, 1e-2])
            {
                double[] w = [.. best.Select(b => b + (distance * draws.NextNormal() * b))];
                Certificate c = new RiskCertifier<double>(risk).Certify(w, default, true);
                asked++;
                if (c.Kind == CertificateKind.None) continue;
                proved++;
                if (distance == 0 && c.RelativeGap < 1e-8) near++;
                Wide value = Value(x, y, options, w);
                Assert.True(c.LowerBound <= least.Head && c.Gap >= (value - least).Head,
                    FormattableString.Invariant($"seed {seed}, distance {distance}: bound {c.LowerBound:R}, least {least.Head:R}, ")
                    + FormattableString.Invariant($"gap {c.Gap:R}, true {(value - least).Head:R}"));
            }
        }
        Assert.True(proved > 0.6 * asked && near > 100, $"{proved} of {asked}, {near} of 120 near at the optimum");
    }

    [Fact]
    public void Outside_the_domain_F_is_infinite_and_nothing_is_proved()
    {
        var (_, _, _, risk) = Make(2);
        double[] w = new double[risk.Dimension];
        w[^1] = -1;
        Assert.Equal(double.PositiveInfinity, risk.Value(w));
        Assert.Equal(CertificateKind.None, new RiskCertifier<double>(risk).Certify(w, default, true).Kind);
    }

    // With an intercept the start is the fit of it alone: 1 over the weighted mean where nothing is added to the margins.
    [Fact]
    public void The_start_lies_inside()
    {
        for (ulong seed = 1; seed <= 60; seed++)
        {
            var (_, y, options, risk) = Make(seed);
            double[] start = risk.NeutralPoint.ToArray();
            Assert.True(double.IsFinite(risk.Value(start)), $"seed {seed}");
            if (options.Offsets is not null || !options.Intercept) continue;
            double total = options.Weights?.Sum() ?? y.Length, mean = y.Select((v, i) => v * (options.Weights?[i] ?? 1)).Sum() / total;
            Assert.Equal(1 / mean, start[^1], 1e-12 / mean);
        }
    }

    [Fact]
    public void Rows_that_no_coefficients_keep_inside_are_refused()
    {
        EmpiricalRisk<double> risk = Models.Linear.Risk.Of<double, DenseRows<double>, GammaInverseLoss>(
            new DenseRows<double>(new double[] { 1, -2, 3 }, 3, 1), [1, 2, 3], default, new RiskOptions { Intercept = false });
        Assert.Contains("no coefficients were found that keep the margin of every row above 0; row 2",
            Assert.Throws<ArgumentException>(() => risk.NeutralPoint.Length).Message, StringComparison.Ordinal);
    }
}
