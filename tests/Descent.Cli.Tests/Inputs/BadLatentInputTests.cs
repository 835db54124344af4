using Descent.Fitting.Mixtures;

namespace Descent.Cli.Tests.Inputs;

/// <summary>Bad input of `mixture`, of every family, `estimate` and `anneal`: one sentence, exit code 1 or 2, nothing printed.</summary>
public sealed class BadLatentInputTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, true);

    /// <summary>What goes wrong; rows of x and y that are good for every family stand below.</summary>
    enum Fault
    {
        TooManyComponents,
        OneRow,
        EqualRows,
        NoRows,
        NotANumber,
        Infinite,
        Word,
        Negative,
        Constant,
    }

    // Families by what they want: a target, one column of symbols, or columns alone.
    static readonly Dictionary<string, string> Wants = new()
    {
        ["gaussian"] = "x,y",
        ["t"] = "x,y",
        ["factor"] = "x,y",
        ["ppca"] = "x,y",
        ["hmm"] = "x,y",
        ["missing-normal"] = "x,y",
        ["poisson"] = "x,y",
        ["bernoulli"] = "x,y",
        ["regression"] = "x:y",
        ["logistic-regression"] = "x:y",
        ["hmm-discrete"] = "y",
    };

    static readonly string[] Good = ["0,1", "1,0", "0,0", "1,1", "0,1", "1,0", "0,0"];

    static (int Code, string Said, string[] Rows) Case(Fault fault, string family) => fault switch
    {
        Fault.TooManyComponents => (1, "--components is 8, but ", Good),
        Fault.OneRow => (2, "has 1 row; a mixture needs at least 2", Good[..1]),
        Fault.EqualRows when Wants[family].Contains(':') => (2, "column 'x': holds 1 in all 6 rows", [.. Enumerable.Repeat("1,1", 6)]),
        Fault.EqualRows => (2, "all 6 rows are equal", [.. Enumerable.Repeat("1,1", 6)]),
        Fault.NoRows => (2, "no rows. Expected rows of values after the header", []),
        Fault.NotANumber => (2, "line 4, column 'y': the value is missing ('NaN'). Leave such rows out with --missing skip.",
            [.. Good[..2], "1,NaN", .. Good]),
        Fault.Infinite => (2, "line 4, column 'y': found '-1e999', expected a finite number", [.. Good[..2], "1,-1e999", .. Good]),
        Fault.Word => (2, "line 4, column 'y': found 'abc', expected a number", [.. Good[..2], "1,abc", .. Good]),
        Fault.Negative => (2, "row 3, column 'y': holds -1; a ", [.. Good[..2], "1,-1", .. Good]),
        _ => (2, "column 'y': holds 1 in all 6 rows" + (family == "regression" ? ", so there is nothing to regress" : ""),
            [.. Enumerable.Range(0, 6).Select(i => $"{i % 3},1")]),
    };

    public static TheoryData<string> Families => [.. MixtureFamilies.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Families))]
    public void Every_family_says_what_is_wrong_in_one_line(string family)
    {
        foreach (Fault fault in Enum.GetValues<Fault>())
        {
            // Counts and symbols alone cannot be negative; columns without spread tell them nothing, and cost nothing.
            bool counts = family is "poisson" or "bernoulli" or "logistic-regression" or "hmm-discrete";
            if ((fault == Fault.Negative && !counts) || (fault == Fault.Constant && counts)) continue;
            // Its rows may have holes.
            if (fault == Fault.NotANumber && family == "missing-normal") continue;
            (int code, string said, string[] rows) = Case(fault, family);
            string wants = Wants[family], file = Data("x,y", rows);
            string[] columns = wants.Contains(':') ? ["--features", "x", "--target", "y"] : ["--features", wants];
            Refused(code, said, ["mixture", file, "--family", family, .. columns, "--components", fault == Fault.TooManyComponents ? "8"
                : wants == "x,y" && family is "factor" or "ppca" or "missing-normal" ? "1" : "2"]);
        }
    }

    public static TheoryData<int, string, string, string> Others => new()
    {
        { 1, "--family is 'weibull'; expected gaussian, t, poisson", "1,2", "mixture {data} --family weibull" },
        { 2, "line 3, column 'y': the value is missing ('NaN'). Leave such rows out with --missing skip.", "1,2;3,NaN;4,5",
            "estimate {data} --column y" },
        { 2, "line 3, column 'y': found '1e999', expected a finite number", "1,2;3,1e999;4,5", "estimate {data} --column y" },
        { 2, "line 3, column 'y': found 'abc', expected a number", "1,2;3,abc;4,5", "estimate {data} --column y" },
        { 2, "holds no numbers", "", "estimate {data} --column y" },
        { 2, "there is no column 'z'", "1,2", "estimate {data} --column z" },
        { 2, "huber: At least half of the first 4 numbers are 2", "1,2;3,2;4,2;5,7", "estimate {data} --column y --huber" },
        { 1, "--quantiles is '0'; expected numbers between 0 and 1", "1,2;2,3", "estimate {data} --column y --quantiles 0" },
        { 1, "FUNCTION 'rosenbrok'", "", "anneal rosenbrok" },
        { 1, "'NaN:1' is not LOW:HIGH", "", "anneal x1 --box NaN:1" },
        { 1, "'1:1' is not LOW:HIGH", "", "anneal x1 --box 1:1" },
        { 1, "no finite value at any", "", "anneal log(-1-x1^2) --box 0:1 --evaluations 40" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void What_else_is_wrong_is_said_in_one_line(int code, string said, string rows, string words)
    {
        string file = Data("x,y", rows.Split(';', StringSplitOptions.RemoveEmptyEntries));
        Refused(code, said, [.. words.Split(' ').Select(w => w == "{data}" ? file : w)]);
    }

    static void Refused(int code, string said, string[] words)
    {
        var (found, output, error) = Cli.Run(words);
        string[] lines = [.. error.TrimEnd().Split('\n').Where(l => !l.Contains("read as", StringComparison.Ordinal))];
        string seen = $"{string.Join(' ', words)}: {found}, {output}{error}";
        Assert.True(found == code && output.Length == 0 && lines.Length == 1, seen);
        Assert.True(lines[0].Contains(said, StringComparison.Ordinal) && lines[0].StartsWith("descent: ", StringComparison.Ordinal), seen);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    string Data(string head, string[] rows)
    {
        string file = Path.Combine(folder, "x.csv");
        File.WriteAllText(file, string.Join('\n', [head, .. rows]) + "\n");
        return file;
    }
}
