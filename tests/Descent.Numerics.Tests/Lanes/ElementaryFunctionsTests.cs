namespace Descent.Numerics.Tests.Lanes;

public class ElementaryFunctionsTests
{
    delegate void Mapping(ReadOnlySpan<double> x, Span<double> y);

    static double UlpsOf(double found, double exact) => found == exact || (double.IsNaN(found) && double.IsNaN(exact))
        ? 0
        : Math.Abs(found - exact) / Math.Max(double.Epsilon, Math.BitIncrement(Math.Abs(exact)) - Math.Abs(exact));

    static double[] Inputs(Func<Draws, double> draw)
    {
        Draws draws = new(17);
        return [.. Enumerable.Range(0, 300_000).Select(_ => draw(draws))];
    }

    static double Worst(double[] x, Mapping function, Func<double, double> exact)
    {
        double[] y = new double[x.Length];
        function(x, y);
        int at = 0;
        for (int i = 0; i < x.Length; i++)
            if (UlpsOf(y[i], exact(x[i])) > UlpsOf(y[at], exact(x[at]))) at = i;
        // The errors of both sides add up: 2.5 here, two or so there.
        if (UlpsOf(y[at], exact(x[at])) > 4.5) Assert.Fail($"{x[at]:R}: {y[at]:R} against {exact(x[at]):R}");
        return UlpsOf(y[at], exact(x[at]));
    }

    // The platform's own functions are within an ulp themselves;
    // logarithms of both sides of 1, tails and the near-linear part of tanh are all drawn.
    [Fact]
    public void Doubles_are_within_a_few_ulps_of_the_platform()
    {
        double[] wide = Inputs(d => (d.NextDouble() - 0.5) * 1480), near = Inputs(d => d.NextNormal() * 3),
            small = Inputs(d => d.NextNormal() * Math.Pow(10, -12 * d.NextDouble())),
            positive = Inputs(d => Math.Exp((d.NextDouble() - 0.5) * 1400)), one = Inputs(d => 1 + (0.5 * (d.NextDouble() - 0.5)));
        Assert.InRange(Worst(wide, ElementaryFunctions.Exp, Math.Exp), 0, 2.5);
        Assert.InRange(Worst(positive, ElementaryFunctions.Log, Math.Log), 0, 2.5);
        Assert.InRange(Worst(one, ElementaryFunctions.Log, Math.Log), 0, 2.5);
        foreach (double[] x in new[] { near, small, wide }) Assert.InRange(Worst(x, ElementaryFunctions.Tanh, Math.Tanh), 0, 3.5);
        foreach (double[] x in new[] { near, small, wide })
            Assert.InRange(
                Worst(x, ElementaryFunctions.Sigmoid, v => v >= 0 ? 1 / (1 + Math.Exp(-v)) : Math.Exp(v) / (1 + Math.Exp(v))), 0, 3.5);
        foreach (double[] x in new[] { near, small, wide })
            Assert.InRange(Worst(x, ElementaryFunctions.Softplus, v => Math.Max(v, 0) + LogOnePlus(Math.Exp(-Math.Abs(v)))), 0, 4.5);
    }

    // In 28 decimal digits the error itself is measured, without the platform's.
    [Fact]
    public void Tanh_and_sigmoid_are_within_two_and_a_half_ulps_of_exact_values()
    {
        double worst = 0;
        Draws draws = new(9);
        double[] y = new double[1];
        for (int i = 0; i < 4000; i++)
        {
            double x = draws.NextNormal() * (i % 2 == 0 ? 2 : 0.3);
            decimal e = Exp(Decimal(Math.Abs(x)));
            ElementaryFunctions.Tanh([Math.Abs(x)], y);
            worst = Math.Max(worst, Off(y[0], ((e * e) - 1) / ((e * e) + 1)));
            ElementaryFunctions.Sigmoid([x], y);
            worst = Math.Max(worst, Off(y[0], x >= 0 ? e / (1 + e) : 1 / (1 + e)));
        }
        Assert.InRange(worst, 0, 2.5);
    }

    // Kahan's form: what 1 + e loses is lost in the denominator too.
    static double LogOnePlus(double e) => 1 + e is var u && u != 1 ? Math.Log(u) * (e / (u - 1)) : e;

    static double Off(double found, decimal exact) =>
        (double)Math.Abs(Decimal(found) - exact) / (Math.BitIncrement((double)exact) - (double)exact);

    // The conversion of the platform rounds to 15 digits; this one is exact for |x| above 2⁻⁴⁰.
    static decimal Decimal(double x)
    {
        long whole = (long)Math.ScaleB(x, 40);
        return (whole / 1099511627776m) + ((decimal)Math.ScaleB(x - Math.ScaleB(whole, -40), 60) / 1152921504606846976m);
    }

    static decimal Exp(decimal x)
    {
        int halvings = 0;
        while (x > 0.01m)
        {
            x /= 2;
            halvings++;
        }
        decimal sum = 1, term = 1;
        for (int k = 1; k < 14; k++) sum += term *= x / k;
        for (; halvings > 0; halvings--) sum *= sum;
        return sum;
    }

    // Doubles are exact enough to measure floats by.
    [Fact]
    public void Floats_are_within_two_and_a_half_ulps()
    {
        Within(ElementaryFunctions.Exp, Math.Exp, d => (d.NextDouble() - 0.5) * 210);
        Within(ElementaryFunctions.Log, Math.Log, d => Math.Exp((d.NextDouble() - 0.5) * 200));
        Within(ElementaryFunctions.Log, Math.Log, d => 1 + (0.5 * (d.NextDouble() - 0.5)));
        foreach (double scale in new[] { 1e-20, 0.1, 1, 30 })
        {
            Within(ElementaryFunctions.Tanh, Math.Tanh, d => d.NextNormal() * scale);
            Within(ElementaryFunctions.Sigmoid, v => v >= 0 ? 1 / (1 + Math.Exp(-v)) : Math.Exp(v) / (1 + Math.Exp(v)),
                d => d.NextNormal() * scale);
            Within(ElementaryFunctions.Softplus, v => Math.Max(v, 0) + LogOnePlus(Math.Exp(-Math.Abs(v))), d => d.NextNormal() * scale);
        }
    }

    delegate void Narrow(ReadOnlySpan<float> x, Span<float> y);

    static void Within(Narrow function, Func<double, double> exact, Func<Draws, double> draw)
    {
        float[] x = [.. Inputs(draw).Take(50_001).Select(v => (float)v)], y = new float[x.Length];
        function(x, y);
        for (int i = 0; i < x.Length; i++)
        {
            double e = exact(x[i]), ulp = Math.Max(float.Epsilon, MathF.BitIncrement(MathF.Abs((float)e)) - (double)MathF.Abs((float)e));
            Assert.True(float.IsInfinity(y[i]) ? Math.Abs(e) > float.MaxValue : Math.Abs(y[i] - e) <= 2.5 * ulp,
                $"{x[i]:R}: {y[i]:R} against {e:R}");
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(0f)]
    [InlineData(1e-45f)]
    [InlineData(-1e-45f)]
    [InlineData(-103.9f)]
    [InlineData(float.MaxValue)]
    public void Edges_of_floats_are_those_of_the_standard(float x)
    {
        float[] y = new float[1];
        ElementaryFunctions.Exp([x], y);
        Assert.Equal(MathF.Exp(x), y[0], float.Epsilon);
        ElementaryFunctions.Log([x], y);
        Assert.Equal(MathF.Log(x), y[0], 1e-5f);
        ElementaryFunctions.Tanh([x], y);
        Assert.Equal(MathF.Tanh(x), y[0]);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(0.0)]
    [InlineData(5e-324)]
    [InlineData(-5e-324)]
    [InlineData(1e-310)]
    [InlineData(1.7976931348623157e308)]
    [InlineData(-745.2)]
    public void Edges_are_those_of_the_standard(double x)
    {
        double[] y = new double[1];
        ElementaryFunctions.Exp([x], y);
        Assert.Equal(Math.Exp(x), y[0], 5e-324);
        ElementaryFunctions.Log([x], y);
        Assert.InRange(UlpsOf(y[0], Math.Log(x)), 0, 1);
        ElementaryFunctions.Tanh([x], y);
        Assert.InRange(UlpsOf(y[0], Math.Tanh(x)), 0, 1);
        ElementaryFunctions.Tanh([-x], y);
        Assert.Equal(double.IsNegative(-x), double.IsNegative(y[0]));
        ElementaryFunctions.Sigmoid([x], y);
        Assert.Equal(double.IsNaN(x) ? double.NaN : x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x)), y[0], 1e-16);
        ElementaryFunctions.Softplus([x], y);
        Assert.InRange(UlpsOf(y[0], double.IsNaN(x) ? x : x > 700 ? x : LogOnePlus(Math.Exp(x))), 0, 2);
    }

    [Fact]
    public void The_bits_of_an_entry_do_not_depend_on_its_place()
    {
        double[] x = [.. Inputs(d => d.NextNormal() * 5).Take(29)], all = new double[29], one = new double[1];
        ElementaryFunctions.Tanh<double>(x, all);
        for (int i = 0; i < x.Length; i++)
        {
            ElementaryFunctions.Tanh([x[i]], one);
            Assert.Equal(all[i], one[0]);
        }
    }
}
