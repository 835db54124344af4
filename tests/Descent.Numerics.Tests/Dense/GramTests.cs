namespace Descent.Numerics.Tests.Dense;

/// <summary>Weighted Gram matrices against the sum that defines them,
/// for every width of the last tile and on every vector width that the tests are run with.</summary>
public class GramTests
{
    [Fact]
    public void Every_number_of_columns_gives_the_upper_triangle_of_the_sum()
    {
        Draws draws = new(5);
        for (int d = 1; d <= 61; d++)
        {
            const int Rows = 70;
            double[] x = [.. Enumerable.Range(0, Rows * d).Select(_ => draws.NextNormal())],
                h = [.. Enumerable.Range(0, Rows).Select(_ => draws.NextNormal())];
            int stride = d + 3;
            double[] gram = [.. Enumerable.Range(0, d * stride).Select(i => (double)i)];
            new DenseRows<double>(x, Rows, d).AddGram(0, h, gram, stride);
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j < stride; j++)
                {
                    // The lower triangle and what lies between the rows keep what was there.
                    double expected = (i * stride) + j, size = 1;
                    for (int k = 0; k < Rows && j >= i && j < d; k++)
                    {
                        expected += h[k] * x[(k * d) + i] * x[(k * d) + j];
                        size += Math.Abs(h[k] * x[(k * d) + i] * x[(k * d) + j]);
                    }
                    Assert.True(Math.Abs(gram[(i * stride) + j] - expected) <= 1e-13 * (size + Math.Abs(expected)),
                        $"d = {d}, entry {i}, {j}: {gram[(i * stride) + j]}, expected {expected}");
                }
            }
        }
    }
}
