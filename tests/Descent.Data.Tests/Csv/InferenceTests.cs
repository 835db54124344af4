using System.Text;

namespace Descent.Data.Tests.Csv;

/// <summary>What is inferred from the records of a table, and what is an error instead of another reading.</summary>
public class InferenceTests
{
    static Table Read(string text, CsvOptions? options = null)
    {
        using TempFile file = new(text);
        return CsvReader.Read([file.Path], options);
    }

    static string Refusal(string text, CsvOptions? options = null) => Assert.Throws<DataException>(() => Read(text, options)).Message;

    static string Column(int rows, params (int Row, string Cell)[] cells)
    {
        StringBuilder text = new("x,y\n");
        for (int i = 1; i <= rows; i++)
            text.Append(cells.FirstOrDefault(c => c.Row == i).Cell ?? $"{i}.5").Append(',').Append(i).Append('\n');
        return text.ToString();
    }

    // The same cell is the same error wherever it stands: first, early, in the last sampled row, behind the sample.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1500)]
    public void A_word_among_numbers_is_the_error_however_early_it_stands(int row) =>
        Assert.Contains($"line {row + 1}, column 'x': found 'oops', expected a number", Refusal(Column(1500, (row, "oops"))),
            StringComparison.Ordinal);

    [Fact]
    public void More_words_at_the_start_than_the_sample_holds_do_not_make_a_text_column()
    {
        string text = Column(3000, [.. Enumerable.Range(1, 1100).Select(i => (i, "bad" + i))]);
        Assert.Contains("line 2, column 'x': found 'bad1', expected a number", Refusal(text), StringComparison.Ordinal);
        Table t = Read(text, new CsvOptions { SkipBadRows = true });
        Assert.Equal((1900, 1100), (t.RowCount, t.Skipped));
        Assert.Equal([1101.5, 1102.5], t.Columns[0].Numbers[..2].ToArray());
        Assert.Equal([1101.0, 1102.0], t.Columns[1].Numbers[..2].ToArray());
    }

    [Fact]
    public void Skipping_bad_rows_leaves_the_others_as_they_are()
    {
        Table t = Read(Column(20, (1, "oops"), (9, "??"), (20, "x")), new CsvOptions { SkipBadRows = true });
        Assert.Equal((17, 3), (t.RowCount, t.Skipped));
        Assert.Contains("line 2, column 'x': found 'oops'", t.FirstSkip, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(2, 7).Select(i => i + 0.5), t.Columns[0].Numbers[..7].ToArray());
    }

    [Fact]
    public void A_column_of_words_with_some_numbers_is_text() =>
        Assert.Equal(["a", "b", "7"], Read("g,y\na,1\nb,2\n7,3\na,4\n").Columns[0].Levels);

    [Fact]
    public void A_column_that_begins_empty_is_what_its_first_value_is()
    {
        string gaps = string.Concat(Enumerable.Range(0, 1200).Select(i => $",,{i}\n"));
        Table t = Read("a,b,y\n" + gaps + "1.5,u,1\n,v,2\n", new CsvOptions { Missing = MissingPolicy.Keep });
        Assert.Equal((false, true), (t.Columns[0].IsText, t.Columns[1].IsText));
        Assert.Equal((1201, 1.5), (t.Columns[0].Numbers.ToArray().Count(double.IsNaN), t.Columns[0].Numbers[1200]));
        Assert.Equal(["(missing)", "u", "v"], t.Columns[1].Levels);
    }

    [Fact]
    public void A_column_without_name_or_value_has_none_further_down()
    {
        string text = "a,b,\n" + string.Concat(Enumerable.Repeat("1,2,\n", 1100));
        Assert.Equal(1100, Read(text).RowCount);
        Assert.Contains("line 1102, column 'c3': found '7' in a column without a name that was empty in all rows before",
            Refusal(text + "3,4,7\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_quoted_line_feed_changes_the_type_of_no_other_column()
    {
        Table t = Read("id,note,size\n1,\"plain\",2.5\n2,\"two\nlines\",3.5\n3,\"x, \"\"y\"\"\n7,8\",1\n");
        Assert.Equal([1, 2, 3], t.Columns[0].Numbers.ToArray());
        Assert.Equal(["plain", "two\nlines", "x, \"y\"\n7,8"], t.Columns[1].Levels);
        Assert.Equal([2.5, 3.5, 1], t.Columns[2].Numbers.ToArray());
    }

    [Fact]
    public void A_quoted_line_feed_may_stand_in_the_header()
    {
        Table t = Read("a,\"long\nname\",y\n1,2,3\n4,oops,6\n7,8,9\n10,11,12\n", new CsvOptions { SkipBadRows = true });
        Assert.Equal(["a", "long\nname", "y"], t.AllNames);
        Assert.Equal([1, 7, 10], t.Columns[0].Numbers.ToArray());
        Assert.Contains("line 4, column", t.FirstSkip, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_row_ends_where_its_record_ends()
    {
        Table t = Read("x,note\n1,a\noops,\"two\n5,lines\"\n2,b\n3,c\n1,2,\"three\n4,fields\"\n4,d\n",
            new CsvOptions { SkipBadRows = true });
        Assert.Equal([1, 2, 3, 4], t.Columns[0].Numbers.ToArray());
        Assert.Equal(2, t.Skipped);
        Assert.Contains("line 5, column 'x': found 'late'", Refusal("x,note\n1,a\n2,\"two\n5,lines\"\nlate,b\n3,c\n"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inf")]
    [InlineData("-Infinity")]
    [InlineData("1e999")]
    [InlineData("1.#INF")]
    [InlineData("∞")]
    public void Infinity_in_any_spelling_is_the_error(string cell)
    {
        foreach (int row in new[] { 1, 3, 1200 })
            Assert.Contains($"line {row + 1}, column 'x': found '{cell}', expected a finite number", Refusal(Column(1300, (row, cell))),
                StringComparison.Ordinal);
    }

    // Not one cell, but all of them: a column of dressed numbers is no factor.
    [Theory]
    [InlineData("$3.50", "a currency sign")]
    [InlineData("3,50 €", "a currency sign")]
    [InlineData("4%", "a percent sign")]
    [InlineData("1,234,567", "thousands separators")]
    [InlineData("1 234", "thousands separators")]
    [InlineData("1,000", "may be a decimal comma or a thousands separator")]
    [InlineData("\u22123", "a minus sign that is not the ASCII")]
    public void Dressed_numbers_are_named_by_their_dress(string cell, string dress)
    {
        Assert.Contains(dress, Refusal(Column(30, [.. Enumerable.Range(1, 30).Select(i => (i, $"\"{cell}\""))])), StringComparison.Ordinal);
        Assert.Contains("line 6, column 'x'", Refusal(Column(30, (5, $"\"{cell}\""))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x;y\n1,5;2\n2,5;3\n-0,25;4\n", 1.5)]
    [InlineData("1,5;2,5\n2,5;4,1\n3,5;6\n", 1.5)]
    [InlineData("x\ty\n1,288\t1\n-0,037\t2\n", 1.288)]
    [InlineData("x,y\n\"1,5\",2\n\"2,75\",3\n", 1.5)]
    public void Decimal_commas_are_read_and_said(string text, double first)
    {
        Table t = Read(text);
        Assert.Equal((',', first), (t.DecimalSign, t.Columns[0].Numbers[0]));
        Assert.Contains(t.Notes, n => n.Contains("decimal comma", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("x;y\n1,5;1\n2,5;2\n4,5;2\n3.5;2\n",
        "line 2, column 'x': found '1,5', expected a number, without a decimal comma: say `DecimalSign = ,`")]
    [InlineData("x;y\n1,288;1\n2,449;2\n", "line 2, column 'x': found '1,288'")]
    [InlineData("x;y\n1,5;1\n2.5;2\n3.5;2\n",
        "line 2, column 'x': found '1,5', expected a number, without a decimal comma: say `DecimalSign = ,`")]
    public void Commas_that_may_mean_either_are_refused(string text, string message) =>
        Assert.Contains(message, Refusal(text), StringComparison.Ordinal);

    [Fact]
    public void With_a_decimal_comma_a_point_is_refused()
    {
        string text = "x;y\n" + string.Concat(Enumerable.Range(0, 1200).Select(i => $"{i},5;1\n")) + "1.234;2\n";
        Assert.Contains("line 1202, column 'x': found '1.234'", Refusal(text), StringComparison.Ordinal);
        Assert.Equal(1.288, Read("x;y\n1,288;1\n2,449;2\n", new CsvOptions { Decimal = ',' }).Columns[0].Numbers[0]);
    }

    [Theory]
    [InlineData("5.1,3.5,a\n4.9,3.0,a\n6.2,2.9,b\n", false, 3)]
    [InlineData("x,y,g\n4.9,3.0,a\n6.2,2.9,b\n", true, 2)]
    [InlineData("id,2019,2020\n1,3,4\n2,5,6\n", true, 2)]
    [InlineData("g,h\na,b\na,c\n", true, 2)]
    [InlineData("p,x,s\ne,x,s\np,b,t\n", false, 3)]
    [InlineData("?,3.5,a\n4.9,3.0,a\n", false, 2)]
    [InlineData("1,2\n3,4\n", false, 2)]
    public void Names_are_told_from_values_column_by_column(string text, bool header, int rows)
    {
        Table t = Read(text, new CsvOptions { Missing = MissingPolicy.Keep });
        Assert.Equal((header, rows), (t.HasHeader, t.RowCount));
        if (!header) Assert.Contains(t.Notes, n => n.Contains("no names in the first line", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bad,3.5,a\n4.9,3.0,a\n5.1,3.0,a\n", "line 1, column 'c1': found 'bad'")]
    [InlineData("bad,3,4\n4,3,5\n5,3,9\n",
        "line 1: some fields of the first row look like names and others (3, 4) like values. Say `Header = yes` or `Header = no`")]
    public void A_bad_cell_in_the_first_row_does_not_make_it_names(string text, string message) =>
        Assert.Contains(message, Refusal(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("# made by hand\n# second\nx,y\n1,2\n3,4\n", "2 comment lines")]
    [InlineData("\n\n# note, with commas, more\n\nx,y\n1,2\n3,4\n", "1 comment line")]
    public void Comments_before_the_names_are_passed_over_and_said(string text, string said)
    {
        Table t = Read(text);
        Assert.Equal(["x", "y"], t.AllNames);
        Assert.Equal(2, t.RowCount);
        Assert.Contains(t.Notes, n => n.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public void A_header_may_begin_with_a_hash() => Assert.Equal(["id", "x"], Read("#id\tx\n1\t2\n3\t4\n").AllNames);

    [Fact]
    public void Rows_of_empty_fields_are_rows()
    {
        Assert.Contains("line 3, column 'a': the value is missing", Refusal("a\tb\n1\t2\n\t\n3\t4\n"), StringComparison.Ordinal);
        Table t = Read("a,b\n1,2\n\n  \n3,4\n\n");
        Assert.Equal(2, t.RowCount);
        Assert.Contains(t.Notes, n => n.Contains("2 blank lines between rows", StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_that_are_left_out_leave_no_level()
    {
        Table t = Read("g,x,h\na,1,u\nb,2,u\nzz,,w\na,3,v\nyy,oops,q\nb,4,u\na,5,v\n",
            new CsvOptions { Missing = MissingPolicy.Skip, SkipBadRows = true });
        Assert.Equal((5, 2), (t.RowCount, t.Skipped));
        Assert.Equal(["a", "b"], t.Columns[0].Levels);
        Assert.Equal(["u", "v"], t.Columns[2].Levels);
        Assert.Equal([0, 1, 0, 1, 0], t.Columns[0].Codes.ToArray());
        t.Keep([true, false, true, false, true]);
        Assert.Equal(["a"], t.Columns[0].Levels);
    }

    [Fact]
    public void A_number_in_several_spellings_is_one_level()
    {
        Table t = Read("g,y\n1,1\n1.0,2\n01,3\n+1,4\n1e0,5\n2,6\n-0,7\n0,8\n0.50,9\n.5,1\n12345678901234567890,2\n12345678901234567891,3\n",
            new CsvOptions { TextColumns = ["g"] });
        Assert.Equal(["1", "2", "0", "0.5", "12345678901234567890", "12345678901234567891"], t.Columns[0].Levels);
        Assert.Equal([0, 0, 0, 0, 0, 1, 2, 2, 3, 3, 4, 5], t.Columns[0].Codes.ToArray());
    }

    [Fact]
    public void Words_for_missing_values_may_be_named_numbers_too()
    {
        CsvOptions options = new() { MissingWords = ["-", "-999"], Missing = MissingPolicy.Keep };
        Table t = Read("x,g\n1,-\n-999,u\n-999.0,v\n-,u\n2,u\n", options);
        Assert.Equal([1, double.NaN, double.NaN, double.NaN, 2], t.Columns[0].Numbers.ToArray());
        Assert.Equal(["(missing)", "u", "v"], t.Columns[1].Levels);
    }

    [Fact]
    public void A_column_that_is_never_filled_leaves_the_row_out()
    {
        Table t = Read("x,y\n1,1\n,2\n3,\n", new CsvOptions { Missing = MissingPolicy.Mean, NeverFilled = ["y"] });
        Assert.Equal((2, 1), (t.RowCount, t.Skipped));
        Assert.Equal([1, 1], t.Columns[0].Numbers.ToArray());
    }

    [Fact]
    public void A_header_longer_than_the_buffer_is_whole()
    {
        string[] names = [.. Enumerable.Range(0, 80_000).Select(i => $"a_name_of_some_length_{i:000000}")];
        Table t = Read(string.Join(',', names) + "\n" + string.Join(',', names.Select((_, i) => i)) + "\n");
        Assert.Equal(names, t.AllNames);
        Assert.Equal(79_999, t.Find("a_name_of_some_length_079999")!.Numbers[0]);
        Assert.Equal(41, t.Find("c42")!.Numbers[0]);
    }

    [Theory]
    [InlineData("a;b\n1;2\n", ';')]
    [InlineData("name;note\n1;a,b\n2;c,d\n", ';')]
    [InlineData("name,note\n1,a;b\n2,c;d\n", ',')]
    [InlineData("\"a|b\",c\n1,2\n", ',')]
    public void The_separator_is_the_one_that_cuts_numbers_out(string text, char separator) =>
        Assert.Equal(separator, Read(text).Separator);

    // A number of any length has the bits of the platform's parser.
    [Theory]
    [InlineData(45)]
    [InlineData(800)]
    [InlineData(5000)]
    public void Long_decimals_are_numbers(int digits)
    {
        string number = "0." + string.Concat(Enumerable.Range(0, digits).Select(i => (char)('0' + ((i * 7) % 10))));
        Assert.Equal(double.Parse(number, System.Globalization.CultureInfo.InvariantCulture),
            Read($"x\n{number}\n1\n").Columns[0].Numbers[0]);
    }
}
