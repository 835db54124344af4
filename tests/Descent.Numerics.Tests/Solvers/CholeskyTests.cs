namespace Descent.Numerics.Tests.Solvers;

public class CholeskyTests
{
    [Fact]
    public void Solves_a_known_system()
    {
        // A = [[4, 2], [2, 3]], b = (2, 1): x = (0.5, 0).
        Cholesky factor = new(2);
        double[] x = new double[2];
        Assert.True(factor.Factor([4, 2, 0, 3]));
        factor.Solve([2, 1], x);
        Assert.Equal(0.5, x[0], 1e-15);
        Assert.Equal(0, x[1], 1e-15);
        Assert.Equal(1, factor.InverseNorm([2, 1]), 1e-15);
    }

    [Fact]
    public void Names_the_column_that_makes_a_matrix_singular()
    {
        Cholesky factor = new(2);
        Assert.False(factor.Factor([1, 1, 0, 1]));
        Assert.Equal(1, factor.WeakestColumn);
    }
}
