using Descent.Models.Certificates;
using Descent.Models.Linear;

namespace Descent.Models.Tests.Certificates;

/// <summary>The exact form of a problem against the risk itself, in double precision:
/// values, derivatives, Hessians and the sizes that rounding is measured by.</summary>
public class ExactPointTests
{
    public static TheoryData<string, double, double, bool> Cases
    {
        get
        {
            TheoryData<string, double, double, bool> data = [];
            foreach (string model in Problems.Models)
            {
                data.Add(model, 0, 0, true);
                data.Add(model, 0.3, 0, false);
                data.Add(model, 0, 0.2, true);
                data.Add(model, 0.1, 0.2, false);
            }
            return data;
        }
    }

    internal static (EmpiricalRisk<double> Risk, ExactRisk Exact, ExactPoint Point, double[] W) Make(string model, double l2, double l1,
        bool intercept, ulong seed, int n = 14)
    {
        Draws draws = new(seed, 9);
        var (x, y) = Problems.Data(model, n, 3, seed);
        for (int i = 0; i < n; i++) (x[3 * i], x[(3 * i) + 1]) = (100 * x[3 * i], x[(3 * i) + 1] / 50);
        double[]? weights = seed % 2 == 0 ? null : [.. y.Select((_, i) => i % 5 == 0 ? 0 : 0.3 + draws.NextDouble())];
        EmpiricalRisk<double> risk = Problems.Dense(model, x, y,
            new RiskOptions { L2 = l2, L1 = l1, Intercept = intercept, Weights = weights });
        ExactRisk exact = ExactRisk.Of(risk, 1e6)!;
        double[] w = [.. Enumerable.Range(0, risk.Dimension).Select(j => draws.NextNormal() * exact.Unit[j])];
        ExactPoint point = new(exact);
        for (int j = 0; j < w.Length; j++) point.W[j] = w[j] / exact.Unit[j];
        point.Evaluate();
        return (risk, exact, point, w);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_derivatives_are_those_of_the_risk(string model, double l2, double l1, bool intercept)
    {
        for (ulong seed = 1; seed <= 6; seed++)
        {
            var (risk, exact, point, w) = Make(model, l2, l1, intercept, seed);
            int n = risk.Count, k = risk.Outputs, d = risk.Dimension;
            double[] z = new double[n * k], u = new double[n * k], v = new double[d], losses = new double[n];
            risk.Margins(w, z);
            risk.LossesAt(z, u, losses);
            risk.Adjoint(u, v);
            double value = risk.Value(w) + (risk.NonSmooth?.Value(w) ?? 0),
                loss = Enumerable.Range(0, n).Sum(i => risk.WeightOf(i) * losses[i]);
            Assert.Equal(value, (double)point.Value, 1e-12 * (1 + Math.Abs(value)));
            Assert.Equal(loss, (double)point.Losses, 1e-12 * (1 + Math.Abs(loss)));
            Assert.Equal(Enumerable.Range(0, n).Sum(i => risk.WeightOf(i) * Math.Abs(losses[i])), point.LossSize, 1e-12 * point.LossSize);
            for (int j = 0; j < d; j++) Assert.Equal(v[j] * exact.Unit[j], (double)point.V[j], 1e-11);
            Sizes(exact, point);
            // Columns are scaled by powers of two to entries of at most 2, of which one is at least 1.
            for (int j = 0; j < d; j++)
            {
                Assert.Equal(0, Math.Log2(exact.Unit[j]) % 1);
                Assert.InRange(Enumerable.Range(0, exact.Value.Length).Where(e => exact.Parameter[e] == j)
                    .Max(e => Math.Abs(exact.Value[e])), 1, 1.9999999999999999);
                Assert.Equal(risk.Ridge[j], exact.Ridge[j] / (exact.Unit[j] * exact.Unit[j]), 1e-15);
                Assert.Equal(risk.Lasso.IsEmpty ? 0 : risk.Lasso[j], exact.Lasso[j] / exact.Unit[j], 1e-15);
                Assert.Equal(risk.Ridge[j] == 0 && (risk.Lasso.IsEmpty || risk.Lasso[j] == 0), exact.IsFree(j));
            }
            Assert.Equal(1, (double)exact.Weight.Aggregate((DoubleDouble)0, (a, b) => a + b), 1e-15);
            for (int i = 0; i < exact.Count; i++)
            {
                int o = exact.Origin[i];
                double excess = risk.WeightOf(o) * (losses[o] - risk.LeastLoss(o));
                Assert.Equal(excess, point.Excess[i], 1e-11 * (1 + excess));
            }
            Assert.All(exact.Origin, (o, i) => Assert.Equal(risk.WeightOf(o), (double)exact.Weight[i], 1e-15));
        }
    }

    // Σω(|φ| + |uz|), and Σω·Σ|xw|·2Σ|u|: what the allowances are made of, by loops of their own. No margin here is at a kink.
    static void Sizes(ExactRisk exact, ExactPoint point)
    {
        double size = 0, margins = 0;
        for (int i = 0; i < exact.Count; i++)
        {
            double product = 0, reach = 0, slopes = 0, omega = exact.Weight[i].Hi;
            for (int r = exact.First[i]; r < exact.First[i + 1]; r++)
            {
                product += (point.U[r] * point.Z[r]).Hi;
                slopes += Math.Abs(point.U[r].Hi);
                double row = 0;
                for (int e = exact.Starts[r]; e < exact.Starts[r + 1]; e++)
                    row += Math.Abs(exact.Value[e] * point.W[exact.Parameter[e]].Hi);
                reach = Math.Max(reach, row);
            }
            size += omega * Math.Abs(product);
            margins += 2 * omega * reach * slopes;
        }
        Assert.Equal(point.LossSize + size, point.Size, 1e-10 * point.Size);
        Assert.Equal(margins, point.MarginSize, 1e-10 * margins);
    }

    [Theory]
    [InlineData("linear", true)]
    [InlineData("logistic", true)]
    [InlineData("softmax", true)]
    [InlineData("softmax", false)]
    [InlineData("poisson", false)]
    public void Hessians_are_those_of_the_risk(string model, bool coarse)
    {
        for (ulong seed = 1; seed <= 4; seed++)
        {
            var (risk, exact, point, w) = Make(model, seed > 2 ? 0.3 : 0, 0, true, seed);
            int d = risk.Dimension;
            double[] g = new double[d], h = new double[d * d];
            risk.Curvature(w, g, h);
            DoubleDouble[] curvature =
                [.. Enumerable.Range(0, exact.Count).Select(i => model == "poisson" ? point.Own[i] : (DoubleDouble)1)];
            int[] some = [.. Enumerable.Range(0, d).Where(j => seed % 2 == 0 || j != 1)];
            // Sums in double precision take the parameters in their order.
            if (!coarse) Array.Reverse(some);
            ExactGram gram = new ExactGram(exact, point, some, coarse).Fill(model == "softmax" || model == "logistic" ? [] : curvature);
            Assert.Equal(some.Length, gram.Size);
            for (int a = 0; a < some.Length; a++)
            {
                for (int b = a; b < some.Length; b++)
                {
                    int j = some[a], l = some[b];
                    double expected =
                        ((j < l ? h[(j * d) + l] : h[(l * d) + j]) - (j == l ? risk.Ridge[j] : 0)) * exact.Unit[j] * exact.Unit[l];
                    Assert.Equal(expected, (double)gram.Matrix[(a * gram.Size) + b], 1e-11);
                }
            }
            int rows = Enumerable.Range(0, exact.Count)
                .Sum(i => exact.First[i + 1] - exact.First[i] is var c && model == "softmax" ? c * (c + 1) / 2 : c);
            Assert.Equal(rows, gram.Terms);
        }
    }

    [Fact]
    public void Masked_rows_take_their_smallest_loss()
    {
        foreach (string model in (string[])["poisson", "softmax", "logistic"])
        {
            var (_, exact, point, _) = Make(model, 0.1, 0, false, 2);
            double before = (double)point.Losses;
            double[] phi = new double[exact.Count];
            for (int r = 0; r < exact.Rows; r += 3) point.Masked[r] = true;
            point.Evaluate();
            double expected = 0;
            for (int i = 0; i < exact.Count; i++)
            {
                double sum = 1, one = 0;
                for (int r = exact.First[i]; r < exact.First[i + 1]; r++)
                {
                    double z = (double)point.Z[r];
                    if (point.Masked[r]) one = exact.Centre[i] > 0 ? exact.Centre[i] - (exact.Centre[i] * Math.Log(exact.Centre[i])) : 0;
                    else (sum, one) = (sum + Math.Exp(z), Math.Exp(z) - (z * exact.Centre[i]));
                }
                for (int r = exact.First[i]; r < exact.First[i + 1]; r++) Assert.True(!point.Masked[r] || point.U[r].Hi == 0);
                phi[i] = model == "poisson" ? one : Math.Log(sum);
                expected += (double)exact.Weight[i] * phi[i];
                if (model != "poisson") Assert.Equal(1 / sum, (double)point.Own[i], 1e-13);
            }
            Assert.Equal(expected, (double)point.Losses, 1e-13 * (1 + Math.Abs(expected)));
            Assert.True(model == "poisson" || (double)point.Losses < before);
        }
    }

    [Theory]
    [InlineData("absolute", -1, 1)]
    [InlineData("quantile", -0.3, 0.7)]
    [InlineData("hinge", -1, 0)]
    public void Dual_variables_of_kinked_losses_are_taken_as_given(string model, double low, double high)
    {
        var (risk, exact, point, _) = Make(model, 0.1, 0, true, 2);
        Assert.Equal((low, high), (exact.Low.Hi, Math.Round(exact.High.Hi, 14)));
        Draws draws = new(8);
        DoubleDouble[] u = [.. Enumerable.Range(0, exact.Rows).Select(_ => exact.Low + ((exact.High - exact.Low) * draws.NextDouble()))];
        point.Take(u);
        // −Σω φ*(u), by the risk; of hinge the exact rows carry the label's sign.
        double[] own = [.. u.Select((a, i) => (double)a * (model == "hinge" ? (2 * risk.Labels.Span[i]) - 1 : 1))],
            v = new double[risk.Dimension];
        double dual = -Enumerable.Range(0, risk.Count).Sum(i => risk.WeightOf(i) * risk.ConjugateAt(i, [own[i]]));
        Assert.Equal(dual, (double)point.Conjugates, 1e-13);
        Assert.Equal(Enumerable.Range(0, risk.Count).Sum(i => risk.WeightOf(i) * Math.Abs(risk.ConjugateAt(i, [own[i]]))),
            point.Size, 1e-13);
        risk.Adjoint(own, v);
        for (int j = 0; j < v.Length; j++) Assert.Equal(v[j] * exact.Unit[j], (double)point.V[j], 1e-13);
    }

    [Fact]
    public void There_is_no_exact_form_beyond_the_limit_or_of_other_labels()
    {
        var (x, y) = Problems.Data("softmax", 10, 3, 1);
        EmpiricalRisk<double> softmax = Problems.Dense("softmax", x, y, new RiskOptions { L2 = 1 });
        double entries = (softmax.Entries + 10.0) * 6;
        Assert.NotNull(ExactRisk.Of(softmax, entries));
        Assert.Null(ExactRisk.Of(softmax, entries - 1));
        Assert.Null(ExactRisk.Of(Problems.Dense("linear", [double.PositiveInfinity], [1], new RiskOptions()), 1e6));
        // Rows of a softmax example hold both classes' parameters: (d + 1)·2 numbers, two rows each.
        EmpiricalRisk<double> dense = Problems.Dense("softmax", [.. x.Select(a => a + 10)], y, new RiskOptions { L2 = 1 });
        Assert.Equal(10 * 2 * (8 * 8 / 2.0) * (3 + 2) / 2, ExactRisk.Of(dense, 1e6)!.HessianWork);
        Assert.Equal(10 * (4 * 4 / 2.0),
            ExactRisk.Of(Problems.Dense("linear", [.. x.Select(a => a + 10)], y, new RiskOptions()), 1e6)!.HessianWork);
    }
}
