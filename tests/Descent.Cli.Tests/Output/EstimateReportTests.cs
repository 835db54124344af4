using System.Text.Json;
using Descent.Cli.Commands;
using Descent.Data;
using Descent.Estimating;

namespace Descent.Cli.Tests.Output;

/// <summary>The file and the page of <c>descent estimate</c>.</summary>
public sealed class EstimateReportTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    string In(string name) => Path.Combine(folder, name);

    // R 4.2.2: mean(iris$Sepal.Length), sd/√150.
    [Fact]
    public void The_file_is_what_the_command_prints_as_JSON_with_its_settings()
    {
        string[] asked = ["estimate", Cli.Sample("iris.csv"), "--column", "sepal_length", "--mean", "--huber", "--delta", "1.5",
            "--missing", "skip", "--level", "0.9", "--out", In("e.json"), "--json"];
        var (code, output, _) = Cli.Run(asked);
        Assert.Equal(0, code);
        string file = File.ReadAllText(In("e.json"));
        Assert.Equal(output, file);
        using JsonDocument json = JsonDocument.Parse(file);
        JsonElement r = json.RootElement, mean = r.GetProperty("estimates")[0];
        Assert.Equal(5.84333333333333, mean.GetProperty("estimate").GetDouble(), 1e-11);
        Assert.Equal(0.06761131629, mean.GetProperty("standardError").GetDouble(), 1e-8);
        Assert.Equal((150, 0.9, 1.5), (r.GetProperty("rows").GetInt64(), r.GetProperty("level").GetDouble(),
            r.GetProperty("delta").GetDouble()));
        Assert.Equal(("csv", "skip", "fail"), (r.GetProperty("format").GetString(), r.GetProperty("missingValues").GetString(),
            r.GetProperty("badRows").GetString()));
        Assert.Contains("--delta 1.5", r.GetProperty("command").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_has_the_table_and_a_picture_of_every_path()
    {
        var (code, output, _) = Cli.Run("estimate", Cli.Sample("iris.csv"), "--column", "sepal_length", "--mean", "--quantiles", "0.9",
            "--report", In("e.html"));
        Assert.Equal(0, code);
        string page = File.ReadAllText(In("e.html"));
        Assert.Contains("quantile 0.9", output, StringComparison.Ordinal);
        foreach (string said in new[] { "Estimates of sepal_length", ">5.843333<", ">5.709732<", ">5.976934<", ">6.900000<",
            ">Mean</text>", ">Variance</text>", ">Quantile 0.9</text>", "--quantiles 0.9" })
            Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Equal(3, page.Split("<svg").Length - 1);
    }

    // The mean of the first n numbers by its definition, whatever blocks they come in.
    [Fact]
    public void The_path_is_the_estimate_of_the_numbers_until_then()
    {
        double[] x = [.. Enumerable.Range(0, 9_000).Select(i => i * 0.6180339887498949 % 1)];
        AskedEstimate mean = new("mean", new StreamingMean());
        EstimatePath path = new([mean], 0.95, true);
        for (int i = 0; i < x.Length; i += 777) path.Add(x.AsSpan(i, Math.Min(777, x.Length - i)));
        path.End();
        Assert.Equal([16L, 20, 23, 27, 32], path.Points.Take(5).Select(p => p.Rows));
        Assert.Equal(9_000, path.Points[^1].Rows);
        Assert.All(path.Points, p =>
        {
            Assert.Equal(x.Take((int)p.Rows).Average(), p.Found[0]!.Value, 1e-12);
            Assert.Equal(p.Rows, p.Found[0]!.Rows);
            Assert.InRange(p.Found[0]!.Value, p.Found[0]!.Low, p.Found[0]!.High);
        });
        Assert.Equal(mean.End(0.95), path.Points[^1].Found[0]);
    }

    // Twenty numbers that are one have no scale; more have.
    [Fact]
    public void A_path_begins_where_its_estimate_does()
    {
        File.WriteAllText(In("x.csv"), "a\n" + string.Concat(Enumerable.Repeat("1\n", 20)) + string.Concat(Enumerable.Range(2, 60)
            .Select(i => $"{i}\n")));
        Assert.Equal(0, Cli.Run("estimate", In("x.csv"), "--huber", "--report", In("e.html")).Code);
        Assert.Contains(">Huber</text>", File.ReadAllText(In("e.html")), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", File.ReadAllText(In("e.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Places_that_would_destroy_something_are_refused_before_the_work()
    {
        File.WriteAllText(In("x.csv"), "a\n1\n2\n");
        foreach (string[] words in new string[][] { ["--out", In("x.csv")], ["--report", In("x.csv")],
            ["--out", In("e"), "--report", In("e")] })
        {
            var (code, output, error) = Cli.Run(["estimate", In("x.csv"), .. words]);
            Assert.Equal((1, ""), (code, output));
            Assert.Single(error.TrimEnd().Split('\n'));
        }
        Assert.Equal("a\n1\n2\n", File.ReadAllText(In("x.csv")));
    }
}
