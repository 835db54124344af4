using Descent.Models.Certificates;
using Descent.Models.Linear;

namespace Descent.Models.Tests.Certificates;

/// <summary>Columns made as combinations of others by hand, and spoilt by one unit in the last place.</summary>
public class DependenceTests
{
    static ExactRisk Of(double[][] columns, double[]? y = null, double[]? weights = null)
    {
        int n = columns[0].Length;
        double[] x = [.. Enumerable.Range(0, n).SelectMany(i => columns.Select(c => c[i]))];
        return ExactRisk.Of(
            Problems.Dense("linear", x, y ?? new double[n], new RiskOptions { Intercept = false, Weights = weights }), 1e6)!;
    }

    static double[] Column(ulong seed, int n = 12)
    {
        Draws draws = new(seed, 6);
        return [.. Enumerable.Range(0, n).Select(_ => Math.Round(1000 * draws.NextNormal()) / 1024)];
    }

    // Guesses are in units of the scaled columns.
    static DoubleDouble[] Scaled(ExactRisk risk, int column, params double[] guess) =>
        [.. guess.Select((g, k) => (DoubleDouble)(g * risk.Unit[column] / risk.Unit[k]))];

    static bool Exact(ExactRisk risk, params double[] guess) =>
        Dependence.IsExact(risk, new bool[risk.Rows], 2, [0, 1], Scaled(risk, 2, guess));

    [Theory]
    [InlineData(2, -3)]
    [InlineData(0, 5)]
    [InlineData(0.25, 1.5)]
    [InlineData(-1, 0)]
    public void A_combination_with_small_whole_numbers_is_exact(double p, double q)
    {
        double[] a = Column(1), b = Column(2);
        double[] c = [.. a.Select((x, i) => (p * x) + (q * b[i]))];
        Assert.True(Exact(Of([a, b, c]), p, q));
        Assert.True(Exact(Of([a, b, c]), p + 1e-9, q - 1e-9));
        c[7] = Math.BitIncrement(c[7]);
        Assert.False(Exact(Of([a, b, c]), p, q));
        ExactRisk spoilt = Of([a, b, c]);
        double ulp = (c[7] - Math.BitDecrement(c[7])) * spoilt.Unit[2];
        Assert.Equal(ulp, Dependence.Remainder(spoilt, new bool[12], 2, [0, 1], Scaled(spoilt, 2, p, q)), ulp * 1e-3);
    }

    // 3c = a + 2b has no finite quotient.
    [Fact]
    public void Common_denominators_are_found()
    {
        double[] a = [3, 6, -1, 9, 4], b = [0, 3, 2, -3, 4], c = [.. a.Select((x, i) => (x + (2 * b[i])) / 3)];
        Assert.True(Exact(Of([a, b, c]), 1 / 3.0, 2 / 3.0));
        c[0] = Math.BitIncrement(c[0]);
        Assert.False(Exact(Of([a, b, c]), 1 / 3.0, 2 / 3.0));
    }

    [Fact]
    public void A_factor_that_is_any_double_is_found_with_a_column_as_the_unit()
    {
        double[] a = [1, 0, 2, -4, 0.5], b = [0, 1, 3, 2, 8];
        double third = 1 / 3.0;
        // c = a·fl(1/3), exactly; then a = 3.000…c.
        double[] c = [.. a.Select(x => third * x)];
        Assert.True(Exact(Of([a, b, c]), third, 0));
    }

    [Fact]
    public void Rows_that_do_not_count_are_not_looked_at()
    {
        double[] a = Column(3), b = Column(4), c = [.. a.Select((x, i) => x - b[i])];
        c[5] += 1;
        ExactRisk risk = Of([a, b, c]);
        bool[] masked = new bool[12];
        Assert.False(Dependence.IsExact(risk, masked, 2, [0, 1], Scaled(risk, 2, 1, -1)));
        Assert.Equal(risk.Unit[2], Dependence.Remainder(risk, masked, 2, [0, 1], Scaled(risk, 2, 1, -1)), 1e-15);
        masked[5] = true;
        Assert.True(Dependence.IsExact(risk, masked, 2, [0, 1], Scaled(risk, 2, 1, -1)));
        Assert.Equal(double.Epsilon, Dependence.Remainder(risk, masked, 2, [0, 1], Scaled(risk, 2, 1, -1)));
        Assert.True(Exact(Of([a, b, c], null, [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1]), 1, -1));
    }

    // 2⁶⁰ − 2⁶⁰ + 2⁻⁶⁰ is not 0, though sums in double precision say so.
    [Fact]
    public void No_digit_is_lost_in_long_sums()
    {
        double[] a = [1, 1, 0, 0], b = [1, 0, 1, 0], c = [2, 1, 1, 0];
        Assert.True(Exact(Of([a, b, c]), 1, 1));
        a[0] += Math.ScaleB(1, -52);
        Assert.False(Exact(Of([a, b, c]), 1, 1));
        // Values so small that their products lose digits prove nothing.
        Assert.False(
            Exact(Of([[1e-200, 1], [1, 1e-200], [1e-200, 1]]), 1, 0) && Exact(Of([[1e-200, 1], [1, 1e-200], [1.0000001e-200, 1]]), 1, 0));
    }
}
