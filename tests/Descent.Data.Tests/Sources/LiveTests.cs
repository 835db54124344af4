using System.Text;

namespace Descent.Data.Tests.Sources;

/// <summary>Inputs whose rows are taken as they come.</summary>
public sealed class LiveTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent-live").FullName;

    string Write(string text)
    {
        string path = Path.Combine(folder, "data");
        File.WriteAllText(path, text);
        return path;
    }

    DataSource Live(string text) => DataSource.OpenLive(Write(text), null, CancellationToken.None, () => { })!;

    static List<double> All(ITableStream stream, string column)
    {
        List<double> all = [];
        while (stream.Next() is { } table) all.AddRange(table.Find(column)!.Numbers.ToArray());
        return all;
    }

    // Two hundred thousand rows are several blocks of 64 KiB: none is lost or cut where blocks meet.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_row_comes_once_and_in_order(bool json)
    {
        StringBuilder text = new(json ? "" : "i,t\n");
        const int Rows = 200_000;
        for (int i = 0; i < Rows; i++) text.Append(json ? $"{{\"i\":{i},\"t\":\"w{i % 7}\"}}\n" : $"{i},w{i % 7}\n");
        using ITableStream stream = TableReader.Stream(Live(text.ToString()), new CsvOptions { LookAt = TableStream.LookAt });
        Assert.Equal(Enumerable.Range(0, Rows).Select(i => (double)i), All(stream, "i"));
    }

    // The first 64 records decide: what the 100th is like, no reader can know beforehand.
    [Fact]
    public void A_column_is_what_its_first_rows_are()
    {
        string text = "a,b\n" + string.Concat(Enumerable.Repeat("1,x\n", 99)) + "oops,x\n";
        using ITableStream stream = TableReader.Stream(Live(text), new CsvOptions { LookAt = TableStream.LookAt });
        string message = Assert.Throws<DataException>(() => All(stream, "a")).Message;
        Assert.Contains("line 101, column 'a': found 'oops', expected a number", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_are_left_out_are_counted()
    {
        using ITableStream stream = TableReader.Stream(Live("a,b\n1,2\n,3\n4,5,6\n7,8\n"),
            new CsvOptions { LookAt = 4, Missing = MissingPolicy.Skip, SkipBadRows = true });
        Assert.Equal([1.0, 7], All(stream, "a"));
        Assert.Equal(2, stream.Skipped);
    }

    [Fact]
    public void Sparse_rows_are_those_of_the_whole_file()
    {
        string text = string.Concat(Enumerable.Range(0, 30_000).Select(i => $"{i % 2} {1 + (i % 5)}:{i}.5 9:1\n"));
        SparseData<double> whole = LibsvmReader.Read<double>([Write(text)]);
        using SparseStream stream = SparseStream.Libsvm(Live(text), new LibsvmOptions());
        int row = 0;
        while (stream.Next() is { } come)
            for (int i = 0; i < come.Labels.Length; i++, row++)
            {
                Assert.Equal(whole.Labels[row], come.Labels[i]);
                Assert.Equal(whole.Rows.IndicesOf(row).ToArray(), come.Rows.IndicesOf(i).ToArray());
                Assert.Equal(whole.Rows.ValuesOf(row).ToArray(), come.Rows.ValuesOf(i).ToArray());
            }
        Assert.Equal(30_000, row);
    }

    [Fact]
    public void The_place_of_a_bad_row_is_counted_from_the_start()
    {
        using SparseStream stream = SparseStream.Vw(Live(string.Concat(Enumerable.Repeat("1 |a b\n", 20_000)) + "1 |a b:z\n"),
            new VwOptions());
        string message = Assert.Throws<DataException>(() =>
        {
            while (stream.Next() is not null)
            {
            }
        }).Message;
        Assert.Contains("line 20001, character 6", message, StringComparison.Ordinal);
    }

    // Nothing has come when the waiting is called off: there is no input.
    [Fact]
    public void Waiting_can_be_called_off()
    {
        using CancellationTokenSource cancel = new();
        cancel.Cancel();
        Assert.Null(DataSource.OpenLive(Write("a\n1\n"), null, cancel.Token, () => { }));
    }

    // Called off between two reads: what follows the last whole line says nothing.
    [Fact]
    public void A_line_that_is_cut_off_says_nothing()
    {
        using CancellationTokenSource cancel = new();
        string text = "1 |a b\n" + new string('x', 1 << 17);
        using DataSource source = DataSource.OpenLive(Write(text), null, cancel.Token, () => { })!;
        using SparseStream stream = SparseStream.Vw(source, new VwOptions());
        Assert.Equal([1.0], stream.Next()!.Labels);
        cancel.Cancel();
        Assert.Null(stream.Next());
    }

    public void Dispose() => Directory.Delete(folder, true);
}
