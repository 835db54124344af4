using System.Globalization;
using System.Text.Json;

namespace Descent.Cli.Tests.References;

/// <summary>
/// Missing values by column: what is filled in is scikit-learn's (data/missing/missing.py), is said, and is what the model fills in.
/// </summary>
public class MissingTests
{
    static readonly string Data = Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", "missing");
    static readonly string Survey = Path.Combine(Data, "survey.csv");
    static readonly ILookup<string, (string Name, double Value)> Known = File.ReadLines(Path.Combine(Data, "missing.csv")).Skip(1)
        .Select(l => l.Split(',')).ToLookup(l => l[0], l => (l[1], double.Parse(l[2], CultureInfo.InvariantCulture)));

    readonly string folder = Directory.CreateTempSubdirectory("descent").FullName;

    string In(string name) => Path.Combine(folder, name);

    [Theory]
    [InlineData("mixed", "Height,Pulse,Smoke,Sex", "Height_missing", "Height=median+indicator,Pulse=mean,Smoke=mode,*=skip")]
    [InlineData("mode", "Pulse,Sex", "Pulse_missing", "Pulse=mode+indicator,skip")]
    public void What_is_filled_in_is_scikit_learns(string name, string features, string indicator, string missing)
    {
        JsonElement fit = Cli.Json("fit", Survey, "--target", "Wr.Hnd", "--features", features, "--missing", missing);
        Agree(name, fit);
        string formula = $"Wr.Hnd ~ {features.Replace(",", " + ", StringComparison.Ordinal)} + {indicator}";
        JsonElement same = Cli.Json("fit", Survey, "--formula", formula, "--missing", missing);
        double[] seen = [.. Cli.Estimates(same).Order()], wanted = [.. Cli.Estimates(fit).Order()];
        for (int j = 0; j < wanted.Length; j++) Assert.Equal(wanted[j], seen[j], 1e-9);
    }

    static void Agree(string name, JsonElement fit)
    {
        Dictionary<string, double> found = fit.GetProperty("coefficients").EnumerateArray()
            .ToDictionary(c => c.GetProperty("name").GetString()!, c => c.GetProperty("estimate").GetDouble());
        Assert.Equal(Known[name].Select(k => k.Name).Order(), found.Keys.Order());
        foreach ((string column, double value) in Known[name])
            Assert.True(Math.Abs(found[column] - value) <= 1e-7 * Math.Max(Math.Abs(value), 1),
                $"{name}, {column}: {found[column]}, {value}");
    }

    // The rows that are predicted say nothing of what is filled in: the file holds the last thirty-odd rows alone.
    [Theory]
    [InlineData("mean", "mean")]
    [InlineData("median", "median")]
    [InlineData("mode", "most_frequent")]
    public void A_model_fills_in_what_its_training_rows_said(string word, string strategy)
    {
        string[] lines = File.ReadAllLines(Survey);
        string[] rows = [.. lines.Skip(1).Where(l => l.Split(',') is var f && f[0] != "NA" && f[4] != "NA")];
        File.WriteAllLines(In("seen.csv"), [lines[0], .. rows.Take(200)]);
        File.WriteAllLines(In("new.csv"), [lines[0], .. rows.Skip(200)]);
        var (code, _, error) = Cli.Run("fit", In("seen.csv"), "--target", "Wr.Hnd", "--features", "Height,Pulse", "--missing", word,
            "--out", In("m.json"));
        Assert.True(code == 0, error);
        Assert.Contains($"column 'Height': 23 missing values filled in with the {word} ", error, StringComparison.Ordinal);
        (code, string output, error) = Cli.Run("predict", In("m.json"), In("new.csv"));
        Assert.True(code == 0, error);
        Assert.Contains($"filled in with the training {word} ", error, StringComparison.Ordinal);
        double[] found = [.. output.TrimEnd('\n').Split('\n').Skip(1).Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
        double[] wanted = [.. Known["predict " + strategy].Select(k => k.Value)];
        Assert.Equal(wanted.Length, found.Length);
        for (int i = 0; i < wanted.Length; i++) Assert.Equal(wanted[i], found[i], 1e-6);
        // One row at a time, as a filter reads them, and the caller's word before the model's.
        (code, output, error) = Cli.Run("evaluate", In("m.json"), In("new.csv"));
        Assert.True(code == 0, error);
        Assert.Contains("filled in", error, StringComparison.Ordinal);
        (code, _, error) = Cli.Run("predict", In("m.json"), In("new.csv"), "--missing", "Height=fail");
        Assert.Equal(2, code);
        Assert.Contains("column 'Height': the value is missing", error, StringComparison.Ordinal);
        Assert.Equal(rows.Skip(200).Count(r => r.Split(',') is var f && f[1] != "NA" && f[2] != "NA"),
            Cli.Run("predict", In("m.json"), In("new.csv"), "--missing", "skip").Out.TrimEnd('\n').Split('\n').Length - 1);
    }

    [Fact]
    public void Words_that_mean_missing_are_said_and_kept()
    {
        File.WriteAllText(In("dash.csv"), "x,g,y\n1,a,1\n2,-,2.1\n3,b,2.9\n-,b,4\n5,.,5.2\n6,b,6\n7,a,7.1\n");
        var (code, _, error) = Cli.Run("fit", In("dash.csv"), "--target", "y", "--missing", "mode", "--na", "-,.", "--out", In("m.json"));
        Assert.True(code == 0, error);
        Assert.Contains("column 'x': 1 missing value filled in with the mode 1", error, StringComparison.Ordinal);
        Assert.Contains("column 'g': 2 missing values filled in with the mode 'b'", error, StringComparison.Ordinal);
        File.WriteAllText(In("new.csv"), "x,g\n-,.\n1,b\n");
        string[] predicted = Cli.Run("predict", In("m.json"), In("new.csv")).Out.TrimEnd('\n').Split('\n');
        Assert.Equal(predicted[1], predicted[2]);
    }

    [Theory]
    [InlineData("target", 1, "", "Wr.Hnd=mean,*=skip", "'Wr.Hnd' is the target, in which nothing is filled in; expected fail")]
    [InlineData("weights", 1, "--weight-col Pulse", "Pulse=median,*=skip", "'Pulse' is the column of weights")]
    [InlineData("indicator", 1, "", "Height=skip+indicator", "an indicator goes with mean, median or mode")]
    [InlineData("unknown", 1, "", "Hight=mean,*=skip", "there is no column 'Hight'")]
    [InlineData("unused", 1, "--features Pulse", "Height=mean,*=skip", "Height=mean: the column is not among those that are used")]
    [InlineData("word", 1, "", "Height=average", "expected fail, skip, mean, median or mode")]
    [InlineData("twice", 1, "", "skip,mean", "two rules for all others")]
    [InlineData("text", 2, "", "Smoke=median,*=skip", "column 'Smoke': holds text, which has no median. Expected --missing Smoke=mode")]
    public void A_rule_that_cannot_hold_is_refused(string what, int exit, string more, string rules, string said)
    {
        string[] others = more.Length == 0 ? [] : more.Split(' ');
        var (code, _, error) = Cli.Run(["fit", Survey, "--target", "Wr.Hnd", .. others, "--missing", rules]);
        Assert.True(exit == code, $"{what}: {code}, {error}");
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    // A row without a target is left out whatever the rule for all columns is.
    [Fact]
    public void Targets_are_never_filled_in()
    {
        JsonElement fit = Cli.Json("fit", Survey, "--target", "Wr.Hnd", "--features", "Pulse", "--missing", "median");
        Assert.Equal(236, fit.GetProperty("rows").GetInt32());
        Assert.Equal(1, fit.GetProperty("skipped").GetInt32());
    }

    [Theory]
    [InlineData("\"missing\": \"median\"", "\"missing\": \"middle\"", "what its missing values take is 'middle'")]
    [InlineData("\"missing\": \"median\"", "\"missing\": \"level\"", "does not go with its kind")]
    [InlineData("\"of\": \"Height\"", "\"of\": null", "derived")]
    public void A_model_file_with_another_rule_is_refused(string from, string to, string said)
    {
        Cli.Run("fit", Survey, "--target", "Wr.Hnd", "--features", "Height", "--missing", "Height=median+indicator,*=skip",
            "--out", In("m.json"));
        string text = File.ReadAllText(In("m.json"));
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(In("m.json"), text.Replace(from, to, StringComparison.Ordinal));
        var (code, _, error) = Cli.Run("predict", In("m.json"), Survey);
        Assert.Equal(2, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }
}
