using Descent.Oracles;

namespace Descent.Tests.Oracles;

public class SamplingTests
{
    [Theory]
    [InlineData(SampleOrder.Shuffle)]
    [InlineData(SampleOrder.ShuffleOnce)]
    [InlineData(SampleOrder.Sequential)]
    public void An_epoch_visits_every_example_once_and_keeps_the_short_batch(SampleOrder order)
    {
        SampleStream stream = new(new Sampling(order, 4), 10, new Draws(1));
        RowSampler rows = new(10);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            List<int> seen = [], sizes = [];
            for (int k = 0; k < 3; k++)
            {
                int[] batch = rows.Resolve(stream.Next()).ToArray();
                sizes.Add(batch.Length);
                seen.AddRange(batch);
            }
            Assert.Equal([4, 4, 2], sizes);
            Assert.Equal(Enumerable.Range(0, 10), seen.Order());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4097)]
    [InlineData(100_000)]
    public void An_order_of_blocks_visits_every_row_once_and_few_places_at_a_time(int n)
    {
        RowSampler sampler = new(n);
        SampleStream stream = new(new Sampling(SampleOrder.Blocks), n, new Draws(3));
        int[][] epochs = [.. Enumerable.Range(0, 2).Select(_ => sampler.Resolve(stream.NextRun(n)).ToArray())];
        foreach (int[] order in epochs)
        {
            Assert.Equal(Enumerable.Range(0, n), order.Order());
            // A window of 32 768 rows lies in eight blocks of 4096, and one more where the last block is short.
            for (int from = 0; from < n; from += 32_768)
                Assert.True(order.Skip(from).Take(32_768).Select(i => i / 4096).Distinct().Count() <= 9);
        }
        if (n > 1) Assert.NotEqual(epochs[0], epochs[1]);
        // The same seed, the same orders.
        SampleStream again = new(new Sampling(SampleOrder.Blocks), n, new Draws(3));
        Assert.Equal(epochs[0], new RowSampler(n).Resolve(again.NextRun(n)).ToArray());
        // Rows within a window are mixed: neighbours do not stay neighbours.
        if (n > 1000) Assert.True(epochs[0].Zip(epochs[0].Skip(1), (a, b) => b == a + 1 ? 1 : 0).Sum() < n / 100);
    }

    [Fact]
    public void Shuffling_differs_between_epochs_and_shuffling_once_does_not()
    {
        int[] First(SampleStream s, RowSampler r) => r.Resolve(s.Next()).ToArray();
        SampleStream many = new(new Sampling(SampleOrder.Shuffle, 50), 50, new Draws(1)),
            once = new(new Sampling(SampleOrder.ShuffleOnce, 50), 50, new Draws(1));
        RowSampler rows = new(50);
        Assert.NotEqual(First(many, rows), First(many, rows));
        Assert.Equal(First(once, rows), First(once, rows));
    }

    [Fact]
    public void A_sample_can_be_asked_again_by_another_process()
    {
        SampleStream stream = new(new Sampling(SampleOrder.Replacement, 3), 1000, new Draws(5));
        stream.Next();
        Sample sample = stream.Next();
        RowSampler here = new(1000), there = new(1000);
        int[] rows = here.Resolve(sample).ToArray();
        here.Resolve(stream.Next());
        Assert.Equal(rows, here.Resolve(sample).ToArray());
        Assert.Equal(rows, there.Resolve(sample).ToArray());
    }

    [Fact]
    public void Runs_of_samples_hold_the_same_rows_as_single_samples()
    {
        foreach (SampleOrder order in Enum.GetValues<SampleOrder>())
        {
            SampleStream one = new(new Sampling(order, 3), 20, new Draws(2)), many = new(new Sampling(order, 3), 20, new Draws(2));
            RowSampler r1 = new(20), r2 = new(20);
            List<int> a = [], b = [];
            for (int k = 0; k < 30; k++) a.AddRange(r1.Resolve(one.Next()));
            while (b.Count < a.Count) b.AddRange(r2.Resolve(many.NextRun(5)));
            Assert.Equal(a, b.Take(a.Count));
        }
    }

    [Fact]
    public void Draws_with_replacement_are_uniform()
    {
        SampleStream stream = new(new Sampling(SampleOrder.Replacement, 100), 7, new Draws(9));
        RowSampler rows = new(7);
        int[] counts = new int[7];
        for (int k = 0; k < 700; k++)
            foreach (int i in rows.Resolve(stream.Next())) counts[i]++;
        // Chi-square with 6 degrees of freedom: above 22.5 with probability 0.001.
        Assert.True(counts.Sum(c => (c - 10_000.0) * (c - 10_000.0) / 10_000) < 22.5);
    }

    [Fact]
    public void Epochs_of_an_expectation_are_refused()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new SampleStream(new Sampling(SampleOrder.Shuffle), 0, new Draws(1)));
        Assert.Contains("needs a finite number of examples", e.Message, StringComparison.Ordinal);
    }
}
