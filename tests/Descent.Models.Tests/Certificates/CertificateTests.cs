using Descent.Algorithms;
using Descent.Models.Certificates;
using Descent.Models.Linear;
using Descent.Oracles;
using Descent.Runs;

namespace Descent.Models.Tests.Certificates;

public class CertificateTests
{
    public static TheoryData<string, double, double> Cases
    {
        get
        {
            TheoryData<string, double, double> data = [];
            foreach (string model in Problems.Models)
            {
                data.Add(model, 0, 0);
                data.Add(model, 0.01, 0);
                data.Add(model, 0, 0.01);
                data.Add(model, 0.02, 0.005);
            }
            return data;
        }
    }

    // The certificate is an upper bound: at random points, at points near the optimum, at iterates; never below the true gap.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Never_below_the_true_gap(string model, double l2, double l1)
    {
        for (ulong seed = 1; seed <= 6; seed++)
        {
            bool intercept = seed % 2 == 0;
            var (x, y) = Problems.Data(model, 40 + (int)(7 * seed), 3, seed);
            RiskOptions options = new()
            {
                L2 = l2,
                L1 = l1,
                Intercept = intercept,
                Weights = seed % 3 == 0 ? [.. y.Select((_, i) => 0.5 + (i % 2))] : null,
            };
            EmpiricalRisk<double> risk = Problems.Dense(model, x, y, options);
            (double optimum, double[] best) = Optimum(risk, l1);
            Draws draws = new(seed, 8);
            // Runs begin at zero, where what a free direction is charged by its coordinate costs nothing: NaN stands for that point.
            foreach (double distance in new[] { double.NaN, 0, 1e-9, 1e-6, 1e-3, 0.1, 1, 5 })
            {
                double[] w = [.. best.Select(b => double.IsNaN(distance) ? 0 : b + (distance * draws.NextNormal()))];
                foreach (bool thorough in new[] { false, true })
                {
                    Certificate c = new RiskCertifier<double>(risk).Certify(w, default, thorough);
                    double gap = c.Value - optimum;
                    Assert.True(c.Gap >= gap - (1e-15 * Math.Abs(c.Value)),
                        $"{model}, λ {l2}, λ₁ {l1}, seed {seed}, distance {distance}: certified {c.Gap}, true {gap} ({c.Sentence})");
                }
            }
        }
    }

    // Centred columns and labels of one sign: at zero the derivatives of a kinked loss are all alike,
    // so every column's dual vanishes and the intercept's alone does not.
    [Theory]
    [InlineData("absolute")]
    [InlineData("quantile")]
    [InlineData("hinge")]
    public void A_free_intercept_must_vanish_in_the_dual(string model)
    {
        const int N = 40;
        Draws draws = new(3);
        double[] x = new double[N * 2], y = new double[N];
        for (int i = 0; i < N; i += 2)
        {
            for (int j = 0; j < 2; j++) (x[(i * 2) + j], x[(i * 2) + 2 + j]) = (draws.NextNormal(), -x[(i * 2) + j]);
            (y[i], y[i + 1]) = model == "hinge" ? (1, 1) : (5 + draws.NextDouble(), 6 + draws.NextDouble());
        }
        EmpiricalRisk<double> risk = Problems.Dense(model, x, y, new RiskOptions { L1 = 0.01 });
        (double optimum, _) = Optimum(risk, 0.01);
        Certificate c = new RiskCertifier<double>(risk).Certify(new double[3], default, false);
        Assert.True(c.LowerBound <= optimum + 1e-12, $"proved {c.LowerBound}, optimum {optimum} ({c.Sentence})");
    }

    // Where no Hessian may be formed, a look has the point and the method's dual variables:
    // at a kink the derivatives of the losses alone prove next to nothing.
    [Theory]
    [InlineData("absolute", true)]
    [InlineData("quantile", true)]
    [InlineData("hinge", true)]
    [InlineData("hinge", false)]
    public void The_dual_variables_of_a_method_prove_its_end(string model, bool intercept)
    {
        var (x, y) = Problems.Data(model, 80, 4, 5);
        EmpiricalRisk<double> risk = Problems.Dense(model, x, y, new RiskOptions { L2 = 0.02, Intercept = intercept });
        Iteration<double> run = ((IMethod<double, IPiecewiseLinearOracle<double>>)new InteriorPoint())
            .Start((IPiecewiseLinearOracle<double>)risk, new double[risk.Dimension], new Draws(1));
        run.Advance(100);
        Certificate alone = new RiskCertifier<double>(risk, 0).Certify(run.Point, default, false),
            c = new RiskCertifier<double>(risk, 0).Certify(run.Point, run.Dual, false);
        Assert.True(alone.RelativeGap > 1e-4, $"the test has no teeth: {alone.RelativeGap}");
        Assert.InRange(c.RelativeGap, 0, 1e-10);
        Assert.Contains("method's dual variables", c.Sentence, StringComparison.Ordinal);
        // A dual point that belongs to another problem, or to none, proves less, and nothing false.
        double[] wrong = [.. run.Dual.ToArray().Select((u, i) => i % 2 == 0 ? u : -u)];
        Assert.True(new RiskCertifier<double>(risk, 0).Certify(run.Point, wrong, false).LowerBound <= c.Value + 1e-12);
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("logistic")]
    [InlineData("softmax")]
    [InlineData("poisson")]
    [InlineData("huber")]
    [InlineData("absolute")]
    [InlineData("quantile")]
    [InlineData("hinge")]
    public void Is_tight_when_it_may_work_for_it(string model)
    {
        foreach (double l2 in new[] { 0, 0.01 })
        {
            var (x, y) = Problems.Data(model, 60, 3, 3);
            EmpiricalRisk<double> risk = Problems.Dense(model, x, y, new RiskOptions { L2 = l2 });
            (double optimum, double[] best) = Optimum(risk, 0);
            Draws draws = new(5);
            double[] w = [.. best.Select(b => b + (0.1 * draws.NextNormal()))];
            Certificate c = new RiskCertifier<double>(risk).Certify(w, default, true);
            Assert.InRange(c.Gap, c.Value - optimum - 1e-14, (1.01 * (c.Value - optimum)) + 1e-9);
        }
    }

    [Fact]
    public void Strong_convexity_gives_the_bound_of_the_notes()
    {
        // G17: gap ≤ ‖∇F‖²/(2μ).
        var (x, y) = Problems.Data("logistic", 50, 3, 9);
        EmpiricalRisk<double> risk = Problems.Dense("logistic", x, y, new RiskOptions { L2 = 0.5, Intercept = false });
        double[] w = [0.1, 0.2, -0.1], g = new double[3];
        risk.Gradient(w, g);
        Certificate c = new RiskCertifier<double>(risk).Certify(w, default, false);
        Assert.InRange(c.Gap, 0, (Vectors.Dot<double>(g, g) / (2 * 0.5)) + 1e-13);
        Assert.InRange(c.Gap, 0.999 * Vectors.Dot<double>(g, g), 1.001 * Vectors.Dot<double>(g, g));
    }

    [Fact]
    public void Least_squares_gets_the_exact_gap()
    {
        var (x, y) = Problems.Data("linear", 50, 3, 10);
        EmpiricalRisk<double> risk = Problems.Dense("linear", x, y, new RiskOptions());
        (double optimum, _) = Optimum(risk, 0);
        Certificate c = new RiskCertifier<double>(risk).Certify([1, -1, 0.5, 2], default, false);
        Assert.Equal(c.Value - optimum, c.Gap, 1e-9);
    }

    static (double Value, double[] Point) Optimum(EmpiricalRisk<double> risk, double l1)
    {
        if (risk is IPiecewiseLinearOracle<double> piece)
        {
            Iteration<double> solver = Methods.InteriorPoint().Start(piece, new double[risk.Dimension], new Draws(1));
            solver.Advance(100);
            return (risk.Value(solver.Point) + (risk.NonSmooth?.Value(solver.Point) ?? 0), solver.Point.ToArray());
        }
        if (l1 > 0) return WithL1(risk);
        Iteration<double> run = Methods.Newton().Start(risk, new double[risk.Dimension], new Draws(1));
        run.Advance(100);
        return (risk.Value(run.Point), run.Point.ToArray());
    }

    // An independent way to the optimum: proximal gradient steps, accelerated and restarted, and the best point of all.
    static (double Value, double[] Point) WithL1(EmpiricalRisk<double> risk)
    {
        double h = Models.Constants.ConstantsOf.Risk(risk).Smoothness.Value;
        Iteration<double> run = Methods.Fista(new StepSizes.Constant(1 / h)).Start(risk, new double[risk.Dimension], new Draws(1));
        double best = double.PositiveInfinity;
        double[] point = run.Point.ToArray();
        for (int t = 0; t < 3000; t++)
        {
            run.Advance();
            double f = risk.Value(run.Point) + risk.NonSmooth!.Value(run.Point);
            if (f >= best) continue;
            best = f;
            point = run.Point.ToArray();
        }
        return (best, point);
    }
}
