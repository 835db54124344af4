using System.Globalization;
using Descent.Runs;

namespace Descent.Tests.Runs;

/// <summary>A bound that is printed is one: in exact decimal arithmetic not below the number, and by less than a unit of its last digit
/// above.</summary>
public class BoundTextTests
{
    [Theory]
    [InlineData(0.00027814, 4, "0.0002782")]
    [InlineData(0.0002781, 4, "0.0002781")]
    [InlineData(1.2343e-7, 4, "1.235E-07")]
    [InlineData(9999.5, 4, "1E+04")]
    [InlineData(0.99996, 4, "1")]
    [InlineData(1, 4, "1")]
    [InlineData(0, 4, "0")]
    [InlineData(1e300, 3, "1E+300")]
    [InlineData(double.Epsilon, 2, "4.9E-324")]
    [InlineData(double.PositiveInfinity, 4, "Infinity")]
    [InlineData(double.NaN, 4, "NaN")]
    [InlineData(-0.12345, 4, "-0.1235")]
    public void Last_digits_are_rounded_up(double x, int digits, string text) => Assert.Equal(text, BoundText.AtMost(x, digits));

    [Fact]
    public void No_bound_is_below_its_number_and_none_a_unit_above()
    {
        Draws draws = new(11);
        for (int k = 0; k < 20_000; k++)
        {
            int digits = 1 + (k % 6);
            double x = Math.Exp(30 * draws.NextNormal() % 55);
            double written = double.Parse(BoundText.AtMost(x, digits), CultureInfo.InvariantCulture),
                unit = Math.Pow(10, Math.Floor(Math.Log10(x)) - digits + 1);
            Assert.True(written >= x, $"{x:R} to {digits} digits is {written:R}");
            Assert.True(written - x <= unit * (1 + 1e-9), $"{x:R} to {digits} digits is {written:R}");
        }
    }
}
