using Descent.Sets;

namespace Descent.Tests.Recursions;

/// <summary>What sets and penalties say of themselves, their values, and the numbers they take.</summary>
public class SetPropertyTests
{
    static readonly double[] W = [3, -4, 0.5, -0.25];

    static readonly (IProximalMap Map, bool Projects, double Value)[] Maps =
    [
        (new Ball(2), true, 0), (new Box(2), true, 0), (new NonNegative(), true, 0), (new Simplex(2), true, 0),
        (new L1Penalty([1, 0.5, 0, 2]), false, 3 + 2 + 0.5),
        (new ElasticNetPenalty(0.2, 0.6), false, (0.2 * 7.75) + (0.3 * (9 + 16 + 0.25 + 0.0625))),
        (new GroupPenalty((0, 2, 0.3), (3, 1, 2)), false, (0.3 * 5) + (2 * 0.25)),
    ];

    [Fact]
    public void Sets_cost_nothing_and_penalties_what_their_formulas_say()
    {
        foreach (var (map, projects, value) in Maps)
        {
            Assert.Equal(projects, map.IsProjection);
            Assert.Equal(value, map.Value<double>(W), 1e-14);
            Assert.Equal(value, map.Value<float>([3, -4, 0.5f, -0.25f]), 1e-6);
        }
    }

    [Fact]
    public void Points_on_the_rim_are_left_alone()
    {
        double[] ball = [1.2, -1.6], box = [2, -2, 1.5], zero = [0, 0];
        new Ball(2).Apply<double>(ball, 1);
        Assert.Equal([1.2, -1.6], ball);
        new Box(2).Apply<double>(box, 1);
        Assert.Equal([2, -2, 1.5], box);
        new Ball(2).Apply<double>(zero, 1);
        Assert.Equal([0, 0], zero);
    }

    [Fact]
    public void Numbers_out_of_range_are_named()
    {
        foreach (double bad in new[] { 0, -1, double.NaN })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new Ball(bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => new Box(bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => new Simplex(bad));
        }
        foreach (double bad in new[] { -1, double.NaN, double.PositiveInfinity })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new L1Penalty([0, bad]));
            Assert.Throws<ArgumentException>(() => new GroupPenalty((0, 1, bad)));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => new ElasticNetPenalty(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ElasticNetPenalty(0, -1));
        Assert.Throws<ArgumentException>(() => new GroupPenalty((-1, 1, 1)));
        Assert.Throws<ArgumentException>(() => new GroupPenalty((0, 0, 1)));
        Assert.Equal(0, new L1Penalty([0]).Value<double>([5]));
        Assert.Equal(0, new ElasticNetPenalty(0, 0).Value<double>([5]));
        Assert.Equal(0, new GroupPenalty((0, 1, 0)).Value<double>([5]));
    }
}
