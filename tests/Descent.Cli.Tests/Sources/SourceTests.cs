using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Descent.Cli.Tests.Sources;

/// <summary>
/// Rows that are no text: databases, Parquet, Arrow, arrays of numpy. data/iris.sqlite is Python's sqlite3 (3.40.1) writing
/// samples/iris.csv, iris.parquet is DuckDB's COPY of it, iris.feather and iris.arrows hold its arrays.
/// </summary>
public class SourceTests
{
    static readonly string iris = Cli.Sample("iris.csv");

    static string Data(string name) => Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", name);

    static string Sqlite => "sqlite:" + Data("iris.sqlite");

    const string All = "SELECT * FROM iris";

    static long[] Bits(params string[] args) => [.. Cli.Estimates(Cli.Json(args)).Select(BitConverter.DoubleToInt64Bits)];

    [Theory]
    [InlineData("iris.parquet", "read as Parquet")]
    [InlineData("iris.feather", "read as Arrow")]
    [InlineData("iris.arrows", "read as an Arrow stream")]
    public void Typed_files_are_known_by_content_and_give_the_bits_of_the_csv(string file, string note)
    {
        using Folder folder = new();
        string path = folder.File("named-otherwise.csv");
        File.Copy(Data(file), path);
        string[] rest = ["--target", "species=setosa", "--features", "sepal_length,petal_width", "--model", "logistic", "--l2", "0.01"];
        Assert.Equal(Bits(["fit", iris, .. rest]), Bits(["fit", path, .. rest]));
        var (code, _, error) = Cli.Run(["fit", path, .. rest]);
        Assert.Equal((0, true), (code, error.Contains($"{path}: {note}\n", StringComparison.Ordinal)));
        (code, string output, _) = Cli.Run("inspect", path);
        Assert.Equal((0, true), (code, output.Contains("150 rows, 5 columns, " + note["read as ".Length..], StringComparison.Ordinal)));
        Assert.Contains("3: setosa, versicolor, virginica", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_query_goes_through_every_command_and_gives_the_bits_of_the_csv()
    {
        using Folder folder = new();
        string model = folder.File("m.json"), other = folder.File("c.json");
        string[] source = ["--source", Sqlite, "--query", All], rest = ["--target", "petal_width", "--l2", "0.1"];
        Assert.Equal(Bits(["fit", iris, .. rest, "--out", other]), Bits(["fit", .. source, .. rest, "--out", model]));
        Assert.Equal(Cli.Run("predict", other, iris).Out, Cli.Run(["predict", model, .. source]).Out);
        Assert.Equal(Cli.Run("evaluate", other, iris, "--json").Out, Cli.Run(["evaluate", model, .. source, "--json"]).Out);
        foreach (string[] command in (string[][])
        [
            ["plan", .. source, .. rest, "--accuracy", "1e-3"],
            ["tune", .. source, "--target", "petal_width", "--l2", "1e-3..1", "--trials", "2", "--quiet"],
            ["compare", .. source, .. rest, "--methods", "gd,lbfgs", "--steps", "20", "--repeat", "1"],
            ["inspect", .. source],
        ])
        {
            var (code, output, error) = Cli.Run(command);
            Assert.True(code is 0 or 4, $"{command[0]}: {code} {error}{output}");
        }
        Assert.Contains($"{Sqlite}: read as a query", Cli.Run(["fit", .. source, .. rest]).Err, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_a_query_is_that_of_the_csv_but_for_its_names()
    {
        using Folder folder = new();
        string model = folder.File("m.json"), other = folder.File("c.json");
        Cli.Run("fit", iris, "--target", "petal_width", "--out", other);
        Cli.Run("fit", "--source", Sqlite, "--query", All, "--target", "petal_width", "--out", model);
        JsonElement a = JsonDocument.Parse(File.ReadAllText(other)).RootElement;
        JsonElement b = JsonDocument.Parse(File.ReadAllText(model)).RootElement;
        Assert.Equal(a.EnumerateObject().Select(p => p.Name), b.EnumerateObject().Select(p => p.Name));
        foreach (JsonProperty p in a.EnumerateObject().Where(p => p.Name is not ("data" or "options")))
            Assert.Equal(p.Value.GetRawText(), b.GetProperty(p.Name).GetRawText());
        JsonElement x = a.GetProperty("data"), y = b.GetProperty("data");
        Assert.Equal(Sqlite, y.GetProperty("source").GetString());
        foreach (string same in new[] { "rows", "columns", "fingerprint", "reading" })
            Assert.Equal(x.GetProperty(same).GetRawText(), y.GetProperty(same).GetRawText());
    }

    [Theory]
    [InlineData("SELECT * FROM nowhere", "the database refuses the query: SQLite Error 1: 'no such table: nowhere'.")]
    [InlineData("SELECT colour FROM iris", "SQLite Error 1: 'no such column: colour'.")]
    [InlineData("SELECT FROM iris", "SQLite Error 1: 'near \"FROM\": syntax error'.")]
    [InlineData("DELETE FROM iris", "attempt to write a readonly database")]
    [InlineData("SELECT x AS petal_width FROM odd WHERE id < 3", "row 2, column 'petal_width': found 'many', expected a number.")]
    [InlineData("SELECT 1 AS petal_width, 2 AS petal_width", "the column name 'petal_width' stands twice (columns 1 and 2)")]
    [InlineData("SELECT sepal_length AS petal_width, x'00' AS raw FROM iris", "column 'raw': holds Byte[]; expected numbers")]
    [InlineData("SELECT * FROM iris WHERE 0", "no rows. Expected at least one.")]
    public void A_query_that_cannot_be_read_is_bad_data_in_the_words_of_the_engine(string sql, string says)
    {
        // A copy, which a query that were let through could write to.
        using Folder folder = new();
        string copy = folder.File("iris.sqlite");
        File.Copy(Data("iris.sqlite"), copy);
        byte[] before = File.ReadAllBytes(copy);
        var (code, _, error) = Cli.Run("fit", "--source", "sqlite:" + copy, "--query", sql, "--target", "petal_width");
        Assert.True(error.Contains(says, StringComparison.Ordinal), error);
        Assert.Equal(2, code);
        Assert.StartsWith($"descent: sqlite:{copy}", error.Split('\n')[^2], StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(copy));
    }

    [Fact]
    public void Missing_values_and_bad_cells_follow_the_policies()
    {
        string[] rows = ["--source", Sqlite, "--query", "SELECT id, x, word FROM odd", "--target", "id", "--features", "x"];
        var (code, _, error) = Cli.Run(["fit", .. rows, "--on-bad-row", "skip"]);
        Assert.Equal((2, true), (code, error.Contains("row 3, column 'x': the value is missing (null).", StringComparison.Ordinal)));
        (code, string output, error) = Cli.Run(["fit", .. rows, "--on-bad-row", "skip", "--missing", "skip"]);
        Assert.True(code == 0, error);
        Assert.Contains("2 rows left out; the first: " + Sqlite + ", row 2, column 'x': found 'many', expected a number.", error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_asked_wrongly_is_said()
    {
        (string[] Words, string Says)[] wrong =
        [
            (["fit", "--source", Sqlite, "-t", "x"], "--source names a database; say with --query SQL"),
            (["fit", "--query", All, "-t", "x"], "--query is asked of a database; name it with --source"),
            (["fit", iris, "--source", Sqlite, "--query", All, "-t", "x"], "--source is read instead of files; leave"),
            (["fit", "--source", "oracle:x", "--query", All, "-t", "x"], "--source is 'oracle…'; expected sqlite:FILE or postgres:CONN"),
            (["fit", Sqlite, "-t", "x"], "a database is named with --source, and asked with --query SQL."),
            (["fit", "postgres:Host=h;Password=Gehe1m", "-t", "x"], "a database is named with --source"),
            (["fit", "--source", "postgres:Hast=h;Password=Gehe1m", "--query", All, "-t", "x"], "the connection is not understood"),
            (["fit", "--source", "postgres:Database=d;Password=Gehe1m", "--query", All, "-t", "x"], "(no host is named)"),
            (["fit", "--source", Sqlite, "--query", All, "-t", "petal_width", "--separator", ";"], "has typed columns. Leave them out."),
            (["fit", "--source", Sqlite, "--query", All, "-t", "petal_width", "--proof", "p.json"], "the data of a proof lies in files"),
            (["fit", "--source", Sqlite, "--query", All, "-t", "petal_width", "--out", Data("iris.sqlite")], "which would be destroyed"),
            (["inspect", iris, "--source", Sqlite, "--query", All], "--source is read instead of files"),
        ];
        foreach (var (words, says) in wrong)
        {
            var (code, output, error) = Cli.Run(words);
            Assert.True(error.Contains(says, StringComparison.Ordinal), error);
            Assert.Equal(1, code);
            Assert.DoesNotContain("Gehe1m", output + error, StringComparison.Ordinal);
        }
        Assert.Equal(2, Cli.Run("inspect", "--source", "sqlite:nowhere.db", "--query", All).Code);
        Assert.Contains("file is not a database", Cli.Run("inspect", "--source", "sqlite:" + iris, "--query", All).Err,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_of_numpy_are_fitted_evaluated_and_predicted()
    {
        using Folder folder = new();
        string[] lines = [.. File.ReadLines(iris).Skip(1)];
        double[][] x = [.. lines.Select(l => l.Split(',')[..3].Select(w => double.Parse(w, CultureInfo.InvariantCulture)).ToArray())];
        double[] y = [.. lines.Select(l => double.Parse(l.Split(',')[3], CultureInfo.InvariantCulture))];
        string rows = folder.File("x.npy"), labels = folder.File("y.npy"), model = folder.File("m.json"), csv = folder.File("x.csv");
        File.WriteAllBytes(rows, Npy($"({x.Length}, 3)", [.. x.SelectMany(r => r)]));
        File.WriteAllBytes(labels, Npy($"({y.Length},)", y));
        File.WriteAllLines(csv, ["a,b,c,y", .. lines.Select(l => string.Join(',', l.Split(',')[..4]))]);
        Assert.Equal(Bits("fit", csv, "--target", "y", "--l2", "0.1"),
            Bits("fit", rows, "--labels", labels, "--l2", "0.1", "--out", model));
        Assert.Equal(0, Cli.Run("evaluate", model, rows, "--labels", labels).Code);
        Assert.Equal(150, Cli.Run("predict", model, rows).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1);
        Assert.Contains("NPY 150×3, <f8, from 1 to 7.9", Cli.Run("inspect", rows).Out, StringComparison.Ordinal);
        Assert.Contains("name the file of its labels with --labels FILE", Cli.Run("fit", rows).Err, StringComparison.Ordinal);
        Assert.Contains("is 150×3; expected one label an example", Cli.Run("fit", labels, "--labels", rows).Err, StringComparison.Ordinal);
        Assert.Contains("holds 150 labels, but", Cli.Run("fit", Short(), "--labels", labels).Err, StringComparison.Ordinal);
        Assert.Contains("NPY data has no column names", Cli.Run("fit", rows, "--labels", labels, "--features", "a").Err,
            StringComparison.Ordinal);

        string Short()
        {
            string path = folder.File("short.npy");
            File.WriteAllBytes(path, Npy("(2, 3)", [1, 2, 3, 4, 5, 6]));
            return path;
        }
    }

    [Fact]
    public void An_archive_of_numpy_has_its_labels_within()
    {
        string path = Path.Combine(Cli.Root, "tests", "Descent.Data.Tests", "Arrays", "npy", "packed.npz");
        JsonElement fit = Cli.Json("fit", path, "--l2", "1");
        Assert.Equal(4, Cli.Estimates(fit).Length);
        Assert.Contains("array 'X': NPY 2×3, <f4", Cli.Run("inspect", path).Out, StringComparison.Ordinal);
    }

    static byte[] Npy(string shape, double[] values)
    {
        string head = $"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)head.Length, 0, .. Encoding.ASCII.GetBytes(head),
            .. values.SelectMany(BitConverter.GetBytes)];
    }

    /// <summary>A folder that lives as long as a test.</summary>
    sealed class Folder : IDisposable
    {
        readonly string path = Directory.CreateTempSubdirectory("descent-sources-").FullName;

        public string File(string name) => Path.Combine(path, name);

        public void Dispose() => Directory.Delete(path, recursive: true);
    }
}
