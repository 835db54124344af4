using Descent.Latent;
using Descent.Oracles;

namespace Descent.Tests.Oracles;

public class PassOrderTests
{
    // A pass takes each row once, whatever its order; another pass takes another order, unless rows are taken as they come. Of blocks, a
    // window of 32 768 rows is in use at a time.
    [Theory]
    [InlineData(SampleOrder.Shuffle, true)]
    [InlineData(SampleOrder.Blocks, true)]
    [InlineData(SampleOrder.Sequential, false)]
    public void A_pass_visits_every_row_once(SampleOrder order, bool varies)
    {
        PassOrder orders = new(order, 60_000);
        int[] first = orders.Of(1).ToArray(), second = orders.Of(2).ToArray(), again = orders.Of(1).ToArray();
        Assert.Equal(first, again);
        Assert.Equal(varies, !first.AsSpan().SequenceEqual(second));
        Assert.Equal(Enumerable.Range(0, 60_000), first.Order());
        if (order == SampleOrder.Sequential) Assert.Equal(Enumerable.Range(0, 60_000), first);
        Assert.Equal(order == SampleOrder.Shuffle ? 15 : 8, first[..32_768].Select(i => i / 4096).Distinct().Count());
    }

    [Theory]
    [InlineData(SampleOrder.Replacement)]
    [InlineData(SampleOrder.ShuffleOnce)]
    public void What_is_no_pass_is_refused(SampleOrder order) => Assert.Contains($"got {order}",
        Assert.Throws<ArgumentException>(() => new PassOrder(order, 3)).Message, StringComparison.Ordinal);
}
