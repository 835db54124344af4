using System.Globalization;
using System.Text.Json;

namespace Descent.Cli.Tests.Commands;

/// <summary>The normal law of rows with holes by the command: fit, save, predict, evaluate, report; errors by supplemented EM.</summary>
public sealed class MissingNormalCommandTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent-holes-").FullName;

    static string Air => Path.Combine(Cli.Root, "tests", "Descent.Mixtures.Tests", "airquality.csv");

    public void Dispose() => Directory.Delete(folder, true);

    string Place(string name) => Path.Combine(folder, name);

    // R 4.2.2 (MissingNormalTests): optim on the likelihood of the seen numbers of datasets::airquality, −2326.69738279842.
    [Fact]
    public void Air_quality_is_fitted_saved_filled_in_and_evaluated()
    {
        JsonElement r = Cli.Json(["mixture", Air, "--family", "missing-normal", "--out", Place("m.json"), "--report", Place("m.html")]);
        Assert.Equal(-2326.69738279842, r.GetProperty("logLikelihood").GetDouble(), 1e-7);
        JsonElement parameters = r.GetProperty("parameters");
        Assert.Equal(41.87117301959786, parameters.GetProperty("means")[0][0].GetDouble(), 1e-6);
        Assert.Equal(1044.0186430644733, parameters.GetProperty("covariances")[0][0].GetDouble(), 1e-4);
        Assert.Contains("in their holes", File.ReadAllText(Place("m.html")), StringComparison.Ordinal);
        var (code, output, _) = Cli.Run("predict", Place("m.json"), Air);
        Assert.Equal(0, code);
        string[] lines = output.TrimEnd().Split('\n'), given = File.ReadAllLines(Air);
        Assert.Equal((given.Length, "log_density," + given[0].Replace("\"", "", StringComparison.Ordinal)), (lines.Length, lines[0]));
        // What is seen stays; a row without Ozone gets its regression on the other three, which R's numbers give.
        int hole = Array.FindIndex(given, l => l.StartsWith("NaN,", StringComparison.Ordinal) && l.Count(c => c == 'N') == 2);
        double[] seen = [.. given[hole].Split(',').Skip(1).Select(Number)], filled = [.. lines[hole].Split(',').Skip(1).Select(Number)];
        Assert.Equal(seen, filled[1..]);
        Assert.Equal(Regressed(seen), filled[0], 1e-4);
        double sum = lines.Skip(1).Sum(l => Number(l.Split(',')[0]));
        Assert.Equal(-2326.69738279842, sum, 1e-6);
        (code, output, _) = Cli.Run("evaluate", Place("m.json"), Air);
        Assert.Equal(0, code);
        Assert.Contains("-2326.69738", output, StringComparison.Ordinal);
        Assert.Equal(0, Cli.Run("inspect", Place("m.json")).Code);
    }

    // μ_m + Σ_mo Σ_oo⁻¹(x_o − μ_o) of the reference of MissingNormalTests.
    static double Regressed(double[] x)
    {
        double[] mean = [184.84680624984503, 9.95751633986928, 77.88235294117646], with = [942.5298418132288, -64.6359276936994,
            209.5635028261790];
        double[] among = [8090.7016612067891, -17.3353803413113, 238.0733113270289, -17.3353803413113, 12.3304173608442, -15.1723183391006,
            238.0733113270289, -15.1723183391006, 89.0057670126889];
        double Minor(int a, int b, int c, int d) => (among[a] * among[d]) - (among[b] * among[c]);
        // Cofactors of a symmetric 3 × 3 matrix.
        double[] inverse = [Minor(4, 5, 7, 8), -Minor(1, 2, 7, 8), Minor(1, 2, 4, 5), -Minor(1, 2, 7, 8), Minor(0, 2, 6, 8),
            -Minor(0, 2, 3, 5), Minor(1, 2, 4, 5), -Minor(0, 2, 3, 5), Minor(0, 1, 3, 4)];
        double determinant = (among[0] * inverse[0]) + (among[1] * inverse[1]) + (among[2] * inverse[2]), sum = 41.87117301959786;
        for (int a = 0; a < 3; a++)
            for (int b = 0; b < 3; b++) sum += with[a] * inverse[(a * 3) + b] / determinant * (x[b] - mean[b]);
        return sum;
    }

    [Fact]
    public void Errors_by_supplemented_EM_are_those_of_the_observed_information()
    {
        string[] asked = ["mixture", Air, "--family", "missing-normal", "--tol", "1e-12"];
        double[] observed = Errors(Cli.Json(asked)), supplemented = Errors(Cli.Json([.. asked, "--errors", "supplemented"]));
        Assert.Equal(20, observed.Length);
        for (int i = 0; i < 20; i++) Assert.Equal(observed[i], supplemented[i], 1e-4 * observed[i]);
        var (code, output, _) = Cli.Run([.. asked, "--errors", "supplemented"]);
        Assert.Equal(0, code);
        Assert.Contains("second order. By supplemented EM;", output, StringComparison.Ordinal);
        Assert.Contains("By supplemented EM (Meng and Rubin 1991)", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        foreach (string family in (string[])["t", "factor", "ppca"])
        {
            var (code, _, error) = Cli.Run("mixture", Cli.Sample("iris.csv"), "--exclude", "species", "--components", "1",
                "--family", family, "--errors", "supplemented");
            Assert.Equal(1, code);
            Assert.Contains($"--errors supplemented has no meaning for a {family} model", error, StringComparison.Ordinal);
        }
        var (wrong, _, said) = Cli.Run("mixture", Air, "--errors", "wrong");
        Assert.Equal(1, wrong);
        Assert.Contains("--errors is 'wrong'; expected observed or supplemented.", said, StringComparison.Ordinal);
        (wrong, _, said) = Cli.Run("mixture", Air, "--family", "missing-normal", "--components", "2");
        Assert.Equal(1, wrong);
        Assert.Contains("tell at most 1 law of a missing-normal model", said, StringComparison.Ordinal);
    }

    static double[] Errors(JsonElement r) =>
        [.. r.GetProperty("estimates").EnumerateArray().Select(e => e.GetProperty("standardError").GetDouble())];

    static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);
}
