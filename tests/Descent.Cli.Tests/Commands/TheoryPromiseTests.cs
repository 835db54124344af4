using System.Globalization;
using System.Text.Json;
using Descent.Cli.Output;
using Descent.Guarantees;
using Descent.Runs;

namespace Descent.Cli.Tests.Commands;

/// <summary>What is promised is kept, what is open is not promised, and what is said of it compares like with like.</summary>
public sealed class TheoryPromiseTests
{
    static string Data(string name) => Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", name);

    static readonly string[] Pairs = ["fit", Data("sym2.csv"), "--target", "y", "--l2", "0.05", "--no-intercept"];

    static JsonElement Theory(params string[] args)
    {
        var (code, output, error) = Cli.Run([.. args, "--json"]);
        Assert.True(code is 0 or 3 or 4, error);
        return JsonDocument.Parse(output).RootElement.GetProperty("theory");
    }

    static void Kept(JsonElement t)
    {
        Assert.True(t.GetProperty("promises").GetBoolean(), t.ToString());
        double bound = Math.Max(t.GetProperty("bound").GetDouble(), t.GetProperty("resolution").GetDouble()),
            error = t.GetProperty("standardError").ValueKind == JsonValueKind.Number ? t.GetProperty("standardError").GetDouble() : 0;
        Assert.True(t.GetProperty("measured").GetDouble() - (3 * error) <= bound, t.ToString());
    }

    // Nearly equal rows with opposite labels: the start is nearly the optimum, where single gradients are as large as anywhere.
    [Theory]
    [InlineData("saga", 40)]
    [InlineData("saga", 400)]
    [InlineData("sdca", 40)]
    [InlineData("sdca", 400)]
    [InlineData("svrg", 40)]
    [InlineData("sgd", 90)]
    [InlineData("saga", 40, "--batch", "3")]
    public void A_start_that_is_nearly_optimal_is_no_start_of_a_table_or_a_dual(string method, int steps, params string[] more) =>
        Kept(Theory([.. Pairs, "--method", method, "--schedule", "theory", "--repeat", "20", "--steps",
            steps.ToString(CultureInfo.InvariantCulture), .. more]));

    [Fact]
    public void An_estimate_promises_nothing_and_a_word_does_so_conditionally()
    {
        string[] fit = ["fit", Data("poly.csv"), "--target", "y", "--method", "linear-coupling", "--schedule", "theory", "--steps", "300"];
        JsonElement t = Theory(fit);
        Assert.False(t.GetProperty("promises").GetBoolean());
        Assert.False(t.TryGetProperty("bound", out _));
        Assert.Contains(t.GetProperty("assumptions").EnumerateArray(),
            a => a.GetProperty("text").GetString() == "‖w₁ − w*‖ ≤ D" && a.GetProperty("standing").GetString() == "open");
        var (_, text, _) = Cli.Run(fit);
        Assert.Contains("G11 (C 15.2) gives the steps; it promises nothing here: ‖w₁ − w*‖ ≤ D is open", text, StringComparison.Ordinal);
        Assert.Contains("--assume D=", text, StringComparison.Ordinal);
        (_, text, _) = Cli.Run([.. fit, "--assume", "D=1e9"]);
        Assert.Matches(@"G11 promises gap of the last iterate ≤ .*, given what is assumed: ‖w₁ − w\*‖ ≤ D", text);
        (int code, _, string error) = Cli.Run([.. Pairs, "--method", "gd", "--schedule", "theory", "--assume", "D=1e-9"]);
        Assert.Equal(1, code);
        Assert.Contains("is refuted by the data", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("G18", "projected-sgd")]
    [InlineData("G22", "cubic-newton")]
    [InlineData("G28", "almost-convex")]
    [InlineData("G11", "linear-coupling")]
    [InlineData("SDCA", "sdca")]
    [InlineData("g10", "gd")]
    public void A_theorem_is_named_and_brings_its_method(string theorem, string method)
    {
        string[] fit = [.. Pairs, "--theorem", theorem, "--steps", "60"];
        Kept(Theory(fit));
        Assert.Contains($"Method       {method}", Cli.Run(fit).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_along_negative_curvature_are_promised_nothing_on_a_convex_loss()
    {
        var (code, text, _) = Cli.Run([.. Pairs, "--theorem", "G23"]);
        Assert.Equal(0, code);
        Assert.Contains("F is convex: no eigenvalue of ∇²F is negative", text, StringComparison.Ordinal);
        Assert.Contains("none is promised here", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_theorem_can_be_asked_about_other_steps()
    {
        string[] fit = [.. Pairs, "--method", "sgd", "--steps", "200", "--repeat", "8"];
        Kept(Theory([.. fit, "--theorem", "G24", "--lr", "0.5"]));
        Kept(Theory([.. fit, "--theorem", "G6", "--schedule", "power:p=0.7"]));
        Kept(Theory([.. fit, "--theorem", "G25", "--schedule", "horizon"]));
        JsonElement t = Theory([.. fit, "--theorem", "G24", "--lr", "100"]);
        Assert.False(t.GetProperty("promises").GetBoolean());
        Assert.Contains("above 1/H", t.ToString(), StringComparison.Ordinal);
        t = Theory([.. fit, "--theorem", "G26", "--lr", "0.1"]);
        Assert.False(t.GetProperty("promises").GetBoolean());
        Assert.Contains("speaks of its own step sizes alone", t.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--method sgd --theorem G11", "--theorem G11 is about --method linear-coupling, not --method sgd")]
    [InlineData("--theorem G99", "--theorem 'G99' is not known")]
    [InlineData("--theorem G17", "is about no method of a fit")]
    [InlineData("--theorem G29", "prescribes a penalty and not steps: give --l2")]
    [InlineData("--assume D=3", "it needs --schedule theory or --theorem")]
    [InlineData("--method gd --schedule theory --assume D=x", "expected NAME=VALUE")]
    [InlineData("--method gd --schedule theory --assume E=1", "'E' is not a constant")]
    [InlineData("--theorem G24 --average suffix", "G24 is about the mean weighted by η_t")]
    [InlineData("--theorem G15 --momentum 0.5", "--momentum and G15 both set momentum")]
    [InlineData("--theorem G24 --order sequential", "its proof draws with replacement")]
    public void Misuse_is_a_usage_error(string options, string expected)
    {
        var (code, _, error) = Cli.Run([.. Pairs, .. options.Split(' ')]);
        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_run_checks_H_and_bounds_its_own_regret()
    {
        var (_, text, _) = Cli.Run([.. Pairs, "--method", "gd", "--schedule", "theory", "--steps", "20"]);
        Assert.Matches(@"Checks +H = 0.3854 stood the descent lemma and ‖∇F‖² ≤ 2H\(F − F\*\) at \d+ looks: they need H ≥ 0\.\d+", text);
        Assert.Matches(@"Checks +by the run's own gradients, the mean gap of w₁ … w_T weighted by η_t ≤ ", text);
        // An H that is too small is found out, and what rests on it is withdrawn.
        (_, text, _) = Cli.Run([.. Pairs, "--method", "sgd", "--theorem", "G24", "--steps", "200", "--assume", "H=0.01"]);
        Assert.Contains("H = 0.01 is refuted", text, StringComparison.Ordinal);
        Assert.Contains("G24 promises nothing: the run refutes H", text, StringComparison.Ordinal);
    }

    // Three looks with gradients 2, 1, 0 and distances 3, 2, 1: w₁ counts in a mean,
    // w_{T+1} does not, but for G28 it is the other way round.
    [Theory]
    [InlineData("G4", 2.5)]
    [InlineData("G28", 0.5)]
    [InlineData("SAGA", 1)]
    [InlineData("G22", 0)]
    [InlineData("G10", 0.25)]
    public void Like_is_compared_with_like(string id, double expected)
    {
        TracePoint At(long step, double value, double norm, double distance) =>
            new(step, step, step, 0, value, norm, 1, 1) { Distance = distance };
        Guarantee g = Guarantees.Theory.Find(id);
        Situation s = new(new ProblemConstants
        {
            Smoothness = Quantity.Exact("H", 1, "set"),
            SampleSmoothness = Quantity.Exact("H", 1, "set"),
            StrongConvexity = Quantity.Exact("μ", 1, "set"),
            Count = 3
        }, 2);
        TracePoint[] trace = [At(0, 3, 2, 3), At(1, 2, 1, 2), At(2, 1.25, 0, 1)];
        RunResult<double> run = new(new Outcome(OutcomeKind.BudgetSpent, ""), [0], trace, null, 2, 2, 0);
        TheoryMeasure measure = new(new TheoryChoice(g, s, Prescription.Constant(1)), [run]);
        Assert.Equal(expected, measure.AtEnd().Mean, 12);
        Assert.Equal(expected, measure.Curve(trace, [2])[0], 12);
    }

    // Random tables, by the command's own path: whatever is promised is kept.
    [Theory]
    [InlineData("logistic", 30, 3, "0.05")]
    [InlineData("logistic", 40, 2, "0")]
    [InlineData("linear", 25, 3, "0.02")]
    [InlineData("linear", 5, 8, "0")]
    public void What_is_promised_on_random_tables_is_kept(string model, int rows, int columns, string l2)
    {
        Descent.Numerics.Draws draws = new((ulong)(rows + columns));
        List<string> lines = [string.Join(',', Enumerable.Range(0, columns).Select(j => "x" + j)) + ",y"];
        for (int i = 0; i < rows; i++)
        {
            double[] x = [.. Enumerable.Range(0, columns).Select(_ => draws.NextNormal())];
            double y = x[0] + draws.NextNormal();
            lines.Add(string.Join(',', x.Select(v => v.ToString("R", CultureInfo.InvariantCulture))) + ","
                + (model == "logistic" ? y > 0 ? "1" : "0" : y.ToString("R", CultureInfo.InvariantCulture)));
        }
        string path = Path.Combine(Path.GetTempPath(), $"descent-promise-{model}-{rows}.csv");
        File.WriteAllLines(path, lines);
        int promised = 0;
        foreach (string method in new[] { "gd", "sgd", "linear-coupling", "accelerated", "ema-momentum", "svrg", "saga", "sdca",
            "adaptive-ball", "projected-sgd", "cubic-newton", "almost-convex" })
        {
            var (code, output, _) = Cli.Run("fit", path, "--target", "y", "--model", model, "--method", method, "--schedule", "theory",
                "--steps", "90", "--repeat", "8", "--l2", l2, "--no-intercept", "--json");
            if (code is not (0 or 3 or 4)) continue;
            JsonElement t = JsonDocument.Parse(output).RootElement.GetProperty("theory");
            if (!t.GetProperty("promises").GetBoolean()) continue;
            Kept(t);
            promised++;
        }
        File.Delete(path);
        Assert.True(promised >= 4, $"{promised} promised");
    }

    [Fact]
    public void A_plan_from_an_accurate_start_says_so()
    {
        string report = Path.Combine(Path.GetTempPath(), "descent-accurate-plan.html");
        var (code, text, error) =
            Cli.Run(["plan", .. Pairs[1..], "--accuracy", "1e-5", "--methods", "gd,saga,newton", "--quiet", "--report", report]);
        Assert.True(code == 0, error);
        Assert.Contains("The start is already that accurate", text, StringComparison.Ordinal);
        Assert.True(File.Exists(report));
        File.Delete(report);
    }

    [Fact]
    public void A_plan_for_separable_classes_measures_from_the_start()
    {
        JsonElement plan = Cli.Json("plan", Data("sep.csv"), "--target", "y", "--accuracy", "1e-5", "--methods", "gd,newton");
        Assert.Equal("F at the start", plan.GetProperty("gapRelativeTo").GetString());
        Assert.Equal(1e-5 * Math.Log(2), plan.GetProperty("gap").GetDouble(), 1e-12);
        // D is open, so that no count is promised.
        JsonElement gd = plan.GetProperty("methods").EnumerateArray().First(m => m.GetProperty("method").GetString() == "gd");
        Assert.Equal("Unknown", gd.GetProperty("assumptions").GetString());
        Assert.Equal(JsonValueKind.Null, gd.GetProperty("gradientsByTheBound").ValueKind);
    }
}
