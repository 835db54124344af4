using System.Globalization;
using System.Text.Json;

namespace Descent.Cli.Tests.References;

/// <summary>Columns of dates: R's parts of them (data/dates/dates.R), whatever their writing, never numbers or levels in silence.</summary>
public class DateTests
{
    static readonly string Data = Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", "dates");
    static readonly string Nottem = Path.Combine(Data, "nottem.csv");
    static readonly ILookup<string, (string Name, double Value)> Known = File.ReadLines(Path.Combine(Data, "dates.csv")).Skip(1)
        .Select(l => l.Split(',')).ToLookup(l => l[0], l => (l[1], double.Parse(l[2], CultureInfo.InvariantCulture)));

    readonly string folder = Directory.CreateTempSubdirectory("descent").FullName;

    string In(string name) => Path.Combine(folder, name);

    [Theory]
    [InlineData("numbers", "day", "day", "year,month,weekday")]
    [InlineData("numbers", "dotted", "dotted=dd.MM.yyyy", "year,month,weekday")]
    [InlineData("numbers", "packed", "packed=yyyyMMdd", "year,month,weekday")]
    [InlineData("levels", "day", "day", "year,factor(month)")]
    [InlineData("elapsed", "dotted", "dotted=dd.MM.yyyy", null)]
    [InlineData("stamp", "stamp", "stamp", "elapsed,hour,factor(weekday)")]
    public void The_parts_of_dates_are_those_of_R(string name, string column, string date, string? parts)
    {
        string model = In("m.json");
        JsonElement fit = Cli.Json(["fit", Nottem, "--target", "temperature", "--features", column, "--date", date,
            .. parts is null ? (string[])[] : ["--date-parts", parts], "--out", model]);
        Dictionary<string, double> found = fit.GetProperty("coefficients").EnumerateArray()
            .ToDictionary(c => c.GetProperty("name").GetString()!, c => c.GetProperty("estimate").GetDouble());
        Assert.Equal(Known[name].Count(), found.Count);
        foreach ((string part, double value) in Known[name])
        {
            double seen = found[part == "(Intercept)" ? part : $"{column}_{part}"];
            Assert.True(Math.Abs(seen - value) <= 1e-6 * Math.Abs(value), $"{name}, {part}: {seen:R}, R has {value:R}");
        }
        // The model takes its dates apart as the fit did: the fitted values are the predictions.
        double[] predicted = Numbers(Cli.Run("predict", model, Nottem).Out);
        double mean = File.ReadLines(Nottem).Skip(1).Average(l => double.Parse(l.Split(',')[4], CultureInfo.InvariantCulture));
        Assert.Equal(240, predicted.Length);
        Assert.Equal(mean, predicted.Average(), 1e-8);
    }

    static double[] Numbers(string output) =>
        [.. output.TrimEnd('\n').Split('\n').Skip(1).Select(v => double.Parse(v, CultureInfo.InvariantCulture))];

    [Theory]
    [InlineData("numbers", "temperature ~ day_year + day_month + day_weekday", "day")]
    [InlineData("levels", "temperature ~ dotted_year + C(dotted_month)", "dotted=dd.MM.yyyy")]
    public void A_formula_names_the_parts_that_it_needs(string name, string formula, string date)
    {
        JsonElement fit = Cli.Json("fit", Nottem, "--formula", formula, "--date", date, "--out", In("m.json"));
        double[] seen = [.. Cli.Estimates(fit).Order()], wanted = [.. Known[name].Select(k => k.Value).Order()];
        Assert.Equal(wanted.Length, seen.Length);
        for (int j = 0; j < wanted.Length; j++) Assert.Equal(wanted[j], seen[j], 1e-6 * Math.Abs(wanted[j]));
        Assert.Equal(240, Numbers(Cli.Run("predict", In("m.json"), Nottem).Out).Length);
    }

    [Fact]
    public void Dates_that_nobody_spoke_of_are_no_features_and_said()
    {
        JsonElement fit = Cli.Json("fit", Nottem, "--target", "temperature", "--exclude", "dotted,stamp");
        string[] names = [.. fit.GetProperty("coefficients").EnumerateArray().Select(c => c.GetProperty("name").GetString()!)];
        Assert.Equal(["(Intercept)", "packed"], names);
        string notes = string.Join("\n", fit.GetProperty("notes").EnumerateArray().Select(n => n.GetString()));
        Assert.Contains("column 'day' is left out: it holds dates, 1920-01-06 to 1939-12-25", notes, StringComparison.Ordinal);
        Assert.Contains("column 'packed': holds numbers that are days, 19200106 to 19391225, taken as numbers; --date packed=yyyyMMdd",
            notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "--features day: the column holds dates", "--features", "day")]
    [InlineData(1, "--formula names 'day', which holds dates", "--formula", "temperature ~ day")]
    [InlineData(1, "a column of dates; expected a part of it, as day_elapsed", "--formula", "temperature ~ day", "--date", "day")]
    [InlineData(1, "--date-parts names 'quarter'; expected year, month, weekday, hour", "--date", "day", "--date-parts", "quarter")]
    [InlineData(1, "--date day=yyyy: expected COLUMN, or COLUMN=FORMAT with a day", "--date", "day=yyyy")]
    [InlineData(1, "there is no column 'dya'", "--date", "dya")]
    [InlineData(1, "--date-parts are of columns of dates", "--date-parts", "year")]
    [InlineData(1, "in which nothing is filled in; expected fail or skip", "--date", "day", "--missing", "day=mode")]
    [InlineData(2, "data row 1, column 'dotted': found '06.01.1920', expected a date as 2024-01-31", "--date", "dotted")]
    [InlineData(2, "data row 1, column 'day': found '1920-01-06', expected a date as 'dd.MM.yyyy'", "--date", "day=dd.MM.yyyy")]
    public void What_cannot_be_taken_apart_is_refused(int exit, string said, params string[] options)
    {
        var (code, _, error) = Cli.Run(["fit", Nottem, .. options.Contains("--formula") ? (string[])[] : ["--target", "temperature"],
            .. options]);
        Assert.True(exit == code, $"{code}: {error}");
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_without_a_date_are_an_error_or_left_out_here_and_in_the_model()
    {
        string rows = "when,y\n2024-01-01,1\n2024-01-02 06:00,2\nsoon,3\n2024-01-04,4\n,5\n2024-01-06,5.5\n2024-02-30,6\n";
        File.WriteAllText(In("gaps.csv"), rows);
        string[] fit = ["fit", In("gaps.csv"), "--target", "y", "--date", "when", "--out", In("m.json")];
        Assert.Contains("line 6, column 'when': the value is missing", Cli.Run(fit).Err, StringComparison.Ordinal);
        Assert.Contains("found 'soon', expected a date", Cli.Run([.. fit, "--missing", "skip"]).Err, StringComparison.Ordinal);
        JsonElement made = Cli.Json([.. fit, "--missing", "skip", "--on-bad-row", "skip"]);
        Assert.Equal(4, made.GetProperty("rows").GetInt32());
        var (code, output, error) = Cli.Run("predict", In("m.json"), In("gaps.csv"), "--missing", "skip", "--on-bad-row", "skip");
        Assert.True(code == 0, error);
        Assert.Equal(4, Numbers(output).Length);
        Assert.Contains("found 'soon'", error, StringComparison.Ordinal);
        Assert.Equal(2, Cli.Run("predict", In("m.json"), In("gaps.csv"), "--missing", "skip").Code);
    }

    // A zone is taken to UTC: the two writings of one moment are one number, and a file does not mix moments with wall clocks.
    [Fact]
    public void Zones_are_taken_to_UTC()
    {
        File.WriteAllText(In("zones.csv"), "when,y\n2024-01-01T00:30:00+02:00,1\n2024-01-02T12:00Z,2\n2024-01-03 01:00-0500,4\n");
        Cli.Json("fit", In("zones.csv"), "--target", "y", "--date", "when", "--date-parts", "elapsed", "--out", In("m.json"));
        File.WriteAllText(In("a.csv"), "when\n2023-12-31T22:30:00Z\n2024-01-03T06:00:00Z\n");
        File.WriteAllText(In("b.csv"), "when\n2024-01-01 00:30:00.000+02\n2024-01-03T01:00:00-05:00\n");
        Assert.Equal(Numbers(Cli.Run("predict", In("m.json"), In("a.csv")).Out),
            Numbers(Cli.Run("predict", In("m.json"), In("b.csv")).Out));
        File.WriteAllText(In("mixed.csv"), "when\n2024-01-01T00:30:00Z\n2024-01-03T01:00:00\n");
        var (code, _, error) = Cli.Run("predict", In("m.json"), In("mixed.csv"));
        Assert.Equal(2, code);
        Assert.Contains("data row 1 says its zone ('2024-01-01T00:30:00Z') and data row 2 says none", error, StringComparison.Ordinal);
    }
}
