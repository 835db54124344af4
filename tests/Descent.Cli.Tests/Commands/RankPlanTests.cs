using System.Text.Json;

namespace Descent.Cli.Tests.Commands;

public sealed class RankPlanTests
{
    static readonly string[] Iris = [Cli.Sample("iris.csv"), "--target", "species=setosa", "--features", "sepal_length,petal_length",
        "--model", "logistic", "--l2", "0.01", "--accuracy", "1e-3"];

    // α = 10 µs, 1/β = 1 GB/s; d = 3, one part of 4 numbers a pass. Ring: (M − 1)α + 32β(M − 1)/M; halving and doubling:
    // 2⌈log₂ M⌉α + 64β(M − 1)/M.
    [Fact]
    public void A_plan_for_ranks_follows_the_model_of_the_link()
    {
        JsonElement ranks = Cli.Json(["plan", .. Iris, "--methods", "gd", "--ranks", "1,8,1000", "--latency", "10", "--bandwidth", "1"])
            .GetProperty("ranks");
        Assert.Equal("gd", ranks.GetProperty("method").GetString());
        Assert.Equal(1, ranks.GetProperty("parts").GetInt32());
        double step = ranks.GetProperty("stepSeconds").GetDouble(), sums = ranks.GetProperty("sumsAStep").GetDouble();
        JsonElement[] at = [.. ranks.GetProperty("forecasts").EnumerateArray()];
        Assert.Equal([1, 8, 1000], at.Select(f => f.GetProperty("ranks").GetInt32()));
        Same(0, at[0].GetProperty("waitSeconds"));
        Same(1, at[0].GetProperty("efficiency"));
        Same(sums * ((7 * 10e-6) + (28 * 1e-9)), at[1].GetProperty("waitSeconds"));
        Same(sums * ((6 * 10e-6) + (56 * 1e-9)), at[1].GetProperty("fastSumWaitSeconds"));
        Same(sums * ((20 * 10e-6) + (63.936 * 1e-9)), at[2].GetProperty("fastSumWaitSeconds"));
        // One part has one owner: the others wait for it.
        Same(step, at[1].GetProperty("computeSeconds"));
        Same(step / (8 * (step + at[1].GetProperty("waitSeconds").GetDouble())), at[1].GetProperty("efficiency"));
        Same(sums * 28, at[1].GetProperty("bytesAStep"));
    }

    [Fact]
    public void A_plan_for_ranks_is_printed_and_drawn_with_its_assumptions()
    {
        string page = Path.GetTempFileName();
        try
        {
            var (code, text, error) = Cli.Run(["plan", .. Iris, "--methods", "sgd", "--ranks", "8,64", "--report", page]);
            Assert.True(code == 0, error);
            foreach (string part in new[] { "Ranks: sgd, ", "α = 20 µs a message, 1/β = 1.13 GB/s (a usual 10 GbE)", "efficiency",
                "--micro-batches", "Assumed: ", "α + βb" }) Assert.Contains(part, text, StringComparison.Ordinal);
            Assert.Contains("An epoch of sgd in ranks, by the model", File.ReadAllText(page), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(page);
        }
    }

    [Theory]
    [InlineData("--ranks 8,x", "--ranks is '8,x'; expected numbers from 1 to 1048576")]
    [InlineData("--ranks 0", "--ranks is '0'")]
    [InlineData("--ranks 8 --latency -1", "--latency is -1; expected microseconds")]
    [InlineData("--ranks 8 --bandwidth 0", "--bandwidth is 0; expected GB/s above 0")]
    [InlineData("--latency 3", "belong to --ranks")]
    public void Misuse_is_a_usage_error(string options, string expected)
    {
        var (code, _, error) = Cli.Run(["plan", .. Iris, .. options.Split(' ')]);
        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    static void Same(double expected, JsonElement found) => Assert.Equal(expected, found.GetDouble(), 1e-9 * (1e-9 + Math.Abs(expected)));
}
