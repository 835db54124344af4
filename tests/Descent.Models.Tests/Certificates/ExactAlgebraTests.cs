using Descent.Models.Certificates;

namespace Descent.Models.Tests.Certificates;

/// <summary>Elimination and factors in double-double arithmetic,
/// on whole numbers with known solutions and eigenvalues by another method.</summary>
public class ExactAlgebraTests
{
    static DoubleDouble[] Wide(double[] x) => [.. x.Select(a => (DoubleDouble)a)];

    static double[] Times(double[] a, double[] x) =>
        [.. Enumerable.Range(0, x.Length).Select(i => Enumerable.Range(0, x.Length).Sum(j => a[(i * x.Length) + j] * x[j]))];

    static double[] Whole(Draws draws, int count) => [.. Enumerable.Range(0, count).Select(_ => (double)draws.NextIndex(19) - 9)];

    // B Bᵀ of a d × rank matrix of whole numbers.
    static double[] Gram(double[] b, int d, int rank)
    {
        double[] a = new double[d * d];
        for (int i = 0; i < d; i++)
            for (int j = 0; j < d; j++)
                for (int k = 0; k < rank; k++) a[(i * d) + j] += b[(i * rank) + k] * b[(j * rank) + k];
        return a;
    }

    static double[] Upper(double[] a, int d)
    {
        double[] u = (double[])a.Clone();
        for (int i = 0; i < d; i++)
            for (int j = 0; j < i; j++) u[(i * d) + j] = double.NaN;
        return u;
    }

    [Fact]
    public void Elimination_finds_whole_solutions()
    {
        for (ulong seed = 1; seed <= 60; seed++)
        {
            Draws draws = new(seed);
            int d = 1 + (int)(seed % 6);
            double[] a = Whole(draws, d * d), x = Whole(draws, d);
            for (int j = 0; j < d; j++) a[(j * d) + j] += 40;
            // A pivot that must not be taken first.
            for (int j = 1; j < d && seed % 3 == 0; j++) (a[j], a[j * d]) = (j, j + 1);
            if (seed % 3 == 0) a[0] = 1e-25;
            DoubleDouble[] right = Wide(Times(a, x));
            if (seed % 3 == 0) right[0] = ((DoubleDouble)1e-25 * x[0]) + Enumerable.Range(1, d - 1).Sum(j => a[j] * x[j]);
            Assert.True(Elimination.Solve(Wide(a), right, d));
            for (int j = 0; j < d; j++) Assert.InRange(Math.Abs((double)(right[j] - x[j])), 0, 1e-26);
        }
    }

    [Fact]
    public void Elimination_tells_open_unknowns_from_contradictions()
    {
        for (ulong seed = 1; seed <= 40; seed++)
        {
            Draws draws = new(seed, 3);
            int d = 2 + (int)(seed % 4);
            double[] a = Whole(draws, d * d), x = Whole(draws, d);
            for (int j = 0; j < d; j++) a[((d - 1) * d) + j] = 2 * a[j] - (d > 2 ? a[d + j] : 0);
            double[] b = Times(a, x);
            DoubleDouble[] right = Wide(b);
            Assert.True(Elimination.Solve(Wide(a), right, d));
            Assert.Contains(right, r => r.Hi == 0);
            for (int i = 0; i < d; i++)
            {
                DoubleDouble s = -b[i];
                for (int j = 0; j < d; j++) s += right[j] * a[(i * d) + j];
                Assert.InRange(Math.Abs(s.Hi), 0, 1e-25);
            }
            b[d - 1] += 1;
            Assert.False(Elimination.Solve(Wide(a), Wide(b), d));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Factors_solve_and_bound_the_smallest_eigenvalue(bool plain)
    {
        for (ulong seed = 1; seed <= 60; seed++)
        {
            Draws draws = new(seed, 4);
            int d = 1 + (int)(seed % 7);
            double[] a = Gram(Whole(draws, d * (d + 2)), d, d + 2), x = Whole(draws, d);
            for (int j = 0; j < d; j++) a[(j * d) + j] += 1;
            if (seed % 4 == 0)
                for (int i = 0; i < d; i++)
                    for (int j = 0; j < d; j++) a[(i * d) + j] *= Math.ScaleB(1, i + j - 6);
            Factorisation factor = plain ? new PlainFactor(Wide(Upper(a, d)), d) : new ExactFactor(Wide(Upper(a, d)), d, 1e-26);
            DoubleDouble[] result = new DoubleDouble[d];
            factor.Solve(Wide(Times(a, x)), result);
            for (int j = 0; j < d; j++)
            {
                Assert.InRange(Math.Abs((double)(result[j] - x[j])), 0, plain ? 1e-9 : 1e-25);
                Assert.Equal(1 / Math.Sqrt(a[(j * d) + j]), factor.ScaleOf(j), 1e-15);
            }
            Assert.Equal(d, factor.Rank);
            Assert.Equal(Enumerable.Range(0, d), factor.Order.ToArray().Order());
            double least = Least(a, d, [.. Enumerable.Range(0, d)]), bound = factor.SmallestEigenvalue(0);
            // What rounding may hide is subtracted; where the first guess is too high the next is a fixed part of it.
            double top = plain ? 1e-2 : 0.25 * ((ExactFactor)factor).SmallestPivot, part = plain ? 33 : 8.01;
            Assert.InRange(bound, Math.Min(0.999 * top, least / part), least * (1 + 1e-12));
            if (!plain) Assert.InRange(((ExactFactor)factor).SmallestPivot, least * (1 - 1e-12), 1);
            double error = 0.02 * least / d;
            double careful = factor.SmallestEigenvalue(error);
            Assert.InRange(careful, Math.Min(0.999 * top, 0.98 * least / part), (least - (error * d)) * (1 + 1e-12));
            Assert.Equal(0, factor.SmallestEigenvalue(1.001 * least / d));
        }
    }

    static double Least(double[] a, int d, int[] kept)
    {
        double[] scaled = [.. kept.SelectMany(i => kept.Select(j => a[(i * d) + j] / Math.Sqrt(a[(i * d) + i] * a[(j * d) + j])))];
        SymmetricEigen eigen = new(kept.Length);
        Assert.True(eigen.Decompose(scaled));
        return eigen.Values[0];
    }

    [Fact]
    public void A_factor_leaves_out_columns_that_depend_on_others()
    {
        for (ulong seed = 1; seed <= 40; seed++)
        {
            Draws draws = new(seed, 5);
            int d = 3 + (int)(seed % 4), rank = 2;
            double[] a = Gram(Whole(draws, d * rank), d, rank), x = Whole(draws, d), b = Times(a, x);
            for (int j = 0; j < d; j++) a[(j * d) + 2] = a[(2 * d) + j] = 0;
            b = Times(a, x);
            ExactFactor factor = new(Wide(Upper(a, d)), d, 1e-26);
            Assert.Equal(0, factor.ScaleOf(2));
            Assert.InRange(factor.Rank, 1, 2);
            Assert.Equal(Enumerable.Range(0, d), factor.Order.ToArray().Order());
            DoubleDouble[] result = new DoubleDouble[d];
            factor.Solve(Wide(b), result);
            int[] kept = [.. factor.Order[..factor.Rank].ToArray()];
            for (int j = 0; j < d; j++)
                if (!kept.Contains(j)) Assert.Equal(0, result[j].Hi);
            for (int i = 0; i < d; i++)
            {
                DoubleDouble s = -b[i];
                for (int j = 0; j < d; j++) s += result[j] * a[(i * d) + j];
                Assert.InRange(Math.Abs(s.Hi), 0, 1e-24);
            }
            double least = Least(a, d, kept);
            Assert.InRange(factor.SmallestEigenvalue(0), Math.Min(0.2499 * factor.SmallestPivot, least / 8.01), least * (1 + 1e-12));
            // A threshold above a pivot leaves its column out.
            Assert.Equal(1, new ExactFactor(Wide(Upper(a, d)), d, 0.9999999).Rank);
        }
    }

    [Fact]
    public void Nothing_to_factor_is_definite()
    {
        DoubleDouble[] zero = new DoubleDouble[4], x = [1, 1];
        foreach (Factorisation factor in (Factorisation[])[new ExactFactor(zero, 2, 1e-20), new PlainFactor(zero, 2)])
        {
            factor.Solve(x, x);
            Assert.Equal((0, 1, 0, 0), (factor.Rank, factor.SmallestEigenvalue(1), x[0].Hi, x[1].Hi));
            x = [1, 1];
        }
    }

    // Columns of zeros are last in the order; a matrix that is singular to rounding is solved as near to it.
    [Fact]
    public void A_plain_factor_copes_with_singular_matrices()
    {
        double[] a = [4, 0, 2, 0, 0, 0, 2, 0, 1];
        PlainFactor factor = new(Wide(a), 3);
        Assert.Equal(2, factor.Rank);
        Assert.Equal([0, 2, 1], factor.Order.ToArray());
        DoubleDouble[] x = new DoubleDouble[3];
        factor.Solve(Wide([10, 7, 5]), x);
        Assert.Equal(0, x[1].Hi);
        Assert.Equal(10, (4 * x[0].Hi) + (2 * x[2].Hi), 1e-6);
        Assert.Equal(5, (2 * x[0].Hi) + x[2].Hi, 1e-6);
        Assert.Equal(0, factor.SmallestEigenvalue(0));
    }

    [Fact]
    public void Large_matrices_are_factored_in_double_precision()
    {
        DoubleDouble[] small = new DoubleDouble[150 * 150], large = new DoubleDouble[151 * 151];
        Assert.IsType<ExactFactor>(Factorisation.Of(small, 150, 0));
        Assert.IsType<PlainFactor>(Factorisation.Of(large, 151, 0));
    }
}
