using System.Text.Json;

namespace Descent.Cli.Tests.Commands;

public sealed class TuneTests : IDisposable
{
    static readonly string[] Iris = ["tune", Cli.Sample("iris.csv"), "--target", "species=versicolor", "--model", "logistic",
        "--standardize"];

    readonly string folder = Directory.CreateTempSubdirectory("descent").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    static double[] Of(JsonElement result, string name) =>
        [.. result.GetProperty("trials").EnumerateArray().Select(t => t.GetProperty(name).GetDouble())];

    // The range given lies far below the best step: the grid has to walk there, and to say so.
    [Fact]
    public void A_grid_grows_until_its_best_point_lies_inside()
    {
        JsonElement result = Cli.Json([.. Iris, "--method", "sgd", "--epochs", "10", "--lr", "1e-6..1e-5", "--trials", "3"]);
        double best = result.GetProperty("best").GetProperty("lr").GetDouble();
        double[] tried = Of(result, "lr");
        Assert.InRange(best, 1e-4, 1);
        Assert.True(best < tried.Max() && best > tried.Min());
        Assert.Contains("The grid grew by", result.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
        // The result is a command line that runs.
        string line = result.GetProperty("command").GetString()!;
        Assert.StartsWith("descent fit ", line, StringComparison.Ordinal);
        Assert.Contains($"--lr {best.ToString(System.Globalization.CultureInfo.InvariantCulture)}", line, StringComparison.Ordinal);
        Assert.Equal(0, Cli.Run(line.Split(' ')[1..]).Code);
    }

    // Mean held-out log loss over 3 folds is that of the three fits taken by hand.
    [Fact]
    public void The_score_is_the_mean_over_held_out_folds()
    {
        JsonElement result = Cli.Json([.. Iris, "--l2", "0.001..1", "--trials", "4"]);
        double[] l2 = Of(result, "l2"), score = Of(result, "score");
        Assert.True(l2.Length >= 4);
        int best = Array.IndexOf(score, score.Min());
        Assert.Equal(l2[best], result.GetProperty("best").GetProperty("l2").GetDouble());
        Assert.Equal(Of(result, "gradients").Sum(), result.GetProperty("gradients").GetDouble());
        JsonElement one = Cli.Json([.. Iris, "--l2", "0.001..1", "--trials", "4", "--folds", "1"]);
        JsonElement by = Cli.Json(["fit", .. Iris[1..], "--l2", "0.001", "--valid", "0.2"]);
        Assert.Equal(by.GetProperty("validation").GetProperty("meanLoss").GetDouble(),
            Of(one, "score")[Array.IndexOf(Of(one, "l2"), 0.001)], 1e-12);
    }

    // scikit-learn 1.2.1: the mean over TimeSeriesSplit(k).split(x) of half the mean squared error of Ridge(alpha=λ·len(train)) on x[test],
    // for x = (round(sin i, 3), round(cos 3i, 3)), y = round(x₁ + 0.1 i + sin 7i, 3), i = 0 … 22.
    [Theory]
    [InlineData("2", 0.953954777660181, 0.92660612299505, 0.9176094097737866)]
    [InlineData("3", 0.8966419144552668, 0.8687233630614667, 0.86976278501459)]
    [InlineData("4", 0.8006484109605936, 0.7717050382117796, 0.7784788204114059)]
    public void In_the_order_of_time_scores_are_those_over_scikit_learns_folds(string folds, double first, double second, double third)
    {
        string path = Path.Combine(folder, "time.csv");
        File.WriteAllLines(path, ["a,b,y", .. Enumerable.Range(0, 23).Select(i =>
        {
            double a = Math.Round(Math.Sin(i), 3), b = Math.Round(Math.Cos(3 * i), 3);
            return FormattableString.Invariant($"{a},{b},{Math.Round(a + (0.1 * i) + Math.Sin(7 * i), 3)}");
        })]);
        string[] words = ["tune", path, "--target", "y", "--l2", "0.01..1", "--trials", "3", "--folds", folds];
        JsonElement result = Cli.Json([.. words, "--time-order"]);
        double[] l2 = Of(result, "l2"), score = Of(result, "score");
        foreach (var (lambda, wanted) in new[] { (0.01, first), (0.1, second), (1, third) })
            Assert.Equal(wanted, score[Array.FindIndex(l2, l => Math.Abs(l - lambda) < 1e-9)], 1e-9);
        Assert.NotEqual(score, Of(Cli.Json(words), "score"));
    }

    [Theory]
    [InlineData("random", "7")]
    [InlineData("halving", "9")]
    public void Searches_are_deterministic_and_go_on_where_they_were_stopped(string search, string trials)
    {
        string[] command = [.. Iris, "--method", "heavy-ball", "--epochs", "9", "--lr", "1e-3..1", "--vary", "momentum=0.5..0.99",
            "--search", search, "--trials", trials];
        string whole = Cli.Run([.. command, "--json"]).Out, run = Path.Combine(folder, search);
        Assert.Equal(whole, Cli.Run([.. command, "--json"]).Out);
        Cli.Run([.. command, "--run", run, "--quiet"]);
        // Stopped in the middle of a line: three trials and a half are there.
        string log = Path.Combine(run, "trials.csv");
        string[] lines = File.ReadAllLines(log);
        File.WriteAllText(log, string.Join('\n', lines[..5]) + "\n" + lines[5][..4]);
        var (code, text, error) = Cli.Run([.. command, "--run", run]);
        Assert.Equal(0, code);
        Assert.Contains("going on after 3 finished trials", error, StringComparison.Ordinal);
        Assert.Equal(lines, File.ReadAllLines(log));
        string best = JsonDocument.Parse(whole).RootElement.GetProperty("command").GetString()!;
        Assert.Contains(best, text, StringComparison.Ordinal);
        // Another search does not mix with it.
        var (other, _, why) = Cli.Run([.. command, "--seed", "2", "--run", run]);
        Assert.Equal(1, other);
        Assert.Contains("trials of another search", why, StringComparison.Ordinal);
    }

    [Fact]
    public void Halving_gives_three_times_the_budget_to_a_third()
    {
        JsonElement result =
            Cli.Json([.. Iris, "--method", "sgd", "--epochs", "9", "--lr", "1e-4..1", "--search", "halving", "--trials", "9"]);
        Assert.Equal([.. Enumerable.Repeat(1.0, 9), 3, 3, 3, 9], Of(result, "epochs"));
    }

    [Fact]
    public void A_network_is_tuned_and_the_search_reported()
    {
        string report = Path.Combine(folder, "tune.html");
        var (code, text, error) = Cli.Run("tune", Cli.Sample("circle.csv"), "--target", "class", "--model", "mlp", "--hidden", "8",
            "--epochs", "5", "--lr", "1e-3..0.1", "--trials", "3", "--folds", "2", "--patience", "3", "--report", report);
        Assert.True(code == 0, error);
        Assert.Contains("Best: lr = ", text, StringComparison.Ordinal);
        Assert.Contains("<svg ", File.ReadAllText(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--lr 1..0.1", "the range of lr is '1..0.1'")]
    [InlineData("--lr 0.1", "there is nothing to tune")]
    [InlineData("--search best", "--search is 'best'")]
    [InlineData("--trials 1", "--trials is 1")]
    [InlineData("--l2 0.1..1 --folds 1000", "--folds is 1000, and there are 150 rows")]
    [InlineData("--vary momentum", "expected NAME=A..B")]
    [InlineData("--lr auto", "has no step size to tune")]
    [InlineData("--method sgd --vary speed=1..2", "--set speed means nothing to --method sgd")]
    public void Misuse_is_a_usage_error(string options, string expected)
    {
        var (code, _, error) = Cli.Run([.. Iris, .. options.Split(' ')]);
        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }
}
