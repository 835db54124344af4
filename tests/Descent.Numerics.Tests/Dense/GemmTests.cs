namespace Descent.Numerics.Tests.Dense;

public class GemmTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 7)]
    [InlineData(8, 16, 32)]
    [InlineData(9, 17, 33)]
    [InlineData(64, 30, 10)]
    [InlineData(17, 1, 48)]
    [InlineData(0, 3, 2)]
    [InlineData(4, 0, 5)]
    public void Products_in_every_form_are_the_triple_loop(int m, int k, int n)
    {
        Draws draws = new(4);
        foreach (bool ta in new[] { false, true })
        {
            foreach (bool tb in new[] { false, true })
            {
                double[] a = [.. Enumerable.Range(0, m * k).Select(_ => draws.NextNormal())],
                    b = [.. Enumerable.Range(0, k * n).Select(_ => draws.NextNormal())], c = new double[m * n];
                Array.Fill(c, 0.5);
                float[] narrow = new float[m * n];
                new Gemm<double>().Multiply(a, ta, b, tb, c, m, k, n, add: true);
                new Gemm<float>().Multiply([.. a.Select(v => (float)v)], ta, [.. b.Select(v => (float)v)], tb, narrow, m, k, n);
                for (int i = 0; i < m; i++)
                {
                    for (int j = 0; j < n; j++)
                    {
                        double sum = 0;
                        for (int l = 0; l < k; l++) sum += a[ta ? (l * m) + i : (i * k) + l] * b[tb ? (j * k) + l : (l * n) + j];
                        Assert.Equal(0.5 + sum, c[(i * n) + j], 1e-12 * (1 + k));
                        Assert.Equal(sum, narrow[(i * n) + j], 1e-5 * (1 + k));
                    }
                }
            }
        }
    }

    // One fused sum in the order of k for every entry, whichever tile it falls into.
    [Fact]
    public void Bits_do_not_depend_on_the_tile()
    {
        const int M = 21, K = 40, N = 45;
        Draws draws = new(5);
        float[] a = [.. Enumerable.Range(0, M * K).Select(_ => (float)draws.NextNormal())],
            b = [.. Enumerable.Range(0, K * N).Select(_ => (float)draws.NextNormal())], c = new float[M * N];
        new Gemm<float>().Multiply(a, false, b, false, c, M, K, N);
        for (int i = 0; i < M; i++)
        {
            for (int j = 0; j < N; j++)
            {
                float sum = 0;
                for (int l = 0; l < K; l++) sum = MathF.FusedMultiplyAdd(a[(i * K) + l], b[(l * N) + j], sum);
                Assert.Equal(sum, c[(i * N) + j]);
            }
        }
    }

    [Theory]
    [InlineData(64, 784, 128)]
    [InlineData(784, 64, 128)]
    [InlineData(640, 100, 17)]
    [InlineData(131, 70, 97)]
    public void Threads_share_a_product_with_the_same_bits(int m, int k, int n)
    {
        Draws draws = new(6);
        using Workers workers = new(3);
        Gemm<float> alone = new(), shared = new() { Workers = workers };
        float[] a = [.. Enumerable.Range(0, m * k).Select(_ => (float)draws.NextNormal())],
            b = [.. Enumerable.Range(0, k * n).Select(_ => (float)draws.NextNormal())], c = new float[m * n], d = new float[m * n];
        foreach (bool ta in new[] { false, true })
        {
            foreach (bool tb in new[] { false, true })
            {
                alone.Multiply(a, ta, b, tb, c, m, k, n);
                shared.Multiply(a, ta, b, tb, d, m, k, n);
                Assert.Equal(c, d);
            }
        }
    }
}
