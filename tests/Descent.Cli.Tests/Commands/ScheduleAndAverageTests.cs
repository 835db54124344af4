using System.Text.Json;

namespace Descent.Cli.Tests.Commands;

/// <summary>The text forms of schedules, averages and numbers, through the command line.</summary>
public class ScheduleAndAverageTests
{
    static string[] Fit(params string[] more) => ["fit", Cli.Sample("iris.csv"), "--target", "petal_length", "--features", "petal_width",
        "--model", "linear", "--standardize", "--method", "sgd", "--batch", "10", "--epochs", "40", .. more];

    [Theory]
    [InlineData("constant", "constant η")]
    [InlineData("cosine:min=1e-5,warmup=5%", "warm-up over 30 steps, then cosine")]
    [InlineData("cosine-restarts:first=10%,times=2", "restarted after 60 steps")]
    [InlineData("one-cycle:peak=40%", "one cycle up to")]
    [InlineData("wsd:decay=25%,warmup=10%", "warm-up over 60 steps, then constant")]
    [InlineData("constant:over=50% then linear", "for 300 steps, then linear")]
    [InlineData("constant:over=10 then power:p=0.75,over=10 then exp:rate=0.5", "for 150 steps, then power")]
    [InlineData("constant:base-batch=5", "times 10/5 for the batch")]
    [InlineData("polyak:c=0.5,max=0.1", "Polyak")]
    public void A_schedule_is_what_its_text_says(string text, string shown)
    {
        JsonElement fit = Cli.Json(Fit("--schedule", text));
        Assert.Contains(shown, fit.GetProperty("recursion").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("Diverged", fit.GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData("cosine then linear", "needs over=LENGTH")]
    [InlineData("power:over=3", "'over' means nothing here")]
    [InlineData("wsd:decay=120%", "between 0% and 100%")]
    [InlineData("staircase", "is not known")]
    public void A_wrong_schedule_is_a_usage_error(string text, string message)
    {
        var (code, _, error) = Cli.Run(Fit("--schedule", text));
        Assert.Equal(1, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ema:0.9", "x ← 0.9 x + 0.1 w")]
    [InlineData("polynomial", "γ = 8")]
    [InlineData("swa:from=50%,every=15", "every 15th iterate from step 300 on")]
    [InlineData("suffix", "mean of the last half")]
    public void An_average_is_what_its_text_says(string text, string shown) =>
        Assert.Contains(shown, Cli.Json(Fit("--average", text)).GetProperty("recursion").GetString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("--average", "ema:1.5", "expected uniform")]
    [InlineData("--average", "swa:every=0", "expected uniform")]
    [InlineData("--set", "rho=0.5", "--set rho means nothing to --method sgd")]
    [InlineData("--set", "rho", "expected NAME=VALUE")]
    [InlineData("--beta1", "0.5", "--beta1 means nothing to --method sgd")]
    public void Wrong_numbers_are_usage_errors(string option, string value, string message)
    {
        var (code, _, error) = Cli.Run(Fit(option, value));
        Assert.Equal(1, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_out_of_range_is_named_with_its_range()
    {
        var (code, _, error) = Cli.Run("fit", Cli.Sample("iris.csv"), "--target", "petal_length", "--method", "adam", "--beta1", "1");
        Assert.Equal(1, code);
        Assert.Contains("--beta1 is 1; expected β₁ of adam in [0, 1).", error, StringComparison.Ordinal);
    }

    [Fact]
    public void One_method_is_shown_with_its_numbers()
    {
        var (code, text, _) = Cli.Run("methods", "nadam");
        Assert.Equal(0, code);
        Assert.Contains("NAdam (§ 8; Dozat 2016)", text, StringComparison.Ordinal);
        Assert.Matches(@"--set momentum-decay +ψ +0.004", text);
        Assert.Equal(1, Cli.Run("methods", "nonesuch").Code);
    }
}
