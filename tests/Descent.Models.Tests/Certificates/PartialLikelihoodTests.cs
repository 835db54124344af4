using Descent.Models.Certificates;
using Descent.Models.Linear;
using Descent.Runs;

namespace Descent.Models.Tests.Certificates;

/// <summary>
/// Certificates of Cox's partial likelihood against F in some 30 digits: at the end of Newton's method, where F is its infimum to far more
/// digits than a double has, no lower bound may lie above it, wherever it was proved. The wide F is written out from the definition: every
/// risk set summed anew, no sorting.
/// </summary>
public class PartialLikelihoodTests
{
    static (PartialLikelihoodRisk<DenseRows<double>> Risk, double[] X, double[] Labels, RiskOptions Options) Make(ulong seed, bool efron)
    {
        Draws draws = new(seed, 11);
        int n = 6 + draws.NextIndex(40), d = 1 + draws.NextIndex(4);
        double[] x = new double[n * d], labels = new double[n];
        double scale = seed % 3 == 0 ? Math.Pow(10, (6 * draws.NextDouble()) - 3) : 1, place = seed % 4 == 0 ? 1e4 : 0;
        for (int i = 0; i < x.Length; i++) x[i] = place + (scale * draws.NextNormal());
        for (int i = 0; i < n; i++) labels[i] = (1 + draws.NextIndex(12)) * (draws.NextIndex(3) == 0 ? -1 : 1);
        labels[0] = Math.Abs(labels[0]);
        RiskOptions options = new()
        {
            Intercept = false,
            L2 = seed % 5 == 0 ? 0.01 : 0,
            Weights = seed % 2 == 0 ? null : [.. Enumerable.Range(0, n).Select(_ => 0.25 + draws.NextDouble())],
            Offsets = seed % 7 == 0 ? [.. Enumerable.Range(0, n).Select(_ => 3 * draws.NextNormal())] : null,
        };
        return (new PartialLikelihoodRisk<DenseRows<double>>(new DenseRows<double>(x, n, d), labels, efron, options), x, labels, options);
    }

    static Wide Value(double[] x, double[] labels, RiskOptions options, bool efron, double[] w)
    {
        int n = labels.Length, d = w.Length;
        Wide[] z = new Wide[n];
        Wide sum = 0, total = 0;
        for (int i = 0; i < n; i++)
        {
            z[i] = options.Offsets?[i] ?? 0;
            for (int j = 0; j < d; j++) z[i] += (Wide)w[j] * x[(i * d) + j];
            total += Weight(i);
        }
        Wide middle = z[0];
        foreach (double t in labels.Where(t => t > 0).Distinct())
        {
            int[] tied = [.. Enumerable.Range(0, n).Where(i => labels[i] == t)];
            Wide risk = 0, ending = 0, mass = 0;
            for (int i = 0; i < n; i++)
                if (Math.Abs(labels[i]) >= t) risk += Wide.Exp(z[i] - middle) * Weight(i);
            foreach (int i in tied)
            {
                ending += Wide.Exp(z[i] - middle) * Weight(i);
                mass += Weight(i);
                sum -= z[i] * Weight(i);
            }
            for (int l = 0; l < tied.Length; l++)
                sum += mass / tied.Length * (middle + Wide.Log(risk - (efron ? ending * l / tied.Length : 0)));
        }
        sum /= total;
        foreach (double a in w) sum += (Wide)a * a * 0.5 * options.L2;
        return sum;

        double Weight(int i) => options.Weights?[i] ?? 1;
    }

    // eng/certificates asks for all of them.
    static readonly bool IsPlain = Environment.GetEnvironmentVariable("DESCENT_CERTIFICATES") is not { Length: > 0 };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_certificate_is_too_small(bool efron)
    {
        int proved = 0, asked = 0;
        for (ulong seed = 1; seed <= (IsPlain ? 150UL : 1000UL); seed++)
        {
            var (risk, x, labels, options) = Make(seed, efron);
            double[] best = new Problem<double, EmpiricalRisk<double>>(risk).Minimize(Methods.Newton(),
                new RunOptions<double> { Start = new double[risk.Dimension], MaxSteps = 100 }).Point;
            Wide least = Value(x, labels, options, efron, best);
            Draws draws = new(seed, 3);
            foreach (double distance in (double[])[0, 1e-12, 1e-9, 1e-6, 1e-4, 1e-2, 0.3, -1])
            {
                double[] w = [.. best.Select(b => distance < 0 ? 0 : b + (distance * draws.NextNormal() * (1e-3 + Math.Abs(b))))];
                Certificate c = new WholeLikelihoodCertifier(risk).Certify(w, default, true);
                Wide value = Value(x, labels, options, efron, w);
                asked++;
                if (c.Kind == CertificateKind.None) continue;
                proved++;
                Assert.True(c.LowerBound <= least.Head && c.Gap >= (value - least).Head,
                    FormattableString.Invariant($"seed {seed}, distance {distance}: bound {c.LowerBound:R}, least {least.Head:R}, ")
                    + FormattableString.Invariant($"gap {c.Gap:R}, true {(value - least).Head:R}"));
            }
        }
        Assert.True(proved > 0.5 * asked, $"{proved} of {asked}");
    }

    // Gradient and Hessian of the risk against differences of its value.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Derivatives_are_those_of_the_value(bool efron)
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var (risk, _, _, _) = Make((seed * 3) + 1, efron);
            if (seed % 4 == 0) continue;
            int d = risk.Dimension;
            double[] w = [.. Enumerable.Range(0, d).Select(j => 0.1 * (j + 1))], g = new double[d], h = new double[d * d],
                up = new double[d], down = new double[d], v = new double[d], hv = new double[d];
            risk.Curvature(w, g, h);
            for (int j = 0; j < d; j++)
            {
                double[] more = [.. w], less = [.. w];
                (more[j], less[j]) = (w[j] + 1e-5, w[j] - 1e-5);
                double above = risk.Gradient(more, up), below = risk.Gradient(less, down);
                Assert.Equal((above - below) / 2e-5, g[j], 1e-4 * (1 + Math.Abs(above)));
                Array.Clear(v);
                v[j] = 1;
                risk.HessianProduct(w, v, hv);
                for (int k = 0; k < d; k++)
                {
                    Assert.Equal((up[k] - down[k]) / 2e-5, h[(Math.Min(j, k) * d) + Math.Max(j, k)], 1e-4 * (1 + Math.Abs(up[k])));
                    Assert.Equal(h[(Math.Min(j, k) * d) + Math.Max(j, k)], hv[k], 1e-12 * (1 + Math.Abs(hv[k])));
                }
            }
        }
    }
}
