using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Models.Tests.Linear;

public class RiskTests
{
    public static TheoryData<string> Models => [.. Problems.Models];

    public static TheoryData<string> Smooth => [.. Problems.Models.Where(m => m is not ("absolute" or "quantile" or "hinge"))];

    static double[] Point(int d, ulong seed)
    {
        Draws draws = new(seed, 3);
        return [.. Enumerable.Range(0, d).Select(_ => 0.4 * draws.NextNormal())];
    }

    static RiskOptions Weighted(int n) => new() { L2 = 0.02, Weights = [.. Enumerable.Range(0, n).Select(i => 0.5 + (i % 3))] };

    [Theory]
    [MemberData(nameof(Models))]
    public void Gradients_agree_with_finite_differences(string model)
    {
        var (x, y) = Problems.Data(model, 60, 4, 11);
        foreach (RiskOptions options in new[] { new RiskOptions(), Weighted(60), new RiskOptions { Intercept = false, L2 = 0.1 } })
        {
            EmpiricalRisk<double> risk = Problems.Dense(model, x, y, options);
            double[] w = Point(risk.Dimension, 5);
            Assert.True(GradientCheck.Deviation(risk, w) < 2e-6);
            Assert.True(GradientCheck.Deviation(risk, w, new Sample(SampleOrder.Shuffle, 9, 7, 5)) < 2e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Smooth))]
    public void Hessian_products_and_matrices_agree_with_differences(string model)
    {
        var (x, y) = Problems.Data(model, 50, 3, 12);
        EmpiricalRisk<double> risk = Problems.Dense(model, x, y, Weighted(50));
        int d = risk.Dimension;
        double[] w = Point(d, 6), g = new double[d], g2 = new double[d], h = new double[d * d], e = new double[d], hv = new double[d];
        if (model != "huber") Assert.True(GradientCheck.HessianDeviation(risk, w) < 1e-6);
        double value = risk.Curvature(w, g, h);
        Assert.Equal(risk.Gradient(w, g2), value, 1e-12);
        for (int j = 0; j < d; j++)
        {
            Assert.Equal(g2[j], g[j], 1e-12);
            e[j] = 1;
            risk.HessianProduct(w, e, hv);
            e[j] = 0;
            for (int i = 0; i <= j; i++) Assert.Equal(hv[i], h[(i * d) + j], 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Sparse_and_dense_rows_give_the_same_numbers(string model)
    {
        var (x, y) = Problems.Data(model, 70, 5, 13);
        EmpiricalRisk<double> dense = Problems.Dense(model, x, y, Weighted(70)), sparse = Problems.Sparse(model, x, y, Weighted(70));
        int d = dense.Dimension;
        double[] w = Point(d, 7), a = new double[d], b = new double[d], ga = new double[d], gb = new double[d], ha = new double[d * d],
            hb = new double[d * d];
        Assert.Equal(dense.Gradient(w, a), sparse.Gradient(w, b), 1e-13);
        for (int j = 0; j < d; j++) Assert.Equal(a[j], b[j], 1e-13);
        dense.Curvature(w, ga, ha);
        sparse.Curvature(w, gb, hb);
        for (int j = 0; j < ha.Length; j++) Assert.Equal(ha[j], hb[j], 1e-13);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Mean_of_sampled_gradients_over_an_epoch_is_the_gradient(string model)
    {
        var (x, y) = Problems.Data(model, 24, 3, 14);
        EmpiricalRisk<double> risk = Problems.Dense(model, x, y, Weighted(24));
        int d = risk.Dimension;
        double[] w = Point(d, 8), full = new double[d], part = new double[d], mean = new double[d];
        risk.Gradient(w, full);
        for (int k = 0; k < 4; k++)
        {
            risk.Gradient(w, new Sample(SampleOrder.Shuffle, 5, 6 * k, 6), part);
            for (int j = 0; j < d; j++) mean[j] += part[j] / 4;
        }
        for (int j = 0; j < d; j++) Assert.Equal(full[j], mean[j], 1e-12);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Results_do_not_depend_on_the_number_of_threads(string model)
    {
        var (x, y) = Problems.Data(model, 30_000, 6, 15);
        using Workers three = new(3);
        EmpiricalRisk<double> one = Problems.Dense(model, x, y, new RiskOptions()),
            many = Problems.Dense(model, x, y, new RiskOptions { Workers = three });
        int d = one.Dimension;
        double[] w = Point(d, 9), a = new double[d], b = new double[d], h1 = new double[d * d], h3 = new double[d * d];
        Assert.Equal(one.Gradient(w, a), many.Gradient(w, b));
        Assert.Equal(a, b);
        one.Curvature(w, a, h1);
        many.Curvature(w, b, h3);
        Assert.Equal(h1, h3);
    }

    [Theory]
    [InlineData("logistic", 1, 0.0)]
    [InlineData("logistic", 1, 0.01)]
    [InlineData("logistic", 7, 0.01)]
    [InlineData("linear", 1, 0.05)]
    [InlineData("hinge", 3, 0.01)]
    [InlineData("poisson", 1, 0.0)]
    public void Fused_blocks_follow_the_composed_steps(string model, int batch, double l2)
    {
        var (x, y) = Problems.Data(model, 90, 5, 16);
        foreach (var (sparse, intercept) in new[] { (true, true), (false, true), (true, false), (false, false) })
        {
            RiskOptions options = new() { L2 = l2, Intercept = intercept };
            EmpiricalRisk<double> risk = sparse ? Problems.Sparse(model, x, y, options) : Problems.Dense(model, x, y, options);
            int d = risk.Dimension;
            StochasticMethod method = Methods.Sgd(new Power(0.1), new Sampling(SampleOrder.Shuffle, batch));
            Iteration<double> fused = method.Start(risk, new double[d], new Draws(4));
            // The same recursion with momentum 0 goes through the composed iteration.
            Iteration<double> composed = Methods.HeavyBall(new Power(0.1), 0, new Sampling(SampleOrder.Shuffle, batch))
                .Start(risk, new double[d], new Draws(4));
            for (int t = 0; t < 10; t++)
            {
                fused.Advance(37);
                composed.Advance(37);
                for (int j = 0; j < d; j++) Assert.Equal(composed.Point[j], fused.Point[j], 1e-12);
            }
            Assert.True(!sparse || fused.GetType() != composed.GetType());
        }
    }

    [Fact]
    public void Weights_of_two_act_like_repeated_rows()
    {
        var (x, y) = Problems.Data("logistic", 20, 3, 17);
        double[] weights = [.. Enumerable.Range(0, 20).Select(i => i < 5 ? 2.0 : 1)], x2 = [.. x, .. x[..15]], y2 = [.. y, .. y[..5]];
        EmpiricalRisk<double> weighted = Problems.Dense("logistic", x, y, new RiskOptions { Weights = weights }),
            repeated = Problems.Dense("logistic", x2, y2, new RiskOptions());
        double[] w = Point(4, 10);
        Assert.Equal(repeated.Value(w), weighted.Value(w), 1e-13);
    }

    [Fact]
    public void Column_scales_leave_the_problem_as_it_was()
    {
        var (x, y) = Problems.Data("logistic", 40, 2, 18);
        double[] scaled = [.. x.Select((v, k) => v / (k % 2 == 0 ? 10 : 0.1))];
        EmpiricalRisk<double> plain = Problems.Dense("logistic", x, y, new RiskOptions { L2 = 0.3 });
        EmpiricalRisk<double> inside = Problems.Dense("logistic", scaled, y, new RiskOptions { L2 = 0.3, ColumnScales = [10, 0.1] });
        Assert.Equal(plain.Value([0.7, -0.2, 0.1]), inside.Value([7, -0.02, 0.1]), 1e-13);
    }

    [Fact]
    public void The_meter_counts_exactly()
    {
        var (x, y) = Problems.Data("logistic", 40, 2, 19);
        EmpiricalRisk<double> risk = Problems.Dense("logistic", x, y, new RiskOptions());
        double[] w = new double[3], g = new double[3];
        risk.Gradient(w, g);
        risk.Gradient(w, new Sample(SampleOrder.Replacement, 1, 0, 7), g);
        risk.Value(w);
        Assert.Equal((47, 40), (risk.Meter.Gradients, risk.Meter.Values));
    }

    [Fact]
    public void A_wrong_length_is_named()
    {
        var (x, y) = Problems.Data("logistic", 40, 2, 19);
        EmpiricalRisk<double> risk = Problems.Dense("logistic", x, y, new RiskOptions());
        Assert.Equal("Gradient needs length 3 (the oracle's dimension); got 2.",
            Assert.Throws<ArgumentException>(() => risk.Gradient(new double[2], new double[3])).Message);
    }

    // The conjugate of softmax is over K margins at once; see CertificateTests.
    public static TheoryData<string> OneMargin => [.. Problems.Models.Where(m => m != "softmax")];

    [Theory]
    [MemberData(nameof(OneMargin))]
    public void Conjugates_satisfy_fenchel_young(string model)
    {
        var (x, y) = Problems.Data(model, 30, 2, 20);
        EmpiricalRisk<double> risk = Problems.Dense(model, x, y, new RiskOptions());
        double[] u = new double[1];
        foreach (double z in new[] { -3.0, -0.2, 0, 0.4, 2 })
        {
            for (int i = 0; i < 30; i++)
            {
                double loss = risk.LossAt(i, [z], u), conjugate = risk.ConjugateAt(i, u);
                // Equality at the derivative (a kink has any subgradient; 0 there still gives an inequality).
                Assert.True(loss + conjugate - (u[0] * z) >= -1e-12);
                if (model is not ("absolute" or "quantile" or "hinge")) Assert.Equal(0, loss + conjugate - (u[0] * z), 1e-12);
                Assert.True(risk.LeastLoss(i) <= loss + 1e-12);
            }
        }
    }
}
