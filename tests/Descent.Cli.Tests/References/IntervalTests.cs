using System.Globalization;

namespace Descent.Cli.Tests.References;

/// <summary>Intervals beside predictions: R's to six digits (data/r/intervals.R says how they were made), from the tool and from
/// programs.</summary>
public sealed class IntervalTests : IDisposable
{
    static readonly string Data = Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", "r");
    static readonly string Cars = Path.Combine(Data, "..", "mtcars.csv");

    readonly string folder = Directory.CreateTempSubdirectory("descent-interval").FullName;

    static readonly ILookup<string, string[]> Known = File.ReadLines(Path.Combine(Data, "intervals.csv")).Skip(1)
        .Select(l => l.Split(',')).ToLookup(l => l[0]);

    public static TheoryData<string> Cases => [.. Known.Select(k => k.Key)];

    string At(string name) => Path.Combine(folder, name);

    static double Number(string s) => double.Parse(s, CultureInfo.InvariantCulture);

    string Fit(string command)
    {
        string[] words = [.. command.Split(' ').Select(w => w.Replace(';', ','))];
        string model = At("m.json");
        var (code, _, error) = Cli.Run(["fit", Path.Combine(Data, words[0]), .. words[1..], "--out", model]);
        Assert.True(code is 0 or 4, error);
        return model;
    }

    static Dictionary<string, double>[] Predict(string model, string data, params string[] how)
    {
        var (code, output, error) = Cli.Run(["predict", model, data, .. how]);
        Assert.True(code == 0, error);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries), head = lines[0].Split(',');
        return [.. lines.Skip(1).Select(l => head.Zip(l.Split(',')).Where(c => c.First != "predicted")
            .ToDictionary(c => c.First, c => Number(c.Second)))];
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Intervals_are_those_of_R(string name)
    {
        string[][] known = [.. Known[name]];
        string model = Fit(known[0][1]), data = Path.Combine(Data, known[0][1].Split(' ')[0]);
        foreach (var asked in known.GroupBy(k => (Level: k[2], Of: k[3])))
        {
            var found = Predict(model, data, "--interval", asked.Key.Level, "--interval-of", asked.Key.Of);
            foreach (string[] k in asked)
            {
                var seen = found[int.Parse(k[4], CultureInfo.InvariantCulture) - 1];
                double[] wanted = [.. k[5..].Select(Number)];
                Near(wanted[0], seen.GetValueOrDefault("prediction", seen.GetValueOrDefault("probability")), string.Join(',', k));
                Near(wanted[1], seen["low"], string.Join(',', k));
                Near(wanted[2], seen["high"], string.Join(',', k));
            }
        }
    }

    static void Near(double wanted, double seen, string what) =>
        Assert.True(Math.Abs(seen - wanted) <= 1e-6 * Math.Max(Math.Abs(wanted), 1e-3), FormattableString.Invariant($"{what}: {seen:R}"));

    // R 4.2.2: predict(lm(mpg ~ wt + hp), data.frame(wt = 3, hp = 150), interval = "confidence" and "prediction").
    [Fact]
    public void Programs_have_them_without_a_file_and_from_one()
    {
        Fit fit = Fitting.Fit.Linear(Cars, "mpg", ["wt", "hp"]);
        PredictionInterval mean = fit.PredictInterval([3, 150]);
        Near(20.8278358419, mean.Prediction, "mean");
        Near(19.8355557059, mean.Low, "mean");
        Near(21.8201159779, mean.High, "mean");
        fit.Save(At("p.json"));
        SavedModel saved = SavedModel.Load(At("p.json"));
        PredictionInterval one = saved.PredictInterval([3, 150], new IntervalSpec { Of = IntervalOf.Observation });
        Near(15.431694919, one.Low, "observation");
        Near(26.2239767648, one.High, "observation");
        Assert.Equal(mean, saved.PredictInterval([3, 150]));
        // What is added to the margin moves all three.
        PredictionInterval moved = saved.PredictInterval([3, 150], offset: 10);
        Near(29.8355557059, moved.Low, "offset");
        Assert.Equal(saved.PredictFileIntervals(Cars)[0], fit.Model.PredictFileIntervals(Cars)[0]);
    }

    // Sparse rows and dense ones are the same rows.
    [Fact]
    public void Sparse_rows_have_the_intervals_of_dense_ones()
    {
        string sparse = At("x.libsvm"), dense = At("x.csv");
        (double, double, double)[] rows = [(1, 2, 0), (2.5, 0, 1), (0.3, 1, 0), (4, 0, 3), (2, 5, 0), (3, 0, 0), (1.5, 2, 2)];
        File.WriteAllLines(sparse, rows.Select(r => FormattableString.Invariant($"{r.Item1}")
            + (r.Item2 == 0 ? "" : FormattableString.Invariant($" 1:{r.Item2}"))
            + (r.Item3 == 0 ? "" : FormattableString.Invariant($" 2:{r.Item3}"))));
        File.WriteAllLines(dense, ["y,a,b", .. rows.Select(r => FormattableString.Invariant($"{r.Item1},{r.Item2},{r.Item3}"))]);
        Assert.Equal(0, Cli.Run("fit", sparse, "--model", "linear", "--out", At("s.json")).Code);
        Assert.Equal(0, Cli.Run("fit", dense, "--target", "y", "--model", "linear", "--out", At("d.json")).Code);
        var a = Predict(At("s.json"), sparse, "--interval", "0.9");
        var b = Predict(At("d.json"), dense, "--interval", "0.9");
        for (int i = 0; i < rows.Length; i++) Near(b[i]["low"], a[i]["low"], $"row {i}");
    }

    // R 4.2.2: predict(lm(mpg ~ wt), cars[1, ], interval = "confidence"); a column that is twice another says nothing more.
    [Fact]
    public void Columns_left_out_take_no_part_and_are_said()
    {
        string file = At("twice.csv");
        string[] lines = File.ReadAllLines(Cars);
        File.WriteAllLines(file, lines.Select((l, i) => i == 0 ? l + ",more"
            : l + FormattableString.Invariant($",{2 * Number(l.Split(',')[1])}")));
        string model = At("t.json");
        Assert.Equal(0, Cli.Run("fit", file, "--target", "mpg", "--features", "wt,more", "--out", model).Code);
        var (code, output, error) = Cli.Run("predict", model, file, "--interval", "0.95");
        Assert.Equal(0, code);
        Assert.Contains("the fit left out more, which the other columns told", error, StringComparison.Ordinal);
        string[] first = output.Split('\n')[1].Split(',');
        Near(21.9886681399, Number(first[1]), "low");
        Near(24.5765531538, Number(first[2]), "high");
    }

    [Theory]
    [InlineData("--target mpg --features wt,hp --l2 0.1", "", "A penalty biases the estimates")]
    [InlineData("--target cyl --features wt --model softmax --l2 0.1", "", "no intervals of the predictions of a softmax model")]
    [InlineData("--target mpg --features wt --model quantile", "", "no intervals of the predictions of a quantile model")]
    [InlineData("--target mpg --features wt --robust hc1", "--interval-of observation", "fitted with hc1 errors")]
    [InlineData("--target carb --features wt --model poisson", "--interval-of observation", "this is a poisson model")]
    [InlineData("--target am --features wt,mpg,hp,qsec --model logistic", "", "the margins of some rows|infinite")]
    [InlineData("--target mpg --features wt", "--interval 0", "--interval is 0; expected a level between 0 and 1")]
    [InlineData("--target mpg --features wt", "--interval-of slope", "expected mean or observation")]
    [InlineData("--target mpg --features wt,hp --model mlp-regression --hidden 2 --epochs 1", "", "a network has no covariance")]
    public void What_has_none_says_why(string fit, string how, string said)
    {
        string model = At("w.json");
        Assert.Contains(Cli.Run(["fit", Cars, .. fit.Split(' '), "--out", model]).Code, (int[])[0, 4]);
        string[] words = how.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (code, output, error) = Cli.Run(["predict", model, Cars, .. words,
            .. words.Contains("--interval") ? [] : (string[])["--interval", "0.95"]]);
        Assert.Equal(1, code);
        Assert.Equal("", output);
        Assert.Contains(said.Split('|'), s => error.Contains(s, StringComparison.Ordinal));
    }

    [Fact]
    public void A_kind_without_a_level_is_asked_about()
    {
        string model = Fit("../mtcars.csv --target mpg --features wt");
        var (code, _, error) = Cli.Run("predict", model, Cars, "--interval-of", "observation");
        Assert.Equal(1, code);
        Assert.Contains("give it a level", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_an_older_program_names_the_command_that_writes_one_with_it()
    {
        string old = Path.Combine(Cli.Root, "tests", "golden", "models", "v1", "linear.json");
        var (code, _, error) = Cli.Run("predict", old, Cli.Sample("iris.csv"), "--interval", "0.95");
        Assert.Equal(1, code);
        Assert.Contains("an older descent wrote it. Fit it again, and the file has one: descent fit", error, StringComparison.Ordinal);
    }

    [Fact]
    public void More_coefficients_than_a_file_keeps_numbers_for_are_said()
    {
        string file = At("wide.libsvm");
        using (StreamWriter w = new(file))
            for (int i = 0; i < 700; i++) w.WriteLine(FormattableString.Invariant($"{Math.Sin(i * i):R} {(i % 520) + 1}:{1 + (i % 7)}"));
        Assert.Contains(Cli.Run("fit", file, "--model", "linear", "--method", "newton", "--out", At("wide.json")).Code, (int[])[0, 4]);
        var (code, _, error) = Cli.Run("predict", At("wide.json"), file, "--interval", "0.95");
        Assert.Equal(1, code);
        Assert.Contains("a model file keeps that of 500 at most", error, StringComparison.Ordinal);
        Assert.True(new FileInfo(At("wide.json")).Length < 500_000);
    }

    [Theory]
    [InlineData("\"covariance\": {", "\"covariance\": {\n    \"absent\": \"no\",", "needs its numbers, or the reason")]
    [InlineData("\"degrees\": 29", "\"degrees\": 0", "degrees of freedom of the covariance are not above 0")]
    [InlineData("\"degrees\": 29", "\"degrees\": 29, \"kind\": \"hc7\"", "stands beside a covariance that has none|of the kind 'hc7'")]
    [InlineData("\"centre\": [", "\"centre\": [\n 1,", "is centred in 3 numbers; expected 2")]
    [InlineData("\"matrix\": [", "\"matrix\": [\n 1,", "has 7 numbers; expected 6")]
    [InlineData("\"matrix\": [\n      ", "\"matrix\": [\n      -", "a variance below 0")]
    [InlineData("\"matrix\": [\n      ", "\"matrix\": [\n      1e-30, 0.1, 0.1, 1, 1, 1], \"x\": [\n", "a correlation above 1")]
    public void A_damaged_covariance_is_one_sentence(string old, string changed, string said)
    {
        string model = Fit("../mtcars.csv --target mpg --features wt;hp"), text = File.ReadAllText(model);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(model, text.Replace(old, changed, StringComparison.Ordinal));
        var (code, _, error) = Cli.Run("predict", model, Cars);
        Assert.Equal(2, code);
        Assert.Contains(said.Split('|'), s => error.Contains(s, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(folder, true);
}
