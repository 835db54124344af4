using Descent.Testing;

namespace Descent.Testing.Tests;

/// <summary>A check of gradients finds the errors that it is for.</summary>
public class GradientCheckTests
{
    static readonly double[] Place = [0.7, -1.3, 2.1];

    // Σ xᵢ⁴/4 with the slope and the bend as given.
    static Separable Quartic(Func<double, int, double>? slope = null, Func<double, int, double>? bend = null) =>
        new(new double[3], (x, _) => x * x * x * x / 4, slope ?? ((x, _) => x * x * x), bend ?? ((x, _) => 3 * x * x));

    [Fact]
    public void The_right_gradient_passes()
    {
        Assert.InRange(GradientCheck.Deviation(Quartic(), Place), 0, 1e-8);
        Assert.InRange(GradientCheck.HessianDeviation(Quartic(), Place), 0, 1e-8);
    }

    public static TheoryData<string> Errors =>
        ["sign of one coordinate", "one part in a thousand", "last coordinate left out", "neighbour's slope", "offset"];

    static Func<double, int, double> Wrong(string error) => error switch
    {
        "sign of one coordinate" => (x, i) => i == 1 ? -x * x * x : x * x * x,
        "one part in a thousand" => (x, i) => i == 2 ? 1.001 * x * x * x : x * x * x,
        "last coordinate left out" => (x, i) => i == 2 ? 0 : x * x * x,
        "neighbour's slope" => (x, i) => Math.Pow(Place[(i + 1) % 3], 3),
        _ => (x, _) => (x * x * x) + 0.01,
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void A_wrong_gradient_is_found(string error) => Assert.True(GradientCheck.Deviation(Quartic(Wrong(error)), Place) > 5e-4);

    [Fact]
    public void A_wrong_hessian_is_found()
    {
        Assert.True(GradientCheck.HessianDeviation(Quartic(bend: (x, i) => i == 2 ? -3 * x * x : 3 * x * x), Place) > 1);
        Assert.True(GradientCheck.HessianDeviation(Quartic(bend: (x, _) => 2 * x * x), Place) > 0.3);
        Assert.True(GradientCheck.HessianDeviation(Quartic(bend: (_, _) => 0), Place) > 1);
    }

    // 1.001·2.1³ − 2.1³ = 0.009261 beside the largest entry 1.001·2.1³.
    [Fact]
    public void The_deviation_is_relative_to_the_largest_entry() =>
        Assert.Equal(0.001 / 1.001, GradientCheck.Deviation(Quartic(Wrong("one part in a thousand")), Place), 1e-8);

    [Fact]
    public void The_gradient_at_a_sample_is_checked_against_the_value_at_the_same_sample()
    {
        Sample sample = new(SampleOrder.Replacement, 77, 5, 4);
        Assert.InRange(GradientCheck.Deviation(new NoisyQuadratic<double>([1, 2, 3], 0.5), Place, sample), 0, 1e-8);
        Assert.InRange(GradientCheck.Deviation(new NoisyOracle(Quartic(), 0.5), Place, sample), 0, 1e-8);
        Assert.True(GradientCheck.Deviation(new NoisyOracle(Quartic(Wrong("offset")), 0.5), Place, sample) > 5e-4);
    }

    [Fact]
    public void The_point_is_left_as_it_was()
    {
        double[] w = [.. Place];
        GradientCheck.Deviation(Quartic(), w);
        GradientCheck.HessianDeviation(Quartic(), w);
        Assert.Equal(Place, w);
    }

    [Fact]
    public void Allocations_are_seen()
    {
        object? kept = null;
        Assert.InRange(AllocationCheck.Bytes(() => kept = new double[1000]), 8000, 8100);
        Assert.NotNull(kept);
        int sum = 0;
        Assert.Equal(0, AllocationCheck.Bytes(() => sum++));
    }
}
