using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;

namespace Descent.Tests.Recursions;

/// <summary>Risks of more rows than a chunk or a shard holds, weighted, against plain sums in file order;
/// and what the meter counts.</summary>
public class LargeRiskTests
{
    const int N = 1500;

    public static TheoryData<bool, bool> Kinds => new() { { true, true }, { true, false }, { false, true }, { false, false } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Values_gradients_and_curvature_are_plain_sums(bool sparse, bool weighted)
    {
        var (plain, csr, dense) = Plain.Linear(0.3, N, weighted);
        EmpiricalRisk<double> risk = sparse ? csr : dense;
        double[] w = [0.4, -0.7, 0.2, 1.1, -0.3], g = new double[5], hessian = new double[25], v = [1, -2, 0.5, 0.25, 3],
            hv = new double[5];
        Close(plain.Value(w, plain.All), risk.Value(w));
        Close(plain.Value(w, plain.All), risk.Gradient(w, g));
        Same(plain.Gradient(w, plain.All), g);
        double[,] h = plain.Hessian(w);
        Close(plain.Value(w, plain.All), risk.Curvature(w, g, hessian));
        Same(plain.Gradient(w, plain.All), g);
        risk.HessianProduct(w, v, hv);
        Same(Dense.Times(h, v), hv);
        for (int i = 0; i < 5; i++)
            for (int j = i; j < 5; j++) Close(h[i, j], hessian[(i * 5) + j]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Samples_of_any_size_are_means_of_their_rows_and_are_counted(bool sparse, bool weighted)
    {
        var (plain, csr, dense) = Plain.Linear(0.3, N, weighted);
        EmpiricalRisk<double> risk = sparse ? csr : dense;
        RowSampler rows = new(N);
        double[] w = [0.4, -0.7, 0.2, 1.1, -0.3], g = new double[5];
        foreach (int count in new[] { 1, 3, 255, 256, 257, 700 })
        {
            Sample sample = new(SampleOrder.Replacement, 77, 5, count);
            int[] chosen = rows.Resolve(sample).ToArray();
            risk.Meter.Reset();
            Close(plain.Value(w, chosen), risk.Gradient(w, sample, g));
            Same(plain.Gradient(w, chosen), g);
            Assert.Equal((count, 0), (risk.Meter.Gradients, risk.Meter.Values));
            Close(plain.Value(w, chosen), risk.Value(w, sample));
            Assert.Equal((count, count), (risk.Meter.Gradients, risk.Meter.Values));
        }
    }

    // The slopes of a sample, added over its rows with the penalty, are its gradient.
    [Theory]
    [InlineData("logistic")]
    [InlineData("softmax")]
    public void Slopes_and_rows_make_up_the_gradient_of_a_sample(string model)
    {
        Draws draws = new(3);
        const int Rows = 600, Columns = 3;
        double[] x = [.. Enumerable.Range(0, Rows * Columns).Select(_ => draws.NextNormal())],
            y = [.. Enumerable.Range(0, Rows).Select(i => (double)(i * 7 % (model == "softmax" ? 3 : 2)))];
        var risk = Risk.Of<double, DenseRows<double>>(Enum.Parse<LossKind>(model, true), new DenseRows<double>(x, Rows, Columns), y,
            new RiskOptions { L2 = 0.2, Weights = [.. Enumerable.Range(0, Rows).Select(i => 0.5 + (i % 3))] }, 0, 3);
        var slopes = (ISlopeOracle<double>)risk;
        double[] w = [.. Enumerable.Range(0, risk.Dimension).Select(j => Math.Cos(j))], expected = new double[w.Length];
        foreach (int count in new[] { 1, 4, 300, 520 })
        {
            Sample sample = new(SampleOrder.Replacement, 5, 11, count);
            int[] examples = slopes.Examples(sample).ToArray();
            double[] u = new double[count * slopes.Outputs], g = new double[w.Length];
            double value = risk.Gradient(w, sample, expected);
            Close(value, slopes.Slopes(w, examples, u));
            for (int k = 0; k < u.Length; k++) u[k] /= count;
            slopes.AddRows(examples, u, g);
            slopes.AddPenalty(w, g);
            Same(expected, g);
        }
    }

    static void Close(double expected, double found) => Assert.Equal(expected, found, 1e-12 * Math.Max(1, Math.Abs(expected)));

    static void Same(double[] expected, double[] found)
    {
        for (int j = 0; j < expected.Length; j++) Close(expected[j], found[j]);
    }
}
