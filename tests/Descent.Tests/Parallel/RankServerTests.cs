using Descent.Algorithms;
using Descent.Oracles;
using Descent.Parallel;
using Descent.Rules;
using Descent.StepSizes;
using Descent.Tests.Conformance;

namespace Descent.Tests.Parallel;

/// <summary>The parameter server over ranks against the simulated one, exact counts of pushes and bytes, the bound on staleness.</summary>
public class RankServerTests
{
    static readonly Sampling Batches = new(SampleOrder.Shuffle, 3);

    // The simulated server is the second implementation: events in one process, no messages.
    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(4, 1, 3)]
    [InlineData(5, 2, 1)]
    [InlineData(5, 3, 4)]
    public void Synchronous_rounds_have_the_bits_of_simulated_workers(int ranks, int servers, int shards)
    {
        var (_, _, dense) = Recursions.Plain.Linear(0.1, 30);
        Adam rule = new(0.9, 0.99, 1e-8);
        Iteration<double> simulated = Methods.ParameterServer(rule, new Constant(0.05), ranks - servers, 0, shards, new WorkerTimes(3, 0.7),
            Batches).Start(dense, new double[5], new Draws(5));
        simulated.Advance(48);
        double[] expected = simulated.Point.ToArray();
        LocalRanks.Run(ranks, group =>
        {
            var (_, _, own) = Recursions.Plain.Linear(0.1, 30);
            using Workers workers = new(1, group);
            Iteration<double> run = new ServerMethod(rule, new Constant(0.05), Batches, 4, 0, shards, null, workers, servers)
                .Start(own, new double[5], new Draws(5));
            // Meetings in the middle of a round leave it to be gone on with.
            foreach (int steps in new[] { 1, 1, 2, 7, 37 }) run.Advance(steps);
            Assert.Equal(48, run.Step);
            Assert.Equal(expected, run.Point.ToArray());
            Assert.Equal(48 * 3, own.Meter.Gradients);
        });
    }

    // One worker misses nothing: SGD, whatever the slack, by rows or by whole vectors.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void One_worker_is_SGD(int servers)
    {
        var risk = Sparse.Logistic(400, 60, 0);
        Iteration<double> sgd = new StochasticMethod(new AdaGrad(), new Constant(0.2), new Descent.Estimators.Minibatch(new Sampling()))
            .Start(new SampledView<double>(risk), new double[61], new Draws(5));
        sgd.Advance(500);
        LocalRanks.Run(servers + 1, group =>
        {
            using Workers workers = new(1, group);
            Iteration<double> run = new ServerMethod(new AdaGrad(), new Constant(0.2), new Sampling(), 4, 2, 1, null, workers, servers)
                .Start(Sparse.Logistic(400, 60, 0), new double[61], new Draws(5));
            run.Advance(500);
            Recursions.CatalogueRecursionTests.Same(sgd.Point.ToArray(), run.Point, 1e-12, $"rank {group.Rank}");
            Assert.Contains("missed 0 pushes in mean, 0 at most", run.Conclude(), StringComparison.Ordinal);
        });
    }

    // η = 1 and g = −1: every weight counts its pushes. Workers of very different speeds; (2s+1)(M−1) is checked by every push.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.PositiveInfinity)]
    public void No_push_is_lost_and_none_is_staler_than_allowed(double slack)
    {
        const int Tickets = 240;
        ServerPlan plan = new(5, 2, 12, 4);
        double[] w = new double[12];
        long[] most = new long[5];
        LocalRanks.Run(5, group =>
        {
            ServerShard<double>[] shards = [.. Enumerable.Range(0, 4).Select(s => new ServerShard<double>(new Sgd(), new Constant(1),
                BlockLayout.Flat(3), 3 * s, new double[3], slack == 0 ? 3 : 0))];
            if (group.Rank < 3)
            {
                Work(new RemoteServer<double>(group, plan), group.Rank);
                return;
            }
            ShardServer<double> server = new(group, plan, shards, slack);
            server.Serve(0, Tickets);
            most[group.Rank] = server.Staleness.Most;
            Assert.Equal(2 * Tickets, server.Staleness.Pushes);
            for (int s = 0; s < 4; s++)
                if (plan.OwnerOf(s) == group.Rank) shards[s].Weights.CopyTo(w.AsSpan(3 * s));
        });
        // In rounds the rule steps by the mean of three.
        Assert.All(w, x => Assert.Equal(slack == 0 ? Tickets / 3 : Tickets, x));
        Assert.InRange(most.Max(), 0, slack == 0 ? 0 : slack == 1 ? 6 : Tickets);

        static void Work(RemoteServer<double> remote, int me)
        {
            double[] pulled = new double[3], minus = [-1, -1, -1];
            int[] at = [0, 0, 0];
            while (remote.NextTicket() is not null)
            {
                long read = long.MaxValue;
                for (int s = 0; s < 4; s++) read = Math.Min(read, remote.Pull(me, s, pulled));
                for (int k = 0; k < 2000 * me; k++) Thread.SpinWait(1);
                for (int s = 0; s < 4; s++)
                {
                    for (int j = 0; j < 3; j++) at[j] = (3 * s) + j;
                    if (s % 2 == 0) remote.Push(new PushHeader(me, s, read, 1), minus);
                    else remote.Push(new PushHeader(me, s, read, 1), at, minus);
                }
                remote.Finish(me);
            }
            remote.Leave(me);
        }
    }

    // 24 bytes before each message; a pull of k coordinates sends 4k and gets 8 + 8k, a push sends 12k: nothing grows with d.
    [Fact]
    public void Only_the_support_travels()
    {
        var risk = Sparse.Logistic(400, 60, 0);
        SampleStream samples = new(new Sampling(), 400, new Draws(5));
        long entries = 0;
        for (int k = 0; k < 100; k++) entries += risk.IndicesOf(risk.Examples(samples.Next())[0]).Length + 1;
        LocalRanks.Run(2, group =>
        {
            CountedRanks counted = new(group);
            using Workers workers = new(1, counted);
            Iteration<double> run = new ServerMethod(new Sgd(), new Constant(0.2), new Sampling(), 4, 2, 1, null, workers, 1)
                .Start(Sparse.Logistic(400, 60, 0), new double[61], new Draws(5));
            run.Advance(100);
            if (group.Rank == 1) return;
            // Then all meet once: four numbers a rank, and the server's weights and state.
            long sent = (100 * 2 * 24) + (16 * entries), got = (101 * 8) + (100 * 8) + (8 * entries);
            Assert.Equal(sent + (4 * 8), counted.Given);
            // A gradient is a pull and a push there, weights and the next ticket back; besides, the first question, Leave, the meeting.
            Assert.Equal((100 * 4) + 2 + 1 + 1, counted.Calls);
            Assert.InRange(counted.Received - got, (61 * 8) + (4 * 8), (61 * 8) + (4 * 8) + 64);
        });
    }

    [Fact]
    public void A_restored_job_goes_on_in_the_middle_of_a_round()
    {
        StateBox[] boxes = [.. Enumerable.Range(0, 4).Select(_ => new StateBox())];
        double[][] whole = new double[4][];
        Iteration<double> Begin(Workers workers) => new ServerMethod(new HeavyBall(0.5), new Constant(0.05), Batches, 4, 0, 2, null,
            workers, 1).Start(Recursions.Plain.Linear(0.1, 30).Item3, new double[5], new Draws(8));
        LocalRanks.Run(4, group =>
        {
            using Workers workers = new(1, group);
            Iteration<double> run = Begin(workers);
            run.Advance(14);
            run.Visit(boxes[group.Rank]);
            run.Advance(30);
            whole[group.Rank] = run.Point.ToArray();
        });
        LocalRanks.Run(4, group =>
        {
            using Workers workers = new(1, group);
            Iteration<double> run = Begin(workers);
            // Rank 0 alone keeps a checkpoint, and all go on from it.
            lock (boxes)
            {
                boxes[0].Restoring = true;
                run.Visit(boxes[0]);
            }
            run.Advance(30);
            Assert.Equal(whole[0], run.Point.ToArray());
        });
    }

    [Fact]
    public void What_cannot_serve_is_refused()
    {
        var (_, _, dense) = Recursions.Plain.Linear(0.1, 30);
        ArgumentException alone = Assert.Throws<ArgumentException>(() =>
            Methods.ParameterServer(0.1, servers: 1).Start(dense, new double[5], new Draws(1)));
        Assert.Contains("this process is alone: start several by mpirun or srun, or set servers = 0", alone.Message,
            StringComparison.Ordinal);
        Assert.Contains("3 of 3 ranks cannot serve", Assert.Throws<ArgumentException>(() => new ServerPlan(3, 3, 10)).Message,
            StringComparison.Ordinal);
        ArgumentException both = Assert.Throws<ArgumentException>(() => new MethodSettings(Catalogue.Find("parameter-server")!)
        {
            Sampling = new Sampling(),
            Given = new Dictionary<string, double> { ["servers"] = 1, ["lag"] = 2 },
        }.Build());
        Assert.Equal("lag of parameter-server means nothing with servers; leave one of them out.", both.Message);
        LocalRanks.Run(2, group =>
        {
            using Workers workers = new(1, group);
            MicroBatches<double> parts = new(Recursions.Plain.Linear(0.1, 30).Item3, 2);
            Assert.Throws<ArgumentException>(() => Methods.ParameterServer(0.1, servers: 1, threads: workers)
                .Start(parts, new double[5], new Draws(1)));
        });
    }
}
