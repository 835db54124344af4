using System.IO.Compression;
using System.Text.Json;

namespace Descent.Cli.Tests.Commands;

public sealed class PlanTests
{
    static readonly string[] Iris = [Cli.Sample("iris.csv"), "--target", "species=setosa", "--features", "sepal_length,petal_length",
        "--model", "logistic", "--l2", "0.01", "--penalize-intercept"];

    [Fact]
    public void A_plan_has_bounds_expectations_and_reasons()
    {
        var (code, text, error) = Cli.Run(["plan", .. Iris, "--accuracy", "1e-3"]);
        Assert.True(code == 0, error);
        foreach (string part in new[] { "gradients by the bound", "Recommended: sdca", "H = ", "σ² = ", "J = ", "Δ = ", "D = ", "exact:",
            "upper bound:", "M9", "SDCA", "G11" }) Assert.Contains(part, text, StringComparison.Ordinal);
    }

    // A theorem's horizon is a promise: the deterministic methods keep it on the very problem.
    [Fact]
    public void Methods_keep_what_their_theorems_promise()
    {
        JsonElement plan = Cli.Json(["plan", .. Iris, "--accuracy", "1e-3", "--methods", "gd,linear-coupling,accelerated,sdca"]);
        foreach (JsonElement m in plan.GetProperty("methods").EnumerateArray())
        {
            Assert.Equal("Holds", m.GetProperty("assumptions").GetString());
            Assert.True(m.GetProperty("expectedGradients").GetDouble() <= m.GetProperty("gradientsByTheBound").GetDouble(), m.ToString());
        }
    }

    [Fact]
    public void A_method_that_does_not_fit_is_named_with_its_reason()
    {
        var (code, text, _) = Cli.Run("plan", Cli.Sample("iris.csv"), "--target", "sepal_length", "--features", "petal_length", "--model",
            "absolute", "--accuracy", "1e-3", "--methods", "newton,averaged-sgd", "--quiet");
        Assert.Equal(0, code);
        Assert.Contains("newton does not fit", text, StringComparison.Ordinal);
    }

    // That steps on samples put thresholds out of order is known at the first of them.
    [Fact]
    public void A_method_that_fails_at_its_first_step_does_not_end_the_plan()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("descent").FullName, "rows.csv");
        File.WriteAllText(path, "x,y\n1,0\n2,0\n3,1\n2.5,1\n4,1\n2,2\n5,2\n6,2\n5,1\n");
        var (code, text, error) = Cli.Run("plan", path, "--target", "y", "--model", "ordinal", "--accuracy", "1e-3", "--methods",
            "newton,svrg", "--quiet");
        Assert.True(code == 0, error);
        Assert.Contains("svrg does not fit", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--accuracy 0", "--accuracy is 0")]
    [InlineData("--accuracy 1e-3 --methods fastest", "'fastest', which is not known")]
    [InlineData("--accuracy 1e-3 --method gd", "plan takes --methods")]
    [InlineData("--accuracy 1e-3 --out m.json", "--out means nothing to plan")]
    public void Misuse_is_a_usage_error(string options, string expected)
    {
        var (code, _, error) = Cli.Run(["plan", .. Iris, .. options.Split(' ')]);
        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    static readonly (string File, string Options)[] ProblemCases =
    [
        ("breast_cancer.csv", "--target class --model logistic --l2 1/n --standardize"),
        ("wine_data.csv", "--target class --model softmax --l2 0.01 --standardize"),
        ("diabetes", "--target y --model linear --l2 1/n --standardize"),
    ];

    public static TheoryData<string, string> Problems => Present(ProblemCases);

    [SharedTheory]
    [MemberData(nameof(Problems))]
    public void The_first_two_places_are_those_that_measured_runs_give(string file, string options)
    {
        string data = DataFile(file)!;
        string[] own = [data, .. options.Split(' ')];
        string[] planned = [.. Cli.Json(["plan", .. own, "--accuracy", "1e-4"]).GetProperty("methods").EnumerateArray()
            .Select(m => m.GetProperty("method").GetString()!)];
        List<(string Method, double Gradients)> measured = [];
        foreach (string m in planned)
        {
            var (code, output, _) = Cli.Run(["fit", .. own, "--method", m, "--gap", "1e-4", "--epochs", "60", "--json"]);
            if (code == 0) measured.Add((m, JsonDocument.Parse(output).RootElement.GetProperty("gradients").GetDouble()));
        }
        Assert.True(measured.Count >= 2, $"{measured.Count} methods got there");
        Assert.Equal([.. measured.OrderBy(m => m.Gradients).Take(2).Select(m => m.Method)], planned[..2]);
    }

    [SlowFact("a9a.gz")]
    [Trait("Tier", "Slow")]
    public void The_first_two_places_on_a9a_are_those_that_measured_runs_give() =>
        The_first_two_places_are_those_that_measured_runs_give("a9a.gz", "--model logistic --l2 1/n");

    static readonly (string File, string Options)[] ConvexCases =
    [
        ("a9a.gz", "--model logistic --l2 1/n"), ("a9a.gz", "--model hinge --l2 1/n"), ("a9a.gz", "--model logistic"),
        ("iris.csv", "--target class --model softmax --l2 1/n"), ("wine_data.csv", "--target class --model softmax --l2 1/n"),
        ("breast_cancer.csv", "--target class --model logistic --l2 1/n"),
        ("digits.csv.gz", "--header no --target c65 --model softmax --l2 1/n"), ("diabetes", "--target y --model linear"),
        ("diabetes", "--target y --model linear --l1 1/n"), ("diabetes", "--target y --model absolute"),
        ("bike-day.csv", "--target cnt --features season,yr,temp,hum,windspeed --model poisson"),
        ("bike-hour.csv.gz", "--target cnt --features factor(hr),temp,hum --model poisson"),
        ("warpbreaks.csv", "--target breaks --model poisson"), ("InsectSprays.csv", "--target count --model poisson"),
        ("quakes.csv", "--target stations --features mag,depth --model poisson"), ("quakes.csv", "--target mag --model linear"),
        ("mtcars.csv", "--target mpg --exclude model --model linear"), ("mtcars.csv", "--target am --features wt,hp --model logistic"),
        ("faithful.csv", "--target waiting --model linear"),
        ("phones.csv", "--target calls --model huber"), ("starsCYG.csv", "--target log.light --model absolute"),
        ("stackloss.csv", "--target STACKLOSS --model quantile"), ("engel.csv", "--target foodexp --model quantile"),
        ("longley.csv", "--target TOTEMP --exclude Obs --model linear"),
        ("anes96.csv", "--target PID --features selfLR,age,educ,income --model softmax"),
        ("birthwt.csv", "--target low --exclude bwt --model logistic"),
        ("winequality-white.csv", "--target quality --model linear"), ("winequality-white.csv", "--target quality --model absolute"),
        ("winequality-white.csv", "--target quality --model huber"), ("circle-webml.csv", "--target class --model logistic"),
    ];

    public static TheoryData<string, string> Convex => Present(ConvexCases);

    // No step size, no batch, no budget: only the model is named (λ is 1/n
    // where the classes can be separated, or a penalty is part of the model).
    [SharedTheory]
    [MemberData(nameof(Convex))]
    public void Defaults_certify_a_relative_gap_of_1e_4(string file, string options) => Certify(file, options);

    [SlowFact("mnist10k-train-images-idx3-ubyte.gz", "mnist10k-train-labels-idx1-ubyte.gz")]
    [Trait("Tier", "Slow")]
    public void Defaults_certify_a_relative_gap_of_1e_4_on_digits() =>
        Certify("mnist10k-train-images-idx3-ubyte.gz", "--labels mnist10k-train-labels-idx1-ubyte.gz --model softmax --l2 1/n");

    static void Certify(string file, string options)
    {
        string data = DataFile(file)!;
        string[] own = [.. options.Split(' ')
            .Select(o => o.StartsWith("mnist", StringComparison.Ordinal)
                ? Cli.Shared(o)!
                : o == "1/n" && options.Contains("--l1", StringComparison.Ordinal) ? "0.1" : o)];
        double gap = Cli.Json(["fit", data, .. own]).GetProperty("certificate").GetProperty("relativeGap").GetDouble();
        Assert.InRange(gap, 0, 1e-4);
    }

    [MissingDataFact("a9a.gz", "breast_cancer.csv", "wine_data.csv", "diabetes_data_raw.csv.gz", "diabetes_target.csv.gz", "iris.csv",
        "digits.csv.gz", "bike-day.csv", "bike-hour.csv.gz", "warpbreaks.csv", "InsectSprays.csv",
        "quakes.csv", "mtcars.csv", "faithful.csv", "phones.csv", "starsCYG.csv", "stackloss.csv", "engel.csv", "longley.csv", "anes96.csv",
        "birthwt.csv", "winequality-white.csv", "circle-webml.csv")]
    public void No_case_is_left_out_for_want_of_data()
    {
        Assert.Equal(ProblemCases.Length, Problems.Count);
        Assert.Equal(ConvexCases.Length, Convex.Count);
    }

    static TheoryData<string, string> Present((string File, string Options)[] cases)
    {
        TheoryData<string, string> data = [];
        foreach (var (file, options) in cases.Where(c => DataFile(c.File) is not null)) data.Add(file, options);
        return data;
    }

    static string? DataFile(string name)
    {
        if (name != "diabetes") return Cli.Shared(name);
        if (Cli.Shared("diabetes_data_raw.csv.gz") is not { } x || Cli.Shared("diabetes_target.csv.gz") is not { } y) return null;
        string path = Path.Combine(Path.GetTempPath(), "descent-diabetes.csv");
        if (File.Exists(path)) return path;
        string[] rows = Lines(x), targets = Lines(y);
        string own = path + Environment.ProcessId;
        File.WriteAllLines(own,
            ["age,sex,bmi,bp,s1,s2,s3,s4,s5,s6,y",
                .. rows.Zip(targets, (r, t) => string.Join(',', r.Split(' ', StringSplitOptions.RemoveEmptyEntries)) + "," + t)]);
        File.Move(own, path, true);
        return path;
    }

    static string[] Lines(string path)
    {
        using GZipStream stream = new(File.OpenRead(path), CompressionMode.Decompress);
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
