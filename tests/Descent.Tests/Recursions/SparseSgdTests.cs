using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Tests.Recursions;

/// <summary>Fused blocks of SGD steps: lazy soft thresholds on sparse rows,
/// weights and single rows on dense ones, and what the meter counts.</summary>
public class SparseSgdTests
{
    [Theory]
    [InlineData(1, false, 0.0)]
    [InlineData(1, true, 0.0)]
    [InlineData(3, false, 0.3)]
    [InlineData(3, true, 0.0)]
    public void A_lasso_shrinks_every_coefficient_at_every_step(int batch, bool intercept, double l2)
    {
        const double L1 = 0.15;
        Plain plain = Plain.Linear(l2).Plain;
        double[][] x = [.. plain.All.Select(plain.Row)];
        RiskOptions options = new()
        {
            L2 = l2,
            L1 = L1,
            PenaliseIntercept = intercept,
            Weights = [.. plain.All.Select(i => 0.5 + (i % 4))],
        };
        var risk = Risk.Of<double, CsrRows<double>, LogisticLoss>(Plain.Csr(x, 4), [.. plain.All.Select(plain.Label)], default, options);
        Sampling sampling = new(SampleOrder.Shuffle, batch);
        double[] start = [1, -0.6, 0.4, 0.2, 0.5];
        Iteration<double> run = Methods.Sgd(new InverseTime(0.3, 0.1), sampling).Start(risk, start, new Draws(6));
        static double Eta(int t) => 0.3 / (1 + (0.1 * t));
        int t = 0;
        bool vanished = false;
        foreach (double[] expected in Momentum.Then(Momentum.Sgd(new Feed(plain, start, Eta, sampling, 6)),
            (w, s) => Shrink(w, Eta(s) * L1, intercept ? 5 : 4)).Take(60))
        {
            run.Advance();
            CatalogueRecursionTests.Same(expected, run.Point, 1e-12, $"batch {batch}, step {++t}");
            vanished |= expected.Contains(0);
        }
        Assert.True(vanished, "No coefficient was ever cut to zero.");
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    public void Blocks_follow_single_steps_and_are_counted(bool sparse, int batch)
    {
        var (plain, csr, dense) = Plain.Linear(0.2);
        LinearStart(sparse ? csr : dense, batch, out Iteration<double> run, out OracleMeter meter, out Sampling sampling);
        run.Advance(55);
        double[] expected = Momentum.Sgd(new Feed(plain, new double[5], t => 0.3 / (1 + (0.1 * t)), sampling, 6)).Skip(54).First();
        CatalogueRecursionTests.Same(expected, run.Point, 1e-12, $"batch {batch}");
        // Shuffled batches of 3 from 11 rows are 3, 3, 3, 2.
        Assert.Equal(batch == 1 ? 55 : (13 * 11) + 9, meter.Gradients);
        Assert.Equal(0.3 / 6.4, run.LastStepSize, 1e-15);
    }

    [Fact]
    public void The_interior_point_counts_its_passes()
    {
        Draws draws = new(2);
        var risk = Risk.PiecewiseLinear<double, DenseRows<double>, PinballLoss>(
            new DenseRows<double>([.. Enumerable.Range(0, 40).Select(_ => draws.NextNormal())], 20, 2),
            [.. Enumerable.Range(0, 20).Select(_ => draws.NextNormal())], new PinballLoss(0.5, 2));
        Iteration<double> run = new InteriorPoint().Start(risk, new double[3], new Draws(1));
        risk.Meter.Reset();
        run.Advance(3);
        // A step makes one Gram matrix and solves twice, two passes each.
        Assert.Equal((3 * 2 * 2 * 20, 3 * 20), (risk.Meter.Gradients, risk.Meter.SecondOrder));
    }

    [Fact]
    public void Katyusha_tells_the_step_of_its_long_sequence()
    {
        Plain plain = Plain.Blocks();
        Iteration<double> run = Methods.Katyusha(3, 0.2, new Sampling(SampleOrder.Replacement, 3))
            .Start(new PlainOracle(plain), new double[14], new Draws(1));
        run.Advance();
        double tau = Math.Min(0.5, Math.Sqrt(7 * 0.2 / (3 * 3)));
        Assert.Equal(1 / (3 * tau * 3), run.LastStepSize, 1e-15);
    }

    static void LinearStart(EmpiricalRisk<double> risk, int batch, out Iteration<double> run, out OracleMeter meter, out Sampling sampling)
    {
        sampling = new Sampling(SampleOrder.Shuffle, batch);
        run = Methods.Sgd(new InverseTime(0.3, 0.1), sampling).Start(risk, new double[5], new Draws(6));
        meter = risk.Meter;
        meter.Reset();
    }

    static void Shrink(double[] w, double threshold, int count)
    {
        for (int j = 0; j < count; j++) w[j] = Math.Abs(w[j]) <= threshold ? 0 : w[j] - (Math.Sign(w[j]) * threshold);
    }
}
