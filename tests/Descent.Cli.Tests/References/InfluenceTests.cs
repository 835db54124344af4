using System.Globalization;
using System.Text.Json;

namespace Descent.Cli.Tests.References;

/// <summary>The rows that hold a fit: R's hatvalues, rstandard, cooks.distance and dffits of every row to six digits (data/r/influence.R),
/// and what is printed of them.</summary>
public class InfluenceTests
{
    static readonly string Data = Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", "r");
    static readonly string Cars = Path.Combine(Data, "..", "mtcars.csv");

    static readonly ILookup<string, string[]> Known = File.ReadLines(Path.Combine(Data, "influence.csv")).Skip(1)
        .Select(l => l.Split(',')).ToLookup(l => l[0]);

    public static TheoryData<string> Cases => [.. Known.Select(k => k.Key)];

    static double Number(string s) => double.Parse(s, CultureInfo.InvariantCulture);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Leverages_residuals_and_distances_are_those_of_R(string name)
    {
        string[][] known = [.. Known[name]];
        string[] words = [.. known[0][1].Split(' ').Select(w => w.Replace(';', ','))];
        JsonElement fit = Cli.Json(["fit", Path.Combine(Data, words[0]), .. words[1..], "--influence", "1000"]);
        JsonElement[] found = [.. fit.GetProperty("influence").EnumerateArray()];
        Assert.Equal(known.Length, found.Length);
        double[] distances = [.. found.Select(r => r.GetProperty("cooksDistance").GetDouble())];
        Assert.Equal(distances.OrderDescending(), distances);
        foreach (JsonElement row in found)
        {
            double[] wanted = [.. known[row.GetProperty("row").GetInt32() - 1][3..].Select(Number)];
            Near(wanted[0], row.GetProperty("leverage").GetDouble());
            Near(wanted[1], row.GetProperty("standardisedResidual").GetDouble());
            Near(wanted[2], row.GetProperty("cooksDistance").GetDouble());
            Near(wanted[3], row.GetProperty("dffits").GetDouble());

            void Near(double wanted, double seen) => Assert.True(Math.Abs(seen - wanted) <= 1e-6 * Math.Max(Math.Abs(wanted), 1e-4),
                FormattableString.Invariant($"{name}, row {row.GetProperty("row")}: R has {wanted:R}, found {seen:R}"));
        }
    }

    // R: order(-cooks.distance(lm(mpg ~ wt + hp))) begins 17, 31, 20, 18.
    [Fact]
    public void The_short_list_is_printed_drawn_and_given_to_programs()
    {
        string page = Path.Combine(Directory.CreateTempSubdirectory().FullName, "r.html");
        var (code, output, error) = Cli.Run("fit", Cars, "--target", "mpg", "--features", "wt,hp", "--influence", "3", "--report", page);
        Assert.True(code == 0, error);
        string[] lines = output.Split('\n');
        int at = Array.FindIndex(lines, l => l.StartsWith("Most influential rows", StringComparison.Ordinal));
        Assert.Equal(["17", "31", "20"], lines[(at + 2)..(at + 5)].Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]));
        Assert.Contains("3 coefficients, 32 rows", lines[at + 5], StringComparison.Ordinal);
        string html = File.ReadAllText(page);
        Assert.Contains("Cook's distance by row", System.Net.WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        FitSpec spec = new(new DataSpec([Cars]) { Target = "mpg", Features = ["wt", "hp"] }, new ModelSpec { MostInfluential = 2 });
        Assert.Equal([17, 31], Fitting.Fit.Of(spec).Influence.Select(r => r.Row));
    }

    // Each row of weight w is w rows: the written-out rows have the measures of one of them.
    [Theory]
    [InlineData("--model linear --target ozone --features wind,temp")]
    [InlineData("--model gamma --target ozone --features wind,temp")]
    public void Repeated_rows_are_left_out_one_at_a_time(string model)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Data, "air.csv"));
        string written = Path.Combine(Directory.CreateTempSubdirectory().FullName, "w.csv");
        File.WriteAllLines(written, [lines[0], .. lines.Skip(1).SelectMany(l => Enumerable.Repeat(l, int.Parse(l.Split(',')[4],
            CultureInfo.InvariantCulture)))]);
        JsonElement[] Rows(string file, params string[] more) => [.. Cli.Json(["fit", file, .. model.Split(' '),
            "--influence", "9", .. more]).GetProperty("influence").EnumerateArray()];
        JsonElement one = Rows(Path.Combine(Data, "air.csv"), "--weight-col", "weight", "--weights-are", "frequency")[0],
            other = Rows(written)[0];
        foreach (string what in (string[])["leverage", "standardisedResidual", "cooksDistance", "dffits"])
            Assert.Equal(other.GetProperty(what).GetDouble(), one.GetProperty(what).GetDouble(), 1e-9);
    }

    // Rows that were held out are not in the fit, and keep their numbers.
    [Fact]
    public void Rows_are_numbered_as_in_the_data_and_held_out_ones_are_none()
    {
        JsonElement fit = Cli.Json("fit", Cars, "--target", "mpg", "--features", "wt,hp", "--valid", "0.25", "--influence", "99");
        int[] rows = [.. fit.GetProperty("influence").EnumerateArray().Select(r => r.GetProperty("row").GetInt32())];
        Assert.Equal(24, rows.Distinct().Count());
        Assert.True(rows.Max() > 24);
        Assert.Equal(3, fit.GetProperty("influence").EnumerateArray().Sum(r => r.GetProperty("leverage").GetDouble()), 1e-9);
    }

    // The only row with z = 1 is fitted exactly.
    [Fact]
    public void A_row_of_leverage_one_stands_first_and_has_no_distance()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "x.csv");
        File.WriteAllText(file, "y,x,z\n1,1,0\n2.5,2,0\n2.7,3,0\n4.4,4,0\n9,5,1\n");
        JsonElement first = Cli.Json("fit", file, "--target", "y", "--influence", "2").GetProperty("influence")[0];
        Assert.Equal(5, first.GetProperty("row").GetInt32());
        Assert.Equal(1, first.GetProperty("leverage").GetDouble(), 1e-9);
        Assert.Equal(JsonValueKind.Null, first.GetProperty("cooksDistance").ValueKind);
    }

    [Theory]
    [InlineData("--target mpg --features wt --l2 0.1", "a penalty biases")]
    [InlineData("--target cyl --features wt --model softmax", "several margins a row")]
    [InlineData("--target mpg --features wt --model huber", "log-likelihood")]
    [InlineData("--target am --features wt,mpg,hp,qsec --model logistic", "infinite")]
    public void What_has_none_says_why(string fit, string said)
    {
        Assert.Contains(said, Cli.Json(["fit", Cars, .. fit.Split(' '), "--influence", "3"]).GetProperty("noInfluence").GetString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--target mpg --influence 0", "--influence is 0; expected a number of rows")]
    [InlineData("--target mpg --influence 3 --path 5", "--influence is for one fit without a penalty")]
    public void What_cannot_be_done_is_refused(string words, string said)
    {
        var (code, _, error) = Cli.Run(["fit", Cars, .. words.Split(' ')]);
        Assert.Equal(1, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }
}
