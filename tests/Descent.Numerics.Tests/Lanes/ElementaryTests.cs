using System.Runtime.Intrinsics;

namespace Descent.Numerics.Tests.Lanes;

public class ElementaryTests
{
    static double Ulps(double found, double exact) =>
        Math.Abs(found - exact) / Math.Max(double.Epsilon, Math.BitIncrement(Math.Abs(exact)) - Math.Abs(exact));

    [Fact]
    public void Exponential_is_within_two_ulp_of_the_platform()
    {
        Draws draws = new(5);
        double worst = 0;
        for (int i = 0; i < 200_000; i++)
        {
            double x = (draws.NextDouble() * 1400) - 700;
            worst = Math.Max(worst, Ulps(Elementary.Exp(x), Math.Exp(x)));
        }
        Assert.True(worst <= 2, $"worst {worst}");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-800, 0)]
    [InlineData(800, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void Exponential_at_the_edges(double x, double expected) => Assert.Equal(expected, Elementary.Exp(x));

    [Fact]
    public void Exponential_reaches_the_subnormals()
    {
        Assert.Equal(Math.Exp(-740), Elementary.Exp(-740), 3 * double.Epsilon);
        Assert.True(Elementary.Exp(-744) > 0);
    }

    [Fact]
    public void Logistic_loss_and_derivative_are_accurate_in_both_tails()
    {
        foreach (double z in new[] { -800, -50, -1, -1e-9, 0, 1e-9, 1, 37, 50, 800 })
        {
            foreach (double y in new[] { 0.0, 1 })
            {
                double derivative = Elementary.LogisticOne(z, y, out double value);
                // log(1 + e^z) − yz without cancellation.
                double exact = y == 1 ? Softplus(-z) : Softplus(z);
                Assert.True(Ulps(value, exact) <= 4 || Math.Abs(value - exact) < 1e-300, $"z {z}, y {y}: {value} against {exact}");
                Assert.Equal((1 / (1 + Math.Exp(-z))) - y, derivative, 1e-15);
                Assert.Equal(derivative, Elementary.LogisticDerivative(z, y));
            }
        }
    }

    [Fact]
    public void Vector_and_single_forms_have_the_same_bits()
    {
        Draws draws = new(6);
        double[] z = [.. Enumerable.Range(0, 53).Select(_ => 10 * draws.NextNormal())], y = [.. z.Select((_, i) => i % 2.0)],
            value = new double[53], derivative = [.. z];
        Elementary.Logistic(derivative, y, value);
        for (int i = 0; i < z.Length; i++)
        {
            Assert.Equal(Elementary.LogisticOne(z[i], y[i], out double v), derivative[i]);
            Assert.Equal(v, value[i]);
        }
    }

    static double Softplus(double z) => z > 0 ? z + LogOnePlus(Math.Exp(-z)) : LogOnePlus(Math.Exp(z));

    // Kahan's log(1 + x).
    static double LogOnePlus(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1);
    }
}
