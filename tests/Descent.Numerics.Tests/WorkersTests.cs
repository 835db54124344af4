namespace Descent.Numerics.Tests;

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

    [Fact]
    public void A_failing_shard_is_reported_to_the_caller()
    {
        using Workers workers = new(2);
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => workers.Run(new Failing(), 20));
        Assert.Contains("seven", e.Message, StringComparison.Ordinal);
    }
}
