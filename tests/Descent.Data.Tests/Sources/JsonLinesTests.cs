using System.IO.Compression;
using System.Text;

namespace Descent.Data.Tests.Sources;

/// <summary>JSON lines: the same table as the rows written as CSV, and what is no row.</summary>
public sealed class JsonLinesTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent-json").FullName;

    string Write(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    Table Json(string text, CsvOptions? options = null) => JsonLinesReader.Read(DataSource.OpenAll([Write("a.jsonl", text)]), options);

    // The two texts below were written from one table by pandas 2: df.to_csv(index=False) and df.to_json(orient="records", lines=True).
    const string AsCsv = "x,g,flag,n\n1.5,a,True,1\n-2e-3,b,False,2\n0.1,a,True,3\n";
    const string AsJson = "{\"x\":1.5,\"g\":\"a\",\"flag\":true,\"n\":1}\n{\"x\":-0.002,\"g\":\"b\",\"flag\":false,\"n\":2}\n"
        + "{\"x\":0.1,\"g\":\"a\",\"flag\":true,\"n\":3}\n";

    [Fact]
    public void The_same_rows_are_the_same_table()
    {
        Table csv = CsvReader.Read([Write("a.csv", AsCsv)]), json = Json(AsJson);
        Assert.Equal(csv.AllNames, json.AllNames);
        foreach (string name in (string[])["x", "n"]) Assert.Equal(csv.Find(name)!.Numbers.ToArray(), json.Find(name)!.Numbers.ToArray());
        Assert.Equal(csv.Find("g")!.Codes.ToArray(), json.Find("g")!.Codes.ToArray());
        Assert.Equal(csv.Find("g")!.Levels, json.Find("g")!.Levels);
        Assert.Equal((IEnumerable<string>)["true", "false"], json.Find("flag")!.Levels);
        Assert.Equal(DataFormat.JsonLines, json.Format);
    }

    [Fact]
    public void The_form_is_told_by_its_content_packed_or_not()
    {
        string path = Path.Combine(folder, "b.gz");
        using (GZipStream to = new(File.Create(path), CompressionLevel.Fastest)) to.Write(Encoding.UTF8.GetBytes("\n " + AsJson));
        Assert.Equal(DataFormat.JsonLines, FormatDetector.Detect(path));
        Assert.Equal(3, TableReader.Read(DataSource.OpenAll([path]), new CsvOptions()).RowCount);
    }

    // Null, an absent key and a word that means one are missing; a key may come late, and the rows before have none.
    [Theory]
    [InlineData("{\"x\":1,\"y\":1}\n{\"x\":null,\"y\":2}\n{\"x\":3,\"y\":3}\n")]
    [InlineData("{\"x\":1,\"y\":1}\n{\"y\":2}\n{\"x\":3,\"y\":3}\n")]
    [InlineData("{\"y\":1,\"x\":1}\n{\"y\":2,\"x\":\"NA\"}\n{\"x\":3,\"y\":3}\n")]
    public void Missing_values_go_by_the_policy(string text)
    {
        DataException e = Assert.Throws<DataException>(() => Json(text));
        Assert.Contains("line 2, column 'x': the value is missing", e.Message, StringComparison.Ordinal);
        Assert.Equal([1.0, 3], Json(text, new CsvOptions { Missing = MissingPolicy.Skip }).Find("y")!.Numbers.ToArray());
        Assert.Equal([1.0, 2, 3], Json(text, new CsvOptions { Missing = MissingPolicy.Mean }).Find("x")!.Numbers.ToArray());
    }

    [Fact]
    public void A_key_that_comes_late_was_missing_before()
    {
        const string Text = "{\"y\":1}\n{\"y\":2,\"z\":5}\n{\"y\":3,\"z\":7}\n";
        Assert.Contains("line 1, column 'z'", Assert.Throws<DataException>(() => Json(Text)).Message, StringComparison.Ordinal);
        Table skipped = Json(Text, new CsvOptions { Missing = MissingPolicy.Skip });
        Assert.Equal([2.0, 3], skipped.Find("y")!.Numbers.ToArray());
        Assert.Equal([5.0, 7], skipped.Find("z")!.Numbers.ToArray());
        Assert.Equal(1, skipped.Skipped);
        Assert.Equal([6.0, 5, 7], Json(Text, new CsvOptions { Missing = MissingPolicy.Mean }).Find("z")!.Numbers.ToArray());
    }

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}", "character 8: found '\"a\":2', expected a key once")]
    [InlineData("{\"a\":1,\"b\":[2]}", "character 12: found '[2', expected a number, a text, true, false or null for 'b'")]
    [InlineData("{\"a\":1,\"b\":{\"c\":2}}", "character 12: found '{\"c\":2', expected a number")]
    [InlineData("{\"a\":NaN,\"b\":2}", "character 6: found 'NaN', expected JSON")]
    [InlineData("{\"a\":1e999,\"b\":2}", "character 6: found '1e999', expected a finite number for 'a'")]
    [InlineData("{\"a\":1,\"b\":2} {\"a\":1}", "expected JSON, one object a line")]
    [InlineData("[1,2]", "character 1: found '[1', expected an object")]
    [InlineData("{\"a\":1,", "expected JSON, one object a line")]
    [InlineData("{\"a\":1,\"b\":\"\\ud800\"}", "character 12: found '\"\\ud800\"', expected a text of valid characters")]
    [InlineData("{\"a\":\"x\",\"b\":2}", "character 6: found '\"x\"', expected a number for 'a', as on line 1")]
    public void What_is_no_row_is_named_with_its_place_or_left_out(string row, string sentence)
    {
        string text = $"{{\"a\":1,\"b\":2}}\n{row}\n{{\"a\":3,\"b\":4}}\n";
        string message = Assert.Throws<DataException>(() => Json(text)).Message;
        Assert.Contains("a.jsonl, line 2, ", message, StringComparison.Ordinal);
        Assert.Contains(sentence, message, StringComparison.Ordinal);
        Table left = Json(text, new CsvOptions { SkipBadRows = true });
        Assert.Equal((2, 1), (left.RowCount, left.Skipped));
        Assert.Equal([1.0, 3], left.Find("a")!.Numbers.ToArray());
        Assert.Equal([2.0, 4], left.Find("b")!.Numbers.ToArray());
    }

    [Fact]
    public void What_nobody_needs_may_be_nested()
    {
        Table table = Json("{\"a\":1,\"b\":{\"c\":[1]}}\n", new CsvOptions { Wanted = names => names.Contains("a") });
        Assert.Equal("a", Assert.Single(table.Columns).Name);
    }

    [Fact]
    public void Numbers_are_levels_where_the_column_is_text()
    {
        Table table = Json("{\"a\":1}\n{\"a\":1.0}\n{\"a\":\"01\"}\n{\"a\":2}\n", new CsvOptions { TextColumns = ["a"] });
        Assert.Equal((IEnumerable<string>)["1", "2"], table.Find("a")!.Levels);
    }

    public void Dispose() => Directory.Delete(folder, true);
}
