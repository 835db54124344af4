using System.Globalization;

namespace Descent.Numerics.Tests.Bounds;

/// <summary>A bound that is printed is one: not on the wrong side of the number, and within a unit of its last digit.</summary>
public class BoundFormatTests
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
    [InlineData(-0.12346, 4, "-0.1234")]
    [InlineData(-0.12341, 4, "-0.1234")]
    public void Upper_bounds_are_rounded_up(double x, int digits, string text) => Assert.Equal(text, BoundFormat.AtMost(x, digits));

    [Theory]
    [InlineData(0.00027816, 4, "0.0002781")]
    [InlineData(0.25, 4, "0.25")]
    [InlineData(1.00004, 4, "1")]
    [InlineData(0.99996, 4, "0.9999")]
    [InlineData(-0.12341, 4, "-0.1235")]
    [InlineData(-9999.6, 4, "-1E+04")]
    [InlineData(double.NegativeInfinity, 4, "-Infinity")]
    public void Lower_bounds_are_rounded_down(double x, int digits, string text) => Assert.Equal(text, BoundFormat.AtLeast(x, digits));

    [Fact]
    public void No_bound_is_on_the_wrong_side_of_its_number_and_none_a_unit_away()
    {
        Draws draws = new(11);
        for (int k = 0; k < 20_000; k++)
        {
            int digits = 1 + (k % 6);
            double x = (k % 2 == 0 ? 1 : -1) * Math.Exp(30 * draws.NextNormal() % 55),
                unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(x))) - digits + 1),
                high = double.Parse(BoundFormat.AtMost(x, digits), CultureInfo.InvariantCulture),
                low = double.Parse(BoundFormat.AtLeast(x, digits), CultureInfo.InvariantCulture);
            Assert.True(low <= x && x <= high, $"{x:R} to {digits} digits is between {low:R} and {high:R}");
            Assert.True(high - low <= unit * (1 + 1e-9), $"{x:R} to {digits} digits is between {low:R} and {high:R}");
        }
    }
}
