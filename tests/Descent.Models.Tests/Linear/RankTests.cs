using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Numerics;

namespace Descent.Models.Tests.Linear;

/// <summary>Full passes in ranks (threads of one process here): the bits of one process, for any number of ranks.</summary>
public class RankTests
{
    const int N = 12_000, D = 24;
    static readonly double[] x = [.. Enumerable.Range(0, N * D).Select(i => Math.Sin(i * 1.7))];
    static readonly double[] point = [.. Enumerable.Range(0, D + 1).Select(j => Math.Cos(j))];

    static EmpiricalRisk<double> Logistic(Workers? workers) => Risk.Of<double, DenseRows<double>, LogisticLoss>(
        new DenseRows<double>(x, N, D), [.. Enumerable.Range(0, N).Select(i => i % 3 == 0 ? 1.0 : 0)], default,
        new RiskOptions { L2 = 0.01, Workers = workers });

    static EmpiricalRisk<double> Softmax(Workers? workers) => new SoftmaxRisk<double, DenseRows<double>>(
        new DenseRows<double>(x, N, D), [.. Enumerable.Range(0, N).Select(i => (double)(i % 3))], 3,
        new RiskOptions { Workers = workers });

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void A_risk_of_one_margin(int ranks)
    {
        EmpiricalRisk<double> alone = Logistic(null);
        double[] g = new double[D + 1], slope = new double[D + 1], hessian = new double[(D + 1) * (D + 1)];
        (double f, double v, double c) = (alone.Gradient(point, g), alone.Value(point), alone.Curvature(point, slope, hessian));
        LocalRanks.Run(ranks, group =>
        {
            using Workers workers = new(1, group);
            EmpiricalRisk<double> risk = Logistic(workers);
            double[] own = new double[D + 1], steep = new double[D + 1], curved = new double[(D + 1) * (D + 1)];
            Assert.Equal((f, v, c), (risk.Gradient(point, own), risk.Value(point), risk.Curvature(point, steep, curved)));
            Assert.Equal(g, own);
            Assert.Equal(slope, steep);
            Assert.Equal(hessian, curved);
        });
    }

    [Fact]
    public void A_risk_of_classes()
    {
        double[] w = [.. Enumerable.Range(0, 2 * (D + 1)).Select(j => Math.Cos(j) / 2)], g = new double[w.Length];
        EmpiricalRisk<double> alone = Softmax(null);
        double f = alone.Gradient(w, g);
        LocalRanks.Run(4, group =>
        {
            using Workers workers = new(1, group);
            EmpiricalRisk<double> risk = Softmax(workers);
            double[] own = new double[w.Length];
            Assert.Equal((f, f), (risk.Gradient(w, own), risk.Value(w)));
            Assert.Equal(g, own);
        });
    }
}
