using Descent.Models.Certificates;
using Descent.Models.Linear;
using Descent.Oracles;
using Descent.Runs;

namespace Descent.Models.Tests.Certificates;

/// <summary>What a point proves by itself against the Fenchel dual written out anew:
/// the derivatives of the losses, shrunk or balanced until they are feasible.</summary>
public class PointCertificateTests
{
    public static TheoryData<string, double, double> Penalised
    {
        get
        {
            TheoryData<string, double, double> data = [];
            foreach (string model in Problems.Models)
            {
                data.Add(model, 0.3, 0);
                data.Add(model, 0.02, 0.1);
                data.Add(model, 0, 0.05);
            }
            return data;
        }
    }

    static (EmpiricalRisk<double> Risk, double[] W) Make(string model, double l2, double l1, bool intercept, ulong seed, bool penalise)
    {
        Draws draws = new(seed, 15);
        var (x, y) = Problems.Data(model, 25, 3, seed);
        double[]? weights = seed % 2 == 0 ? null : [.. y.Select(_ => 0.3 + draws.NextDouble())];
        EmpiricalRisk<double> risk = Problems.Dense(model, x, y,
            new RiskOptions { L2 = l2, L1 = l1, Intercept = intercept, PenaliseIntercept = penalise, Weights = weights });
        return (risk, [.. Enumerable.Range(0, risk.Dimension).Select(j => j % 3 == 2 ? 0 : 0.4 * draws.NextNormal())]);
    }

    static double Lasso(EmpiricalRisk<double> risk, int j) => risk.Lasso.IsEmpty ? 0 : risk.Lasso[j];

    // −Σω φ*(u) − Σ h*(−v) at dual variables that are feasible.
    static double Dual(EmpiricalRisk<double> risk, double[] u)
    {
        int k = risk.Outputs;
        double[] v = new double[risk.Dimension];
        risk.Adjoint(u, v);
        double dual = -Enumerable.Range(0, risk.Count).Sum(i => risk.WeightOf(i) * risk.ConjugateAt(i, u.AsSpan(i * k, k)));
        for (int j = 0; j < v.Length; j++)
            if (risk.Ridge[j] > 0) dual -= Math.Pow(Math.Max(0, Math.Abs(v[j]) - Lasso(risk, j)), 2) / (2 * risk.Ridge[j]);
        return dual;
    }

    static (double Value, double[] U) Slopes(EmpiricalRisk<double> risk, double[] w)
    {
        double[] z = new double[risk.Count * risk.Outputs], u = new double[z.Length], losses = new double[risk.Count];
        risk.Margins(w, z);
        risk.LossesAt(z, u, losses);
        return (risk.Value(w) + (risk.NonSmooth?.Value(w) ?? 0), u);
    }

    // The optimum, but for noise in the parameters that are not 0.
    static double[] Near(EmpiricalRisk<double> risk, double noise, ulong seed)
    {
        ExactRisk exact = ExactRisk.Of(risk, 1e6)!;
        ExactPoint point = new(exact);
        new ExactSolver(exact, point).Solve(400);
        Draws draws = new(seed, 16);
        return [.. point.W.Select((a, j) => ((double)a + (a.Hi == 0 ? 0 : noise * draws.NextNormal())) * exact.Unit[j])];
    }

    [Theory]
    [MemberData(nameof(Penalised))]
    public void With_penalties_the_bound_is_the_dual_at_the_derivatives(string model, double l2, double l1)
    {
        for (ulong seed = 1; seed <= 8; seed++)
        {
            var (risk, w) = Make(model, l2, l1, seed % 3 == 0, seed, true);
            (double value, double[] u) = Slopes(risk, w);
            if (l2 == 0)
            {
                double[] v = new double[risk.Dimension];
                risk.Adjoint(u, v);
                double scale = Math.Min(1, l1 / v.Max(Math.Abs));
                u = [.. u.Select(a => scale * a)];
            }
            double least = Enumerable.Range(0, risk.Count).Sum(i => risk.WeightOf(i) * risk.LeastLoss(i)),
                expected = Math.Max(least, Dual(risk, u));
            Certificate c = new RiskCertifier<double>(risk).Certify(w, default, false);
            Assert.Equal(value, c.Value, 1e-14 * (1 + Math.Abs(value)));
            Assert.InRange(expected - c.LowerBound, -1e-13 * (1 + Math.Abs(expected)), 1e-11 * (1 + Math.Abs(expected) + Math.Abs(value)));
            Assert.InRange(c.Allowance, 0, 1e-11 * (1 + Math.Abs(expected) + Math.Abs(value)));
            bool strong = l1 == 0 && double.IsFinite(risk.LossSmoothness) && expected > least;
            if (expected > least + 1e-12) Assert.Equal(strong ? CertificateKind.StrongConvexity : CertificateKind.Duality, c.Kind);
        }
    }

    // One output: u − D c with (Σ ωD)c = Σ ωu, then the larger side shrunk until Σ ωu = 0.
    [Theory]
    [InlineData("linear", 0.1, 0)]
    [InlineData("logistic", 0.1, 0)]
    [InlineData("poisson", 0.1, 0)]
    [InlineData("huber", 0.1, 0)]
    [InlineData("logistic", 0, 0.05)]
    [InlineData("linear", 0.1, 0.05)]
    [InlineData("absolute", 0.2, 0)]
    [InlineData("hinge", 0.2, 0)]
    public void A_free_intercept_is_balanced(string model, double l2, double l1)
    {
        int proved = 0;
        for (ulong seed = 1; seed <= 8; seed++)
        {
            var (risk, w) = Make(model, l2, l1, true, seed, false);
            // Huber's far slopes are shrunk into their bounds.
            if (model is not ("absolute" or "hinge" or "huber")) w = Near(risk, 0.05, seed);
            (_, double[] u) = Slopes(risk, w);
            double[] z = new double[risk.Count], bent = new double[1];
            risk.Margins(w, z);
            double step = Enumerable.Range(0, risk.Count).Sum(i => risk.WeightOf(i) * u[i]), curve = 0;
            double[] d = new double[risk.Count];
            for (int i = 0; i < d.Length; i++)
            {
                risk.CurvatureAt(i, z.AsSpan(i, 1), [1], bent);
                d[i] = bent[0];
                curve += risk.WeightOf(i) * d[i];
            }
            if (curve > 0) u = [.. u.Select((a, i) => a - (d[i] * step / curve))];
            double plus = u.Select((a, i) => risk.WeightOf(i) * Math.Max(0, a)).Sum(),
                minus = u.Select((a, i) => risk.WeightOf(i) * Math.Max(0, -a)).Sum();
            u = [.. u.Select(a => plus > minus ? (a > 0 ? a * minus / plus : a) : a < 0 ? a * plus / minus : a)];
            double scale = 1;
            for (int i = 0; i < d.Length; i++) scale = Math.Min(scale, risk.FeasibleScale(i, u.AsSpan(i, 1)));
            if (l2 == 0)
            {
                double[] v = new double[risk.Dimension];
                risk.Adjoint(u, v);
                scale = Math.Min(scale, l1 / v[..3].Max(Math.Abs));
            }
            u = [.. u.Select(a => scale * a)];
            double least = Enumerable.Range(0, risk.Count).Sum(i => risk.WeightOf(i) * risk.LeastLoss(i)),
                expected = scale > 0 ? Dual(risk, u) : least;
            if (expected > least) proved++;
            expected = Math.Max(expected, least);
            Certificate c = new RiskCertifier<double>(risk).Certify(w, default, false);
            Assert.InRange(expected - c.LowerBound, -1e-13 * (1 + Math.Abs(expected)),
                1e-11 * (1 + Math.Abs(expected) + Math.Abs(c.Value)));
        }
        Assert.InRange(proved, 2, 8);
    }

    // Several outputs: near the optimum the balanced point is as good as the slopes are.
    [Theory]
    [InlineData(0.1, 0)]
    [InlineData(0, 0.05)]
    [InlineData(0.1, 0.02)]
    public void Free_intercepts_of_several_classes_cost_little_near_the_optimum(double l2, double l1)
    {
        for (ulong seed = 1; seed <= 6; seed++)
        {
            var (risk, w) = Make("softmax", l2, l1, true, seed, false);
            double[] best = Near(risk, 0, seed);
            double optimum = Slopes(risk, best).Value;
            Certificate c = new RiskCertifier<double>(risk).Certify(Near(risk, 1e-4, seed), default, false);
            Assert.InRange(c.LowerBound, optimum - (l2 > 0 ? 1e-5 : 1e-2), optimum);
            Certificate end = new RiskCertifier<double>(risk).Certify(best, default, false);
            Assert.InRange(end.LowerBound, optimum - 1e-11, optimum + 1e-15);
        }
    }

    // Bounds found before stay valid: a look from afar keeps what an earlier one proved,
    // and a bound above F by more than rounding is refused.
    [Fact]
    public void The_best_bound_is_kept()
    {
        var (risk, w) = Make("linear", 0.1, 0, false, 2, false);
        RiskCertifier<double> certifier = new(risk);
        Certificate near = certifier.Certify(w, default, true), far = certifier.Certify([.. w.Select(x => x + 3)], default, false);
        Assert.Equal(near.LowerBound, far.LowerBound, 1e-13);
        Assert.Equal(far.Value - far.LowerBound, far.Gap);
    }

    // Weights that add up with rounding are known no better than that.
    [Fact]
    public void The_subgradient_norm_is_the_least_of_all()
    {
        var (risk, w) = Make("linear", 0.1, 0.3, false, 2, false);
        double[] g = new double[3];
        risk.Gradient(w, g);
        double square = 0;
        for (int j = 0; j < 3; j++) square += Math.Pow(w[j] != 0 ? g[j] + (0.3 * Math.Sign(w[j])) : Math.Max(0, Math.Abs(g[j]) - 0.3), 2);
        Assert.Equal(Math.Sqrt(square), new RiskCertifier<double>(risk).Certify(w, default, false).GradientNorm, 1e-13);
        Assert.Contains(w, x => x == 0);
    }

    [Fact]
    public void Forming_matrices_has_a_limit()
    {
        var (risk, w) = Make("logistic", 0, 0, true, 2, false);
        Assert.True(new RiskCertifier<double>(risk).ThoroughIsCheap);
        RiskCertifier<double> plain = new(risk, 3);
        Assert.False(plain.ThoroughIsCheap);
        Certificate c = plain.Certify(w, default, true);
        Assert.InRange(c.LowerBound, -1e-12, 0);
        Assert.InRange(new RiskCertifier<double>(risk, 4).Certify(w, default, true).LowerBound, 0.1, c.Value);
        Certificate infinite = plain.Certify([double.PositiveInfinity, 0, 0, 0], default, true);
        Assert.Equal(CertificateKind.None, infinite.Kind);
        Assert.Equal("F is not finite.", infinite.Sentence);
    }

    // ω = weight/sum below the normal range has few digits.
    // Labels of 10¹⁵⁰ make it count: F(0) = ½ω·10³⁰⁰ is known no better than ω, and the bound must say so.
    [Fact]
    public void Weights_with_few_digits_are_allowed_for()
    {
        for (int k = 1; k <= 40; k++)
        {
            double tiny = k * 7e-321;
            EmpiricalRisk<double> risk = Problems.Dense("linear", [1, 1], [0, 1e150],
                new RiskOptions { Intercept = false, L2 = 1, Weights = [3, tiny] });
            Fraction truth = (Fraction)tiny / ((Fraction)3 + tiny) * 1e150 * 1e150 / 2;
            Certificate c = new RiskCertifier<double>(risk).Certify([0], default, false);
            Assert.NotEqual(CertificateKind.None, c.Kind);
            Assert.True(((Fraction)c.LowerBound - truth).Sign <= 0, $"{tiny}: {c}");
            Assert.True((truth - ((Fraction)c.LowerBound + c.Gap)).Sign <= 0 || Fraction.Error((Fraction)c.Value, truth) < 1e-3);
            Assert.InRange(c.RelativeGap, 0, 0.01 + (3e-2 / k));
        }
    }
}
