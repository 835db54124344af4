using Descent.Models.Linear;

namespace Descent.Models.Tests.Linear;

/// <summary>One example of softmax regression against the formulas as they stand:
/// losses, slopes, curvature, conjugates and what keeps a dual point feasible.</summary>
public class SoftmaxRiskTests
{
    static EmpiricalRisk<double> Risk(bool reference) =>
        Problems.Dense("softmax", [1, 2, 3], [0, 1, 2], new RiskOptions { L2 = reference ? 0 : 1 });

    // Margins of all classes; with a reference the first is 0.
    static double[] All(double[] z, bool reference) => reference ? [0, .. z] : z;

    public static TheoryData<bool, double, double, double> Margins
    {
        get
        {
            TheoryData<bool, double, double, double> data = [];
            foreach (bool reference in new[] { false, true })
                foreach (double size in new[] { 0.0, 1, 30, 700 }) data.Add(reference, 0.3 * size, -size, 0.9 * size);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Margins))]
    public void Losses_slopes_and_curvature_are_those_of_the_formulas(bool reference, double first, double second, double third)
    {
        EmpiricalRisk<double> risk = Risk(reference);
        double[] z = reference ? [second, third] : [first, second, third], all = All(z, reference), u = new double[z.Length],
            bent = new double[z.Length], direction = reference ? [0.7, -1.3] : [0.7, -1.3, 0.4];
        for (int y = 0; y < 3; y++)
        {
            double top = all.Max(), total = all.Sum(a => Math.Exp(a - top));
            double[] p = [.. all.Select(a => Math.Exp(a - top) / total)], free = reference ? p[1..] : p;
            double loss = top - all[y] + Math.Log(total), rest = all.Where((_, c) => c != y).Sum(a => Math.Exp(a - all[y]));
            double found = risk.LossAt(y, z, u);
            // A small loss keeps its digits: log(1 + r) = r − r²/2 + ….
            Assert.Equal(rest < 1e-6 ? rest - (rest * rest / 2) : loss, found, 1e-11 * (rest < 1e-6 ? rest : 1 + loss));
            for (int c = 0; c < z.Length; c++)
            {
                int k = c + (reference ? 1 : 0);
                double expected = k == y ? rest < 1 ? -rest / (1 + rest) : p[k] - 1 : p[k];
                Assert.Equal(expected, u[c], 1e-13 * Math.Max(Math.Abs(expected), 1e-300));
            }
            risk.CurvatureAt(y, z, direction, bent);
            double mean = free.Zip(direction, (a, b) => a * b).Sum();
            for (int c = 0; c < z.Length; c++) Assert.Equal(free[c] * (direction[c] - mean), bent[c], 1e-14);
        }
    }

    // φ*(u) = Σ s log s over s = u + e_y (the reference's part too), ∞ outside the simplex.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Conjugates_are_entropies_on_the_simplex(bool reference)
    {
        EmpiricalRisk<double> risk = Risk(reference);
        double Entropy(params double[] s) => s.Sum(a => a == 0 ? 0 : a * Math.Log(a));
        foreach (double[] s in (double[][])[[0.2, 0.3, 0.5], [0, 0.25, 0.75], [0.5, 0.5, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1],
            [1e-9, 1 - 2e-9, 1e-9]])
        {
            for (int y = 0; y < 3; y++)
            {
                double[] u = [.. s.Select((a, c) => a - (c == y ? 1 : 0))];
                if (reference) u = u[1..];
                Assert.Equal(Entropy(s), risk.ConjugateAt(y, u), 1e-14);
                Assert.Equal(1, risk.FeasibleScale(y, u));
            }
        }
        Assert.Equal(double.PositiveInfinity, risk.ConjugateAt(1, reference ? [0.1, -0.2] : [0.1, 0.1, -0.2]));
        Assert.Equal(double.PositiveInfinity, risk.ConjugateAt(0, reference ? [0.8, 0.7] : [-0.9, 0.8, 0.7]));
        Assert.Equal(double.PositiveInfinity, risk.ConjugateAt(1, reference ? [-1.1, 0.2] : [0.9, -1.1, 0.2]));
    }

    // The longest part of u that stays in the simplex: 0 when another class is negative, 1/excess when the own class goes below 0.
    [Fact]
    public void Dual_points_are_shrunk_into_the_simplex()
    {
        EmpiricalRisk<double> all = Risk(false), reference = Risk(true);
        Assert.Equal(1 / 1.6, all.FeasibleScale(1, [1, -1.6, 0.6]), 1e-15);
        Assert.Equal(0, all.FeasibleScale(1, [-0.1, -0.4, 0.5]));
        Assert.Equal(0, all.FeasibleScale(1, [0.5, -0.4, -0.1]));
        Assert.Equal(1, all.FeasibleScale(1, [0.5, -1, 0.5]));
        Assert.Equal(1 / 1.6, reference.FeasibleScale(1, [-1.6, 0.6]), 1e-15);
        Assert.Equal(1 / 1.5, reference.FeasibleScale(0, [0.9, 0.6]), 1e-15);
        Assert.Equal(1, reference.FeasibleScale(0, [0.4, 0.6]));
        // The reference's own u is minus the sum of the others': it must not be negative for another label.
        Assert.Equal(0, reference.FeasibleScale(1, [-0.4, 0.5]));
        Assert.Equal(1, reference.FeasibleScale(1, [-0.5, 0.4]));
    }

    // Hessian, its products and gradients, from the curvature of every example.
    [Theory]
    [InlineData(0, true)]
    [InlineData(0.3, true)]
    [InlineData(0.3, false)]
    public void Hessians_are_sums_of_the_examples_curvature(double l2, bool intercept)
    {
        var (x, y) = Problems.Data("softmax", 300, 3, 4);
        double[] weights = [.. y.Select((_, i) => 0.5 + (i % 3))];
        EmpiricalRisk<double> risk = Problems.Dense("softmax", x, y, new RiskOptions { L2 = l2, Intercept = intercept, Weights = weights });
        int k = risk.Outputs, d = risk.Dimension;
        Draws draws = new(6);
        double[] w = [.. Enumerable.Range(0, d).Select(_ => draws.NextNormal())], g = new double[d], h = new double[d * d],
            expected = new double[d * d], slope = new double[d], z = new double[300 * k], u = new double[k], bent = new double[k],
            hv = new double[d];
        risk.Margins(w, z);
        double value = 0;
        for (int i = 0; i < 300; i++)
        {
            double omega = weights[i] / weights.Sum();
            value += omega * risk.LossAt(i, z.AsSpan(i * k, k), u);
            double Entry(int j) => j < 3 * k ? x[(3 * i) + (j % 3)] : 1;
            int Class(int j) => j < 3 * k ? j / 3 : j - (3 * k);
            for (int b = 0; b < d; b++)
            {
                slope[b] += omega * u[Class(b)] * Entry(b);
                double[] one = new double[k];
                one[Class(b)] = Entry(b);
                risk.CurvatureAt(i, z.AsSpan(i * k, k), one, bent);
                for (int a = 0; a < d; a++) expected[(a * d) + b] += omega * bent[Class(a)] * Entry(a);
            }
        }
        for (int j = 0; j < d; j++)
        {
            value += 0.5 * risk.Ridge[j] * w[j] * w[j];
            slope[j] += risk.Ridge[j] * w[j];
            expected[(j * d) + j] += risk.Ridge[j];
        }
        Assert.Equal(value, risk.Curvature(w, g, h), 1e-12);
        for (int a = 0; a < d; a++)
        {
            Assert.Equal(slope[a], g[a], 1e-12);
            for (int b = a; b < d; b++) Assert.Equal(expected[(a * d) + b], h[(a * d) + b], 1e-12);
        }
        double[] v = [.. Enumerable.Range(0, d).Select(_ => draws.NextNormal())];
        risk.HessianProduct(w, v, hv);
        for (int a = 0; a < d; a++) Assert.Equal(Enumerable.Range(0, d).Sum(b => expected[(a * d) + b] * v[b]), hv[a], 1e-11);
        Assert.Equal(value, risk.Value(w), 1e-12);
        Assert.Equal(value, risk.Gradient(w, g), 1e-12);
        for (int a = 0; a < d; a++) Assert.Equal(slope[a], g[a], 1e-12);
    }
}
