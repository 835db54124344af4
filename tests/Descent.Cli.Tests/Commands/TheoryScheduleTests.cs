using System.Globalization;
using System.Text.RegularExpressions;

namespace Descent.Cli.Tests.Commands;

public sealed class TheoryScheduleTests
{
    static readonly string[] Iris = ["fit", Cli.Sample("iris.csv"), "--target", "species=versicolor", "--model", "logistic",
        "--standardize", "--l2", "0.05", "--penalize-intercept"];

    static double Number(Match m, int group) => double.Parse(m.Groups[group].Value, CultureInfo.InvariantCulture);

    // The promise and what was measured, for each method that a theorem speaks about; the bound holds for the mean over seeds.
    [Theory]
    [InlineData("gd", "G10|G16")]
    [InlineData("sgd", "G24|G25|G26|G2")]
    [InlineData("averaged-sgd", "G24|G2")]
    [InlineData("linear-coupling", "G11")]
    [InlineData("accelerated", "M9")]
    [InlineData("ema-momentum", "G15")]
    [InlineData("normalised", "G20")]
    [InlineData("storm", "G21")]
    [InlineData("svrg", "G19")]
    [InlineData("saga", "SAGA")]
    [InlineData("sdca", "SDCA")]
    [InlineData("projected-sgd", "G18")]
    [InlineData("cubic-newton", "G22")]
    [InlineData("almost-convex", "G28")]
    [InlineData("adaptive-ball", "G12")]
    [InlineData("adagrad-box", "G13")]
    [InlineData("adagrad-norm", "G8")]
    [InlineData("ema-norm-corrected", "G9")]
    public void What_a_theorem_promises_is_kept(string method, string theorems)
    {
        var (code, text, error) = Cli.Run([.. Iris, "--method", method, "--schedule", "theory", "--epochs", "40", "--repeat", "3"]);
        Assert.True(code == 0, error);
        Match m = Regex.Match(text,
            $@"Theory +({theorems}) promises .* ≤ ([\d.E+-]+) after [\d,]+ steps"
                + @"(?:, by the run's own gradients)?; (mean of 3 seeds|this run): ([\d.E+-]+)");
        Assert.True(m.Success, text);
        Assert.True(Number(m, 4) <= Number(m, 2), m.Value);
        // What draws nothing is the same under every seed, and is not told of means over them.
        bool draws = method is not ("gd" or "linear-coupling" or "accelerated" or "cubic-newton" or "almost-convex");
        Assert.Equal(draws ? "mean of 3 seeds" : "this run", m.Groups[3].Value);
        Assert.Equal(draws, Regex.IsMatch(text, @"Seeds +3 seeds from 1: F = [\d.]+ ± "));
        Assert.Equal(draws, text.Contains("seeds", StringComparison.Ordinal));
        Assert.Contains("holds", text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_pass_speaks_of_rows_never_seen()
    {
        var (code, text, _) = Cli.Run([.. Iris, "--method", "sgd", "--schedule", "theory", "--epochs", "1", "--valid", "0.3"]);
        Assert.Equal(0, code);
        // Of rows never seen these rows prove neither D nor G.
        Assert.Contains("G3 (C 3.1) gives the steps; it promises nothing here", text, StringComparison.Ordinal);
        Assert.Contains("it is about rows that were not seen", text, StringComparison.Ordinal);
        (code, text,
         _) = Cli.Run([.. Iris, "--method", "sgd", "--schedule", "theory", "--epochs", "1", "--valid", "0.3", "--assume", "D=20,G=10"]);
        Assert.Equal(0, code);
        Assert.Matches(
            @"G3 \(C 3.1\): gap of the averaged iterate in the true loss, that of rows never seen ≤ .*, given what is assumed: ", text);
        Assert.Matches(@"Held out +45 rows: mean loss [\d.]+ \(95 % interval [\d.]+ … [\d.]+\)", text);
    }

    [Fact]
    public void The_report_draws_the_measured_curve_under_the_bound()
    {
        string folder = Directory.CreateTempSubdirectory("descent").FullName, report = Path.Combine(folder, "r.html");
        Assert.Equal(0,
            Cli.Run([.. Iris, "--method", "sgd", "--schedule", "theory", "--epochs", "20", "--repeat", "4", "--report", report]).Code);
        string html = File.ReadAllText(report);
        Assert.Contains("Measured under the bound of G", html, StringComparison.Ordinal);
        Assert.Contains("mean of 4 seeds", html, StringComparison.Ordinal);
        Assert.Contains(">F convex</td>", html, StringComparison.Ordinal);
        Directory.Delete(folder, true);
    }

    [Theory]
    [InlineData("--method adam --schedule theory", "no guarantee speaks about --method adam")]
    [InlineData("--method sgd --schedule theory --lr 0.1", "--lr and --schedule theory both set the step size")]
    [InlineData("--method sgd --repeat 0", "--repeat is 0")]
    [InlineData("--patience 3", "--patience needs held-out rows")]
    public void Misuse_is_a_usage_error(string options, string expected)
    {
        var (code, _, error) = Cli.Run([.. Iris, .. options.Split(' ')]);
        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    // The iterate that is kept is the one with the smallest held-out loss, not the last.
    [Fact]
    public void Patience_ends_a_run_and_keeps_the_best_iterate()
    {
        string[] fit = ["fit", Cli.Sample("iris.csv"), "--target", "species=versicolor", "--model", "logistic", "--method", "gd",
            "--standardize", "--valid", "0.3", "--epochs", "2000"];
        double whole = Cli.Json(fit).GetProperty("validation").GetProperty("meanLoss").GetDouble();
        var stopped = Cli.Json([.. fit, "--patience", "4"]);
        Assert.Contains("Stopped early", stopped.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        Assert.True(stopped.GetProperty("validation").GetProperty("meanLoss").GetDouble() <= whole);
        Assert.True(stopped.GetProperty("steps").GetInt64() < 2000);
    }
}
