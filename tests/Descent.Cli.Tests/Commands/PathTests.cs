using System.Text.Json;

namespace Descent.Cli.Tests.Commands;

public sealed class PathTests : IDisposable
{
    static readonly string[] Diabetes = ["fit", Cli.Sample("diabetes.csv"), "--target", "progression", "--standardize"];

    readonly string folder = Directory.CreateTempSubdirectory("descent-path").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    string In(string name) => Path.Combine(folder, name);

    [Fact]
    public void A_path_is_printed_chosen_saved_and_drawn()
    {
        var (code, text,
            error) = Cli.Run([.. Diabetes, "--path", "40", "--cv", "5", "--choose", "1se", "--out", In("m.json"), "--report",
                In("r.html")]);
        Assert.True(code == 0, error);
        Assert.Contains("Path         40 λ, a geometric grid", text, StringComparison.Ordinal);
        Assert.Contains(" of 40 λ not shown (--json or --report has all)", text, StringComparison.Ordinal);
        Assert.Contains("Solved 40 of 40 λ; the largest certified gap is ", text, StringComparison.Ordinal);
        Assert.Contains("the largest within one standard error of the least mean loss over 5 folds", text, StringComparison.Ordinal);
        string page = System.Net.WebUtility.HtmlDecode(File.ReadAllText(In("r.html")));
        Assert.Contains("Held-out loss, mean over 5 folds, ± one standard error", page, StringComparison.Ordinal);
        Assert.Contains("Coefficients times the standard deviations of their columns", page, StringComparison.Ordinal);
        // As many rows as λ, whatever the text leaves out.
        Assert.Matches("<td[^>]*>40</td>", page);
    }

    // The model of the path is that of an ordinary fit with its two penalties.
    [Fact]
    public void The_saved_model_is_that_of_the_chosen_penalties()
    {
        JsonElement json = Cli.Json([.. Diabetes, "--path", "30", "--l1-ratio", "0.5", "--cv", "4", "--out", In("m.json")]),
            path = json.GetProperty("path");
        JsonElement chosen = path.GetProperty("points")[path.GetProperty("chosen").GetInt32()];
        Assert.Equal(path.GetProperty("least").GetInt32(), path.GetProperty("chosen").GetInt32());
        string l1 = chosen.GetProperty("l1").GetRawText(), l2 = chosen.GetProperty("l2").GetRawText();
        Assert.Equal(chosen.GetProperty("l1").GetDouble(), chosen.GetProperty("l2").GetDouble(), 1e-12);
        Assert.Equal(0, Cli.Run([.. Diabetes, "--l1", l1, "--l2", l2, "--out", In("alone.json")]).Code);
        double[] a = Predicted("m.json"), b = Predicted("alone.json");
        Assert.Equal(442, a.Length);
        for (int i = 0; i < 442; i++) Assert.Equal(b[i], a[i], 1e-6);
        Assert.Equal(chosen.GetProperty("objective").GetDouble(), json.GetProperty("objective").GetDouble(), 1e-10);
        // What was chosen is the least of all, and none is within its error with a larger λ but those after the second mark.
        double[] loss = [.. path.GetProperty("points").EnumerateArray().Select(p => p.GetProperty("foldLoss").GetDouble())];
        int least = path.GetProperty("least").GetInt32(), one = path.GetProperty("withinOneStandardError").GetInt32();
        double limit = loss[least] + path.GetProperty("points")[least].GetProperty("foldError").GetDouble();
        Assert.Equal(loss.Min(), loss[least]);
        Assert.Equal(Array.FindIndex(loss, v => v <= limit), one);
    }

    double[] Predicted(string model)
    {
        string[] lines = Cli.Run("predict", In(model), Cli.Sample("diabetes.csv")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Skip(1).Select(l => double.Parse(l.Split(',')[^1], System.Globalization.CultureInfo.InvariantCulture))];
    }

    static double FoldLoss(JsonElement fit, int k) => fit.GetProperty("path").GetProperty("points")[k].GetProperty("foldLoss").GetDouble();

    [Fact]
    public void Groups_stay_whole_and_are_no_feature()
    {
        string[] lines = File.ReadAllLines(Cli.Sample("diabetes.csv"));
        File.WriteAllLines(In("g.csv"), lines.Select((l, i) => i == 0 ? l + ",clinic" : $"{l},c{i % 7}"));
        string[] command = ["fit", In("g.csv"), "--target", "progression", "--path", "10", "--cv", "7", "--groups", "clinic"];
        JsonElement json = Cli.Json(command), other = Cli.Json([.. command, "--seed", "9"]);
        Assert.Equal(10, json.GetProperty("columns").GetInt32());
        // Seven groups and seven folds: the seed has nothing left to say but the order in which the folds are summed.
        for (int k = 0; k < 10; k++) Assert.Equal(FoldLoss(json, k), FoldLoss(other, k), 1e-9);
        Assert.Contains("7 groups of clinic kept whole", Cli.Run([.. command, "--dry-run"]).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_folder_and_a_quiet_line_speak_of_the_path()
    {
        var (code, text, _) = Cli.Run([.. Diabetes, "--path", "10", "--valid", "0.25", "--quiet", "--run", In("run")]);
        Assert.Equal(0, code);
        Assert.Matches(@"^λ = \S+ of 10, \d+ non-zero, held-out loss \S+; F = ", text);
        Assert.Equal(10,
            JsonDocument.Parse(File.ReadAllText(Path.Combine(In("run"),
                "result.json"))).RootElement.GetProperty("path").GetProperty("points").GetArrayLength());
    }

    [Theory]
    [InlineData("--path 1", "--path is 1; expected a number of λ, at least 2.")]
    [InlineData("--path 10 --path-ratio 1",
        "--path-ratio is 1; expected the smallest λ over the largest, between 0 and 1, for example 1e-4.")]
    [InlineData("--path 10 --l1-ratio 0",
        "--l1-ratio is 0; a path begins where all coefficients are zero, which a penalty of squares alone never reaches. Expected a "
            + "part above 0, for example 0.001.")]
    [InlineData("--path 10 --l1-ratio 1.5", "--l1-ratio is 1.5; expected the L1 part of the penalty, above 0 and at most 1.")]
    [InlineData("--path 10 --l1 0.1",
        "--path makes its own penalties, λ(α‖w‖₁ + ½(1 − α)‖w‖²); leave --l1 and --l2 out, and give α as --l1-ratio.")]
    [InlineData("--path 10 --cv 1", "--cv is 1; expected a number of folds, at least 2.")]
    [InlineData("--cv 500", "--cv is 500, and there are 442 rows to cut.")]
    [InlineData("--path 10 --model absolute",
        "--path is walked by coordinate descent, which needs a differentiable loss; absolute has kinks. Use linear, huber, logistic, "
            + "softmax or poisson.")]
    [InlineData("--path 10 --method sgd", "--path is walked by coordinate-descent; --method sgd means nothing to it. Leave it out.")]
    [InlineData("--path 10 --lr 0.1",
        "--path is walked without step sizes, batches or averages; leave --lr, --schedule, --theorem, --batch, --order, --average and "
            + "numbers of a method out.")]
    [InlineData("--path 10 --epochs 3", "--path solves every λ to its certified optimum; of the budgets it takes --gap alone.")]
    [InlineData("--path 10 --model mlp-regression",
        "--path means nothing to a network: its objective is not convex, so that the optimum of one λ says nothing of the next.")]
    [InlineData("--path 10 --fix", "--fix means nothing to --path, which has no step sizes that could be wrong. Leave it out.")]
    [InlineData("--choose 1se", "--choose is for a path of penalties: give --path, for example --path 100.")]
    [InlineData("--l1-ratio 0.5", "--l1-ratio is for a path of penalties: give --path, for example --path 100.")]
    [InlineData("--path 10 --choose best", "--choose is 'best'; expected min or 1se.")]
    [InlineData("--path 10 --choose 1se", "--choose 1se needs held-out rows to choose by: give --cv, for example --cv 10, or --valid.")]
    [InlineData("--path 10 --groups sex", "--groups keeps rows of a group in one fold; it needs --cv, for example --cv 10.")]
    [InlineData("--groups sex", "--groups is for the folds of a path: give --path and --cv.")]
    [InlineData("--cv 3 --groups sex", "--cv is 3, and --groups has 2 groups, none of which is cut.")]
    [InlineData("--cv 3 --groups region", "--groups: there is no column 'region' in ")]
    [InlineData("--cv 3 --groups progression", "--groups names the target 'progression'.")]
    public void Misuse_is_one_sentence(string options, string expected)
    {
        var (code, output, error) = Cli.Run([.. Diabetes, .. options.Split(' ')]);
        string said = error.Split('\n').Last(l => l.Length > 0);
        Assert.True(code == 1, $"{code}: {error}");
        Assert.StartsWith("descent: " + expected, said, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Fact]
    public void A_target_that_no_column_moves_has_no_path()
    {
        File.WriteAllText(In("flat.csv"), "a,y\n1,2\n3,2\n4,2\n");
        var (code, _, error) = Cli.Run("fit", In("flat.csv"), "--target", "y", "--model", "linear", "--path", "5");
        Assert.Equal(1, code);
        Assert.Contains("--path: no column changes the loss of the null model, so that all coefficients are zero under every λ.", error,
            StringComparison.Ordinal);
    }
}
