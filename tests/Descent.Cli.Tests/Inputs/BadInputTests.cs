using System.IO.Compression;
using System.Text;

namespace Descent.Cli.Tests.Inputs;

/// <summary>Malformed input ends with one message and its exit code, never with a stack trace.</summary>
public sealed class BadInputTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent").FullName;

    static byte[] U(string s) => Encoding.UTF8.GetBytes(s);

    static byte[] Gzip(byte[] b)
    {
        using MemoryStream m = new();
        using (GZipStream g = new(m, CompressionLevel.Optimal)) g.Write(b);
        return m.ToArray();
    }

    static string Rows(int n) => "a,b,y\n" + string.Concat(Enumerable.Range(0, n).Select(i => $"{i},{(i * 7) % 5},{i % 2}\n"));

    public static TheoryData<string, byte[]?, string, int, string> Cases => new()
    {
        { "missing file", null, "--target y", 2, "no such file" },
        { "empty file", U(""), "--target y", 2, "the file is empty" },
        { "blank lines only", U("\n\n  \n"), "--target y", 2, "the file is empty" },
        { "header only", U("a,b,y\n"), "--target y", 2, "no rows" },
        { "truncated gzip", Gzip(U(Rows(5000)))[..600], "--target y", 2, "damaged or cut off" },
        { "damaged gzip", Gzip(U(Rows(500))).Select((b, i) => i is > 40 and < 60 ? (byte)(b ^ 0x5A) : b).ToArray(), "--target y",
            2, "gzip" },
        { "too few fields", U("a,b,y\n1,2,0\n1,2\n"), "--target y", 2, "line 3: found 2 fields, expected 3" },
        { "too many fields", U("a,b,y\n1,2,0\n1,2,3,4\n"), "--target y", 2, "line 3: found 4 fields, expected 3" },
        { "text in a number", U(Rows(1500) + "x,1,0\n"), "--target y", 2, "column 'a': found 'x', expected a number" },
        { "missing value", U("a,b,y\n1,,0\n2,3,1\n"), "--target y", 2, "column 'b': the value is missing" },
        { "NaN in data", U("a,b,y\n1,NaN,0\n2,3,1\n"), "--target y", 2, "the value is missing ('NaN')" },
        { "infinity in data", U("a,b,y\n1,1e999,0\n2,3,1\n"), "--target y", 2, "expected a finite number" },
        { "duplicate header", U("a,a,y\n1,2,0\n2,3,1\n"), "--target y", 2, "stands twice in the header" },
        { "not UTF-8 in the header", [0x61, 0x2C, 0xE9, 0x0A, 0x31, 0x2C, 0x32, 0x0A], "--target a", 2, "not UTF-8" },
        { "not UTF-8 in a field", [.. U("a,y\n"), 0xE9, 0xE8, .. U(",1\nb,0\n")], "--target y", 2, "not UTF-8" },
        { "UTF-16 that is cut off", [0xFF, 0xFE, 0x61, 0x00, 0x2C, 0x00, 0x62], "--target y", 2, "no UTF-16 text" },
        { "binary", [1, 2, 0, 4, 5, 0, 7, 10, 0, 0], "--target y", 2, "zero byte" },
        { "unclosed quote", U("a,y\n\"x,1\nb,0\n"), "--target y", 2, "not closed" },
        { "one class only", U("a,y\n1,1\n2,1\n"), "--target y --model logistic", 2, "only one class occurs" },
        { "one text class only", U("a,y\n1,u\n2,u\n"), "--target y", 2, "only one class occurs" },
        { "negative counts", U("a,y\n1,2\n2,-3\n"), "--target y --model poisson", 2, "data row 2, column 'y': found -3, expected a count" },
        { "all counts zero", U("a,y\n1,0\n2,0\n"), "--target y --model poisson", 2, "all counts are 0" },
        { "negative weight", U("a,w,y\n1,1,2\n2,-1,3\n"), "--target y --weight-col w", 2, "expected a weight ≥ 0" },
        { "weights all zero", U("a,w,y\n1,0,2\n2,0,3\n"), "--target y --weight-col w", 2, "all weights are 0" },
        { "text weights", U("a,w,y\n1,p,2\n2,q,3\n"), "--target y --weight-col w", 2, "holds text; expected weights" },
        { "libsvm bad value", U("1 1:2\n-1 2:x\n"), "", 2, "line 2" },
        { "libsvm huge index", U("1 1:2\n-1 99999999999:1\n"), "", 2, "expected a column number of at most" },
        { "libsvm index above the limit", U("1 1:2\n-1 2000000000:1\n"), "", 2, "--max-features" },
        { "libsvm negative index", U("1 1:2\n-1 -4:1\n"), "", 2, "expected index:value" },
        { "libsvm descending", U("1 1:2\n-1 4:1 2:1\n"), "", 2, "ascending" },
        { "libsvm duplicate index", U("1 1:2\n-1 4:1 4:1\n"), "", 2, "ascending" },
        { "libsvm infinite value", U("1 1:2\n-1 4:1e999\n"), "", 2, "finite" },
        { "libsvm without a label", U("1 1:2\nfoo 4:1\n"), "", 2, "expected a label" },
        { "libsvm one class", U("1 1:2\n1 2:1\n"), "--model logistic", 2, "only one class" },
        { "idx cut off", [0, 0, 8, 3, 0, 0, 0, 9, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3], "--labels {f}", 2, "cut off" },
        { "idx of an unknown type", [0, 0, 3, 1, 0, 0, 0, 1, 1], "--labels {f}", 2, "type byte" },
        { "idx without labels", [0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 1, 1], "", 1, "--labels" },
        { "no target named", U(Rows(9)), "", 1, "--target" },
        { "unknown target", U(Rows(9)), "--target z", 1, "there is no column 'z'" },
        { "unknown feature", U(Rows(9)), "--target y --features q", 1, "there is no column 'q'" },
        { "unknown level", U("a,y\n1,u\n2,v\n"), "--target y=w", 1, "no row has this level" },
        { "three classes for two", U("a,y\n1,u\n2,v\n3,w\n"), "--target y --model logistic", 1, "needs two classes" },
        { "text target for a regression", U("a,y\n1,u\n2,v\n"), "--target y --model linear", 1, "needs numbers" },
        { "unknown model", U(Rows(9)), "--target y --model magic", 1, "--model 'magic' is not known" },
        { "unknown method", U(Rows(9)), "--target y --method magic", 1, "--method 'magic' is not known" },
        { "negative step size", U(Rows(9)), "--target y --method gd --lr -1", 1, "--lr is '-1'" },
        { "negative penalty", U(Rows(9)), "--target y --l2 -1", 1, "--l2 is '-1'" },
        { "batch of nothing", U(Rows(9)), "--target y --method sgd --batch 0", 1, "--batch is '0'" },
        { "unknown schedule", U(Rows(9)), "--target y --method sgd --schedule wave", 1, "--schedule 'wave' is not known" },
        { "unknown schedule key", U(Rows(9)), "--target y --method sgd --schedule cosine:max=3", 1, "'max' means nothing here" },
        { "quantile out of range", U(Rows(9)), "--target y --model quantile --tau 1.5", 1, "--tau is 1.5" },
        { "L1 for L-BFGS", U(Rows(9)), "--target y --l1 0.1 --method lbfgs", 1, "non-smooth" },
        { "validation of everything", U(Rows(9)), "--target y --valid 1", 1, "--valid is 1" },
        { "time that is none", U(Rows(9)), "--target y --time-limit soon", 1, "--time-limit is 'soon'" },
        { "momentum for a method without", U(Rows(9)), "--target y --method sgd --momentum 0.5", 1,
            "--momentum means nothing to --method sgd" },
        { "step size for newton", U(Rows(9)), "--target y --method newton --lr 0.5", 1, "--lr means nothing to --method newton" },
        { "quantile for a mean", U(Rows(9)), "--target y --model linear --tau 0.2", 1, "--tau means nothing to --model linear" },
        { "no memory", U(Rows(9)), "--target y --method lbfgs --memory 0", 1, "--memory is 0" },
        { "unknown option", U(Rows(9)), "--target y --frobnicate", 1, "--frobnicate" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Ends_with_a_message(string name, byte[]? content, string options, int code, string message)
    {
        string file = Path.Combine(folder, "data.csv");
        if (content is not null) File.WriteAllBytes(file, content);
        var (found, output, error) = Cli.Run(["fit", file,
            .. options.Replace("{f}", file, StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries), "--quiet"]);
        Assert.True(code == found, $"{name}: exit code {found}; {output}{error}");
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_is_named()
    {
        var (code, _, error) = Cli.Run("fit", folder, "--target", "y");
        Assert.Equal((2, true), (code, error.Contains("is a directory; expected a data file", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_step_size_beyond_two_over_L_diverges_with_its_own_code()
    {
        string model = Path.Combine(folder, "m.json");
        var (code, output, _) = Cli.Run("fit", Cli.Sample("iris.csv"), "--target", "petal_length", "--features", "petal_width", "--method",
            "gd", "--lr", "5", "--out", model);
        Assert.Equal(3, code);
        Assert.Contains("Diverged", output, StringComparison.Ordinal);
        Assert.Contains("needs a step size below 2/L", output, StringComparison.Ordinal);
        Assert.False(File.Exists(model));
    }

    [Fact]
    public void An_accuracy_that_the_budget_does_not_reach_has_its_own_code()
    {
        var (code, output, _) = Cli.Run("fit", Cli.Sample("iris.csv"), "--target", "species=virginica", "--method", "sgd", "--gap", "1e-9",
            "--epochs", "2");
        Assert.Equal(4, code);
        Assert.Contains("before the asked accuracy", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "not a model file")]
    [InlineData("{\"a\":1}", "not a model file")]
    public void A_file_that_is_no_model_is_named(string content, string message)
    {
        string file = Path.Combine(folder, "m.json");
        File.WriteAllText(file, content);
        var (code, _, error) = Cli.Run("predict", file, Cli.Sample("iris.csv"));
        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, true);
}
