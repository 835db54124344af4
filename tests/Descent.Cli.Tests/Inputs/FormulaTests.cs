using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Descent.Cli.Tests.Inputs;

/// <summary>Formulas in commands: the page's examples, rows that a model has not seen, damaged files, searches and paths.</summary>
public sealed class FormulaTests : IDisposable
{
    const string Price = "log(price) ~ log(carat) + cut * ns(depth, df=2) + scale(table) + cut(carat, 3)";

    static readonly string Stones = Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", "formulas", "stones.csv");

    readonly string folder = Directory.CreateTempSubdirectory("descent-formula").FullName;

    static string Page => File.ReadAllText(Path.Combine(Cli.Root, "docs", "formulas.md"));

    public void Dispose() => Directory.Delete(folder, true);

    string In(string name) => Path.Combine(folder, name);

    static string Between(string part) =>
        Regex.Match(Page, $"<!-- {part} -->\n```\n(.*?)```\n<!-- /{part} -->", RegexOptions.Singleline).Groups[1].Value;

    [Theory]
    [InlineData("docs/formulas.md")]
    [InlineData("README.md")]
    public void The_command_of_the_page_prints_the_table_of_the_page(string page)
    {
        string text = File.ReadAllText(Path.Combine(Cli.Root, page));
        Match m = Regex.Match(text, "descent fit samples/iris.csv --formula \"(.*?)\"\n```.*?```\n(.*?)```", RegexOptions.Singleline);
        Assert.True(m.Success);
        var (code, output, error) = Cli.Run("fit", Cli.Sample("iris.csv"), "--formula", m.Groups[1].Value);
        Assert.True(code == 0, error);
        string table = m.Groups[2].Value;
        Assert.Contains("std. error", table, StringComparison.Ordinal);
        Assert.Contains(table, output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_of_the_page_is_the_error_of_the_command()
    {
        string[] lines = Between("error").TrimEnd('\n').Split('\n');
        var (code, _, error) = Cli.Run("fit", Cli.Sample("iris.csv"), "--formula", lines[1].Trim());
        Assert.Equal(1, code);
        Assert.Equal(string.Join('\n', lines), string.Join('\n', error.TrimEnd('\n').Split('\n').TakeLast(3))
            .Replace(Cli.Sample("iris.csv"), "samples/iris.csv", StringComparison.Ordinal));
    }

    // The same rows in another order of columns, among others, one at a time.
    [Fact]
    public void New_rows_get_the_terms_of_the_training_rows()
    {
        Assert.Equal(0, Cli.Run("fit", Stones, "--formula", Price, "--out", In("m.json")).Code);
        var (_, output, notes) = Cli.Run("predict", In("m.json"), Stones);
        Assert.Contains("predictions are of log(price), on the scale of the transformed target", notes, StringComparison.Ordinal);
        string[] whole = output.TrimEnd('\n').Split('\n'), rows = File.ReadAllLines(Stones);
        Assert.Equal(301, whole.Length);
        string[] names = rows[0].Split(',');
        for (int i = 1; i < 300; i += 43)
        {
            string[] cells = rows[i].Split(',');
            File.WriteAllText(In("one.csv"), "extra," + string.Join(',', names.Reverse().Where(n => n != "price")) + "\n9,"
                + string.Join(',', names.Reverse().Where(n => n != "price").Select(n => cells[Array.IndexOf(names, n)])) + "\n");
            Assert.Equal(whole[i], Cli.Run("predict", In("m.json"), In("one.csv")).Out.TrimEnd('\n').Split('\n')[^1]);
        }
        Assert.Contains("R² 0.9", Cli.Run("evaluate", In("m.json"), Stones).Out, StringComparison.Ordinal);
        string inspected = Cli.Run("inspect", In("m.json")).Out;
        Assert.Contains("Formula      log(price) ~ log(carat) + cut * ns(depth, df = 2) + scale(table) + cut(carat, 3)", inspected,
            StringComparison.Ordinal);
        // What the command was can be pasted.
        Assert.Contains($"--formula \"{Price}\"", inspected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0,Good,D,61,57,900", "data row 1: log(carat) is −infinite (carat = 0), expected a finite number")]
    [InlineData("-1,Good,D,61,57,900", "data row 1: log(carat) is not defined (carat = -1), expected a finite number")]
    [InlineData("1,Poor,D,61,57,900", "data row 1: column 'cut': the level 'Poor' did not occur in the training data (Fair, Good")]
    [InlineData("99,Good,D,61,57,900", "data row 1: carat is 99, which is in none of the intervals of cut(carat, 3)")]
    public void A_row_without_a_number_is_named_or_left_out(string row, string sentence)
    {
        Assert.Equal(0, Cli.Run("fit", Stones, "--formula", Price, "--out", In("m.json")).Code);
        string[] lines = File.ReadAllLines(Stones);
        File.WriteAllLines(In("new.csv"), [lines[0], row, lines[5], row, lines[6]]);
        foreach (string command in new[] { "predict", "evaluate" })
        {
            var (code, output, error) = Cli.Run(command, In("m.json"), In("new.csv"));
            Assert.Equal(2, code);
            Assert.Equal("", output);
            Assert.Contains(sentence, error, StringComparison.Ordinal);
            Assert.Equal(0, Cli.Run(command, In("m.json"), In("new.csv"), "--on-bad-row", "skip").Code);
        }
        var (_, two, note) = Cli.Run("predict", In("m.json"), In("new.csv"), "--on-bad-row", "skip");
        Assert.Equal(3, two.TrimEnd('\n').Split('\n').Length);
        Assert.Contains("2 rows left out; the first: ", note, StringComparison.Ordinal);
        Assert.Contains(sentence, note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_row_without_a_number_is_named_or_left_out()
    {
        string[] lines = File.ReadAllLines(Stones);
        File.WriteAllLines(In("zero.csv"), [.. lines[..8], "0,Good,D,61,57,900", .. lines[8..], "1,Good,D,61,57,0"]);
        var (code, _, error) = Cli.Run("fit", In("zero.csv"), "--formula", "log(price) ~ scale(log(carat)) + cut");
        Assert.Equal(2, code);
        Assert.Contains("data row 302: log(price) is −infinite (price = 0)", error, StringComparison.Ordinal);
        JsonElement left = Cli.Json("fit", In("zero.csv"), "--formula", "log(price) ~ scale(log(carat)) + cut", "--on-bad-row", "skip"),
            clean = Cli.Json("fit", Stones, "--formula", "log(price) ~ scale(log(carat)) + cut");
        Assert.Equal(Cli.Estimates(clean), Cli.Estimates(left));
        Assert.Equal("log(price) ~ scale(log(carat)) + cut", left.GetProperty("formula").GetString());
    }

    // Rows that are held out have no part in means and knots.
    [Fact]
    public void Terms_learn_from_the_rows_that_train()
    {
        double[] Means(params string[] more)
        {
            string[] words = ["fit", Stones, "--formula", "price ~ scale(depth) + bs(table, df=4)", "--out", In("m.json"), .. more];
            Assert.Equal(0, Cli.Run(words).Code);
            JsonElement learned =
                JsonDocument.Parse(File.ReadAllText(In("m.json"))).RootElement.GetProperty("formula").GetProperty("learned");
            return [learned.GetProperty("scale(depth)").GetProperty("mean")[0].GetDouble(),
                learned.GetProperty("bs(table, df = 4)").GetProperty("knots")[0].GetDouble()];
        }
        double[] all = Means(), part = Means("--valid", "0.4");
        double[] depth = [.. File.ReadLines(Stones).Skip(1).Select(l => double.Parse(l.Split(',')[3], CultureInfo.InvariantCulture))];
        Assert.Equal(depth.Average(), all[0], 1e-12);
        Assert.NotEqual(all[0], part[0]);
    }

    [Fact]
    public void Missing_values_are_filled_in_before_they_are_transformed()
    {
        File.WriteAllText(In("gap.csv"), "y,x,f\n1,2,a\n2.5,,b\n3,4,a\n4.5,9,b\n5,7,a\n");
        Assert.Equal(2, Cli.Run("fit", In("gap.csv"), "--formula", "y ~ log(x)").Code);
        JsonElement filled = Cli.Json("fit", In("gap.csv"), "--formula", "y ~ log(x)", "--missing", "mean", "--out", In("m.json"));
        File.WriteAllText(In("full.csv"), "y,x,f\n1,2,a\n2.5,5.5,b\n3,4,a\n4.5,9,b\n5,7,a\n");
        Assert.Equal(Cli.Estimates(Cli.Json("fit", In("full.csv"), "--formula", "y ~ log(x)")), Cli.Estimates(filled));
        Assert.Equal(Cli.Run("predict", In("m.json"), In("full.csv")).Out,
            Cli.Run("predict", In("m.json"), In("gap.csv"), "--missing", "mean").Out);
        Assert.Equal(4, Cli.Json("fit", In("gap.csv"), "--formula", "y ~ log(x)", "--missing", "skip").GetProperty("rows").GetInt32());
    }

    [Fact]
    public void Searches_paths_plans_comparisons_and_networks_take_a_formula()
    {
        string formula = "log(price) ~ log(carat) + cut + poly(depth, 2)";
        var (code, text, error) = Cli.Run("tune", Stones, "--formula", formula, "--l2", "1e-4..1", "--trials", "3", "--folds", "2");
        Assert.True(code == 0, error);
        Assert.Contains($"--formula \"{formula}\"", text, StringComparison.Ordinal);
        Assert.Equal(0, Cli.Run("compare", Stones, "--formula", formula, "--methods", "newton,lbfgs").Code);
        Assert.Equal(0, Cli.Run("plan", Stones, "--formula", formula, "--accuracy", "1e-3").Code);
        JsonElement path = Cli.Json("fit", Stones, "--formula", formula, "--path", "10", "--cv", "3", "--out", In("p.json"));
        Assert.Equal(10, path.GetProperty("path").GetProperty("points").GetArrayLength());
        Assert.Equal(0, Cli.Run("predict", In("p.json"), Stones).Code);
        Assert.Equal(0, Cli.Run("fit", Stones, "--formula", "cut ~ scale(carat) + colour", "--model", "mlp", "--hidden", "4",
            "--epochs", "2", "--out", In("n.json")).Code);
        Assert.Equal(301, Cli.Run("predict", In("n.json"), Stones).Out.TrimEnd('\n').Split('\n').Length);
        Assert.Equal(0, Cli.Run("fit", Stones, "--formula", formula, "--cluster", "colour", "--report", In("r.html")).Code);
        Assert.Contains("poly(depth, 2)1", System.Net.WebUtility.HtmlDecode(File.ReadAllText(In("r.html"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"version\": 3", "\"version\": 2", "a file of version 2 has none")]
    [InlineData("log(price) ~ log(carat)", "log(price) ~ lgo(carat)", "'lgo' at character 14 of the formula is no function")]
    [InlineData("log(price) ~ log(carat)", "log(price) ~ log(weight)", "there is no column 'weight' in the model")]
    [InlineData("log(price) ~ log(carat)", "log(price) ~ exp(carat)", "its terms are not the features")]
    [InlineData("log(price) ~ log(carat)", "price ~ log(carat)", "it explains 'price', and the target is 'log(price)'")]
    [InlineData("ns(depth, df = 2) \\u002B scale", "ns(depth, df = 3) \\u002B scale",
        "it has numbers for 'ns(depth, df = 2)', which is no part of it")]
    [InlineData("\"knots\": [", "\"nots\": [", "what it says of ns(depth, df = 2) needs two finite")]
    [InlineData("\"ends\": [", "\"ends\": [ 1e9,", "what it says of ns(depth, df = 2) needs two finite")]
    [InlineData("\"deviation\": [", "\"deviation\": [ 0,", "what it says of scale(table) needs a finite mean and a deviation above 0")]
    [InlineData("\"breaks\": [", "\"breaks\": [ 7,", "the breaks of cut(carat, 3) do not rise")]
    [InlineData("\"Fair\",", "\"Good\",", "the levels of cut are none, or one stands twice")]
    [InlineData("\"name\": \"log(carat)\"", "\"name\": \"log(carat)\", \"column\": \"carat\"",
        "is the formula's, but a column stands there")]
    [InlineData("\"intercepts\": [", "\"otherwise\": [", "it and the intercepts do not agree")]
    [InlineData("\"kind\": \"number\"", "\"kind\": \"text\"", "The model file is damaged")]
    public void A_damaged_formula_is_one_sentence(string from, string to, string sentence)
    {
        Assert.Equal(0, Cli.Run("fit", Stones, "--formula", Price, "--out", In("m.json")).Code);
        string text = File.ReadAllText(In("m.json"));
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(In("m.json"), new Regex(Regex.Escape(from)).Replace(text, to.Replace("$", "$$", StringComparison.Ordinal), 1));
        var (code, output, error) = Cli.Run("predict", In("m.json"), Stones);
        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    // An offset that is missing is no mean of the others.
    [Fact]
    public void Nothing_is_filled_in_for_an_offset()
    {
        File.WriteAllText(In("gap.csv"), "y,x,t\n1,2,1\n2,3,\n3,,2\n4,9,3\n5,7,1\n2,1,1\n");
        JsonElement fit = Cli.Json("fit", In("gap.csv"), "--formula", "y ~ x + offset(log(t))", "--model", "poisson", "--missing", "mean",
            "--out", In("m.json"));
        Assert.Equal(5, fit.GetProperty("rows").GetInt32());
        Assert.Equal(6, Cli.Run("predict", In("m.json"), In("gap.csv"), "--missing", "mean").Out.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public void Two_columns_of_one_name_are_refused()
    {
        File.WriteAllText(In("names.csv"), "y,x,log(x)\n1,2,1\n2,3,4\n3,5,2\n4,9,3\n5,7,1\n");
        var (code, _, error) = Cli.Run("fit", In("names.csv"), "--formula", "y ~ log(x) + `log(x)`");
        Assert.Equal(1, code);
        Assert.Contains("are both called 'log(x)'; rename a column of the data", error, StringComparison.Ordinal);
    }

    // Classes: one against the rest, all of them, numbers as classes; and what evaluate makes of them.
    [Theory]
    [InlineData("cut = Ideal ~ log(carat) + depth", "accuracy")]
    [InlineData("C(cut) ~ log(carat) + depth", "accuracy")]
    [InlineData("C(table) = 57 ~ log(carat) + log(price)", "accuracy")]
    [InlineData("table = 57 ~ log(carat) + scale(table)", "accuracy")]
    public void Classes_are_evaluated_as_they_were_fitted(string formula, string measure)
    {
        JsonElement fit = Cli.Json("fit", Stones, "--formula", formula, "--l2", "0.01", "--out", In("m.json"));
        JsonElement found = Cli.Json("evaluate", In("m.json"), Stones);
        Assert.Equal(fit.GetProperty("fit").GetProperty(measure).GetDouble(), found.GetProperty("fit").GetProperty(measure).GetDouble());
    }

    [Fact]
    public void The_offset_of_a_formula_is_that_of_the_option()
    {
        string claims = Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", "r", "insurance.csv");
        JsonElement formula = Cli.Json("fit", claims, "--formula", "claims ~ district + group + age + offset(log(holders))", "--model",
            "poisson", "--out", In("f.json")), option = Cli.Json("fit", claims, "--target", "claims", "--features", "district,group,age",
            "--exposure", "holders", "--model", "poisson", "--out", In("o.json"));
        Assert.Equal(Cli.Estimates(option), Cli.Estimates(formula));
        Assert.Equal("log(holders)", formula.GetProperty("offset").GetString());
        Assert.Equal(Cli.Run("predict", In("o.json"), claims).Out, Cli.Run("predict", In("f.json"), claims).Out);
        Assert.Equal(Cli.Run("evaluate", In("o.json"), claims).Out.Split('\n')[2..],
            Cli.Run("evaluate", In("f.json"), claims).Out.Split('\n')[2..]);
    }

    // R 4.2.2: drop1(lm(FORMULA, warpbreaks), . ~ ., test = "F"), treatment contrasts.
    [Theory]
    [InlineData("breaks ~ wool + tension", "wool 3.339316000, tension 7.536650695")]
    [InlineData("breaks ~ wool * C(tension, ref = L)",
        "wool 10.030093219, C(tension, ref = \"L\") 10.312149460, wool:C(tension, ref = \"L\") 4.189068967")]
    public void All_columns_of_a_term_are_tested_together(string formula, string ratios)
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("descent-terms-").FullName, "w.csv");
        int[] breaks = [26, 30, 54, 25, 70, 52, 51, 26, 67, 18, 21, 29, 17, 12, 18, 35, 30, 36, 36, 21, 24, 18, 10, 43, 28, 15, 26,
            27, 14, 29, 19, 29, 31, 41, 20, 44, 42, 26, 19, 16, 39, 28, 21, 39, 29, 20, 21, 24, 17, 13, 15, 15, 16, 28];
        File.WriteAllLines(file, ["breaks,wool,tension", .. breaks.Select((b, i) => $"{b},{(i < 27 ? 'A' : 'B')},{"LMH"[i / 9 % 3]}")]);
        System.Text.Json.JsonElement[] terms =
            [.. Cli.Json("fit", file, "--formula", formula, "--anova").GetProperty("terms").EnumerateArray()];
        Assert.Equal(ratios, string.Join(", ", terms.Select(t => FormattableString.Invariant(
            $"{t.GetProperty("name").GetString()} {t.GetProperty("ratio").GetDouble():F9}"))));
    }
}
