namespace Descent.Numerics.Tests.Memory;

/// <summary>A slab is its array, and refuses what lies outside.</summary>
public class SlabTests
{
    [Fact]
    public void A_slab_of_an_array_is_the_array()
    {
        double[] x = [1, 2, 3, 4];
        Slab<double> slab = x;
        slab[2] = 7;
        Assert.Equal(7, x[2]);
        Assert.Same(x, slab.Array);
        Assert.False(slab.IsMapped);
        Assert.Equal([2, 7], slab.Span(1, 2).ToArray());
        Assert.Equal([1, 2], slab.Take(2).Span(0, 2).ToArray());
        double[] copy = new double[3];
        slab.CopyTo(copy, 3);
        Assert.Equal([1, 2, 7], copy);
    }

    [Fact]
    public void What_lies_outside_is_refused()
    {
        Slab<int> slab = new int[4];
        Assert.Throws<ArgumentOutOfRangeException>(() => slab[4]);
        Assert.Throws<ArgumentOutOfRangeException>(() => slab[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => slab.Span(3, 2).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => slab.Span(0, -1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => slab.Span(5, 0).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => slab.Take(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Slab<int>).Span(0, 1).Length);
    }
}
