using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;

namespace Descent.Models.Tests.Linear;

/// <summary>Steps of plain SGD on linear models, made block by block, against the recursion on dense vectors:
/// weights, ridge, L1 truncation, intercepts.</summary>
public class BlockStepTests
{
    public static TheoryData<string, bool, int, double, double, bool> Cases
    {
        get
        {
            TheoryData<string, bool, int, double, double, bool> data = [];
            foreach (string model in (string[])["linear", "logistic", "hinge"])
                foreach (bool sparse in new[] { true, false })
                    foreach (int batch in new[] { 1, 3 })
                        foreach ((double l2, double l1, bool penalised) in new[] { (0.0, 0.0, false), (0.1, 0, false), (0, 0.03, false),
                            (0, 0.03, true) }) data.Add(model, sparse, batch, l2, l1, penalised);
            return data;
        }
    }

    // The value that a block returns is the weighted mean loss of its last sample before the step:
    // at every cut into blocks the same, and what a method composed of sampled gradients reports less its penalty, ½λ‖w‖².
    [Theory]
    [InlineData("linear", true, 1)]
    [InlineData("logistic", true, 1)]
    [InlineData("logistic", true, 3)]
    [InlineData("hinge", true, 5)]
    [InlineData("linear", false, 1)]
    [InlineData("hinge", false, 1)]
    [InlineData("logistic", false, 1)]
    public void A_block_returns_the_mean_loss_of_its_last_sample(string model, bool sparse, int batch)
    {
        const int N = 30, D = 3, Steps = 25;
        const double L2 = 0.1;
        var (x, y) = Problems.Data(model, N, D, 7);
        double[] weights = [.. y.Select((_, i) => 0.5 + (0.7 * (i % 4)))];
        RiskOptions options = new() { L2 = L2, Weights = weights };
        EmpiricalRisk<double> risk = sparse ? Problems.Sparse(model, x, y, options) : Problems.Dense(model, x, y, options);
        Sampling sampling = new(SampleOrder.Sequential, batch);
        StepSizes.Constant eta = new(0.05);
        // The expected value by the definition, at the iterate that Steps − 1 steps lead to.
        double[] z = new double[N], u = new double[N], losses = new double[N];
        double[] before = new double[D + 1];
        ((ISgdBlockOracle<double>)risk).SgdBlock(before, new SampleStream(sampling, N, new Draws(1)), eta, 0, Steps - 1);
        risk.Margins(before, z);
        risk.LossesAt(z, u, losses);
        int[] last = [.. Enumerable.Range(0, batch).Select(k => (((Steps - 1) * batch) + k) % N)];
        double expected = last.Average(i => losses[i] * weights[i] * N / weights.Sum());
        foreach (int block in new[] { 1, 2, 7, Steps })
        {
            double[] w = new double[D + 1];
            SampleStream samples = new(sampling, N, new Draws(1));
            double value = double.NaN;
            for (int t = 0; t < Steps; t += block)
                value = ((ISgdBlockOracle<double>)risk).SgdBlock(w, samples, eta, t, Math.Min(block, Steps - t));
            Assert.Equal(expected, value, 1e-12);
        }
        // A set that does nothing keeps the method from the fused loop.
        Iteration<double> fused = Methods.Sgd(eta, sampling).Start(risk, new double[D + 1], new Draws(1));
        Iteration<double> composed = Methods.Sgd(eta, sampling, set: new Sets.Box(1e9)).Start(risk, new double[D + 1], new Draws(1));
        while (fused.Step < Steps) fused.Advance(Steps - fused.Step);
        while (composed.Step < Steps) composed.Advance();
        double penalty = 0.5 * L2 * before.AsSpan(0, D).ToArray().Sum(v => v * v);
        Assert.Equal(composed.LastValue - penalty, fused.LastValue, 1e-12);
    }

    // w ← prox(w − η(Σ nω ℓ′x/B + λw)), the prox that of ηλ₁‖w‖₁, the intercept's only if it is penalised.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Blocks_follow_the_recursion(string model, bool sparse, int batch, double l2, double l1, bool penalised)
    {
        const int N = 30, D = 3;
        var (x, y) = Problems.Data(model, N, D, 7);
        double[] weights = [.. y.Select((_, i) => 0.5 + (0.7 * (i % 4)))], w = new double[D + 1];
        RiskOptions options = new() { L2 = l2, L1 = l1, Weights = weights, PenaliseIntercept = penalised };
        EmpiricalRisk<double> risk = sparse ? Problems.Sparse(model, x, y, options) : Problems.Dense(model, x, y, options);
        const double Eta = 0.05;
        Iteration<double> run = Methods.Sgd(new StepSizes.Constant(Eta), new Sampling(SampleOrder.Sequential, batch))
            .Start(risk, w, new Draws(1));
        double[] z = new double[N], u = new double[N], losses = new double[N];
        long before = risk.Meter.Gradients;
        for (int t = 0; t < 40; t++)
        {
            risk.Margins(w, z);
            risk.LossesAt(z, u, losses);
            double[] g = new double[D + 1];
            for (int j = 0; j < D; j++) g[j] = l2 * w[j];
            int[] picked = [.. Enumerable.Range(0, batch).Select(k => ((t * batch) + k) % N)];
            foreach (int i in picked)
            {
                double a = u[i] * weights[i] * N / weights.Sum() / batch;
                for (int j = 0; j < D; j++) g[j] += a * x[(i * D) + j];
                g[D] += a;
            }
            for (int j = 0; j <= D; j++)
            {
                w[j] -= Eta * g[j];
                if (j < D || penalised) w[j] = Math.CopySign(Math.Max(0, Math.Abs(w[j]) - (Eta * l1)), w[j]);
            }
            while (run.Step <= t) run.Advance();
        }
        for (int j = 0; j <= D; j++) Assert.Equal(w[j], run.Point[j], 1e-12);
        Assert.Equal(40 * batch, risk.Meter.Gradients - before);
    }

    // Many rows are cut into shards; the sums are those of plain loops whatever the number.
    [Theory]
    [InlineData("linear")]
    [InlineData("poisson")]
    public void Passes_over_many_rows_are_plain_sums(string model)
    {
        const int N = 30000, D = 4;
        var (x, y) = Problems.Data(model, N, D, 3);
        double[] weights = [.. y.Select((_, i) => 0.5 + (i % 4))], w = [0.1, -0.2, 0.3, 0.05, -0.1], g = new double[D + 1],
            h = new double[(D + 1) * (D + 1)], slope = new double[D + 1], bend = new double[h.Length];
        EmpiricalRisk<double> risk = Problems.Dense(model, x, y, new RiskOptions { Weights = weights });
        double value = 0, total = weights.Sum();
        for (int i = 0; i < N; i++)
        {
            double[] row = [.. x.AsSpan(D * i, D), 1];
            double z = row.Zip(w, (a, b) => a * b).Sum(), e = Math.Exp(z), omega = weights[i] / total;
            (double f, double first, double second) = model == "linear"
                ? ((z - y[i]) * (z - y[i]) / 2, z - y[i], 1)
                : (e - (y[i] * z), e - y[i], e);
            value += omega * f;
            for (int a = 0; a <= D; a++)
            {
                slope[a] += omega * first * row[a];
                for (int b = a; b <= D; b++) bend[(a * (D + 1)) + b] += omega * second * row[a] * row[b];
            }
        }
        Assert.Equal(value, risk.Value(w), 1e-11);
        Assert.Equal(value, risk.Gradient(w, g), 1e-11);
        for (int j = 0; j <= D; j++) Assert.Equal(slope[j], g[j], 1e-11);
        Assert.Equal(value, risk.Curvature(w, g, h), 1e-11);
        for (int j = 0; j <= D; j++) Assert.Equal(slope[j], g[j], 1e-11);
        for (int k = 0; k < h.Length; k++)
            if (k / (D + 1) <= k % (D + 1)) Assert.Equal(bend[k], h[k], 1e-11);
    }

    // Σ|x|a of every margin and Σ|x|a of every parameter: what rounding is measured by.
    [Theory]
    [InlineData("linear", true)]
    [InlineData("linear", false)]
    [InlineData("softmax", true)]
    [InlineData("softmax", false)]
    public void Magnitudes_are_sums_of_absolute_values(string model, bool sparse)
    {
        const int N = 9, D = 7;
        var (x, y) = Problems.Data(model, N, D, 4);
        EmpiricalRisk<double> risk = sparse
            ? Problems.Sparse(model, x, y, new RiskOptions { L2 = 1 })
            : Problems.Dense(model, x, y, new RiskOptions { L2 = 1 });
        int k = risk.Outputs, d = risk.Dimension;
        Draws draws = new(3);
        double[] a = [.. Enumerable.Range(0, d).Select(_ => draws.NextDouble())],
            t = [.. Enumerable.Range(0, N * k).Select(_ => draws.NextDouble())], rows = new double[N * k], columns = new double[d],
            expected = new double[d];
        risk.Magnitudes(a, rows);
        risk.AdjointMagnitudes(t, columns);
        for (int i = 0; i < N; i++)
        {
            for (int c = 0; c < k; c++)
            {
                double sum = a[(k * D) + c];
                for (int j = 0; j < D; j++)
                {
                    sum += Math.Abs(x[(i * D) + j]) * a[(c * D) + j];
                    expected[(c * D) + j] += Math.Abs(x[(i * D) + j]) * t[(i * k) + c];
                }
                expected[(k * D) + c] += t[(i * k) + c];
                Assert.Equal(sum, rows[(i * k) + c], 1e-13);
            }
        }
        for (int j = 0; j < d; j++) Assert.Equal(expected[j], columns[j], 1e-13);
        Assert.Equal(sparse ? Enumerable.Range(0, N).Max(i => x.AsSpan(i * D, D).ToArray().Count(v => v != 0)) : D, risk.LongestRow);
    }

    // More pieces than a chunk holds: A, Aᵀ and Aᵀ diag(h) A over all of them.
    [Fact]
    public void Pieces_are_all_there()
    {
        const int N = 257, D = 2;
        var (x, y) = Problems.Data("quantile", N, D, 5);
        var risk = (IPiecewiseLinearOracle<double>)Problems.Dense("quantile", x, y, new RiskOptions());
        Draws draws = new(2);
        double[] h = [.. Enumerable.Range(0, N).Select(_ => draws.NextDouble())], gram = new double[9], expected = new double[9];
        risk.PieceGram(h, gram);
        for (int i = 0; i < N; i++)
        {
            double[] row = [x[2 * i], x[(2 * i) + 1], 1];
            for (int a = 0; a < 3; a++)
                for (int b = a; b < 3; b++) expected[(3 * a) + b] += h[i] * row[a] * row[b];
        }
        for (int k = 0; k < 9; k++)
            if (k / 3 <= k % 3) Assert.Equal(expected[k], gram[k], 1e-12);
    }
}
