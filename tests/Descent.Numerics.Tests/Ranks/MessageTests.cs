namespace Descent.Numerics.Tests.Ranks;

/// <summary>Messages between two ranks, and what is counted of all calls.</summary>
public class MessageTests
{
    [Fact]
    public void Messages_of_a_pair_keep_their_order_and_others_wait_their_turn()
    {
        LocalRanks.Run(3, group =>
        {
            if (group.Rank > 0)
            {
                for (byte k = 0; k < 50; k++) group.Send([k, (byte)group.Rank], 0, k % 2);
                return;
            }
            byte[] got = new byte[4];
            // Rank 2 first, its odd ones first: nothing of the others is lost.
            for (int k = 1; k < 50; k += 2)
            {
                Assert.Equal((2, 1, 2), group.Probe(2, 1));
                Assert.Equal(2, group.Receive(got, 2, 1));
                Assert.Equal((k, 2), (got[0], got[1]));
            }
            int[] next = [0, 0, 0];
            for (int k = 0; k < 75; k++)
            {
                var (source, tag, _) = group.Probe();
                group.Receive(got, source, tag);
                Assert.Equal((next[source], source), (got[0], got[1]));
                next[source] += source == 2 ? 2 : 1;
            }
        });
    }

    [Fact]
    public void Who_waits_for_a_message_of_a_rank_that_failed_does_not_wait_for_ever()
    {
        Assert.Throws<InvalidOperationException>(() => LocalRanks.Run(2, group =>
        {
            if (group.Rank == 1) throw new InvalidOperationException("one");
            group.Probe(1);
        }));
    }

    // Rank r of 3 has r + 1 of 6 bytes.
    [Fact]
    public void Counted_is_what_a_rank_gave_and_what_it_got()
    {
        LocalRanks.Run(3, inner =>
        {
            CountedRanks group = new(inner);
            int r = group.Rank;
            group.AllGather(new byte[6], [0, 1, 3, 6]);
            Assert.Equal((r + 1L, 5L - r, 1L), (group.Given, group.Received, group.Calls));
            group.Broadcast(new byte[10], 2);
            Assert.Equal((r + 1L + (r == 2 ? 10 : 0), 5L - r + (r == 2 ? 0 : 10)), (group.Given, group.Received));
            long given = group.Given, received = group.Received;
            group.Sum(new double[4]);
            Assert.Equal((given + 32, received + 32), (group.Given, group.Received));
            group.Barrier();
            if (r == 0) group.Send(new byte[7], 1, 3);
            if (r == 1) Assert.Equal(7, group.Receive(new byte[9], group.Probe(0, 3).Source, 3));
            Assert.Equal((given + 32 + (r == 0 ? 7 : 0), received + 32 + (r == 1 ? 7 : 0), r < 2 ? 5 : 4),
                (group.Given, group.Received, (int)group.Calls));
        });
        LocalRanks.Run(1, inner =>
        {
            CountedRanks alone = new(inner);
            alone.Sum(new double[4]);
            Assert.Equal((0, 0, 0), (alone.Given, alone.Received, alone.Calls));
        });
    }

    sealed class Signs(int shards, bool added) : ISummedShards
    {
        public byte[] Left { get; } = new byte[shards];

        public bool MayBeAdded => added;

        public void Run(int shard) => Left[shard] = (byte)(200 + shard);

        public void Show(int shard, ISummandVisitor visitor) => visitor.Bring(Left.AsSpan(shard, 1));
    }

    [Fact]
    public void Bytes_are_brought_as_they_are_also_where_sums_are_made_by_the_engine()
    {
        LocalRanks.Run(3, group =>
        {
            using Workers workers = new(1, group, fastSum: true);
            Signs job = new(5, false);
            workers.Run(job, 5);
            Assert.Equal([200, 201, 202, 203, 204], job.Left);
            Assert.Throws<InvalidOperationException>(() => workers.Run(new Signs(5, true), 5));
        });
    }
}
