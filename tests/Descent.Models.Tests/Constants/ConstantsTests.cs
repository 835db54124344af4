using Descent.Algorithms;
using Descent.Guarantees;
using Descent.Models.Constants;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;

namespace Descent.Models.Tests.Constants;

/// <summary>Constants against closed forms, and bounds against what they bound.</summary>
public class ConstantsTests
{
    static (DenseRows<double> Rows, double[] Labels) Data(int n, int d, bool classes)
    {
        Draws draws = new(21);
        double[] x = [.. Enumerable.Range(0, n * d).Select(_ => draws.NextNormal())], y = new double[n];
        for (int i = 0; i < n; i++) y[i] = classes ? (x[i * d] + draws.NextNormal() > 0 ? 1 : 0) : (2 * x[i * d]) + draws.NextNormal();
        return (new DenseRows<double>(x, n, d), y);
    }

    // Rows (1, 1), (1, −1), (2, 0): XᵀX/3 = diag(2, 2/3), by hand.
    [Fact]
    public void Smoothness_and_strong_convexity_of_squares_are_eigenvalues()
    {
        DenseRows<double> rows = new([1, 1, 1, -1, 2, 0], 3, 2);
        ProblemConstants c = ConstantsOf.Risk(
            Risk.Of<double, DenseRows<double>, SquaredLoss>(rows, [1, 2, 3], default, new RiskOptions { Intercept = false, L2 = 0.5 }));
        Assert.Equal((2.5, Evidence.Exact), (Math.Round(c.Smoothness.Value, 12), c.Smoothness.Evidence));
        Assert.Equal(((2.0 / 3) + 0.5, Evidence.Exact), (c.StrongConvexity.Value, c.StrongConvexity.Evidence));
        Assert.Equal(4.5, c.SampleSmoothness.Value, 12);
        ProblemConstants l = ConstantsOf.Risk(
            Risk.Of<double, DenseRows<double>, LogisticLoss>(rows, [1, 0, 1], default, new RiskOptions { Intercept = false }));
        Assert.Equal(0.5, l.Smoothness.Value, 12);
        Assert.Equal(0, l.StrongConvexity.Value);
    }

    [Fact]
    public void Bounds_of_the_pilot_bound()
    {
        const int N = 60, D = 4;
        (DenseRows<double> rows, double[] y) = Data(N, D, true);
        var risk = Risk.Of<double, DenseRows<double>, LogisticLoss>(rows, y, default, new RiskOptions { Intercept = false, L2 = 0.02 });
        double[] start = new double[D];
        ProblemConstants c = Pilot.Measure(risk, ConstantsOf.Risk(risk), start);
        Iteration<double> newton = Methods.Newton().Start(risk, start, new Draws(1));
        newton.Advance(40);
        double[] best = newton.Point.ToArray();
        double gap = risk.Value(start) - risk.Value(best);
        Assert.Equal(Evidence.UpperBound, c.Gap.Evidence);
        Assert.InRange(c.Gap.Value, gap * (1 - 1e-12), gap * 1.01);
        Assert.Equal(Evidence.UpperBound, c.Distance.Evidence);
        Assert.InRange(c.Distance.Value, Vectors.Norm<double>(best) * (1 - 1e-12), Vectors.Norm<double>(best) * 1.2);
        Draws draws = new(4);
        double[] w = new double[D], v = new double[D], g = new double[D];
        for (int trial = 0; trial < 50; trial++)
        {
            for (int j = 0; j < D; j++) (w[j], v[j]) = (3 * draws.NextNormal(), 3 * draws.NextNormal());
            Assert.True(GradientNoise.Trace(risk, w) <= c.Variance.Value * (1 + 1e-12));
            Assert.True(HessianDifference(risk, w, v) <= c.HessianLipschitz.Value * (1 + 1e-12));
        }
        // Along SGD from 0 with η ≤ 1/λ no single gradient is longer than G_ℓ.
        Iteration<double> sgd = Methods.Sgd(new StepSizes.Constant(1), new Sampling(SampleOrder.Replacement))
            .Start(risk, start, new Draws(2));
        for (int t = 0; t < 300; t++)
        {
            sgd.Advance();
            risk.Gradient(sgd.Point, new Sample(SampleOrder.Sequential, 0, t % N, 1), g);
            Assert.True(Vectors.Norm<double>(g) <= c.SampleLipschitz.Value);
        }
    }

    static double HessianDifference(EmpiricalRisk<double> risk, double[] w, double[] v)
    {
        int d = w.Length;
        double[] g = new double[d], a = new double[d * d], b = new double[d * d];
        risk.Curvature(w, g, a);
        risk.Curvature(v, g, b);
        for (int i = 0; i < d; i++)
            for (int j = 0; j < d; j++)
                a[(i * d) + j] = a[(Math.Min(i, j) * d) + Math.Max(i, j)] - b[(Math.Min(i, j) * d) + Math.Max(i, j)];
        for (int i = 0; i < d; i++)
            for (int j = 0; j < i; j++) a[(i * d) + j] = a[(j * d) + i];
        SymmetricEigen eigen = new(d);
        Assert.True(eigen.Decompose(a));
        double norm = Math.Max(Math.Abs(eigen.Values[0]), Math.Abs(eigen.Values[d - 1]));
        return norm / Math.Sqrt(w.Zip(v, (p, q) => (p - q) * (p - q)).Sum());
    }

    [Fact]
    public void Kinks_are_named_where_a_theorem_asks_for_smoothness()
    {
        (DenseRows<double> rows, double[] y) = Data(40, 3, true);
        ProblemConstants hinge =
            ConstantsOf.Risk(Risk.Of<double, DenseRows<double>, HingeLoss>(rows, y, default, new RiskOptions { L2 = 0.1 }));
        ProblemConstants lasso =
            ConstantsOf.Risk(Risk.Of<double, DenseRows<double>, LogisticLoss>(rows, y, default, new RiskOptions { L1 = 0.1 }));
        foreach (ProblemConstants c in new[] { hinge, lasso })
            Assert.Equal(Standing.Violated, Theory.Find("G10").StandingIn(new Situation(c, 10)));
        // Without constants nothing is said to hold.
        Guarantee g24 = Theory.Find("G24");
        ProblemConstants bare = ConstantsOf.Risk(Risk.Of<double, DenseRows<double>, LogisticLoss>(rows, y, default, new RiskOptions()));
        Assert.Equal(Standing.Unknown, g24.StandingIn(new Situation(bare, 10)));
        Assert.Equal(Standing.Violated, g24.StandingIn(new Situation(bare, 10) { Order = SampleOrder.Shuffle }));
    }

    [Fact]
    public void The_inverse_of_a_bound_is_the_first_horizon_that_keeps_it()
    {
        ProblemConstants c = new()
        {
            Smoothness = Quantity.Exact("H", 1, "set"),
            SampleSmoothness = Quantity.Exact("H", 1, "set"),
            StrongConvexity = Quantity.Exact("μ", 0.1, "set"),
            Gap = Quantity.Exact("Δ", 1, "set"),
            Distance = Quantity.Exact("D", 2, "set"),
            Variance = Quantity.Exact("σ²", 1, "set"),
            Lipschitz = Quantity.Exact("G", 2, "set"),
        };
        foreach (string id in new[] { "G1", "G4", "G5", "G6", "G10", "G11", "G15", "G16", "G18", "G20", "G24", "G25", "G26", "M9" })
        {
            Guarantee g = Theory.Find(id);
            Situation s = new(c, 1) { Radius = 2 };
            double steps = g.StepsFor(s, 0.05);
            Assert.True(g.Bound(s with { Steps = (long)steps }) <= 0.05, id);
            Assert.True(steps < 2 || g.Bound(s with { Steps = (long)(steps * (1 - 1e-5)) - 1 }) > 0.05 * (1 - 1e-6), id);
        }
    }
}
