using System.Globalization;
using System.Text.Json;

namespace Descent.Cli.Tests.Inputs;

/// <summary>Nothing is misread without a word: what a fit makes of doubtful input, and what it says.</summary>
public sealed class ReadingTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent").FullName;

    string Write(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    (int Code, string Out, string Err) Fit(string text, params string[] options) => Cli.Run(["fit", Write("data", text), .. options]);

    JsonElement Json(string text, params string[] options)
    {
        var (code, output, error) = Cli.Run(["fit", Write("data", text), .. options, "--json"]);
        Assert.True(code is 0 or 4, error);
        return JsonDocument.Parse(output).RootElement;
    }

    static Dictionary<string, double> Estimates(JsonElement fit, string property = "estimate") =>
        fit.GetProperty("coefficients").EnumerateArray()
            .ToDictionary(c => c.GetProperty("name").GetString()!, c => c.GetProperty(property).GetDouble());

    // R: lm(y ~ g + x) without that row; levels a and b, standard error of x 0.021919, residual standard error 0.11598.
    [Theory]
    [InlineData("zz,,9", "--missing", "skip")]
    [InlineData("zz,oops,9", "--on-bad-row", "skip")]
    [InlineData("zz,7", "--on-bad-row", "skip")]
    [InlineData("zz,7,", "--missing", "skip")]
    [InlineData("zz,7,", "--missing", "mean")]
    public void Rows_that_are_left_out_leave_no_trace(string row, string option, string value)
    {
        JsonElement fit = Json($"g,x,y\na,1,1\nb,2,2.2\na,3,2.9\nb,4,4.1\na,5,5.2\n{row}\nb,6,6.1\na,7,7\n", "--target", "y",
            option, value);
        Assert.Equal(["(Intercept)", "g=b", "x"], Estimates(fit).Keys.Order(StringComparer.Ordinal));
        Assert.Equal(0.021919, Estimates(fit, "standardError")["x"], 5e-6);
        Assert.Contains(fit.GetProperty("notes").EnumerateArray(),
            n => n.GetString()!.Contains("1 row left out; the first: ", StringComparison.Ordinal));
    }

    // The same rows with one of weight 0: R's lm has the same coefficients and df without it.
    [Fact]
    public void Rows_of_weight_0_leave_no_trace()
    {
        const string Rows = "g,x,w,y\na,1,1,1\nb,2,2,2.2\na,3,1,2.9\nb,4,1,4.1\na,5,2,5.2\n";
        JsonElement with = Json(Rows + "zz,7,0,9\na,8,0,1\n", "--target", "y", "--weight-col", "w"),
            without = Json(Rows, "--target", "y", "--weight-col", "w");
        Assert.Equal(Estimates(without), Estimates(with));
        Assert.Equal(Estimates(without, "standardError"), Estimates(with, "standardError"));
        Assert.Contains(with.GetProperty("notes").EnumerateArray(),
            n => n.GetString()!.Contains("2 rows of weight 0 left out", StringComparison.Ordinal));
    }

    [Fact]
    public void Targets_classes_and_weights_are_never_filled_in()
    {
        Dictionary<string, double> line =
            Estimates(Json("x,w,y\n1,1,1\n2,1,2\n3,1,3\n4,1,4\n10,1,\n", "--target", "y", "--features", "x", "--missing", "mean"));
        Assert.Equal((1, 0), (Math.Round(line["x"], 9), Math.Round(line["(Intercept)"], 9)));
        JsonElement classes = Json("x,y\n1,a\n2,b\n3,a\n4,b\n2.5,\n", "--target", "y", "--missing", "mean");
        Assert.Equal(["a", "b"], classes.GetProperty("classes").EnumerateArray().Select(c => c.GetString()));
        JsonElement weights = Json("x,w,y\n1,1,1\n2,1,2\n3,,30\n4,1,4\n", "--target", "y", "--weight-col", "w", "--missing", "mean");
        Assert.Equal(1, Estimates(weights)["x"], 1e-9);
        var (code, _, error) = Fit("x,y\n1,1\n2,\n3,3\n", "--target", "y");
        Assert.Equal((2, true),
            (code, error.Contains("line 3, column 'y': the value is missing (empty field). Leave such rows out with --missing skip.",
                StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("x,y\n1,1\n2,inf\n3,3\n4,5\n", "line 3, column 'y': found 'inf'")]
    [InlineData("x,y\n1,1\n2,1.2x\n3,3\n4,5\n", "line 3, column 'y': found '1.2x'")]
    [InlineData("x,w,y\n1,1,1\n2,heavy,1\n3,1,3\n4,1,5\n", "line 3, column 'w': found 'heavy'")]
    [InlineData("x,y\n-,1\n2,1\n3,3\n4,5\n", "say --missing-words '-' if it means a missing value")]
    [InlineData("x,y\n$3.50,1\n$4,2\n", "found '$3.50', expected a number, without a currency sign")]
    [InlineData("x,y\n3%,1\n4%,2\n", "found '3%', expected a number, without a percent sign")]
    public void A_cell_that_is_no_number_is_the_error(string text, string message)
    {
        var (code, _, error) = Fit(text,
            ["--target", "y", .. text.Contains(",w,", StringComparison.Ordinal) ? new[] { "--weight-col", "w" } : []]);
        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_numbered_column_without_a_name_is_left_out_with_a_word()
    {
        JsonElement fit = Json(",x,y\n3,0,0.2\n1,1,2.4\n2,2,4.3\n0,5,6.3\n", "--target", "y");
        Assert.Equal(["(Intercept)", "x"], Estimates(fit).Keys.Order(StringComparer.Ordinal));
        Assert.Contains("the column without a name holds distinct whole numbers, as row numbers do, and is left out",
            Fit(",x,y\n3,0,0.2\n1,1,2.4\n2,2,4.3\n0,5,6.3\n", "--target", "y", "--quiet").Err, StringComparison.Ordinal);
        Assert.Contains("c1", Estimates(Json(",x,y\n3,0,0.2\n1,1,2.4\n2,2,4.3\n0,5,6.3\n", "--target", "y", "--features", "c1,x")).Keys);
        Assert.Contains("c1", Estimates(Json(",x,y\n3.5,0,0.2\n1,1,2.4\n2,2,4.3\n0,5,6.3\n", "--target", "y")).Keys);
    }

    [Fact]
    public void Separators_at_the_end_of_every_line_make_no_column()
    {
        JsonElement fit = Json("a,b,\n1,2,\n3,4.5,\n4,6,\n", "--target", "b");
        Assert.Equal(["(Intercept)", "a"], Estimates(fit).Keys.Order(StringComparer.Ordinal));
        Assert.Contains(fit.GetProperty("notes").EnumerateArray(),
            n => n.GetString()!.Contains("column 3 has neither a name nor a value and is left out", StringComparison.Ordinal));
        var (code, _, error) = Fit("a,b,\n1,2,\n3,4.5,7\n4,6,\n", "--target", "b");
        Assert.Equal((2, true), (code, error.Contains("line 2, column 'c3': the value is missing", StringComparison.Ordinal)));
        Assert.Contains("line 3, column 'c': the value is missing", Fit("a,b,c\n1,2,3\n3,4.5,\n4,6,1\n", "--target", "b").Err,
            StringComparison.Ordinal);
    }

    static string Names => "s,d,y\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"name{i % 20},{i % 3},{i % 7}.5\n"));

    [Fact]
    public void Explicit_choices_are_obeyed()
    {
        Assert.Contains("s=name7", Estimates(Json(Names, "--target", "y", "--categorical", "s,d")).Keys);
        Assert.Contains("d=2", Estimates(Json(Names, "--target", "y", "--categorical", "s,d")).Keys);
        var (_, _, error) = Fit(Names, "--target", "y", "--quiet");
        Assert.Contains("column 's' is left out: 20 distinct texts in 30 rows look like an identifier", error, StringComparison.Ordinal);
        Assert.DoesNotContain("d=1", Estimates(Json(Names, "--target", "y", "--categorical", "d", "--reference", "d=1.0")).Keys);
    }

    [Theory]
    [InlineData("--reference y=foo", "'y' is not among the features")]
    [InlineData("--reference d=3", "is a column of numbers and has no levels")]
    [InlineData("--reference s=foo --categorical s", "no row has this level")]
    [InlineData("--reference q=1", "there is no column 'q'")]
    [InlineData("--features d --categorical s", "--categorical s: the column is not among the features")]
    [InlineData("--features d --exclude d", "in --features and in --exclude")]
    [InlineData("--exclude y", "--exclude names the target")]
    [InlineData("--exclude c3", "--exclude names the target")]
    [InlineData("--features d,y", "names the target 'y' itself")]
    [InlineData("--features d,c3", "names the target 'y' itself, as 'c3'")]
    [InlineData("--features factor(c3)", "names the target 'y' itself")]
    [InlineData("--weight-col c3", "names the target")]
    public void Explicit_choices_that_cannot_be_had_are_refused(string options, string message)
    {
        var (code, _, error) = Fit(Names, ["--target", "y", .. options.Split(' ')]);
        Assert.Equal(1, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_when_nothing_is_left_says_why()
    {
        string dates = "date,y\n" + string.Concat(Enumerable.Range(1, 28).Select(i => $"2024-01-{i:00},{i}.5\n"));
        Assert.Contains("column 'date' is left out", Fit(dates, "--target", "y").Err, StringComparison.Ordinal);
    }

    [Fact]
    public void Means_are_those_of_the_rows_that_train()
    {
        // With all rows but one held out in turn the mean differs; without --valid it is that of all.
        string text = "x,y\n"
            + string.Concat(Enumerable.Range(0, 40).Select(i => $"{(i == 7 ? "" : i.ToString(CultureInfo.InvariantCulture))},{i}\n"));
        string all = Assert.Single(Notes(text), n => n.Contains("filled in", StringComparison.Ordinal));
        Assert.Contains("1 missing value filled in with the mean 19.8205", all, StringComparison.Ordinal);
        Assert.DoesNotContain("19.8205",
            Assert.Single(Notes(text, "--valid", "0.3"), n => n.Contains("filled in", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("no training row has a value", Fit("x,z,y\n,1,1\n,2,2\n,3,4\n", "--target", "y", "--missing", "mean").Err,
            StringComparison.Ordinal);
    }

    IEnumerable<string> Notes(string text, params string[] options) =>
        Json(text, ["--target", "y", "--missing", "mean", .. options]).GetProperty("notes").EnumerateArray().Select(n => n.GetString()!);

    [Fact]
    public void What_was_inferred_is_said()
    {
        Assert.Contains("read as CSV: separator ';', names in the first row, decimal comma, UTF-8",
            Fit("x;y\n1,5;2\n2,5;3\n3;5,5\n", "--target", "y").Err, StringComparison.Ordinal);
        Assert.Contains("read as LIBSVM: columns numbered from 0", Fit("1 0:1\n2 0:2 1:1\n3 1:4\n").Err, StringComparison.Ordinal);
    }

    [Fact]
    public void Sparse_columns_that_never_occur_cost_nothing()
    {
        var (code, output, error) = Fit("1 1:1 20000000:1\n0 1:2\n1 3:1 5:2\n0 1:3 4:1\n", "--l2", "0.1", "--out",
            Path.Combine(folder, "m.json"));
        Assert.True(code == 0, error);
        Assert.Contains("5 of 20,000,000 columns occur", output, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(Path.Combine(folder, "m.json")).Length, 100, 10_000);
    }

    [Fact]
    public void Many_levels_of_many_rows_are_fitted_sparse()
    {
        // 2,000 levels × 20,000 rows: 4·10⁷ cells, of which 20,000 are not zero.
        string text = "g,y\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"l{i % 2000},{i % 2000 % 7}\n"));
        var (code, output, error) = Fit(text, "--target", "y", "--features", "g", "--method", "fista", "--l2", "1e-3", "--steps",
            "3", "--json");
        Assert.True(code is 0 or 4, error);
        Assert.Equal(1999, JsonDocument.Parse(output).RootElement.GetProperty("columns").GetInt32());
    }

    [Fact]
    public void A_header_of_many_names_takes_linear_time()
    {
        string names = string.Join(',', Enumerable.Range(0, 40_000).Select(i => "n" + i));
        string row(int k) => string.Join(',', Enumerable.Range(0, 40_000).Select(i => (char)('0' + ((i + k) % 7))));
        var (code, _, error) = Fit($"{names},y\n{row(0)},1\n{row(1)},2\n{row(3)},4\n", "--target", "y", "--method", "sgd", "--steps",
            "2", "--quiet");
        Assert.True(code is 0 or 3 or 4, error);
    }

    public void Dispose() => Directory.Delete(folder, true);
}
