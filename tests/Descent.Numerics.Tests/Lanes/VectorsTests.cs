namespace Descent.Numerics.Tests.Lanes;

public class VectorsTests
{
    // The order that the documentation promises, written out with scalars.
    static double Reference(double[] x, double[] y)
    {
        double[] p = new double[32];
        int whole = x.Length / 32 * 32, i = 0;
        for (; i < whole; i++) p[i % 32] = Math.FusedMultiplyAdd(x[i], y[i], p[i % 32]);
        int lane = 0;
        for (; i + 8 <= x.Length; lane++)
            for (int k = 0; k < 8; k++, i++) p[(8 * lane) + k] = Math.FusedMultiplyAdd(x[i], y[i], p[(8 * lane) + k]);
        for (int k = 0; i < x.Length; k++, i++) p[24 + k] = Math.FusedMultiplyAdd(x[i], y[i], p[24 + k]);
        double[] q = new double[8];
        for (int k = 0; k < 8; k++) q[k] = (p[k] + p[8 + k]) + (p[16 + k] + p[24 + k]);
        for (int half = 4; half > 0; half /= 2)
            for (int k = 0; k < half; k++) q[k] += q[k + half];
        return q[0];
    }

    [Fact]
    public void Dot_sums_in_the_documented_order_at_every_length()
    {
        Draws draws = new(1);
        for (int n = 0; n < 200; n++)
        {
            double[] x = [.. Enumerable.Range(0, n).Select(_ => draws.NextNormal())], y = [.. x.Select(_ => draws.NextNormal())];
            Assert.Equal(BitConverter.DoubleToInt64Bits(Reference(x, y)), BitConverter.DoubleToInt64Bits(Vectors.Dot<double>(x, y)));
        }
    }

    [Fact]
    public void Rows_taken_four_at_a_time_have_the_bits_of_single_rows()
    {
        Draws draws = new(2);
        foreach (int d in new[] { 1, 7, 8, 31, 32, 40, 57, 100 })
        {
            double[] x = [.. Enumerable.Range(0, 9 * d).Select(_ => draws.NextNormal())],
                w = [.. Enumerable.Range(0, d).Select(_ => draws.NextNormal())];
            DenseRows<double> rows = new(x, 9, d);
            double[] z = new double[9], g = new double[d], h = new double[d];
            rows.Dots(0, w, z);
            for (int i = 0; i < 9; i++) Assert.Equal(Vectors.Dot<double>(x.AsSpan(i * d, d), w), z[i]);
            rows.AddScaled(0, z, g);
            for (int i = 0; i < 9; i++) rows.AddScaled(i, z[i], h);
            Assert.Equal(h, g);
        }
    }

    [Fact]
    public void Norm_does_not_overflow_or_underflow()
    {
        Assert.Equal(5e200, Vectors.Norm<double>([3e200, 4e200]), 1e190);
        Assert.Equal(5e-200, Vectors.Norm<double>([3e-200, 4e-200]), 1e-214);
        Assert.Equal(5.0, Vectors.Norm<float>([3f, 4f]), 1e-6);
    }

    [Fact]
    public void Gram_equals_the_triple_loop()
    {
        Draws draws = new(4);
        foreach (int d in new[] { 1, 3, 8, 30, 53 })
        {
            int n = 150;
            double[] x = [.. Enumerable.Range(0, n * d).Select(_ => draws.NextNormal())],
                h = [.. Enumerable.Range(0, n).Select(_ => draws.NextDouble())], gram = new double[d * d];
            new DenseRows<double>(x, n, d).AddGram(0, h, gram, d);
            for (int i = 0; i < d; i++)
                for (int j = i; j < d; j++)
                    Assert.Equal(Enumerable.Range(0, n).Sum(k => h[k] * x[(k * d) + i] * x[(k * d) + j]), gram[(i * d) + j], 1e-10);
        }
    }

    [Fact]
    public void Sparse_rows_reject_columns_out_of_range()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new CsrRows<double>([0, 1], [3], [1.0], 3));
        Assert.Equal("Column number 3 is outside 0 … 2.", e.Message);
    }
}
