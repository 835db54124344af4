using System.Data;
using System.Globalization;
using System.Text;

namespace Descent.Data.Tests.Tables;

/// <summary>A table of typed rows is the table of their CSV, which is written out here by hand.</summary>
public class ColumnReaderTests
{
    const string Text = """
        x,f,i,l,d,s,b,day,at
        0.1,0.1,-3,9007199254740993,0.30,red,true,2024-01-31,2024-01-31 10:20:30
        ,3.4e38,7,1,123456789.123456789,blue,false,2024-02-01,2024-02-01 00:00:00
        -1e-300,1.17549e-38,,2,-0.1, red ,true,2024-01-31,2024-01-31 10:20:30.25
        2.5,16777217,2147483647,-9223372036854775808,79228162514264337593543950335,green,false,1999-12-31,1999-12-31 23:59:59
        5e-324,0.3,0,4,0,NA,true,2024-01-31,2024-01-31 10:20:30
        3,-0.7,1,5,1,green,,2024-01-31,2024-01-31 10:20:30

        """;

    static DataTable Typed()
    {
        DataTable t = Columns(("x", typeof(double)), ("f", typeof(float)), ("i", typeof(int)), ("l", typeof(long)), ("d", typeof(decimal)),
            ("s", typeof(string)), ("b", typeof(bool)), ("day", typeof(DateOnly)), ("at", typeof(DateTime)));
        DateOnly day = new(2024, 1, 31);
        DateTime at = new(2024, 1, 31, 10, 20, 30);
        t.Rows.Add(0.1, 0.1f, -3, 9007199254740993, 0.30m, "red", true, day, at);
        t.Rows.Add(double.NaN, 3.4e38f, 7, 1, 123456789.123456789m, "blue", false, new DateOnly(2024, 2, 1), new DateTime(2024, 2, 1));
        t.Rows.Add(-1e-300, 1.17549e-38f, null, 2, -0.1m, " red ", true, day, at.AddMilliseconds(250));
        t.Rows.Add(2.5, 16777217f, int.MaxValue, long.MinValue, decimal.MaxValue, "green", false, new DateOnly(1999, 12, 31),
            new DateTime(1999, 12, 31, 23, 59, 59));
        t.Rows.Add(5e-324, 0.3f, 0, 4, 0m, "NA", true, day, at);
        t.Rows.Add(3.0, -0.7f, 1, 5, 1m, "green", null, day, at);
        return t;
    }

    // 16777217 is no single; its shortest decimal is that of 16777216, which a CSV of the single would hold.
    static readonly string Csv = Text.Replace("16777217", "16777216", StringComparison.Ordinal);

    [Theory]
    [InlineData(MissingPolicy.Skip)]
    [InlineData(MissingPolicy.Keep)]
    [InlineData(MissingPolicy.Mean)]
    public void Rows_of_a_reader_are_the_rows_of_their_csv(MissingPolicy missing)
    {
        using TempFile file = new(Csv);
        Table text = CsvReader.Read([file.Path], new CsvOptions { Missing = missing });
        Table typed = Table.Of(Typed().CreateDataReader(), new ColumnOptions { Missing = missing });
        Same(text, typed);
        Assert.Equal(missing == MissingPolicy.Skip ? 4 : 0, typed.Skipped);
    }

    // Texts that come again are not looked at again: those that are missing, numbers in two spellings and blanks have to be what they were.
    [Theory]
    [InlineData(MissingPolicy.Skip, 3)]
    [InlineData(MissingPolicy.Keep, 0)]
    public void Texts_that_come_again_are_what_they_were(MissingPolicy missing, int skipped)
    {
        string[] texts = ["a", "NA", " a", "1.0", "NA", "b", "1", "a", "NA", "01", " a"];
        DataTable t = Columns(("s", typeof(string)), ("x", typeof(double)));
        for (int i = 0; i < texts.Length; i++) t.Rows.Add(texts[i], (double)i);
        using TempFile file = new("s,x\n" + string.Concat(texts.Select((s, i) => FormattableString.Invariant($"{s},{i}\n"))));
        Table typed = Table.Of(t.CreateDataReader(), new ColumnOptions { Missing = missing });
        Same(CsvReader.Read([file.Path], new CsvOptions { Missing = missing }), typed);
        Assert.Equal((skipped, 3), (typed.Skipped, typed.Columns[0].Missing));
    }

    [Fact]
    public void A_missing_value_is_an_error_that_names_its_row()
    {
        DataException e = Assert.Throws<DataException>(() => Table.Of(Typed().CreateDataReader(), source: "orders"));
        Assert.StartsWith("orders, row 2, column 'x': the value is missing (null).", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_and_numbers_that_mean_a_missing_value_do_so_in_every_column()
    {
        ColumnOptions options = new() { Missing = MissingPolicy.Keep, MissingWords = ["-3", "blue"] };
        Table typed = Table.Of(Typed().CreateDataReader(), options);
        using TempFile file = new(Csv);
        Same(CsvReader.Read([file.Path], new CsvOptions { Missing = MissingPolicy.Keep, MissingWords = ["-3", "blue"] }), typed);
        Assert.Equal([2, 2], [typed.Find("i")!.Missing, typed.Find("s")!.Missing]);
    }

    [Fact]
    public void Columns_asked_for_as_text_keep_all_their_digits()
    {
        string[] texts = ["l", "d", "i", "x"];
        using TempFile file = new(Csv);
        Table typed = Table.Of(Typed().CreateDataReader(), new ColumnOptions { Missing = MissingPolicy.Keep, TextColumns = texts });
        Same(CsvReader.Read([file.Path], new CsvOptions { Missing = MissingPolicy.Keep, TextColumns = texts }), typed);
        Assert.Equal("9007199254740993", typed.Find("l")!.Levels[0]);
        Assert.Equal("7.9228162514264337593543950335e28", typed.Find("d")!.Levels[3]);
    }

    [Fact]
    public void A_text_column_stays_text_unless_numbers_are_asked_for()
    {
        DataTable t = Columns(("zip", typeof(string)));
        foreach (string zip in new[] { "01234", "99", "7" }) t.Rows.Add(zip);
        Assert.True(Table.Of(t.CreateDataReader()).Columns[0].IsText);
        ColumnOptions numbers = new() { NumberColumns = ["zip"] };
        Assert.Equal([1234, 99, 7], Table.Of(t.CreateDataReader(), numbers).Columns[0].Numbers.ToArray());
    }

    [Fact]
    public void Cells_of_no_one_type_decide_as_in_text()
    {
        DataTable t = Columns(("a", typeof(object)), ("b", typeof(object)), ("n", typeof(object)));
        t.Rows.Add(null, "one", null);
        t.Rows.Add(1.5, 2, null);
        t.Rows.Add("2.5", "two", null);
        Table table = Table.Of(t.CreateDataReader(), new ColumnOptions { Missing = MissingPolicy.Keep });
        Assert.Equal([double.NaN, 1.5, 2.5], table.Find("a")!.Numbers.ToArray());
        Assert.Equal(["one", "2", "two"], table.Find("b")!.Levels);
        Assert.Equal(3, table.Find("n")!.Missing);
    }

    [Fact]
    public void A_text_among_numbers_is_an_error_or_a_row_left_out()
    {
        DataTable t = Columns(("k", typeof(string)), ("a", typeof(object)));
        t.Rows.Add("late", "many");
        t.Rows.Add("early", 1.0);
        t.Rows.Add("late", 2.0);
        ColumnOptions options = new() { NumberColumns = ["a"] };
        DataException e = Assert.Throws<DataException>(() => Table.Of(t.CreateDataReader(), options));
        Assert.StartsWith("query, row 1, column 'a': found 'many', expected a number.", e.Message, StringComparison.Ordinal);
        Table table = Table.Of(t.CreateDataReader(), options with { SkipBadRows = true });
        using TempFile file = new("k,a\nlate,many\nearly,1\nlate,2\n");
        Same(CsvReader.Read([file.Path], new CsvOptions { NumberColumns = ["a"], SkipBadRows = true }), table);
    }

    [Fact]
    public void Infinity_is_an_error()
    {
        DataTable t = Columns(("a", typeof(double)));
        t.Rows.Add(double.PositiveInfinity);
        DataException e = Assert.Throws<DataException>(() => Table.Of(t.CreateDataReader()));
        Assert.StartsWith("query, row 1, column 'a': found 'Infinity', expected a finite number.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_stand_twice_and_bytes_are_refused()
    {
        DataTable bytes = Columns(("a", typeof(byte[])), ("b", typeof(int)));
        bytes.Rows.Add(new byte[] { 1 }, 2);
        DataException e = Assert.Throws<DataException>(() => Table.Of(bytes.CreateDataReader()));
        Assert.StartsWith("query, row 1, column 'a': holds Byte[]", e.Message, StringComparison.Ordinal);
        ColumnOptions one = new() { Wanted = n => n.Contains("b") };
        Assert.Equal([2], Table.Of(bytes.CreateDataReader(), one).Columns[0].Numbers.ToArray());
        e = Assert.Throws<DataException>(() => ColumnReader.Read([Many(1, "x", "x")]));
        Assert.Contains("the column name 'x' stands twice (columns 1 and 2)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_are_counted_across_blocks_and_sources()
    {
        Table table = ColumnReader.Read([Many(9000, "x"), Many(5, "x")]);
        Assert.Equal(9005, table.RowCount);
        for (int i = 0; i < 9005; i++) Assert.Equal(i < 9000 ? i : i - 9000, table.Columns[0].Numbers[i]);
        DataException e = Assert.Throws<DataException>(() => ColumnReader.Read([Many(5, "x"), Many(5, "y")]));
        Assert.Contains("has columns y; expected those of the first, x", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<DataException>(() => ColumnReader.Read([Many(0, "x")]));
        Assert.Equal("many: no rows. Expected at least one.", e.Message);
    }

    [Fact]
    public void A_column_that_no_table_can_hold_is_refused_where_it_is_needed()
    {
        DataException e = Assert.Throws<DataException>(() => ColumnReader.Read([Many(1, "x", "[lists]")]));
        Assert.StartsWith("many, column '[lists]': holds lists; expected numbers", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, ColumnReader.Read([Many(1, "x", "[lists]")], new ColumnOptions { Wanted = n => n.Contains("x") }).RowCount);
    }

    [Fact]
    public void A_reader_gives_its_rows_once()
    {
        ColumnOrigin origin = ColumnOrigin.Of(Typed().CreateDataReader());
        ColumnOptions options = new() { Missing = MissingPolicy.Keep };
        _ = ColumnReader.Read([origin], options);
        Assert.Throws<DataException>(() => ColumnReader.Read([origin], options));
    }

    // Seeded: doubles of any bits, texts that a CSV may take for missing values or for numbers.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Any_rows_are_those_of_their_csv(int seed)
    {
        Random random = new(seed);
        string[] words = ["a", "b", "01", "1", "1.0", "NA", "", "?", "a b", "-0"];
        DataTable t = Columns(("x", typeof(double)), ("f", typeof(float)), ("s", typeof(string)), ("y", typeof(long)));
        StringBuilder csv = new("x,f,s,y\n");
        for (int i = 0; i < 500; i++)
        {
            double x = BitConverter.Int64BitsToDouble(random.NextInt64());
            float f = BitConverter.Int32BitsToSingle(random.Next());
            if (double.IsInfinity(x) || random.Next(20) == 0) x = double.NaN;
            if (float.IsInfinity(f)) f = float.NaN;
            string s = words[random.Next(words.Length)];
            long y = random.NextInt64(-10, 10);
            t.Rows.Add(x, f, s, y);
            csv.Append(CultureInfo.InvariantCulture, $"{x:R},{f:R},{s},{y}\n");
        }
        using TempFile file = new(csv.ToString());
        foreach (MissingPolicy missing in new[] { MissingPolicy.Skip, MissingPolicy.Keep })
            Same(CsvReader.Read([file.Path], new CsvOptions { Missing = missing, TextColumns = ["s"], NeverFilled = ["x"] }),
                Table.Of(t.CreateDataReader(), new ColumnOptions { Missing = missing, NeverFilled = ["x"] }));
    }

    static void Same(Table a, Table b)
    {
        Assert.Equal(a.AllNames, b.AllNames);
        Assert.Equal((a.RowCount, a.Skipped, a.Columns.Count, a.HasHeader, a.DecimalSign, a.Separator, a.Encoding),
            (b.RowCount, b.Skipped, b.Columns.Count, b.HasHeader, b.DecimalSign, b.Separator, b.Encoding));
        foreach (var (x, y) in a.Columns.Zip(b.Columns))
        {
            Assert.Equal((x.Name, x.IsText, x.Missing), (y.Name, y.IsText, y.Missing));
            Assert.Equal(x.Aliases, y.Aliases);
            Assert.Equal(x.Levels, y.Levels);
            Assert.Equal(x.Codes.ToArray(), y.Codes.ToArray());
            Assert.Equal(Bits(x), Bits(y));
        }
    }

    static long[] Bits(Column c) => [.. c.Numbers.ToArray().Select(BitConverter.DoubleToInt64Bits)];

    static DataTable Columns(params (string Name, Type Type)[] columns)
    {
        DataTable t = new() { Locale = CultureInfo.InvariantCulture };
        foreach (var (name, type) in columns) t.Columns.Add(name, type);
        return t;
    }

    static ColumnOrigin Many(int rows, params string[] names) => new("many", () => new Counting(rows, names));

    // 0, 1, 2, … in every column; of as many rows as it has it says nothing.
    sealed class Counting(int rows, string[] names) : IColumnSource
    {
        IReadOnlyList<ChosenColumn> chosen = [];
        int next;

        public string Name => "many";

        public string Form => "numbers";

        public IReadOnlyList<SourceColumn> Columns =>
            [.. names.Select(n => new SourceColumn(n, ColumnType.Number) { Unreadable = n[0] == '[' ? "lists" : null })];

        public long? RowCount => null;

        public void Choose(IReadOnlyList<ChosenColumn> columns) => chosen = columns;

        public int Read(ColumnBlock block)
        {
            int count = Math.Min(block.Capacity, rows - next);
            for (int k = 0; k < chosen.Count; k++)
                for (int i = 0; i < count; i++) block.Numbers(k)[i] = next + i;
            next += count;
            return count;
        }

        public void Dispose()
        {
        }
    }
}
