using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Oracles;
using Descent.Parallel;
using Descent.StepSizes;
using Descent.Tests.Conformance;

namespace Descent.Tests.Parallel;

/// <summary>Local SGD: bits that do not depend on threads, on looks or on how steps are cut; its limits are SGD and mini-batch
/// SGD.</summary>
public class LocalSgdTests
{
    [Theory]
    [InlineData(true, 0.01, 1)]
    [InlineData(true, 0, 1)]
    [InlineData(true, 0.01, 4)]
    [InlineData(false, 0.01, 1)]
    [InlineData(false, 0.01, 8)]
    public void One_two_three_and_eight_threads_give_the_same_bits(bool sparse, double l2, int batch)
    {
        EmpiricalRisk<double> risk = sparse ? Sparse.Logistic(4000, 300, l2) : Recursions.Plain.Linear(l2, 4000).Dense;
        double[] Run(int threads)
        {
            using Workers workers = new(threads);
            LocalSgd method = Methods.LocalSgd(new Power(1, 0.5), every: 37, outer: 0.9, momentum: 0.3,
                sampling: new Sampling(SampleOrder.Shuffle, batch), threads: workers);
            Iteration<double> run = method.Start(risk, new double[risk.Dimension], new Draws(5));
            for (int k = 0; k < 9; k++) run.Advance(1001);
            return run.Point.ToArray();
        }
        double[] one = Run(1);
        Assert.True(one.Max(Math.Abs) > 0.1);
        foreach (int threads in (int[])[2, 3, 8]) Assert.Equal(one, Run(threads));
    }

    [Fact]
    public void Cuts_and_looks_change_no_bit()
    {
        var risk = Sparse.Logistic(500, 40, 0);
        Iteration<double> whole = Begin(risk), cut = Begin(risk);
        whole.Advance(1000);
        for (int k = 1; cut.Step < 1000; k++)
        {
            cut.Advance(Math.Min(k % 29, 1000 - cut.Step));
            Assert.Equal(41, cut.Point.Length);
        }
        Assert.Equal(whole.Point.ToArray(), cut.Point.ToArray());
    }

    [Fact]
    public void A_run_restored_between_two_averages_goes_on_with_the_same_bits()
    {
        var risk = Sparse.Logistic(500, 40, 0.02);
        Iteration<double> whole = Begin(risk), resumed = Begin(risk);
        whole.Advance(8 * 11 * 3 + 29);
        StateBox box = new();
        whole.Visit(box);
        whole.Advance(200);
        box.Restoring = true;
        resumed.Visit(box);
        resumed.Advance(200);
        Assert.Equal(whole.Point.ToArray(), resumed.Point.ToArray());
    }

    [Fact]
    public void One_replica_is_sgd_to_the_bit()
    {
        var risk = Sparse.Logistic(500, 40, 0);
        Iteration<double> sgd = Methods.Sgd(new Power(1, 0.5)).Start(risk, new double[41], new Draws(5)),
            local = Methods.LocalSgd(new Power(1, 0.5), 1, 25).Start(risk, new double[41], new Draws(5));
        sgd.Advance(1500);
        local.Advance(1500);
        Assert.Equal(sgd.Point.ToArray(), local.Point.ToArray());
    }

    // With an average after every step of all R it is SGD on the R examples together: their mean gradient at one point.
    [Fact]
    public void An_average_after_every_step_is_a_step_by_the_mean_gradient()
    {
        const int R = 5;
        var (plain, _, dense) = Recursions.Plain.Linear(0.1, 20);
        Iteration<double> local = Methods.LocalSgd(0.3, R, 1).Start(dense, new double[5], new Draws(5));
        SampleStream[] streams = [.. Enumerable.Range(0, R).Select(r => new SampleStream(new Sampling(), 20, new Draws(5), r, R))];
        RowSampler rows = new(20);
        double[] w = new double[5];
        for (int t = 0; t < 12; t++)
        {
            local.Advance(R);
            double[] g = plain.Gradient(w, [.. streams.Select(s => rows.Resolve(s.Next())[0])]);
            for (int j = 0; j < 5; j++) w[j] -= 0.3 * g[j];
            Recursions.CatalogueRecursionTests.Same(w, local.Point, 1e-13, $"round {t}");
        }
    }

    [Theory]
    [InlineData(SampleOrder.Shuffle, 103, 8)]
    [InlineData(SampleOrder.Sequential, 16, 8)]
    [InlineData(SampleOrder.ShuffleOnce, 9, 4)]
    public void Shares_visit_every_example_once_an_epoch(SampleOrder order, int n, int shares)
    {
        RowSampler rows = new(n);
        List<int> seen = [];
        for (int r = 0; r < shares; r++)
        {
            SampleStream stream = new(new Sampling(order, 3), n, new Draws(9), r, shares);
            int mine = (n * (r + 1) / shares) - (n * r / shares);
            for (int k = 0; k < mine;)
            {
                int[] some = rows.Resolve(stream.Next()).ToArray();
                seen.AddRange(some);
                k += some.Length;
            }
        }
        Assert.Equal(Enumerable.Range(0, n), seen.Order());
    }

    [Fact]
    public void Gradients_of_replicas_are_counted_once()
    {
        var risk = Sparse.Logistic(500, 40, 0);
        using Workers workers = new(2);
        Iteration<double> run = Methods.LocalSgd(0.1, threads: workers).Start(risk, new double[41], new Draws(5));
        run.Advance(333);
        run.Advance(67);
        Assert.Equal((run.Step, 0L), (risk.Meter.Gradients, risk.Meter.Values));
    }

    static Iteration<double> Begin(EmpiricalRisk<double> risk) =>
        Methods.LocalSgd(new Power(1, 0.5), every: 11, momentum: 0.4).Start(risk, new double[risk.Dimension], new Draws(5));
}
