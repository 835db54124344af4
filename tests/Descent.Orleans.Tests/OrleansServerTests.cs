using System.Runtime.InteropServices;
using Orleans;

namespace Descent.Orleans.Tests;

public class OrleansServerTests(Silos silos) : IClassFixture<Silos>
{
    // The same calls, one after another, to the server within the process: sparse and whole, of rounds and as they come.
    [Theory]
    [InlineData("rounds")]
    [InlineData("coming")]
    public void The_same_calls_give_the_bits_of_the_server_within_the_process(string name)
    {
        ParameterModel<double> model = Silos.Named(name);
        OrleansServer<double> server = silos.Server(name, TimeSpan.Zero);
        InProcessServer<double> near = new(model.Rule, model.StepSize, BlockLayout.Flat(model.Dimension), new double[model.Dimension],
            model.Workers, model.Slack, model.Blocks);
        for (int m = 0; m < model.Workers; m++) server.Join(m);
        int refused = 0;
        for (int k = 0; k < 24; k++)
        {
            // Worker 0 asks three times as often as the others together.
            int m = k % 4 < 3 ? 0 : 1 + (k / 4 % 2);
            Assert.Equal(near.MayCompute(m), server.MayCompute(m));
            if (!near.MayCompute(m))
            {
                refused++;
                continue;
            }
            Gradients.Turn(near, m, k, k % 3 == 0, 0.5);
            Gradients.Turn(server, m, k, k % 3 == 0, 0.5);
        }
        Assert.InRange(refused, 1, 18);
        double[] expected = new double[model.Dimension], found = new double[model.Dimension];
        near.CopyTo(expected);
        server.CopyTo(found);
        Assert.Equal(expected, found);
        Assert.Equal(near.Version, server.Look(0).Version);
        Assert.Contains(expected, w => w != 0);
    }

    [Fact]
    public async Task A_push_that_comes_again_is_applied_once_and_a_new_life_counts_on()
    {
        ParameterModel<double> model = Silos.Named("once");
        IBlockGrain block = silos.Cluster.Client.GetGrain<IBlockGrain>("once/1");
        OrleansServer<double> server = silos.Server("once");
        byte[] push = Push(model, Envelope.Before(0) + 1, 2);
        server.Join(2);
        for (int k = 0; k < 3; k++) await block.Push(push, true);
        Assert.Equal((1, 1, 2), (server.Look(1).Version, server.Look(1).Pushes, server.Look(1).Repeated));

        // The storage writes and then breaks; then it breaks before it writes: the client asks again, another activation answers.
        foreach (bool before in new[] { false, true })
        {
            int left = 1;
            silos.Storage.Fails = key => key == "block:once/1" && Interlocked.Decrement(ref left) >= 0 ? (before, !before) : default;
            server.Push(new PushHeader(2, 1, 0, 1), Ones(model));
            Assert.True(left < 1, "no write was made to fail");
        }
        silos.Storage.Fails = _ => default;
        Assert.Equal((3, 3), (server.Look(1).Version, server.Look(1).Pushes));

        // Another process under the same number: its first push is new, and the old life's is refused.
        OrleansServer<double> second = silos.Server("once");
        second.Join(2);
        second.Push(new PushHeader(2, 1, 3, 1), Ones(model));
        Assert.Equal(4, server.Look(1).Version);
        InvalidOperationException old = Assert.Throws<InvalidOperationException>(() =>
            server.Push(new PushHeader(2, 1, 3, 1), Ones(model)));
        Assert.Contains("another process has joined as worker 2", old.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => server.MayCompute(2));
        double[] w = new double[model.Dimension];
        server.CopyTo(w);
        Assert.All(w, (v, j) => Assert.Equal(j >= model.Start(1) && j < model.Start(2) ? -4 : 0, v));
    }

    [Fact]
    public async Task Pushes_that_wait_for_one_write_share_the_next_and_none_is_answered_before_it()
    {
        OrleansServer<double> server = silos.Server("writes");
        for (int m = 0; m < 4; m++) server.Join(m);
        int before = silos.Storage.WritesOf("block:writes/2");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(m => Task.Run(() =>
        {
            for (int k = 0; k < 10; k++) server.Push(new PushHeader(m, 2, 0, 1), [Silos.Named("writes").Start(2)], [1.0]);
        })));
        Assert.Equal(40, server.Look(2).Version);
        // Every worker waits for its own, so that one write answers for four pushes at most.
        Assert.InRange(silos.Storage.WritesOf("block:writes/2") - before, 10, 40);
    }

    [Fact]
    public async Task A_fast_worker_waits_for_a_slow_one_and_no_weights_miss_more_than_the_bound()
    {
        ParameterModel<double> model = Silos.Named("stale");
        for (int m = 0; m < model.Workers; m++) silos.Server("stale").Join(m);
        OrleansServer<double> fast = silos.Server("stale", TimeSpan.Zero);
        // Joined by others: its own life begins here.
        fast.Join(0);
        int turns = 0;
        while (fast.MayCompute(0)) Gradients.Turn(fast, 0, turns++, false);
        Assert.Equal(model.Slack + 1, turns);
        await Task.WhenAll(Enumerable.Range(0, model.Workers).Select(m => Task.Factory.StartNew(() =>
        {
            OrleansServer<double> server = silos.Server("stale");
            server.Join(m);
            for (int k = 0; k < 20; k++)
            {
                while (!server.MayCompute(m))
                {
                }
                Gradients.Turn(server, m, k, k % 5 == 0);
            }
            server.Leave(m);
        }, TaskCreationOptions.LongRunning)));
        for (int s = 0; s < model.Blocks; s++)
            Assert.InRange(fast.Look(s).MostMissed, 1, ((2 * model.Slack) + 1) * (model.Workers - 1));
    }

    [Fact]
    public void A_push_whose_weights_missed_too_much_is_refused_and_changes_nothing()
    {
        OrleansServer<double> server = silos.Server("late");
        server.Join(0);
        server.Join(1);
        int first = Silos.Named("late").Start(1);
        for (int k = 0; k < 3; k++) server.Push(new PushHeader(0, 1, k, 1), [first], [1.0]);
        InvalidOperationException late = Assert.Throws<InvalidOperationException>(() =>
            server.Push(new PushHeader(1, 1, 0, 1), [first], [1.0]));
        Assert.Contains("missed 3 pushes of at most 2", late.Message, StringComparison.Ordinal);
        Assert.Equal((3, 3), (server.Look(1).Version, server.Look(1).Pushes));
    }

    [Fact]
    public void Who_is_not_heard_of_is_not_waited_for_and_comes_back_with_its_next_call()
    {
        OrleansServer<double> server = silos.Server("lost"), silent = silos.Server("lost");
        silent.Join(1);
        for (int k = 0; k < 8; k++)
        {
            while (!server.MayCompute(0))
            {
            }
            server.Finish(0);
        }
        // It is behind by eight, and is put beside the slowest one present, which may then go no further than the slack.
        Assert.True(silent.MayCompute(1));
        int further = 0;
        OrleansServer<double> again = silos.Server("lost", TimeSpan.Zero);
        again.Join(0);
        for (; again.MayCompute(0) && further < 8; further++) again.Finish(0);
        Assert.Equal(2, further);
        silent.Leave(1);
        Assert.True(again.MayCompute(0));
        Assert.False(silent.MayCompute(1));
    }

    [Fact]
    public void What_cannot_be_is_refused_with_a_sentence_and_changes_nothing()
    {
        OrleansServer<double> server = silos.Server("refused");
        ParameterModel<double> model = Silos.Named("refused");
        double[] bad = Ones(model);
        bad[7] = double.NaN;
        Says($"its gradient is NaN at coordinate {model.Start(1) + 7}", () => server.Push(new PushHeader(0, 1, 0, 1), bad));
        Says("needs length", () => server.Push(new PushHeader(0, 1, 0, 1), [1.0, 2]));
        Says("Coordinates must ascend", () => server.Push(new PushHeader(0, 1, 0, 1), [3], [1.0]));
        Says("Coordinates must ascend", () => server.Pull(0, 0, [5, 5], new double[2]));
        Says("at least one example", () => server.Push(new PushHeader(0, 1, 0, 0), Ones(model)));
        Says("has workers 0 to 1; got 2", () => server.Join(2));
        Says("has workers 0 to 1; got -1", () => server.MayCompute(-1));
        ParameterModel<double> wider = new("refused", Silos.Dimension + 1, model.Rule, model.StepSize) { BlockSize = 1 << 14 };
        Says("name the same model in both", () => new OrleansServer<double>(silos.Cluster.Client, wider).CopyTo(new double[40_001]));
        ParameterModel<double> nobody = new("nobody", 10, model.Rule, model.StepSize);
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() =>
            new OrleansServer<double>(silos.Cluster.Client, nobody).Join(0));
        Assert.Contains("knows no model 'nobody'", e.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (server.Look(1).Version, server.Look(1).Pushes));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParameterModel<double>("x", 9, model.Rule, model.StepSize) { BlockSize = 99 });
        Assert.Throws<ArgumentException>(() => new ParameterModel<double>("x", 40_000, new Descent.Rules.Lamb(), model.StepSize).Open(0));
    }

    static void Says(string words, Action call) =>
        Assert.Contains(words, Assert.ThrowsAny<ArgumentException>(call).Message, StringComparison.Ordinal);

    static double[] Ones(ParameterModel model)
    {
        double[] ones = new double[model.Start(2) - model.Start(1)];
        Array.Fill(ones, 1);
        return ones;
    }

    static byte[] Push(ParameterModel model, long sequence, int worker)
    {
        double[] ones = Ones(model);
        byte[] message = new Envelope(sequence, 0, model.Dimension, model.BlockSize)
            .Message(new PushHeader(worker, 1, 0, 1), ones.Length * sizeof(double));
        MemoryMarshal.AsBytes(ones.AsSpan()).CopyTo(message.AsSpan(message.Length - (ones.Length * sizeof(double))));
        return message;
    }
}
