using System.Runtime.InteropServices;

namespace Descent.Numerics.Tests.Ranks;

public class RankTests
{
    // Shard s leaves s + 1 thirds in double and as many in single precision: sums whose bits depend on their order.
    sealed class Thirds(int shards) : ISummedShards
    {
        readonly double[] wide = new double[shards];
        readonly float[][] narrow = [.. Enumerable.Range(0, shards).Select(_ => new float[3])];
        int runs;

        public int Runs => runs;

        public void Run(int shard)
        {
            Interlocked.Increment(ref runs);
            wide[shard] = (shard + 1) / 3.0;
            for (int i = 0; i < 3; i++) narrow[shard][i] = (shard + i + 1) / 3f;
        }

        public void Show(int shard, ISummandVisitor visitor)
        {
            visitor.Take(wide.AsSpan(shard, 1));
            visitor.Take(narrow[shard].AsSpan());
        }

        public (double, float, float, float) Sum()
        {
            double d = 0;
            float a = 0, b = 0, c = 0;
            for (int s = 0; s < wide.Length; s++)
            {
                d += wide[s];
                (a, b, c) = (a + narrow[s][0], b + narrow[s][1], c + narrow[s][2]);
            }
            return (d, a, b, c);
        }
    }

    [Theory]
    [InlineData(1, 13)]
    [InlineData(2, 13)]
    [InlineData(4, 13)]
    [InlineData(7, 13)]
    [InlineData(4, 1)]
    [InlineData(5, 3)]
    public void Ranks_share_shards_and_every_one_has_the_bits_of_one_process(int ranks, int shards)
    {
        Thirds alone = new(shards);
        using (Workers one = new()) one.Run(alone, shards);
        int runs = 0;
        LocalRanks.Run(ranks, group =>
        {
            using Workers workers = new(1, group);
            Thirds job = new(shards);
            for (int pass = 0; pass < 3; pass++) workers.Run(job, shards);
            Assert.Equal(alone.Sum(), job.Sum());
            Interlocked.Add(ref runs, job.Runs);
        });
        Assert.Equal(3 * shards, runs);
    }

    [Fact]
    public void The_engines_order_gives_the_sum_to_rounding()
    {
        Thirds alone = new(40);
        using (Workers one = new()) one.Run(alone, 40);
        LocalRanks.Run(3, group =>
        {
            using Workers workers = new(2, group, fastSum: true);
            Thirds job = new(40);
            workers.Run(job, 40);
            Assert.Equal(alone.Sum().Item1, job.Sum().Item1, 1e-12);
            Assert.Equal(alone.Sum().Item4, job.Sum().Item4, 1e-3);
        });
    }

    [Fact]
    public void Who_has_left_works_alone()
    {
        LocalRanks.Run(3, group =>
        {
            using Workers workers = new(1, group);
            workers.LeaveRanks();
            Thirds job = new(6);
            if (group.Rank == 1) workers.Run(job, 6);
            Assert.Equal(group.Rank == 1 ? 6 : 0, job.Runs);
        });
    }

    [Fact]
    public void Parts_of_any_size_come_together()
    {
        LocalRanks.Run(4, group =>
        {
            int[] starts = [0, 0, 3, 4, 9];
            byte[] all = new byte[9];
            all.AsSpan(starts[group.Rank]..starts[group.Rank + 1]).Fill((byte)(group.Rank + 1));
            group.AllGather(all, starts);
            Assert.Equal([2, 2, 2, 3, 4, 4, 4, 4, 4], all);
            byte[] told = [(byte)group.Rank];
            group.Broadcast(told, 2);
            Assert.Equal(2, told[0]);
            double[] sum = [group.Rank, 1];
            group.Sum(sum);
            Assert.Equal([6, 4], sum);
        });
    }

    [Fact]
    public void All_read_the_clock_of_rank_0_and_stop_after_the_same_reading()
    {
        long[][] read = new long[3][];
        int[] stopped = new int[3];
        using CancellationTokenSource asked = new();
        LocalRanks.Run(3, group =>
        {
            using RankClock clock = new(group, group.Rank == 1 ? asked.Token : default);
            List<long> times = [];
            for (int k = 0; k < 20; k++)
            {
                if (group.Rank == 1 && k == 7) asked.Cancel();
                times.Add(clock.GetTimestamp());
                if (clock.Stop.IsCancellationRequested && stopped[group.Rank] == 0) stopped[group.Rank] = k;
            }
            read[group.Rank] = [.. times];
        });
        Assert.Equal([7, 7, 7], stopped);
        Assert.Equal(read[0], read[1]);
        Assert.Equal(read[0], read[2]);
        Assert.True(read[0][19] > read[0][0]);
    }

    [Fact]
    public void A_rank_that_fails_ends_the_others()
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => LocalRanks.Run(3, group =>
        {
            if (group.Rank == 2) throw new InvalidOperationException("two");
            group.Barrier();
        }));
        Assert.Equal("two", e.Message);
    }

    [Fact]
    public void A_sum_of_zeros_keeps_its_sign()
    {
        LocalRanks.Run(2, group =>
        {
            Zeros job = new();
            using Workers workers = new(1, group, fastSum: true);
            workers.Run(job, 3);
            // −0 from a rank that has no summand is no reason for another sign: 0 + 0 + 0 of the engine.
            Assert.Equal(0L, BitConverter.DoubleToInt64Bits(job.Left[0]));
            Assert.True(double.IsNegative(job.Left[1]) && double.IsNegative(job.Left[2]));
        });
    }

    sealed class Zeros : ISummedShards
    {
        public double[] Left { get; } = new double[3];

        public void Run(int shard) => Left[shard] = 0;

        public void Show(int shard, ISummandVisitor visitor) => visitor.Take(MemoryMarshal.CreateSpan(ref Left[shard], 1));
    }
}
