namespace Descent.Numerics.Tests.Threads;

public class WorkersTests
{
    sealed class Squares : IShardWork
    {
        public int[] Done { get; } = new int[100];

        public void Run(int shard) => Done[shard] += shard * shard;
    }

    sealed class Failing : IShardWork
    {
        public void Run(int shard)
        {
            if (shard == 7) throw new InvalidOperationException("seven");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Every_shard_runs_once(int threads)
    {
        using Workers workers = new(threads);
        Squares job = new();
        workers.Run(job, 100);
        workers.Run(job, 50);
        for (int s = 0; s < 100; s++) Assert.Equal(s * s * (s < 50 ? 2 : 1), job.Done[s]);
    }

    sealed class Counts : IShardWork
    {
        int total;

        public int Total => total;

        public void Run(int shard) => Interlocked.Add(ref total, shard + 1);
    }

    // More threads than cores, work in quick succession and with pauses in which threads fall asleep:
    // no shard is lost, run twice, or run for another job.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void Jobs_in_quick_succession_do_not_mix(int threads)
    {
        using Workers workers = new(threads);
        Draws draws = new(8);
        for (int round = 0; round < 6_000; round++)
        {
            Counts job = new();
            int shards = 1 + draws.NextIndex(12);
            workers.Run(job, shards);
            Assert.Equal(shards * (shards + 1) / 2, job.Total);
            if (round % 7 == 0) Thread.SpinWait(draws.NextIndex(20_000));
        }
    }

    [Fact]
    public void A_failing_shard_is_reported_to_the_caller()
    {
        using Workers workers = new(2);
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => workers.Run(new Failing(), 20));
        Assert.Contains("seven", e.Message, StringComparison.Ordinal);
    }
}
