using System.Globalization;
using System.Text.Json;

namespace Descent.Cli.Tests.Inputs;

/// <summary>A row that is named is the row of the data, whatever was left out before it. Rows are counted by hand.</summary>
public class RowNumberTests
{
    const string Missing = "x,y,w\n1,2,1\n,3,1\n3,4,0\n4,-5,1\n5,6,-1\n";

    static string Write(string text, string name = "rows.csv")
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("descent").FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    static string Json(string csv) => string.Concat(csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line =>
        line.Split(',') is var c ? $"{{\"x\":{(c[0].Length == 0 ? "null" : c[0])},\"y\":{c[1]},\"w\":{c[2]}}}\n" : ""));

    [Theory]
    [InlineData("--target y --weight-col w", "data row 5, column 'w': found -1")]
    [InlineData("--target y --features x --model poisson", "data row 4, column 'y': found -5")]
    [InlineData("--target y --features x --model gamma", "data row 4, column 'y': found -5")]
    [InlineData("--target x --features y --exposure w", "data row 3, column 'w': found 0")]
    [InlineData("--formula y~log(w)+x", "data row 3: ")]
    public void The_row_of_a_fault_is_that_of_the_data(string words, string expected)
    {
        foreach (string path in new[] { Write(Missing), Write(Json(Missing), "rows.jsonl") })
        {
            var (code, _, error) = Cli.Run(["fit", path, "--missing", "skip", .. words.Split(' ')]);
            Assert.Equal(2, code);
            Assert.Contains(expected, error, StringComparison.Ordinal);
        }
    }

    // A row that cannot be read, one of weight 0 and one without a value come before the one that is far out.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_row_that_holds_a_fit_is_that_of_the_data(int threads)
    {
        List<string> lines = ["x,y,w", "1,2,1", "a,3,1", "2,3.5,0", ",4,1"];
        for (int i = 5; i <= 400; i++)
            lines.Add($"{(i % 17).ToString(CultureInfo.InvariantCulture)},{(i % 17 * 2) + (i % 3) + (i == 299 ? 90 : 0)},1");
        string path = Write(string.Join('\n', lines) + "\n"), folder = Directory.CreateTempSubdirectory("descent").FullName;
        string[] asked = ["fit", path, "--target", "y", "--features", "x", "--weight-col", "w", "--missing", "skip", "--on-bad-row", "skip",
            "--influence", "1", "--json", "--threads", $"{threads}", "--cache", "--cache-dir", folder];
        // Read, then mapped.
        for (int turn = 0; turn < 2; turn++)
        {
            var (code, text, error) = Cli.Run(asked);
            Assert.True(code == 0, error);
            using JsonDocument fit = JsonDocument.Parse(text);
            Assert.Equal(299, fit.RootElement.GetProperty("influence")[0].GetProperty("row").GetInt32());
        }
    }

    // Rows are records: a preface, comments, blank lines and breaks within quotes are lines that are none.
    [Fact]
    public void The_row_that_holds_a_fit_is_its_record_whatever_lines_lie_between()
    {
        List<string> lines = ["a preface", "of two lines", "# and a comment", "x,y,note"];
        for (int i = 1; i <= 40; i++)
        {
            if (i % 9 == 2) lines.Add("");
            if (i == 7) lines.Add("none,1,\"a note\nof two lines\"");
            lines.Add(FormattableString.Invariant($"{i % 17},{(i % 17 * 2) + (i % 3) + (i == 19 ? 90 : 0)},")
                + (i == 12 ? "\"x\n\ny\"" : "n"));
        }
        string path = Write(string.Join('\n', lines) + "\n");
        string[] asked = ["fit", path, "--skip-lines", "2", "--target", "y", "--features", "x", "--on-bad-row", "skip"];
        JsonElement fit = Cli.Json([.. asked, "--influence", "1"]);
        // The nineteenth that is a row comes after one that could not be read, which counts.
        Assert.Equal(20, fit.GetProperty("influence")[0].GetProperty("row").GetInt32());
        Assert.StartsWith("20 ", Cli.Run([.. asked, "--influence", "1"]).Out.Split('\n').SkipWhile(l => !l.StartsWith("row ",
            StringComparison.Ordinal)).ElementAt(1), StringComparison.Ordinal);
    }

    // Two pieces of a large text, each with rows that were left out.
    [Fact]
    public void Pieces_that_are_read_apart_keep_their_numbers()
    {
        System.Text.StringBuilder text = new("x,y\n");
        for (int i = 1; i <= 200_000; i++)
            text.Append(i % 50_000 == 7 ? "" : (i % 17).ToString(CultureInfo.InvariantCulture)).Append(',')
                .Append(i == 180_000 ? "-1" : "3").Append('\n');
        var (code, _, error) = Cli.Run(["fit", Write(text.ToString()), "--target", "y", "--model", "poisson", "--missing", "skip",
            "--threads", "4"]);
        Assert.Equal(2, code);
        Assert.Contains("data row 180000, column 'y': found -1", error, StringComparison.Ordinal);
    }

    // Rows of sparse text have no numbers once some are left out; that is said.
    [Fact]
    public void Rows_of_sparse_text_are_numbered_without_those_left_out()
    {
        string[] asked = ["fit", Write("1 1:1 2:x\n1 1:3\n-3 1:1\n", "rows.svm"), "--model", "poisson"];
        var (code, _, error) = Cli.Run([.. asked, "--on-bad-row", "skip"]);
        Assert.Equal(2, code);
        Assert.Contains("rows.svm without the 1 row that was left out, data row 2, column 'label': found -3", error,
            StringComparison.Ordinal);
    }
}
