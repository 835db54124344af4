using System.Globalization;
using System.Text.Json;

namespace Descent.Cli.Tests.References;

/// <summary>
/// Profile-likelihood intervals. The ends are R 4.2.2's: uniroot on the deviance of glm and coxph with the coefficient held
/// (data/r/profiles.R, which also says by how little MASS's confint differs from them), and confint of an lm.
/// </summary>
public class ProfileTests
{
    static readonly string Data = Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", "r");
    static readonly string Cars = Path.Combine(Data, "..", "mtcars.csv");

    static readonly ILookup<string, string[]> Known = File.ReadLines(Path.Combine(Data, "profiles.csv")).Skip(1)
        .Select(l => l.Split(',')).ToLookup(l => l[0]);

    public static TheoryData<string> Cases => [.. Known.Select(k => k.Key)];

    static double Number(string s) => double.Parse(s, CultureInfo.InvariantCulture);

    static Dictionary<string, JsonElement> Lines(JsonElement fit) =>
        fit.GetProperty("coefficients").EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!);

    static string Temp(string text)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("descent").FullName, "x.csv");
        File.WriteAllText(path, text);
        return path;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Ends_are_those_of_R(string name)
    {
        string[][] known = [.. Known[name]];
        string[] words = [.. known[0][1].Split(' ').Select(w => w.Replace(';', ','))];
        JsonElement fit = Cli.Json(["fit", Path.Combine(Data, words[0]), .. words[1..], "--profile-intervals"]);
        Assert.Equal("profile likelihood", fit.GetProperty("intervals").GetString());
        Dictionary<string, JsonElement> lines = Lines(fit);
        Assert.Equal(known.Length, lines.Count);
        foreach (string[] k in known)
        {
            double low = Number(k[3]), high = Number(k[4]), width = high - low;
            Assert.Equal(low, lines[k[2]].GetProperty("low").GetDouble(), 1e-6 * width);
            Assert.Equal(high, lines[k[2]].GetProperty("high").GetDouble(), 1e-6 * width);
        }
    }

    // MASS: confint(glm(low ~ …, binomial)), to the five digits that its spline has.
    [Fact]
    public void Confint_of_R_is_met_to_five_digits()
    {
        Dictionary<string, JsonElement> lines = Lines(Cli.Json("fit", Path.Combine(Data, "births.csv"), "--model", "logistic",
            "--target", "low", "--features", "age,lwt,race,smoke,ptl,ht,ui", "--profile-intervals"));
        foreach (var (name, low, high) in new[] { ("age", -0.113906409, 0.0350272316), ("lwt", -0.029516118, -0.0017650858),
            ("race=b", 0.171000364, 2.2756414793), ("smoke", 0.056404551, 1.6664498806), ("ht", 0.494572767, 3.3053474206) })
        {
            Assert.Equal(low, lines[name].GetProperty("low").GetDouble(), 5e-5 * (high - low));
            Assert.Equal(high, lines[name].GetProperty("high").GetDouble(), 5e-5 * (high - low));
        }
    }

    // What scaling the columns inside, and other methods, do to the point, the ends do not see; nor a point that is only near the optimum.
    [Theory]
    [InlineData("--standardize")]
    [InlineData("--method lbfgs --gap 1e-7")]
    public void Ends_do_not_depend_on_the_way_to_the_optimum(string how)
    {
        Dictionary<string, JsonElement> lines = Lines(Cli.Json(["fit", Cars, "--model", "logistic", "--target", "am",
            "--features", "hp,qsec", "--profile-intervals", .. how.Split(' ')]));
        string[] known = Known["cars"].Single(k => k[2] == "qsec");
        Assert.Equal(Number(known[3]), lines["qsec"].GetProperty("low").GetDouble(), 1e-6);
        Assert.Equal(Number(known[4]), lines["qsec"].GetProperty("high").GetDouble(), 1e-6);
    }

    // R (profiles.R prints it): the slope of eight separated rows from 0.801812469899 on, the intercept up to −3.40608194285.
    [Fact]
    public void A_separated_estimate_has_an_open_interval()
    {
        string file = Temp("x,y\n1,0\n2,0\n3,0\n4,0\n5,1\n6,1\n7,1\n8,1\n");
        string[] fit = ["fit", file, "--model", "logistic", "--target", "y", "--profile-intervals"];
        Dictionary<string, JsonElement> lines = Lines(Cli.Json(fit));
        Assert.Equal(0.801812469899, lines["x"].GetProperty("low").GetDouble(), 1e-6);
        Assert.Equal(JsonValueKind.Null, lines["x"].GetProperty("high").ValueKind);
        Assert.Equal("above", lines["x"].GetProperty("open").GetString());
        Assert.Equal("below", lines["(Intercept)"].GetProperty("open").GetString());
        Assert.Equal(-3.40608194285, lines["(Intercept)"].GetProperty("high").GetDouble(), 1e-6);
        Assert.Contains("0.801812 … +∞", Cli.Run(fit).Out, StringComparison.Ordinal);
    }

    // R: the level of which all counts are 0 up to −1.7511039931; the others as if it were not there.
    [Fact]
    public void A_level_without_events_has_one_end_and_the_others_both()
    {
        string file = Temp("y,g\n3,a\n5,a\n4,a\n0,b\n0,b\n0,b\n2,c\n1,c\n4,c\n"), rest = Temp("y,g\n3,a\n5,a\n4,a\n2,c\n1,c\n4,c\n");
        string[] how = ["--model", "poisson", "--target", "y", "--profile-intervals"];
        Dictionary<string, JsonElement> lines = Lines(Cli.Json(["fit", file, .. how])), without = Lines(Cli.Json(["fit", rest, .. how]));
        Assert.Equal("below", lines["g=b"].GetProperty("open").GetString());
        Assert.Equal(-1.7511039931, lines["g=b"].GetProperty("high").GetDouble(), 1e-6);
        foreach (string end in (string[])["low", "high"])
            Assert.Equal(without["g=c"].GetProperty(end).GetDouble(), lines["g=c"].GetProperty(end).GetDouble(), 1e-6);
    }

    [Fact]
    public void The_table_the_page_and_programs_have_them()
    {
        string page = Path.Combine(Directory.CreateTempSubdirectory().FullName, "r.html");
        var (code, output, _) = Cli.Run("fit", Cars, "--model", "logistic", "--target", "am", "--features", "hp,qsec",
            "--profile-intervals", "--report", page);
        Assert.Equal(0, code);
        Assert.Contains("95 % profile interval", output, StringComparison.Ordinal);
        Assert.Contains("-3.604588 … -0.726517", output, StringComparison.Ordinal);
        Assert.Contains("Intervals are of the profile likelihood", File.ReadAllText(page), StringComparison.Ordinal);
        FitSpec spec = new(new DataSpec([Cars]) { Target = "am", Features = ["hp", "qsec"] },
            new ModelSpec { Family = ModelFamilies.Logistic, ProfilesLikelihood = true });
        Assert.Equal(-3.60458834967, Fitting.Fit.Of(spec).Coefficients[2].Low, 1e-6);
    }

    // A token that is cancelled while intervals are found: the fit is there, without the rest of them.
    [Fact]
    public void A_signal_ends_them_and_the_outcome_says_so()
    {
        using CancellationTokenSource stop = new();
        FitSpec spec = new(new DataSpec([Path.Combine(Data, "births.csv")]) { Target = "low" },
            new ModelSpec { Family = ModelFamilies.Logistic, ProfilesLikelihood = true });
        Fitter fitter = Fitter.Of(spec, DataLoader.Load(spec));
        int parts = 0;
        fitter.OnPart = _ =>
        {
            if (++parts == 3) stop.Cancel();
        };
        RiskFit fit = fitter.Run(stop.Token, null).Risk!;
        Assert.Equal(Runs.OutcomeKind.Interrupted, fit.Outcome.Kind);
        Assert.Contains("Interrupted among the profile intervals: 7 coefficients without one", fit.Outcome.Sentence,
            StringComparison.Ordinal);
        Assert.Equal(2, fit.Coefficients.Count(c => double.IsFinite(c.Low)));
        Assert.All(fit.Coefficients, c => Assert.True(double.IsFinite(c.Estimate)));
    }

    [Theory]
    [InlineData("--target mpg --features wt --l2 0.1", "No profile intervals: a penalty biases")]
    [InlineData("--target mpg --features wt --model huber", "No profile intervals: the Huber loss|log-likelihood")]
    public void What_has_none_says_why(string fit, string said)
    {
        var (_, output, _) = Cli.Run(["fit", Cars, .. fit.Split(' '), "--profile-intervals"]);
        Assert.Contains(said.Split('|'), s => output.Contains(s, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--target mpg --profile-intervals --robust hc1", "--robust and --profile-intervals are two answers")]
    [InlineData("--target mpg --profile-intervals --cluster carb", "--cluster and --profile-intervals are two answers")]
    [InlineData("--target mpg --profile-intervals --path 5", "--profile-intervals is for one fit without a penalty")]
    public void What_cannot_be_done_is_refused(string words, string said)
    {
        var (code, _, error) = Cli.Run(["fit", Cars, .. words.Split(' ')]);
        Assert.Equal(1, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }
}
