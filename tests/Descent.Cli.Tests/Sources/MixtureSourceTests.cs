using System.Text;
using System.Text.Json;

namespace Descent.Cli.Tests.Sources;

/// <summary>A mixture reads what a fit reads, and gives the bits of the CSV: <see cref="SourceTests"/> describes data/iris.*.</summary>
public sealed class MixtureSourceTests : IDisposable
{
    static readonly string iris = Cli.Sample("iris.csv");
    readonly string folder = Directory.CreateTempSubdirectory("descent-mixture-source").FullName;

    static string[] Columns => ["sepal_length", "sepal_width", "petal_length", "petal_width"];

    static string[] Search => ["--components", "3", "--restarts", "3"];

    static string[] Chosen => [.. Search, "--features", string.Join(',', Columns)];

    static string Data(string name) => Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", name);

    string Place(string name) => Path.Combine(folder, name);

    static string Numbers(params string[] args)
    {
        JsonElement r = Cli.Json(["mixture", .. args]);
        return r.GetProperty("logLikelihood").GetRawText() + r.GetProperty("parameters").GetRawText();
    }

    [Fact]
    public void Every_source_gives_the_bits_of_the_csv()
    {
        string lines = Place("iris.jsonl");
        File.WriteAllLines(lines, Rows().Select(r => "{" + string.Join(",", r.Select((v, i) => $"\"{Columns[i]}\":{v}")) + "}"));
        string expected = Numbers([iris, .. Chosen]);
        foreach (string path in (string[])[Data("iris.parquet"), Data("iris.feather"), Data("iris.arrows"), lines])
            Assert.Equal(expected, Numbers([path, .. Chosen]));
        Assert.Equal(expected, Numbers(["--source", "sqlite:" + Data("iris.sqlite"), "--query", "SELECT * FROM iris", .. Chosen]));
    }

    [Fact]
    public void A_model_of_a_query_predicts_a_query_and_a_file_alike()
    {
        string[] source = ["--source", "sqlite:" + Data("iris.sqlite"), "--query", "SELECT * FROM iris"];
        Assert.Equal(0, Cli.Run(["mixture", .. source, .. Chosen, "--out", Place("m.json"), "--quiet"]).Code);
        var (code, asked, _) = Cli.Run(["predict", Place("m.json"), .. source]);
        Assert.Equal((0, Cli.Run("predict", Place("m.json"), iris).Out), (code, asked));
        (code, _, string error) = Cli.Run(["mixture", .. source, "--components", "2"]);
        Assert.Equal(2, code);
        Assert.Contains("column 'species': found 'setosa', and a mixture takes numbers", error, StringComparison.Ordinal);
    }

    // The columns of an array are x1, x2, …; its model applies to arrays of as many, and to nothing else.
    [Fact]
    public void Arrays_of_numpy_give_the_same_numbers_and_predict_arrays()
    {
        double[][] rows = [.. Rows().Select(r => r.Select(double.Parse).ToArray())];
        File.WriteAllBytes(Place("x.npy"), Npy(rows));
        Assert.Equal(Numbers([iris, .. Chosen]), Numbers([Place("x.npy"), .. Search]));
        Assert.Equal(0, Cli.Run(["mixture", Place("x.npy"), .. Search, "--out", Place("m.json"), "--quiet"]).Code);
        Cli.Run(["mixture", iris, .. Chosen, "--out", Place("c.json"), "--quiet"]);
        var (code, output, error) = Cli.Run("predict", Place("m.json"), Place("x.npy"));
        Assert.True(code == 0, error);
        Assert.Equal(Cli.Run("predict", Place("c.json"), iris).Out, output);
        File.WriteAllBytes(Place("narrow.npy"), Npy([.. rows.Select(r => r[..3])]));
        foreach ((string file, string says) in (ReadOnlySpan<(string, string)>)[
            (Place("narrow.npy"), "has 3 columns; the mixture was fitted on 4"),
            (iris, "was fitted on NPY data, and this is CSV data")])
        {
            (code, _, error) = Cli.Run("predict", Place("m.json"), file);
            Assert.Equal(2, code);
            Assert.Contains(says, error, StringComparison.Ordinal);
        }
        rows[7][2] = double.NaN;
        File.WriteAllBytes(Place("x.npy"), Npy(rows));
        Assert.Equal(2, Cli.Run(["mixture", Place("x.npy"), .. Search]).Code);
    }

    [Theory]
    [InlineData("x.npy --family regression --target y", 1, "NPY data has no column names")]
    [InlineData("x.npy --features x1", 1, "NPY data has no column names; --features")]
    [InlineData("x.svm", 2, "is LIBSVM data")]
    [InlineData("x.npy --source sqlite:a --query b", 1, "--source is read instead of files")]
    [InlineData("--source sqlite:a", 1, "say with --query SQL")]
    [InlineData("x.npy --order blocks", 1, "--order means nothing to --method em")]
    [InlineData("x.npy --method online --order replacement", 1, "--order is replacement; a pass visits each row once: expected shuffle")]
    public void What_means_nothing_is_refused(string line, int code, string says)
    {
        File.WriteAllBytes(Place("x.npy"), Npy([[1, 2], [3, 5], [4, 9]]));
        File.WriteAllText(Place("x.svm"), "1 1:2 2:3\n0 1:4\n");
        var (found, _, error) = Cli.Run(["mixture", .. line.Split(' ').Select(w => w.EndsWith("npy", StringComparison.Ordinal)
            || w.EndsWith("svm", StringComparison.Ordinal) ? Place(w) : w)]);
        Assert.Equal(code, found);
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cache_is_written_used_and_told()
    {
        string path = Place("iris.csv");
        File.Copy(iris, path);
        string first = Numbers([path, .. Chosen, "--cache"]);
        Assert.Single(Directory.GetFiles(folder, "*.descent-cache"));
        var (_, _, error) = Cli.Run(["mixture", path, .. Chosen, "--quiet"]);
        Assert.Contains("read from the cache", error, StringComparison.Ordinal);
        Assert.Equal(first, Numbers([path, .. Chosen]));
        Assert.Equal(first, Numbers([path, .. Chosen, "--no-cache"]));
        Assert.DoesNotContain("cache", Cli.Run(["mixture", path, .. Chosen, "--quiet", "--no-cache"]).Err, StringComparison.Ordinal);
    }

    static IEnumerable<string[]> Rows() => File.ReadLines(iris).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')[..4]);

    static byte[] Npy(double[][] rows)
    {
        string head = $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({rows.Length}, {rows[0].Length}), }}".PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)head.Length, 0, .. Encoding.ASCII.GetBytes(head),
            .. rows.SelectMany(r => r).SelectMany(BitConverter.GetBytes)];
    }

    public void Dispose() => Directory.Delete(folder, true);
}
