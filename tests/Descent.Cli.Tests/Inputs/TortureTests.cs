using System.Globalization;
using System.Text.Json;

namespace Descent.Cli.Tests.Inputs;

/// <summary>Every loss with methods of every sort on columns of every size that a file can hold:
/// an end with a sentence, in bounded time, and never a number that is not true.</summary>
public sealed class TortureTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent-torture").FullName;

    static readonly string[] Losses = ["linear", "logistic", "softmax", "poisson", "huber", "absolute", "quantile", "hinge"];
    static readonly string[] Methods = ["auto", "gd", "sgd"];
    static readonly string[] Scales = ["1e-320", "1e-200", "1e-80", "1e-60", "1", "1e60", "1e80", "1e154", "1e300"];

    public static TheoryData<string, string> Table
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (string loss in Losses)
                foreach (string method in Methods) all.Add(loss, method);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Columns_of_any_size_are_fitted_or_refused(string loss, string method)
    {
        foreach (string scale in Scales)
        {
            string file = Path.Combine(folder, "t.csv");
            File.WriteAllText(file,
                "a,b,y\n" + string.Concat(
                    Enumerable.Range(0, 30).Select(i => Row(i, loss, double.Parse(scale, CultureInfo.InvariantCulture)))));
            var (code, output, error) = Cli.Run("fit", file, "--target", "y", "--model", loss, "--method", method, "--steps",
                "60", "--json");
            string what = $"{loss}, {method}, {scale}: exit code {code}; {error}";
            // Kinks refuse methods of gradients: that is a sentence, too.
            Assert.True(code is 0 or 1 or 2 or 3 or 4, what);
            double size = double.Parse(scale, CultureInfo.InvariantCulture);
            if (code == 2) Assert.Contains("column 'a'", error, StringComparison.Ordinal);
            if (code is 1 or 2) continue;
            Assert.True(method == "sgd" || size is > 1e-75 and < 1e75, what);
            JsonElement fit = JsonDocument.Parse(output).RootElement;
            if (fit.GetProperty("outcome").GetString() == "Converged")
                Assert.Equal(JsonValueKind.Number, fit.GetProperty("objective").ValueKind);
        }
    }

    [Theory]
    [InlineData("s2.svm", "", "the column 'x1'")]
    [InlineData("s2.svm", "--model linear", "the column 'x1'")]
    [InlineData("wt3.csv", "--target y --weight-col w", "the weights")]
    [InlineData("xe154.csv", "--target y", "the column 'a'")]
    [InlineData("poise300.csv", "--target n --model poisson", "counts above 2⁵³")]
    public void Extreme_sizes_are_refused_by_column(string file, string options, string message)
    {
        string data = Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", file);
        var (code, output, error) = Cli.Run(["fit", data, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--quiet"]);
        Assert.True(code == 2, $"exit code {code}: {output}{error}");
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    static string Row(int i, string loss, double scale)
    {
        double a = ((i * 7) % 13) - 6, b = ((i * 5) % 11) - 5;
        string y = loss switch
        {
            "logistic" or "hinge" => i % 3 == 0 ? "1" : "0",
            "softmax" => "abc"[i % 3].ToString(),
            "poisson" => (i % 4).ToString(CultureInfo.InvariantCulture),
            _ => ((2 * a) - b + (i % 3)).ToString(CultureInfo.InvariantCulture),
        };
        return FormattableString.Invariant($"{a * scale:R},{b:R},{y}\n");
    }

    public void Dispose() => Directory.Delete(folder, true);
}
