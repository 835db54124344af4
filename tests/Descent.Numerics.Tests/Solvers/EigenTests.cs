namespace Descent.Numerics.Tests.Solvers;

public class EigenTests
{
    static double[] Symmetric(int d, int seed)
    {
        Draws draws = new((ulong)seed);
        double[] a = new double[d * d];
        for (int i = 0; i < d; i++)
            for (int j = i; j < d; j++) a[(i * d) + j] = a[(j * d) + i] = draws.NextNormal();
        return a;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(60)]
    public void Vectors_are_orthonormal_and_diagonalise(int d)
    {
        double[] a = Symmetric(d, d);
        SymmetricEigen eigen = new(d);
        Assert.True(eigen.Decompose(a));
        double[] av = new double[d];
        for (int i = 0; i < d; i++)
        {
            ReadOnlySpan<double> v = eigen.Vector(i);
            for (int k = 0; k < d; k++) av[k] = Vectors.Dot<double>(a.AsSpan(k * d, d), v);
            for (int k = 0; k < d; k++) Assert.Equal(eigen.Values[i] * v[k], av[k], 1e-12 * d);
            for (int j = 0; j <= i; j++) Assert.Equal(i == j ? 1 : 0, Vectors.Dot(v, eigen.Vector(j)), 1e-13 * d);
            if (i > 0) Assert.True(eigen.Values[i] >= eigen.Values[i - 1]);
        }
    }

    // The second-difference matrix has eigenvalues 2 − 2cos(kπ/(d+1)).
    [Fact]
    public void Values_of_the_second_difference_matrix_are_its_closed_form()
    {
        const int D = 30;
        double[] a = new double[D * D];
        for (int i = 0; i < D; i++)
        {
            a[(i * D) + i] = 2;
            if (i + 1 < D) a[(i * D) + i + 1] = -1;
        }
        SymmetricEigen eigen = new(D);
        Assert.True(eigen.Decompose(a));
        for (int k = 1; k <= D; k++) Assert.Equal(2 - (2 * Math.Cos(k * Math.PI / (D + 1))), eigen.Values[k - 1], 1e-13);
    }

    [Fact]
    public void Repeated_values_zero_and_what_is_not_finite_are_ordinary()
    {
        SymmetricEigen eigen = new(4);
        Assert.True(eigen.Decompose([3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 3]));
        Assert.Equal([3, 3, 3, 3], eigen.Values.ToArray());
        Assert.True(eigen.Decompose(new double[16]));
        Assert.Equal([0, 0, 0, 0], eigen.Values.ToArray());
        Assert.False(eigen.Decompose([double.NaN, 0, 0, 0, 0, 3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 3]));
    }

    // Over the whole space the tridiagonal matrix has the eigenvalues of H.
    [Fact]
    public void Lanczos_over_the_whole_space_is_exact()
    {
        const int D = 12;
        double[] a = Symmetric(D, 5), t = new double[D * D];
        Lanczos lanczos = new(D, 50);
        Assert.Equal(D, lanczos.Most);
        lanczos.Begin([.. Enumerable.Range(0, D).Select(i => Math.Sin(i + 1))]);
        do
        {
            for (int k = 0; k < D; k++) lanczos.Product[k] = Vectors.Dot(a.AsSpan(k * D, D), lanczos.Vector(lanczos.Count));
        }
        while (lanczos.Step());
        Assert.Equal(D, lanczos.Count);
        lanczos.Tridiagonal(t, D);
        SymmetricEigen small = new(D), whole = new(D);
        Assert.True(small.Decompose(t) && whole.Decompose(a));
        for (int i = 0; i < D; i++) Assert.Equal(whole.Values[i], small.Values[i], 1e-11);
    }

    [Fact]
    public void Products_of_small_matrices_are_those_by_hand()
    {
        double[] a = [1, 2, 3, 4, 5, 6], b = [7, 8, 9, 10, 11, 12], c = new double[4], at = new double[4];
        Matrices.Multiply<double>(a, b, c, 2, 3, 2);
        Assert.Equal([58, 64, 139, 154], c);
        Matrices.MultiplyTransposed<double>(a, b, c, 2, 3, 2);
        Assert.Equal([50, 68, 122, 167], c);
        Matrices.TransposeMultiply<double>([1, 2, 3, 4, 5, 6], b, at, 2, 3, 2);
        Assert.Equal([89, 98, 116, 128], at);
    }
}
