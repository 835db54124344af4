using Descent.Algorithms;
using Descent.Estimators;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;

namespace Descent.Tests.Estimators;

/// <summary>Estimators that draw every example at every step have nothing to correct:
/// their runs are gradient descent, on losses of several outputs and rows of any length too.</summary>
public class WholeBatchTests
{
    static EmpiricalRisk<double> Softmax(double l2)
    {
        Draws draws = new(3);
        double[] x = [.. Enumerable.Range(0, 12 * 3).Select(_ => draws.NextNormal())],
            y = [.. Enumerable.Range(0, 12).Select(i => (double)(i % 4))];
        return Risk.Of<double, DenseRows<double>>(LossKind.Softmax, new DenseRows<double>(x, 12, 3), y, new RiskOptions { L2 = l2 }, 0, 4);
    }

    [Theory]
    [InlineData("saga", 0)]
    [InlineData("saga", 0.1)]
    [InlineData("sag", 0)]
    [InlineData("sag", 0.1)]
    [InlineData("svrg", 0)]
    [InlineData("sarah", 0.1)]
    [InlineData("page", 0.1)]
    [InlineData("loopless", 0)]
    public void Runs_are_gradient_descent(string name, double l2)
    {
        Sampling all = new(SampleOrder.Shuffle, 12);
        FiniteSumEstimator estimator = name switch
        {
            "saga" => new Saga(all),
            "sag" => new Saga(all, true),
            "svrg" => new Svrg(all, 3),
            "sarah" => new Sarah(all, 3),
            "page" => new Page(all, 0.4),
            _ => new LooplessSvrg(all, 0.3),
        };
        EmpiricalRisk<double> risk = Softmax(l2);
        double[] start = [.. Enumerable.Range(0, risk.Dimension).Select(j => Math.Cos(3 * j))], w = [.. start],
            g = new double[risk.Dimension];
        Iteration<double> run = new FiniteSumMethod(new Sgd(), new Constant(0.3), estimator).Start(risk, start, new Draws(1));
        for (int t = 0; t < 12; t++)
        {
            risk.Gradient(w, g);
            for (int j = 0; j < w.Length; j++) w[j] -= 0.3 * g[j];
            run.Advance();
            for (int j = 0; j < w.Length; j++) Assert.Equal(w[j], run.Point[j], 1e-12);
        }
    }

    // Steps on the support of a row: rows of 200 numbers, of 3, and empty ones, against dense rows.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Long_and_short_sparse_rows_step_as_dense_ones_do(bool intercept)
    {
        const int N = 8, D = 230;
        Draws draws = new(5);
        double[] x = new double[N * D], y = [.. Enumerable.Range(0, N).Select(_ => draws.NextNormal())];
        List<int> indices = [];
        List<double> values = [];
        long[] starts = new long[N + 1];
        for (int i = 0; i < N; i++)
        {
            int width = i switch { 2 => 200, 5 => 63, 6 => 64, 7 => 0, _ => 3 };
            for (int j = 0; j < width; j++)
            {
                x[(i * D) + j + (i % 3)] = draws.NextNormal() / 4;
                indices.Add(j + (i % 3));
                values.Add(x[(i * D) + j + (i % 3)]);
            }
            starts[i + 1] = indices.Count;
        }
        RiskOptions options = new() { Intercept = intercept };
        EmpiricalRisk<double> sparse = Risk.Of<double, CsrRows<double>>(LossKind.Linear,
            new CsrRows<double>(starts, [.. indices], [.. values], D), y, options, 0, 0);
        EmpiricalRisk<double> dense = Risk.Of<double, DenseRows<double>>(LossKind.Linear, new DenseRows<double>(x, N, D), y, options, 0, 0);
        foreach (IRule rule in (IRule[])[new Sgd(), new AdaGrad()])
        {
            StochasticMethod method = new(rule, new Constant(0.05), new Minibatch(new Sampling(SampleOrder.Shuffle, 1)));
            Iteration<double> a = method.Start(sparse, new double[sparse.Dimension], new Draws(2)),
                b = method.Start(dense, new double[dense.Dimension], new Draws(2));
            for (int t = 0; t < 20; t++)
            {
                a.Advance();
                b.Advance();
                for (int j = 0; j < sparse.Dimension; j++) Assert.Equal(b.Point[j], a.Point[j], 1e-12);
                Assert.Equal(b.LastValue, a.LastValue, 1e-12);
            }
        }
    }
}
