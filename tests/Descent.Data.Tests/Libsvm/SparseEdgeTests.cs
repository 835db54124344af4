namespace Descent.Data.Tests.Libsvm;

/// <summary>LIBSVM text at its edges.</summary>
public class SparseEdgeTests
{
    static SparseData<double> Read(string text, LibsvmOptions? options = null)
    {
        using TempFile file = new(text);
        return LibsvmReader.Read<double>([DataSource.Open(file.Path)], options ?? new LibsvmOptions());
    }

    // 2⁶⁴ + 1, 2⁶⁴ and numbers of many digits wrap to small ones when nobody looks.
    [Theory]
    [InlineData("18446744073709551617")]
    [InlineData("18446744073709551616")]
    [InlineData("36893488147419103233")]
    [InlineData("4294967297")]
    [InlineData("100000000000000000000000000000000000000000000000000000000001")]
    public void A_column_number_that_overflows_is_refused(string index) =>
        Assert.Contains("expected a column number of at most 268435456",
            Assert.Throws<DataException>(() => Read($"1 {index}:1\n0 1:1\n")).Message, StringComparison.Ordinal);

    [Fact]
    public void Leading_zeros_and_long_decimals_are_numbers()
    {
        SparseData<double> d = Read("1 000000000000000000000000000000002:0.123456789012345678901234567890123456789012345\n1 "
            + "1:0.000000000000000000000000000000000000000125#x\n");
        Assert.Equal([1], d.Rows.IndicesOf(0).ToArray());
        Assert.Equal([0.12345678901234568], d.Rows.ValuesOf(0).ToArray());
        Assert.Equal([1.25e-40], d.Rows.ValuesOf(1).ToArray());
    }

    [Fact]
    public void Without_labels_only_entries_count()
    {
        SparseData<double> d = Read("1:2 3:4\n? 2:1\nunknown 1:1\n7 1:5\nnan\n2:8", new LibsvmOptions { NeedLabels = false });
        Assert.Equal([double.NaN, double.NaN, double.NaN, 7, double.NaN, double.NaN], d.Labels);
        Assert.Equal(5, d.Unlabelled);
        Assert.Equal([0, 2], d.Rows.IndicesOf(0).ToArray());
        Assert.Equal([2, 4], d.Rows.ValuesOf(0).ToArray());
        Assert.Equal([1], d.Rows.IndicesOf(5).ToArray());
        Assert.Equal(0, d.Rows.EntriesOf(4));
        Assert.Contains("line 1, character 1: found '1:2', expected a label", Assert.Throws<DataException>(() => Read("1:2 3:4\n")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_are_counted_by_what_occurs()
    {
        SparseData<double> d = Read("1 1:1 20000000:1\n0 1:2\n1 3:1 5:2\n");
        int[] numbers = ColumnMap.Occurring(d.Rows);
        Assert.Equal([0, 2, 4, 19_999_999], numbers);
        (CsrRows<double> rows, long dropped) = ColumnMap.Select(d.Rows, numbers);
        Assert.Equal((4, 0L), (rows.Columns, dropped));
        Assert.Equal([0, 3], rows.IndicesOf(0).ToArray());
        (rows, dropped) = ColumnMap.Select(d.Rows, [2, 4]);
        Assert.Equal((2L, 3L), (rows.Entries, dropped));
        Assert.Equal([1, 2], rows.ValuesOf(2).ToArray());
    }

    // Either way of finding the columns gives the same, as a set does.
    [Fact]
    public void Columns_are_found_alike_by_bits_and_by_sorting()
    {
        Draws draws = new(6);
        System.Text.StringBuilder text = new();
        SortedSet<int> expected = [];
        for (int i = 0; i < 300; i++)
        {
            SortedSet<int> row = [.. Enumerable.Range(0, draws.NextIndex(5)).Select(_ => draws.NextIndex(2000))];
            expected.UnionWith(row);
            text.Append('1');
            foreach (int j in row) text.Append(' ').Append(j + 1).Append(":1");
            text.Append('\n');
        }
        Assert.Equal(expected, ColumnMap.Occurring(Read(text.ToString()).Rows));
        Assert.Equal([.. expected, 99_999_999], ColumnMap.Occurring(Read(text + "1 100000000:1\n").Rows));
    }
}
