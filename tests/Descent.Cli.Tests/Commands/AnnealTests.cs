using System.Text.Json;
using Descent.Fitting.Expressions;

namespace Descent.Cli.Tests.Commands;

/// <summary><c>descent anneal</c> and the expressions that it reads.</summary>
public class AnnealTests
{
    // Values of the same text in Python 3.11.7 (^ written **, log and so on from math) at x1 = 0.7, x2 = -1.3.
    [Theory]
    [InlineData("-x1^2", -0.49)]
    [InlineData("2^3^2", 512)]
    [InlineData("2^-1", 0.5)]
    [InlineData("x1 - x2 - 1", 1)]
    [InlineData("12/3/2", 2)]
    [InlineData("2*(x1+x2)", -1.2)]
    [InlineData("min(x1, x2, 3) + max(1,2)", 0.7)]
    [InlineData("abs(x2)*sqrt(4) - log(e)", 1.6)]
    [InlineData("sin(pi/2) + cos(0) + exp(0)", 3)]
    [InlineData("1.5e2 + 1e-1 + 2e0", 152.1)]
    public void An_expression_has_the_value_of_the_usual_reading(string text, double value) =>
        Assert.Equal(value, Expression.Parse(text).Of([0.7, -1.3]), 12);

    [Theory]
    [InlineData("ackley", 0, 0)]
    [InlineData("rastrigin", 0, 0)]
    [InlineData("(x1-1)^2 + 3*abs(x2+2) + 5", 1, -2, "-4:4")]
    [InlineData("(x1-1)^2 + (x2-9)^2", 1, 3, "x2=-1:3,x1=-4:4")]
    public void The_minimum_is_found(string function, double x1, double x2, string? box = null)
    {
        JsonElement r = Cli.Json(["anneal", function, "--evaluations", "6000", .. box is null ? Array.Empty<string>() : ["--box", box]]);
        double[] point = [.. r.GetProperty("point").EnumerateArray().Select(v => v.GetDouble())];
        Assert.Equal(x1, point[0], 4);
        Assert.Equal(x2, point[1], 4);
        Assert.Equal(6000, r.GetProperty("evaluations").GetInt32());
    }

    // J = log(1 + k)/c begins at log 2: no temperature is infinite.
    [Fact]
    public void A_logarithmic_schedule_has_finite_temperatures()
    {
        string text = Cli.Run("anneal", "ackley", "--schedule", "logarithmic", "--evaluations", "400").Out;
        Assert.Matches(@"(?m)^Temperature +[0-9.]+ to [0-9.]+$", text);
    }

    [Fact]
    public void The_default_boxes_are_those_of_the_test_functions()
    {
        JsonElement r = Cli.Json("anneal", "schwefel", "--evaluations", "6000");
        Assert.All(r.GetProperty("point").EnumerateArray(), v => Assert.Equal(420.9687, v.GetDouble(), 3));
    }

    [Fact]
    public void Integer_coordinates_hold_integers_under_both_schedules()
    {
        foreach (string schedule in new[] { "geometric", "logarithmic" })
        {
            JsonElement r = Cli.Json("anneal", "(x1-2.6)^2 + (x2-0.3)^2", "--box", "-9:9", "--integer", "x1", "--evaluations", "3000",
                "--schedule", schedule);
            Assert.Equal(3, r.GetProperty("point")[0].GetDouble());
            Assert.Equal(0.16, r.GetProperty("value").GetDouble(), 7);
            Assert.Equal(schedule, r.GetProperty("schedule").GetString());
        }
    }

    [Fact]
    public void Tempering_shows_its_chains_in_text_file_and_page()
    {
        string folder = Directory.CreateTempSubdirectory().FullName, page = Path.Combine(folder, "a.html");
        string[] words = ["anneal", "rastrigin", "--schedule", "tempering", "--chains", "4", "--temperatures", "0.01:10",
            "--evaluations", "8000"];
        JsonElement r = Cli.Json([.. words, "--report", page]);
        Assert.Equal("tempering", r.GetProperty("schedule").GetString());
        Assert.InRange(r.GetProperty("value").GetDouble(), 0, 1e-9);
        Assert.Equal(8000, r.GetProperty("evaluations").GetInt32());
        JsonElement[] chains = [.. r.GetProperty("chains").EnumerateArray()];
        Assert.Equal([0.01, 0.1, 1, 10], chains.Select(c => c.GetProperty("temperature").GetDouble()), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.All(chains[..3], c => Assert.InRange(c.GetProperty("exchanged").GetDouble(), 0, 1));
        Assert.Equal(JsonValueKind.Null, chains[3].GetProperty("exchanged").ValueKind);
        string text = Cli.Run(words).Out;
        Assert.Matches(@"(?m)^Schedule +tempering, 4 chains at temperatures that stay", text);
        Assert.Matches(@"(?m)^Temperature +10 to 0.01$", text);
        Assert.Matches(@"(?m)^Exchanges +[0-9.]+ % to [0-9.]+ % of those tried", text);
        string html = File.ReadAllText(page);
        foreach (string part in new[] { "By temperature", "exchanges with the next hotter", "coldest chain", "hottest chain",
            "Level lines" })
            Assert.Contains(part, html, StringComparison.Ordinal);
        // The chain that cools has none of it.
        Assert.False(Cli.Json("anneal", "rastrigin", "--evaluations", "100").TryGetProperty("chains", out _));
        Directory.Delete(folder, true);
    }

    [Fact]
    public void The_seed_decides_and_the_evaluations_are_shared_by_the_runs()
    {
        string Value(string seed, string runs) =>
            Cli.Run("anneal", "griewank", "--seed", seed, "--restarts", runs, "--evaluations", "301", "--quiet").Out;
        Assert.Equal(Value("3", "2"), Value("3", "2"));
        Assert.NotEqual(Value("3", "2"), Value("4", "2"));
        JsonElement two = Cli.Json("anneal", "griewank", "--restarts", "2", "--evaluations", "301");
        Assert.Equal(300, two.GetProperty("evaluations").GetInt32());
        Assert.Equal(2, two.GetProperty("runs").GetInt32());
        // The first of the runs has the seed itself, so the best of both is at most what it finds alone.
        for (int k = 1; k <= 8; k++)
            Assert.InRange(Found(k, 2, 120), 0, Found(k, 1, 60));
        static double Found(int seed, int runs, int evaluations) => Cli.Json("anneal", "griewank", "--seed", $"{seed}",
            "--restarts", $"{runs}", "--evaluations", $"{evaluations}").GetProperty("value").GetDouble();
    }

    [Fact]
    public void A_later_run_is_kept_when_it_is_the_best()
    {
        JsonElement[] many = [.. Enumerable.Range(1, 6).Select(s =>
            Cli.Json("anneal", "griewank", "--seed", $"{s}", "--restarts", "5", "--evaluations", "500"))];
        Assert.Contains(many, r => r.GetProperty("bestAt").GetInt32() > 100);
        Assert.All(many, r => Assert.InRange(r.GetProperty("bestAt").GetInt32(), 1, 500));
    }

    [Fact]
    public void It_says_that_nothing_certifies_and_writes_file_and_page()
    {
        string folder = Directory.CreateTempSubdirectory().FullName, file = Path.Combine(folder, "a.json"),
            page = Path.Combine(folder, "a.html");
        var (code, output, _) = Cli.Run("anneal", "himmelblau", "--evaluations", "2000", "--out", file, "--report", page);
        Assert.Equal(0, code);
        Assert.Contains("Nothing certifies", output, StringComparison.Ordinal);
        using JsonDocument saved = JsonDocument.Parse(File.ReadAllText(file));
        Assert.False(saved.RootElement.GetProperty("certified").GetBoolean());
        Assert.InRange(saved.RootElement.GetProperty("value").GetDouble(), 0, 1e-9);
        string html = File.ReadAllText(page);
        foreach (string part in new[] { "Temperature", "Accepted proposals", "Level lines", "Nothing certifies" })
            Assert.Contains(part, html, StringComparison.Ordinal);
        Directory.Delete(folder, true);
    }

    [Theory]
    [InlineData("no finite value", "log(-1-x1^2)", "--box", "0:1", "--evaluations", "50")]
    [InlineData("'*' at character 5", "x1 +* 2", "--box", "0:1")]
    [InlineData("ends at character 4; expected a number", "x1 +", "--box", "0:1")]
    [InlineData("ends at character 6; expected ')'", "sin(x1", "--box", "0:1")]
    [InlineData("')' at character 3", "x1)", "--box", "0:1")]
    [InlineData("'tan' at character 1", "tan(x1)", "--box", "0:1")]
    [InlineData("'x0' at character 1", "x0", "--box", "0:1")]
    [InlineData("'1.2.3' at character 4", "x1+1.2.3", "--box", "0:1")]
    [InlineData("'2' at character 4", "x1 2", "--box", "0:1")]
    [InlineData("')' at character 7; expected ','", "min(x1)", "--box", "0:1")]
    [InlineData("names no coordinate", "1+2", "--box", "0:1")]
    [InlineData("needs its bounds", "x1^2")]
    [InlineData("'5:-5' is not LOW:HIGH", "x1^2", "--box", "5:-5")]
    [InlineData("'1' is not LOW:HIGH", "x1^2", "--box", "1")]
    [InlineData("x2 has no bounds", "x1+x2", "--box", "x1=0:1")]
    [InlineData("x1 is given twice", "x1", "--box", "x1=0:1,x1=0:2")]
    [InlineData("names 'x3'", "x1", "--box", "x3=0:1")]
    [InlineData("--integer names 'x2'", "x1", "--box", "0:1", "--integer", "x2")]
    [InlineData("hold no integer", "x1", "--box", "0.2:0.8", "--integer", "x1")]
    [InlineData("--dimension is 0", "ackley", "--dimension", "0")]
    [InlineData("FUNCTION names x3", "x3", "--dimension", "2", "--box", "0:1")]
    [InlineData("--schedule is 'fast'", "ackley", "--schedule", "fast")]
    [InlineData("--chains belongs to --schedule tempering", "ackley", "--chains", "4")]
    [InlineData("--temperatures belongs to --schedule tempering", "ackley", "--temperatures", "1:2", "--schedule", "logarithmic")]
    [InlineData("--chains is 1; expected at least 2", "ackley", "--chains", "1", "--schedule", "tempering")]
    [InlineData("--temperatures is '3:1'; expected COLDEST:HOTTEST", "ackley", "--temperatures", "3:1", "--schedule", "tempering")]
    [InlineData("--temperatures is '0:1'; expected COLDEST:HOTTEST", "ackley", "--temperatures", "0:1", "--schedule", "tempering")]
    [InlineData("--evaluations is 31 for 1 run; expected at least 32", "ackley", "--evaluations", "31", "--schedule", "tempering")]
    [InlineData("--evaluations is 3 for 1 run", "ackley", "--evaluations", "3")]
    [InlineData("--restarts is 0", "ackley", "--restarts", "0")]
    [InlineData("nests deeper than 200",
        "----------------------------------------------------------------------------------------------------"
        + "-------------------------------------------------------------------------------------------------------x1", "--box=0:1")]
    [InlineData("one place", "ackley", "--out", "/tmp/a.json", "--report", "/tmp/a.json")]
    public void What_is_wrong_is_said_in_one_line(string said, params string[] words)
    {
        string[] args = words[0].StartsWith('-') ? ["anneal", .. words[1..], "--", words[0]] : ["anneal", .. words];
        var (code, output, error) = Cli.Run(args);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }
}
