using Descent.Models.Inference;

namespace Descent.Models.Tests.Inference;

public class ColumnRankTests
{
    static double[] Normal(int n, int d, ulong seed)
    {
        Draws draws = new(seed, 11);
        double[] x = new double[n * d];
        for (int i = 0; i < x.Length; i++) x[i] = draws.NextNormal();
        return x;
    }

    static (int, ColumnFault, string)[] Found(double[] x, int n, int d, bool intercept = true, double[]? weights = null) =>
        [.. ColumnRank.Dependent(new DenseRows<double>(x, n, d), weights, intercept)
            .Select(f => (f.Column, f.Fault, string.Join(' ', f.Of)))];

    [Fact]
    public void Zero_constant_and_combined_columns_are_told_apart()
    {
        double[] x = Normal(50, 6, 1);
        for (int i = 0; i < 50; i++)
        {
            x[(i * 6) + 1] = 0;
            x[(i * 6) + 2] = 0.1;
            x[(i * 6) + 4] = 3 * x[i * 6];
            x[(i * 6) + 5] = x[(i * 6) + 3] - (2 * x[i * 6]) + 1e6;
        }
        Assert.Equal([(1, ColumnFault.Zero, ""), (2, ColumnFault.Constant, ""), (4, ColumnFault.Combination, "0"),
            (5, ColumnFault.Combination, "0 3")], Found(x, 50, 6));
        // Without an intercept a constant is a column like another, and the offset is explained by it.
        Assert.Equal([(1, ColumnFault.Zero, ""), (4, ColumnFault.Combination, "0"), (5, ColumnFault.Combination, "0 2 3")],
            Found(x, 50, 6, false));
    }

    // Levels of a factor without a reference add up to the intercept: the last is left out.
    [Fact]
    public void Dummies_of_all_levels_lose_one()
    {
        double[] x = [.. Enumerable.Range(0, 30).SelectMany(i => Enumerable.Range(0, 3).Select(l => i % 3 == l ? 1.0 : 0))];
        Assert.Equal([(2, ColumnFault.Combination, "0 1")], Found(x, 30, 3));
        Assert.Empty(Found(x, 30, 3, false));
    }

    // Close is not dependent: what is left decides, down to rounding, whatever the offset and the unit.
    [Theory]
    [InlineData(0, 1e-3, false)]
    [InlineData(0, 1e-9, false)]
    [InlineData(1e8, 1e-3, false)]
    [InlineData(1e13, 1, false)]
    [InlineData(0, 0, true)]
    [InlineData(1e8, 0, true)]
    [InlineData(1e13, 0, true)]
    public void Nearly_dependent_columns_stay(double offset, double distance, bool dependent)
    {
        double[] x = Normal(40, 3, 2);
        for (int i = 0; i < 40; i++)
        {
            double noise = x[(i * 3) + 2];
            x[i * 3] += offset;
            x[(i * 3) + 2] = x[i * 3] + (distance * noise);
        }
        Assert.Equal(dependent, Found(x, 40, 3).Length == 1);
    }

    [Fact]
    public void Rows_of_weight_zero_and_missing_entries_of_sparse_rows_are_seen_as_they_are()
    {
        double[] x = [1, 1, 1, 1, 5, 2], weights = [1, 1, 0];
        Assert.Equal([(0, ColumnFault.Constant, ""), (1, ColumnFault.Constant, "")], Found(x, 3, 2, true, weights));
        // Column 1 is stored with one value, but not in every row.
        CsrRows<double> rows = new([0, 1, 3, 4], [0, 0, 1, 0], [7, 7, 2, 7], 3);
        Assert.Equal([(0, ColumnFault.Constant), (2, ColumnFault.Zero)],
            ColumnRank.Dependent(rows, null, true).Select(f => (f.Column, f.Fault)));
    }
}
