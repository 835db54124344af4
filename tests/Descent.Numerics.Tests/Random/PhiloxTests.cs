namespace Descent.Numerics.Tests.Random;

public class PhiloxTests
{
    // Known-answer vectors of Random123 (kat_vectors, philox4x32-10), Salmon et al. 2011.
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u,
        0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u,
        0x24126ea1u)]
    public void Blocks_equal_the_published_vectors(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint x0, uint x1,
        uint x2, uint x3) =>
        Assert.Equal((x0, x1, x2, x3), Philox.Block(c0, c1, c2, c3, k0, k1));

    // Side by side or one by one, also where the counter's lower word overflows.
    [Theory]
    [InlineData(0UL, 0UL, 2)]
    [InlineData(5UL, 77UL, 64)]
    [InlineData(0xFFFFFFFCUL, 0x123456789ABCDEFUL, 50)]
    public void Pairs_of_consecutive_counters_are_those_of_each(ulong counter, ulong key, int count)
    {
        ulong[] words = new ulong[count];
        Philox.Pairs(counter, key, words);
        for (int k = 0; k < count; k += 2) Assert.Equal(Philox.Pair(counter + ((ulong)k / 2), key), (words[k], words[k + 1]));
        Assert.Throws<ArgumentException>(() => Philox.Pairs(0, 0, new ulong[3]));
    }

    // Fisher and Yates as in the books: from the last place down, each swapped with one of those up to it.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(129)]
    [InlineData(130)]
    [InlineData(1000)]
    public void Permutations_are_those_of_fisher_and_yates(int n)
    {
        int[] expected = [.. Enumerable.Range(0, n)], order = new int[n];
        for (int k = 0; k < n - 1; k++)
        {
            var (a, b) = Philox.Pair((ulong)k / 2, 3);
            int left = n - 1 - k, with = (int)(((UInt128)(k % 2 == 0 ? a : b) * (UInt128)(left + 1)) >> 64);
            (expected[left], expected[with]) = (expected[with], expected[left]);
        }
        Permutation.Fill(3, order);
        Assert.Equal(expected, order);
    }

    [Fact]
    public void A_stream_continues_from_its_position()
    {
        Draws draws = new(7), again = new(7);
        for (int i = 0; i < 5; i++) draws.NextWord();
        again.Position = draws.Position;
        for (int i = 0; i < 6; i++) Assert.Equal(draws.NextWord(), again.NextWord());
    }

    [Fact]
    public void Normals_have_mean_zero_and_variance_one()
    {
        Draws draws = new(3);
        double sum = 0, squares = 0;
        const int N = 200_000;
        for (int i = 0; i < N; i++)
        {
            double x = draws.NextNormal();
            sum += x;
            squares += x * x;
        }
        Assert.InRange(sum / N, -0.01, 0.01);
        Assert.InRange(squares / N, 0.98, 1.02);
    }

    [Fact]
    public void Permutations_are_permutations_and_places_are_uniform()
    {
        int[] counts = new int[5], order = new int[5];
        for (ulong key = 0; key < 20_000; key++)
        {
            Permutation.Fill(key, order);
            Assert.Equal(10, order.Sum());
            counts[Array.IndexOf(order, 0)]++;
        }
        // Chi-square with 4 degrees of freedom: above 18.5 with probability 0.001.
        Assert.True(counts.Sum(c => (c - 4000.0) * (c - 4000.0) / 4000) < 18.5);
    }
}
