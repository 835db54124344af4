using System.Globalization;
using System.Text.Json;
using Descent.StepSizes;

namespace Descent.Cli.Tests.Commands;

/// <summary>Methods, schedules and averages at their edges, through the command line.</summary>
public class MethodEdgeTests
{
    static string Data(string name) => Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", name);

    static double Eta(string schedule, long step) => ScheduleBuilder.Build(schedule, 1, 20, 100, 0, 1, 1).Next(new StepInfo(step));

    // A column of 1e160: its square leaves the range, so that no step size follows from it.
    [Theory]
    [InlineData("sgd")]
    [InlineData("nesterov")]
    [InlineData("heavy-ball")]
    [InlineData("svrg")]
    public void Columns_out_of_range_diverge_with_a_sentence(string method)
    {
        var (code, output, error) = Cli.Run("fit", Data("feat1e160.csv"), "--target", "y", "--method", method, "--epochs", "20");
        Assert.True(code == 3, $"{code}: {error}");
        Assert.Contains("Diverged", output, StringComparison.Ordinal);
        Assert.Contains("scale the columns", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gd")]
    [InlineData("adam")]
    [InlineData("saga")]
    [InlineData("lbfgs")]
    [InlineData("bfgs")]
    [InlineData("line-search")]
    [InlineData("sls")]
    [InlineData("prodigy")]
    [InlineData("dog")]
    [InlineData("adagrad-norm")]
    [InlineData("storm")]
    [InlineData("fista")]
    [InlineData("sps")]
    [InlineData("adan")]
    public void No_method_crashes_on_them(string method)
    {
        var (code, _, error) = Cli.Run("fit", Data("feat1e160.csv"), "--target", "y", "--method", method, "--epochs", "5");
        Assert.True(code is 0 or 3 or 4 || (code == 2 && error.Contains("the largest value of the column 'x'", StringComparison.Ordinal)),
            $"{code}: {error}");
    }

    [Theory]
    [InlineData("cr1.csv", "y")]
    [InlineData("zero.csv", "y")]
    public void A_coordinate_that_never_has_a_gradient_stays_at_zero(string file, string target)
    {
        JsonElement fit = Cli.Json("fit", Data(file), "--target", target, "--method", "adam", "--eps", "0", "--epochs", "30");
        Assert.All(Cli.Estimates(fit), x => Assert.True(double.IsFinite(x)));
        Assert.Equal(0, Cli.Estimates(fit)[2]);
    }

    // 20 steps of warm-up and 80 of cosine, however the length is written: ½(1 + cos(79π/80)) at the last.
    [Theory]
    [InlineData("cosine:over=100%,warmup=20%", "cosine:warmup=20%")]
    [InlineData("linear:over=100%,warmup=30%", "linear:warmup=30%")]
    [InlineData("one-cycle:over=5,warmup=1", "one-cycle:warmup=20%")]
    [InlineData("cosine:over=50%,warmup=10% then constant", "cosine:warmup=0.5,over=2.5 then constant")]
    public void Lengths_add_up(string one, string other)
    {
        for (int t = 0; t < 100; t++) Assert.Equal(Eta(one, t), Eta(other, t), 1e-15);
    }

    [Fact]
    public void A_warmed_cosine_ends_where_arithmetic_says()
    {
        Assert.Equal(0.5 * (1 + Math.Cos(Math.PI * 79 / 80)), Eta("cosine:over=100%,warmup=20%", 99), 1e-15);
        Assert.Equal(1, Eta("cosine:over=100%,warmup=20%", 19), 1e-15);
        Assert.Equal(1, Eta("cosine:warmup=0%", 0));
    }

    [Theory]
    [InlineData("cosine:over=0%", "over is 0")]
    [InlineData("step:every=0", "every is 0")]
    [InlineData("cosine:warmup=100%", "leaves nothing")]
    [InlineData("one-cycle:start=0", "at least 1")]
    [InlineData("one-cycle:final=0.5", "at least 1")]
    [InlineData("step:factor=0", "positive")]
    [InlineData("cosine-restarts:times=0.5", "at least 1")]
    [InlineData("cosine-restarts:shrink=2", "(0, 1]")]
    [InlineData("polyak:c=0", "positive")]
    public void Numbers_that_make_no_schedule_are_refused(string schedule, string why)
    {
        var (code, _, error) = Cli.Run("fit", Data("sch.csv"), "--target", "y", "--method", "sgd", "--steps", "10", "--schedule", schedule);
        Assert.Equal(1, code);
        Assert.Contains(why, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10%")]
    [InlineData("5%")]
    [InlineData("30%")]
    public void A_cycle_that_peaks_at_its_first_step_is_finite(string peak)
    {
        JsonElement fit = Cli.Json("fit", Data("sch.csv"), "--target", "y", "--method", "sgd", "--schedule", "one-cycle:peak=" + peak,
            "--steps", "10");
        Assert.All(Cli.Estimates(fit), x => Assert.True(double.IsFinite(x)));
    }

    [Fact]
    public void Restarts_end_with_the_last_whole_phase()
    {
        var (code, output, _) = Cli.Run("fit", Data("sch.csv"), "--target", "y", "--method", "sgd", "--schedule",
            "cosine-restarts:first=30%,shrink=0.5", "--steps", "100");
        Assert.Equal(0, code);
        Assert.Contains("90 steps, the last whole phase within 100", output, StringComparison.Ordinal);
    }

    // E[(g − ḡ)(g − ḡ)ᵀ] of gᵢ = (xᵢᵀw − yᵢ)(xᵢ, 1), summed here; the same whatever the solver scaled.
    [Theory]
    [InlineData("newton", false)]
    [InlineData("sgd", false)]
    [InlineData("newton", true)]
    public void The_covariance_of_gradients_is_written(string method, bool standardise)
    {
        string path = Path.Combine(Path.GetTempPath(), $"descent-noise-{Guid.NewGuid():N}.csv");
        try
        {
            JsonElement fit = Cli.Json(["fit", Data("sch.csv"), "--target", "y", "--method", method, "--noise-cov", path,
                .. standardise ? new[] { "--standardize" } : []]);
            double[] w = Cli.Estimates(fit);
            double[][] rows = [.. File.ReadLines(Data("sch.csv")).Skip(1)
                .Select(l => l.Split(',').Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray())];
            double[][] g = [.. rows.Select(r => new[] { ((r[0] * w[1]) + w[0] - r[1]) * r[0], (r[0] * w[1]) + w[0] - r[1] })];
            string[][] table = [.. File.ReadLines(path).Select(l => l.Split(','))];
            Assert.Equal("x", table[0][1]);
            for (int i = 0; i < 2; i++)
                for (int j = 0; j < 2; j++)
                {
                    double mi = g.Average(v => v[i]), mj = g.Average(v => v[j]), expected = g.Average(v => (v[i] - mi) * (v[j] - mj));
                    Assert.Equal(expected, double.Parse(table[i + 1][j + 1], CultureInfo.InvariantCulture), 1e-12);
                }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Pure_noise_is_no_divergence()
    {
        string path = Path.Combine(Path.GetTempPath(), $"descent-labels-{Guid.NewGuid():N}.csv");
        Draws draws = new(12);
        File.WriteAllLines(path,
            ["a,b,y", .. Enumerable.Range(0, 200)
                .Select(_ => string.Create(CultureInfo.InvariantCulture,
                    $"{draws.NextNormal():F4},{draws.NextNormal():F4},{(draws.NextDouble() < 0.5 ? "p" : "q")}"))]);
        try
        {
            foreach (string[] how in new[] { new[] { "sgd", "0.01" }, ["sgd", "0.3"], ["adam", "0.05"], ["heavy-ball", "0.02"],
                ["sign", "0.01"] })
            {
                var (code, output, _) = Cli.Run("fit", path, "--target", "y", "--method", how[0], "--lr", how[1], "--batch", "1",
                    "--epochs", "20");
                Assert.True(code is 0 or 4, $"{how[0]} {how[1]}: {output}");
            }
            Assert.Equal(3, Cli.Run("fit", path, "--target", "y", "--method", "sgd", "--lr", "1000", "--epochs", "20").Code);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
