using Descent.Models.Certificates;

namespace Descent.Models.Tests.Certificates;

/// <summary>Double-double arithmetic against rational arithmetic, within the bounds of Joldes, Muller and Popescu 2017.</summary>
public class DoubleDoubleTests
{
    const double Squared = 1.2325951644078309e-32; // u², u = 2⁻⁵³

    static DoubleDouble Any(Draws draws, int spread = 60)
    {
        double hi = draws.NextNormal() * Math.ScaleB(1, draws.NextIndex((2 * spread) + 1) - spread),
            lo = hi * Math.ScaleB(0.99 * ((2 * draws.NextDouble()) - 1), -54);
        return draws.NextIndex(5) == 0 ? new DoubleDouble(hi) : new DoubleDouble(hi, lo);
    }

    static void Normal(DoubleDouble x) => Assert.Equal(x.Hi, x.Hi + x.Lo);

    [Fact]
    public void Sums_differences_products_and_quotients_keep_106_bits()
    {
        Draws draws = new(1);
        for (int i = 0; i < 3000; i++)
        {
            DoubleDouble a = Any(draws), b = i % 3 == 0 ? Near(a, draws) : Any(draws);
            Check(a + b, (Fraction)a + b, 3.01, a, b);
            Check(a - b, (Fraction)a - b, 3.01, a, b);
            Check(a * b, (Fraction)a * b, 5, a, b);
            Check(a * b.Hi, (Fraction)a * b.Hi, 2.01, a, b);
            Check(a / b, (Fraction)a / b, 15, a, b);
        }
    }

    // −a but for some last digits: what is left of a sum.
    static DoubleDouble Near(DoubleDouble a, Draws draws)
    {
        double hi = -a.Hi * (1 + Math.ScaleB(draws.NextNormal(), -draws.NextIndex(60)));
        return new DoubleDouble(hi, hi * Math.ScaleB(0.99 * ((2 * draws.NextDouble()) - 1), -54));
    }

    static void Check(DoubleDouble result, Fraction exact, double units, DoubleDouble a, DoubleDouble b)
    {
        Normal(result);
        double error = Fraction.Error(result, exact);
        Assert.True(error <= units * Squared, $"{a} and {b}: {error / Squared} u²");
    }

    [Fact]
    public void Roots_square_back()
    {
        Draws draws = new(2);
        for (int i = 0; i < 1000; i++)
        {
            DoubleDouble x = DoubleDouble.Abs(Any(draws)), s = DoubleDouble.Sqrt(x);
            Normal(s);
            Assert.InRange(Fraction.Error((Fraction)s * s, x), 0, 16 * Squared);
        }
        Assert.Equal(0, DoubleDouble.Sqrt(0).Hi);
        Assert.Equal(0, DoubleDouble.Sqrt(-1).Hi);
        Assert.Equal(0, DoubleDouble.Sqrt(double.NaN).Hi);
    }

    [Fact]
    public void Exponentials_keep_94_bits()
    {
        Draws draws = new(3);
        for (int i = 0; i < 120; i++)
        {
            DoubleDouble x = Any(draws, 10);
            if (Math.Abs(x.Hi) > 600) x = DoubleDouble.Scale(x, -6);
            DoubleDouble e = DoubleDouble.Exp(x);
            Normal(e);
            Assert.InRange(Fraction.Error(e, Fraction.Exp(x)), 0, Math.ScaleB(1, -94));
        }
        Assert.Equal(1, DoubleDouble.Exp(0).Hi);
        Assert.Equal(double.PositiveInfinity, DoubleDouble.Exp(709.5).Hi);
        Assert.True(double.IsFinite(DoubleDouble.Exp(708.9).Hi));
        Assert.Equal(0, DoubleDouble.Exp(-746).Hi);
        Assert.Equal(0, DoubleDouble.Exp(double.NegativeInfinity).Hi);
        Assert.Equal(double.Epsilon, DoubleDouble.Exp(-744.4).Hi);
        Assert.True(double.IsNaN(DoubleDouble.Exp(double.NaN).Hi));
    }

    [Fact]
    public void Signs_and_powers_of_two_are_exact()
    {
        DoubleDouble x = new(-3, 1e-17), tail = new(0, -1e-20);
        Assert.Equal((3, -1e-17), (DoubleDouble.Abs(x).Hi, DoubleDouble.Abs(x).Lo));
        Assert.Equal((3, -1e-17), (DoubleDouble.Abs(-x).Hi, DoubleDouble.Abs(-x).Lo));
        Assert.Equal(1e-20, DoubleDouble.Abs(tail).Lo);
        Assert.Equal(1e-20, DoubleDouble.Abs(-tail).Lo);
        Assert.Equal((-24, 8e-17), (DoubleDouble.Scale(x, 3).Hi, DoubleDouble.Scale(x, 3).Lo));
        Assert.Equal(-3 + 1e-17, (double)x);
        Assert.Equal(0.1 + 0.2, DoubleDouble.Sum(0.1, 0.2, out double error));
        Assert.Equal(0, Fraction.Error((Fraction)0.1 + 0.2, (Fraction)(0.1 + 0.2) + error));
        Assert.Equal("1.5 + 1E-20", new DoubleDouble(1.5, 1e-20).ToString());
    }
}
