using System.Globalization;
using System.Text;

namespace Descent.Data.Tests.Csv;

/// <summary>Tables, counts and messages do not depend on how many threads read: the table of one thread is what the others are held
/// to, and what it has to be is written down where the text is made.</summary>
public class CsvThreadTests
{
    static readonly int[] Several = [2, 3, 8];

    public static TheoryData<string> Texts => ["numbers", "levels", "quoted feeds", "missing", "blank lines", "bad rows", "empty column",
        "late column", "no last feed", "returns"];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_table_is_the_same(string kind)
    {
        using TempFile file = new(Text(kind));
        CsvOptions options = new()
        {
            Missing = kind == "missing" ? MissingPolicy.Skip : kind == "late column" ? MissingPolicy.Keep : MissingPolicy.Fail,
            SkipBadRows = kind == "bad rows",
        };
        Table one = CsvReader.Read([file.Path], options with { Threads = 1 });
        Assert.InRange(one.RowCount, 10_000, 200_000);
        foreach (int threads in Several) Same(one, CsvReader.Read([file.Path], options with { Threads = threads }));
    }

    [Fact]
    public void Two_texts_are_one_table()
    {
        using TempFile first = new(Text("levels")), second = new(Text("levels"));
        string[] paths = [first.Path, second.Path];
        Table one = CsvReader.Read(paths, new CsvOptions { Threads = 1 });
        foreach (int threads in Several) Same(one, CsvReader.Read(paths, new CsvOptions { Threads = threads }));
    }

    [Theory]
    [InlineData("17,oops,x", "found 'oops', expected a number")]
    [InlineData("17,,x", "the value is missing")]
    [InlineData("17,3", "found 2 fields, expected 3")]
    [InlineData("17,3,\"x", "a quoted field is not closed before the end of the file")]
    public void The_place_of_a_fault_is_the_same(string row, string words)
    {
        string good = Text("levels");
        int lines = good.Count(c => c == '\n');
        using TempFile file = new(good + row + "\n" + good[(good.IndexOf('\n') + 1)..]);
        foreach (int threads in (int[])[1, .. Several])
        {
            DataException e = Assert.Throws<DataException>(() => CsvReader.Read([file.Path], new CsvOptions { Threads = threads }));
            Assert.Contains(words, e.Message, StringComparison.Ordinal);
            Assert.Contains($"line {lines + 1}", e.Message, StringComparison.Ordinal);
        }
    }

    // Rows of the same three columns; what is special comes some hundreds of rows apart, so that pieces begin in the middle of it.
    static string Text(string kind)
    {
        StringBuilder text = new("a,b,c" + (kind is "empty column" or "late column" ? ",\n" : "\n"));
        Draws draws = new(19);
        string feed = kind == "returns" ? "\r\n" : "\n";
        for (int i = 1; text.Length < 900_000; i++)
        {
            bool special = draws.NextIndex(300) == 0;
            string number = (draws.NextNormal() * Math.Pow(10, draws.NextIndex(9) - 4)).ToString("R", CultureInfo.InvariantCulture);
            // A new level every so often, and old ones in between.
            string level = kind == "numbers" ? $"{i % 97}" : $"w{(special ? i : i % 13)}";
            if (kind == "quoted feeds" && special) level = $"\"a \"\"b\"\",\n{i % 7},1,x\n\"";
            if (kind == "missing" && special) number = "NA";
            if (kind == "bad rows" && special) number = "1;2";
            if (kind == "blank lines" && special) text.Append("\n  \n");
            // A run of them that a piece ends in, and one that fills pieces.
            if (kind == "blank lines" && i == 10_000) text.Append('\n', 300_000);
            text.Append(i).Append(',').Append(number).Append(',').Append(level);
            if (kind is "empty column") text.Append(',');
            if (kind is "late column") text.Append(i < 9_000 ? ",NA" : ",7.5");
            text.Append(feed);
        }
        if (kind == "no last feed") text.Length--;
        if (kind == "late column") text.Replace("a,b,c,\n", "a,b,c,d\n", 0, 8);
        return text.ToString();
    }

    static void Same(Table one, Table other)
    {
        Assert.Equal((one.RowCount, one.Skipped, one.FirstSkip, one.Bytes), (other.RowCount, other.Skipped, other.FirstSkip, other.Bytes));
        Assert.Equal(one.Notes, other.Notes);
        Assert.Equal(one.Columns.Select(c => (c.Name, c.IsText, c.Missing)), other.Columns.Select(c => (c.Name, c.IsText, c.Missing)));
        foreach ((Column a, Column b) in one.Columns.Zip(other.Columns))
        {
            Assert.Equal(a.Levels, b.Levels);
            Assert.True(a.Codes.SequenceEqual(b.Codes));
            Assert.True(System.Runtime.InteropServices.MemoryMarshal.AsBytes(a.Numbers)
                .SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(b.Numbers)));
        }
    }
}
