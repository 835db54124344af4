namespace Descent.Data.Columnar.Tests;

/// <summary>Whether two tables hold the same, to the bit.</summary>
static class SameTable
{
    public static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, name);

    public static void Check(Table a, Table b)
    {
        Assert.Equal(a.AllNames, b.AllNames);
        CheckColumns(a, b);
    }

    /// <summary>The columns that were read, where one of the two has others beside them.</summary>
    public static void CheckColumns(Table a, Table b)
    {
        Assert.Equal((a.RowCount, a.Skipped, a.Columns.Count, a.HasHeader, a.DecimalSign, a.Separator, a.Encoding),
            (b.RowCount, b.Skipped, b.Columns.Count, b.HasHeader, b.DecimalSign, b.Separator, b.Encoding));
        foreach (var (x, y) in a.Columns.Zip(b.Columns))
        {
            Assert.Equal((x.Name, x.IsText, x.Missing), (y.Name, y.IsText, y.Missing));
            Assert.Equal(x.Levels, y.Levels);
            Assert.Equal(x.Codes.ToArray(), y.Codes.ToArray());
            Assert.Equal(Bits(x), Bits(y));
        }
    }

    static long[] Bits(Column c) => [.. c.Numbers.ToArray().Select(BitConverter.DoubleToInt64Bits)];
}
