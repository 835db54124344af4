using Descent.Algorithms;
using Descent.Estimators;
using Descent.Oracles;
using Descent.Parallel;
using Descent.Rules;
using Descent.StepSizes;
using Descent.Tests.Conformance;

namespace Descent.Tests.Parallel;

/// <summary>The parameter server against what it must equal: accumulated batches, delayed gradients, its own log; and the bound on what
/// weights may miss.</summary>
public class ServerTests
{
    static readonly Sampling Batches = new(SampleOrder.Shuffle, 3);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Synchronous_rounds_are_accumulated_batches(int shards)
    {
        var (_, _, dense) = Recursions.Plain.Linear(0.1, 30);
        Adam rule = new(0.9, 0.99, 1e-8);
        Iteration<double> sum = new StochasticMethod(rule, new Constant(0.05), new Accumulated(Batches, 4))
            .Start(dense, new double[5], new Draws(5));
        // However uneven the workers are: nobody is left behind in a round.
        Iteration<double> server = Methods.ParameterServer(rule, new Constant(0.05), 4, 0, shards, new WorkerTimes(3, 0.7), Batches)
            .Start(dense, new double[5], new Draws(5));
        sum.Advance(25);
        server.Advance(100);
        Recursions.CatalogueRecursionTests.Same(sum.Point.ToArray(), server.Point, 1e-13, "100 pushes");
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(2)]
    public void Workers_of_one_speed_are_a_constant_delay_to_the_bit(double slack)
    {
        var (_, _, dense) = Recursions.Plain.Linear(0.1, 30);
        Iteration<double> delayed = Methods.DelayedSgd(new Power(0.4, 0.5), 3, sampling: Batches).Start(dense, new double[5], new Draws(5)),
            server = Methods.ParameterServer(new Sgd(), new Power(0.4, 0.5), 4, slack, sampling: Batches)
                .Start(dense, new double[5], new Draws(5));
        delayed.Advance(200);
        server.Advance(200);
        Assert.Equal(delayed.Point.ToArray(), server.Point.ToArray());
    }

    [Theory]
    [InlineData(1, 0.5, 0)]
    [InlineData(double.PositiveInfinity, 1, 0.1)]
    public void An_asynchronous_run_is_made_again_from_its_log(double slack, double jitter, double failures)
    {
        var (_, _, dense) = Recursions.Plain.Linear(0.1, 30);
        List<PushRecord> log = [];
        ServerMethod method = Methods.ParameterServer(new Sgd(), new Power(0.4, 0.5), 5, slack, 2, new WorkerTimes(1, jitter, failures, 3),
            Batches);
        Iteration<double> run = method.Begin<double>(dense, new double[5], new Draws(5), log.Add);
        run.Advance(300);
        List<double[]> w = [new double[5]];
        double[] g = new double[5];
        Power steps = new(0.4, 0.5);
        foreach (PushRecord push in log)
        {
            Assert.Equal(w.Count - 1, push.Applied);
            dense.Gradient(w[(int)push.Read], push.Sample, g);
            double[] next = (double[])w[^1].Clone();
            for (int j = 0; j < 5; j++) next[j] -= steps.Next(new StepInfo(push.Applied)) * g[j];
            w.Add(next);
        }
        Assert.Equal(300, log.Count);
        Assert.Equal(w[^1], run.Point.ToArray());
        Assert.True(log.Zip(log.Skip(1)).All(p => p.First.Time <= p.Second.Time));
        if (failures > 0) Assert.Matches("gradients were lost with their workers", run.Conclude());
    }

    // Sum over other workers of the pushes that fall between a pull and its push: at most 2s + 1 each (Ho et al. 2013).
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Bounded_staleness_keeps_its_bound_and_nearly_reaches_it(int slack)
    {
        const int M = 4;
        var (_, _, dense) = Recursions.Plain.Linear(0.1, 30);
        List<PushRecord> log = [];
        Methods.ParameterServer(new Sgd(), new Constant(0.01), M, slack, times: new WorkerTimes(40, 0.3), sampling: Batches)
            .Begin<double>(dense, new double[5], new Draws(5), log.Add).Advance(4000);
        long most = log.Max(p => p.Applied - p.Read), bound = ((2 * slack) + 1) * (M - 1);
        Assert.InRange(most, (slack + 1) * (M - 1), bound);
        Assert.Equal(bound, new WorkerClocks(M, slack).MostMissed);
        // Finished gradients are never more than s + 1 apart.
        long[] done = new long[M];
        foreach (PushRecord p in log)
        {
            done[p.Worker]++;
            Assert.True(done.Max() - done.Min() <= slack + 1);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Shards_and_threads_change_no_bit(double slack)
    {
        var risk = Sparse.Logistic(400, 60, 0.01);
        double[] Run(int shards, int threads)
        {
            using Workers workers = new(threads);
            Iteration<double> run = Methods.ParameterServer(new HeavyBall(0.5), new Power(0.5, 0.5), 6, slack, shards,
                new WorkerTimes(2, 0.5, 0.05), Batches, workers).Start(risk, new double[61], new Draws(5));
            run.Advance(300);
            return run.Point.ToArray();
        }
        double[] one = Run(1, 1);
        foreach (var (shards, threads) in ((int, int)[])[(7, 1), (1, 2), (7, 3), (2, 8)]) Assert.Equal(one, Run(shards, threads));
    }

    // Rows without a penalty: pulls and pushes of their coordinates alone; the same trajectory as whole vectors.
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Sparse_blocks_follow_whole_vectors(int shards)
    {
        var risk = Sparse.Logistic(400, 60, 0);
        Iteration<double> sparse = Methods.ParameterServer(new AdaGrad(), new Constant(0.2), 3, 2, shards, new WorkerTimes(1, 0.5))
            .Start(risk, new double[61], new Draws(5)),
            whole = Methods.ParameterServer(new AdaGrad(), new Constant(0.2), 3, 2, shards, new WorkerTimes(1, 0.5))
            .Start(new SampledView<double>(risk), new double[61], new Draws(5));
        sparse.Advance(600);
        whole.Advance(600);
        Recursions.CatalogueRecursionTests.Same(whole.Point.ToArray(), sparse.Point, 1e-12, $"{shards} shards");
    }

    [Fact]
    public void A_restored_run_goes_on_with_lost_workers_and_gradients_under_way()
    {
        var risk = Sparse.Logistic(400, 60, 0);
        Iteration<double> Begin() => Methods.ParameterServer(0.3, 5, 3, 2, 0, 2, 0.8, 0.2, 5).Start(risk, new double[61], new Draws(8));
        Iteration<double> whole = Begin(), resumed = Begin();
        whole.Advance(143);
        StateBox box = new();
        whole.Visit(box);
        whole.Advance(200);
        box.Restoring = true;
        resumed.Visit(box);
        resumed.Advance(200);
        Assert.Equal(whole.Point.ToArray(), resumed.Point.ToArray());
        Assert.Equal(whole.Conclude(), resumed.Conclude());
    }

    [Fact]
    public void Rules_that_look_at_all_coordinates_are_refused_in_shards()
    {
        var (_, _, dense) = Recursions.Plain.Linear(0.1, 30);
        ArgumentException e = Assert.Throws<ArgumentException>(() =>
            Methods.ParameterServer(new Normalised(), new Constant(0.1), shards: 2).Start(dense, new double[5], new Draws(1)));
        Assert.Equal("Normalised looks at all coordinates together; only rules whose coordinates move by themselves can be cut into "
            + "shards. Use one shard.", e.Message);
        Methods.ParameterServer(new Normalised(), new Constant(0.1)).Start(dense, new double[5], new Draws(1)).Advance(10);
    }

    // Threads as workers: the server's locks keep every push, whatever the order.
    [Fact]
    public void Threads_may_be_workers()
    {
        InProcessServer<double> server = new(new Sgd(), new Constant(1), BlockLayout.Flat(12), new double[12], 3,
            double.PositiveInfinity, 4);
        Thread[] threads = [.. Enumerable.Range(0, 3).Select(m => new Thread(() =>
        {
            double[] minus = [-1, -1, -1];
            for (int k = 0; k < 2000; k++)
            {
                Assert.True(server.MayCompute(m));
                for (int s = 0; s < 4; s++) server.Push(new PushHeader(m, s, 0, 1), minus);
                server.Finish(m);
            }
        }))];
        foreach (Thread t in threads) t.Start();
        foreach (Thread t in threads) t.Join();
        double[] w = new double[12];
        server.CopyTo(w);
        Assert.All(w, x => Assert.Equal(6000, x));
        Assert.Equal(6000, server.Version);
    }

    [Fact]
    public void Clocks_wait_for_the_slowest_that_is_present()
    {
        WorkerClocks clocks = new(3, 1);
        clocks.Finish(0);
        Assert.True(clocks.MayCompute(0));
        clocks.Finish(0);
        Assert.False(clocks.MayCompute(0));
        clocks.Leave(2);
        Assert.False(clocks.MayCompute(0));
        Assert.False(clocks.MayCompute(2));
        clocks.Finish(1);
        Assert.True(clocks.MayCompute(0));
        clocks.Join(2);
        Assert.Equal(1, clocks[2]);
        Assert.Equal(3, clocks.Present);
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerClocks(2, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerClocks(0, 1));
    }
}
