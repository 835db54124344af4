using Descent.Latent;
using Descent.Numerics;

namespace Descent.Mixtures.Tests.Latent;

/// <summary>The E-step in ranks (threads of one process here): the bits of one process.</summary>
public class RankTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Statistics_are_added_in_the_order_of_the_shards(int ranks)
    {
        // 2,100 rows make five shards of 512.
        double[] x = [.. Enumerable.Range(0, 2100).SelectMany(i => new[] { Math.Sin(i * 1.3) + (i % 2 * 4), Math.Cos(i * 0.7) })];
        GaussianMixture model = new(x, 2, 2);
        double[] start = new double[model.Parameters], expected = new double[model.Parameters];
        Assert.True(model.Start(new Draws(1), start));
        double merit = new EmMap(model).MapWithMerit(start, expected);
        Assert.True(double.IsFinite(merit));
        LocalRanks.Run(ranks, group =>
        {
            using Workers workers = new(1, group);
            double[] image = new double[model.Parameters];
            Assert.Equal(merit, new EmMap(new GaussianMixture(x, 2, 2), workers).MapWithMerit(start, image));
            Assert.Equal(expected, image);
        });
    }
}
