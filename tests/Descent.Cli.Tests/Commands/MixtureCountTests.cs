using System.Text.Json;
using Descent.Fitting;
using Descent.Fitting.Mixtures;

namespace Descent.Cli.Tests.Commands;

/// <summary>
/// Mixtures of counts and of binary columns by the command and the door. References: R 4.2.2, direct maximisation and EM written out, as in
/// the tests of the laws (data: quakes and MASS::birthwt).
/// </summary>
public sealed class MixtureCountTests : IDisposable
{
    readonly string work = Directory.CreateTempSubdirectory("descent-counts-").FullName;

    static string Shared(string name) => Path.Combine(Cli.Root, "tests", "Descent.Mixtures.Tests", name);

    public void Dispose() => Directory.Delete(work, true);

    string Data(string text)
    {
        string path = Path.Combine(work, "d.csv");
        File.WriteAllText(path, text);
        return path;
    }

    [Fact]
    public void Poisson_laws_are_the_reference_and_are_saved_and_read()
    {
        string model = Path.Combine(work, "m.json");
        JsonElement r = Cli.Json("mixture", Shared("quakes-stations.csv"), "--family", "poisson", "--components", "2", "--out", model);
        Assert.Equal(-4965.961032, r.GetProperty("logLikelihood").GetDouble(), 5);
        SavedMixture saved = SavedMixture.Load(model);
        Assert.Equal(0.740361385555, saved.Weights[0], 6);
        Assert.Equal([22.7387174751, 63.8700513013], saved.Parameters["means"].Select(m => m[0]), (a, b) => Math.Abs(a - b) < 1e-4);
        // Bayes' rule at 40 stations, in plain numbers.
        double a = 0.740361385555 * Math.Exp(-22.7387174751) * Math.Pow(22.7387174751, 40);
        double b = 0.259638614445 * Math.Exp(-63.8700513013) * Math.Pow(63.8700513013, 40);
        Assert.Equal(a / (a + b), saved.Responsibilities([40])[0], 6);
        double factorial = Enumerable.Range(1, 40).Aggregate(1.0, (f, i) => f * i);
        Assert.Equal(Math.Log((a + b) / factorial), saved.LogDensity([40]), 5);
        Assert.Contains("expected a count", Assert.Throws<FitException>(() => saved.LogDensity([1.5])).Message, StringComparison.Ordinal);
        var (code, output, _) = Cli.Run("predict", model, Shared("quakes-stations.csv"));
        Assert.Equal(0, code);
        Assert.Equal(1001, output.TrimEnd().Split('\n').Length);
        Assert.Contains("-4.96596", Cli.Run("evaluate", model, Shared("quakes-stations.csv")).Out, StringComparison.Ordinal);
        Assert.Equal(2, Cli.Run("predict", model, Data("stations\n3\n1.5\n")).Code);
    }

    [Fact]
    public void Latent_classes_are_the_reference()
    {
        Fitted(Fit.Mixture(Shared("birthwt-binary.csv"), 2, spec: new MixtureSpec { Family = MixtureFamilies.Bernoulli }));
        JsonElement r = Cli.Json("mixture", Shared("birthwt-binary.csv"), "--family", "bernoulli", "--components", "2", "--restarts", "4",
            "--report", Path.Combine(work, "r.html"));
        Assert.Equal(-360.8502046, r.GetProperty("logLikelihood").GetDouble(), 5);
        Assert.Contains("P(1) smoke", File.ReadAllText(Path.Combine(work, "r.html")), StringComparison.Ordinal);
    }

    static void Fitted(FittedMixture fit)
    {
        Assert.Equal(-360.8502046, fit.LogLikelihood, 4);
        // Bayes' rule with the reference's θ; a class without low weights cannot hold one.
        double a = 0.677878 * 0.335696 * (1 - 0.037479) * 0.105867;
        double b = 0.322122 * (1 - 0.969102) * 0.509041 * (1 - 0.118234) * 0.237124;
        // θ runs to an edge, slowly: the default tolerance leaves it some thousandths short.
        Assert.Equal(a / (a + b), fit.Responsibilities([0, 1, 0, 1])[0], 0.005);
        Assert.Equal([0, 1], fit.Responsibilities([1, 1, 0, 0]), (x, y) => Math.Abs(x - y) < 0.02);
    }

    [Theory]
    [InlineData("poisson", "a\n1\n-2\n4\n", "row 2, column 'a': holds -2; a poisson mixture needs a count")]
    [InlineData("poisson", "a\n1\n2\n4.5\n", "row 3, column 'a': holds 4.5")]
    [InlineData("poisson", "a\n3\n3\n3\n", "all 3 rows are equal")]
    [InlineData("bernoulli", "a,b\n1,0\n0,2\n", "row 2, column 'b': holds 2; a bernoulli mixture needs 0 or 1")]
    [InlineData("bernoulli", "a,b\n1,0\n", "has 1 row")]
    public void What_has_no_probability_is_refused(string family, string data, string said)
    {
        var (code, output, error) = Cli.Run("mixture", Data(data), "--family", family, "--components", "1");
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(said, error, StringComparison.Ordinal);
    }
}
