using System.Globalization;
using System.Text.Json;

namespace Descent.Cli.Tests.Commands;

/// <summary>The factorisation machine from the command line: ratings of items by people, whose tastes meet in products that no sum of
/// columns has. Predictions are checked against the double sum over the pairs of what the model file holds.</summary>
public sealed class FactorisationTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent-fm").FullName;

    // 30 people and 20 items, each with two numbers, rated 900 times with noise 0.1.
    string Ratings()
    {
        string path = Path.Combine(folder, "ratings.csv");
        if (System.IO.File.Exists(path)) return path;
        Draws draws = new(11);
        double[] own = [.. Enumerable.Range(0, 160).Select(_ => draws.NextNormal())];
        List<string> lines = ["person,item,age,rating,liked"];
        for (int k = 0; k < 900; k++)
        {
            int a = draws.NextIndex(30), b = draws.NextIndex(20);
            double age = Math.Round(draws.NextNormal(), 2),
                r = 3 + (own[a] * own[60 + b]) + (own[30 + a] * own[80 + b]) + (0.3 * age) + (0.1 * draws.NextNormal());
            lines.Add(FormattableString.Invariant($"p{a},i{b},{age},{r:0.000},{(r > 3 ? "yes" : "no")}"));
        }
        System.IO.File.WriteAllText(path, string.Join('\n', lines) + "\n");
        return path;
    }

    string[] Numbers(params string[] more) => ["fit", Ratings(), "--model", "fm", "--target", "rating", "--exclude", "liked", .. more];

    [Fact]
    public void Products_are_found_that_a_linear_model_has_not()
    {
        JsonElement machine = Cli.Json(Numbers("--rank", "2", "--l2", "0.001", "--valid", "0.25")),
            linear = Cli.Json("fit", Ratings(), "--model", "linear", "--target", "rating", "--exclude", "liked", "--l2", "0.001",
                "--valid", "0.25");
        double Unseen(JsonElement fit) => fit.GetProperty("validation").GetProperty("meanLoss").GetDouble();
        Assert.True(Unseen(machine) < 0.1 * Unseen(linear), $"{Unseen(machine)} beside {Unseen(linear)}");
        Assert.Equal(2, machine.GetProperty("rank").GetInt32());
        Assert.Contains("rounding included: w is stationary as far as that. Nothing bounds how far the least value is",
            machine.GetProperty("certificate").GetProperty("how").GetString()!, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, machine.GetProperty("certificate").GetProperty("gap").ValueKind);
        Assert.Contains("rotations of the factors", machine.GetProperty("noStandardErrors").GetString()!, StringComparison.Ordinal);
    }

    // Of rank 0 it is ridge regression on a column a level.
    [Fact]
    public void Of_rank_0_it_is_ridge_regression()
    {
        JsonElement machine = Cli.Json(Numbers("--features", "age", "--rank", "0", "--l2", "0.1", "--grad-tol", "1e-12")),
            ridge = Cli.Json("fit", Ratings(), "--model", "linear", "--target", "rating", "--features", "age", "--l2", "0.1");
        double[] a = Cli.Estimates(machine), b = Cli.Estimates(ridge);
        for (int j = 0; j < 2; j++) Assert.Equal(b[j], a[j], 1e-9);
    }

    [Theory]
    [InlineData("fm", "rating", "liked")]
    [InlineData("fm-logistic", "liked", "rating")]
    public void A_saved_model_predicts_what_the_double_sum_says(string family, string target, string other)
    {
        string model = Path.Combine(folder, "m.json"), data = Ratings(), page = Path.Combine(folder, "r.html");
        var (code, output, error) = Cli.Run("fit", data, "--model", family, "--target", target, "--exclude", other, "--rank", "3",
            "--l2", "0.01", "--out", model, "--report", page);
        Assert.True(code == 0, error);
        Assert.Contains("Factors: 3 numbers a column beside its coefficient", output, StringComparison.Ordinal);
        Assert.Contains("Factors: 3 numbers a column", System.IO.File.ReadAllText(page), StringComparison.Ordinal);
        JsonElement file = JsonDocument.Parse(System.IO.File.ReadAllText(model)).RootElement;
        Assert.Equal(5, file.GetProperty("version").GetInt32());
        double[] w = Doubles(file.GetProperty("weights")[0]);
        double[][] factors = [.. file.GetProperty("factors").EnumerateArray().Select(Doubles)];
        double b = file.GetProperty("intercepts")[0].GetDouble();
        string[] names = [.. file.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("name").GetString()!)];
        Assert.Equal((51, 3), (names.Length, factors.Length));
        string[] rows = System.IO.File.ReadAllLines(data), predicted = Cli.Run("predict", model, data).Out.Split('\n');
        SavedModel saved = SavedModel.Load(model);
        for (int i = 1; i < 40; i++)
        {
            string[] c = rows[i].Split(',');
            (int Column, double X)[] x = [(Array.IndexOf(names, "person=" + c[0]), 1), (Array.IndexOf(names, "item=" + c[1]), 1),
                (Array.IndexOf(names, "age"), double.Parse(c[2], CultureInfo.InvariantCulture))];
            double z = b + x.Sum(t => w[t.Column] * t.X);
            for (int j = 0; j < 3; j++)
                for (int l = j + 1; l < 3; l++) z += factors.Sum(v => v[x[j].Column] * v[x[l].Column]) * x[j].X * x[l].X;
            double wanted = family == "fm" ? z : 1 / (1 + Math.Exp(-z));
            Assert.Equal(wanted, double.Parse(predicted[i].Split(',')[^1], CultureInfo.InvariantCulture), 1e-12);
            double[] row = new double[names.Length];
            foreach (var (column, value) in x) row[column] = value;
            Assert.Equal(wanted, saved.Predict(row), 1e-12);
        }
        Assert.Contains("Mean loss", Cli.Run("evaluate", model, data).Out, StringComparison.Ordinal);
        Assert.Contains(family, Cli.Run("inspect", model).Out, StringComparison.Ordinal);
    }

    static double[] Doubles(JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetDouble())];

    // The start is drawn: a seed gives the same bits, another one another point.
    [Fact]
    public void The_seed_draws_the_start()
    {
        double Norm(string seed) => Cli.Json(Numbers("--rank", "2", "--l2", "0.01", "--seed", seed, "--steps", "3"))
            .GetProperty("factorNorm").GetDouble();
        Assert.Equal(Norm("1"), Norm("1"));
        Assert.NotEqual(Norm("1"), Norm("2"));
    }

    [Fact]
    public void Samples_and_searches_work_on_it()
    {
        JsonElement sgd = Cli.Json(Numbers("--rank", "2", "--method", "adam", "--epochs", "40", "--lr", "0.02", "--valid", "0.2"));
        Assert.InRange(sgd.GetProperty("validation").GetProperty("meanLoss").GetDouble(), 0, 0.3);
        var (code, output, error) = Cli.Run("tune", Ratings(), "--model", "fm", "--rank", "2", "--target", "rating", "--exclude", "liked",
            "--l2", "1e-4..1e-1", "--trials", "3", "--folds", "3");
        Assert.True(code == 0, error);
        Assert.Contains("--l2", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--l1 0.1", "--l1 does not go with --model fm, which is fitted without an L1 penalty")]
    [InlineData("--standardize", "--standardize does not go with --model fm, which multiplies columns with each other")]
    [InlineData("--anova", "--anova does not go with --model fm")]
    [InlineData("--profile-intervals", "--profile-intervals does not go with --model fm")]
    [InlineData("--influence 3", "--influence does not go with --model fm")]
    [InlineData("--gap 1e-6", "--gap does not go with --model fm, which has no gap that could be proved; use --grad-tol or --tol")]
    [InlineData("--path 5", "fitted without an L1 penalty")]
    [InlineData("--robust hc0", "which is not convex and has no one estimate")]
    [InlineData("--rank -1", "--rank is -1; expected a number from 0 to 10000")]
    [InlineData("--online", "--model fm cannot learn from a stream")]
    public void What_does_not_go_with_it_is_one_sentence(string words, string said)
    {
        var (code, _, error) = Cli.Run(Numbers(words.Split(' ')));
        Assert.Equal(1, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rank_belongs_to_it_alone()
    {
        var (code, _, error) = Cli.Run("fit", Ratings(), "--model", "linear", "--target", "rating", "--exclude", "liked", "--rank", "2");
        Assert.Equal(1, code);
        Assert.Contains("--rank belongs to --model fm", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"factors\": [\n    [", "\"factors\": [\n    [1, ",
        "vector 1 of the factors does not have a number for each of the 51 features")]
    [InlineData("\"factors\"", "\"others\"", "needs its \"factors\"")]
    [InlineData("\"version\": 5", "\"version\": 4", "a file of version 4 has no \"factors\"")]
    public void A_damaged_model_is_one_sentence(string old, string changed, string said)
    {
        string model = Path.Combine(folder, "d.json");
        Assert.Equal(0, Cli.Run(Numbers("--rank", "1", "--steps", "5", "--out", model)).Code);
        string text = System.IO.File.ReadAllText(model);
        Assert.Contains(old, text, StringComparison.Ordinal);
        System.IO.File.WriteAllText(model, text.Replace(old, changed, StringComparison.Ordinal));
        var (code, _, error) = Cli.Run("predict", model, Ratings());
        Assert.Equal(2, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, true);
}
