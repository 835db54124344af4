using Descent.Data;
using Descent.Diagnosis;
using Descent.Runs;

namespace Descent.Cli.Tests.Commands;

public sealed class ModelFileTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent-model").FullName;

    static string Damaged(string name) => Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", "models", name);

    static string Kept(string name) => Path.Combine(Cli.Root, "tests", "golden", "models", "v1", name);

    public static TheoryData<string, string> Files => new()
    {
        { "model-intercepts-empty.json", "there are 0 intercepts; expected 1" },
        { "model-intercepts-three.json", "there are 3 intercepts; expected 1" },
        { "model-kind-logistic.json", "a logistic model has two classes; found 0" },
        { "model-kind-nonsense.json", "the kind 'nonsense'" },
        { "model-weights-two.json", "2 vectors of weights; expected 1" },
        { "c0.json", "a logistic model has two classes; found 0" },
        { "wn.json", "the value at weights" },
        { "ie.json", "there are 0 intercepts" },
        { "fp.json", "the fingerprint" },
        { "hs.json", "the sizes of the network's layers" },
        { "ms.json", "holds 2 means and 4 deviations; expected 4" },
        { "dz.json", "a deviation of the network's scaling is not a number above 0" },
        { "unknown-model-kind.json", "the kind 'nosuch'" },
        { "s_empty.json", "data_offsets has 0 numbers" },
        { "s_nan.json", "holds values that are not finite" },
        { "s_neg.json", "the shape holds -1" },
        { "s_negneg.json", "the shape holds -4" },
        { "s_offover.json", "does not fit its shape" },
        { "s_overlap.json", "without gaps and overlaps" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_damaged_model_is_one_sentence(string file, string message)
    {
        foreach (string command in new[] { "predict", "evaluate" })
        {
            var (code, output, error) = Cli.Run(command, Damaged(file), Cli.Sample("iris.csv"));
            Assert.True(code == 2, $"{command}: exit code {code}; {output}{error}");
            Assert.Contains(message, error, StringComparison.Ordinal);
            Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.Equal("", output);
        }
    }

    // Neighbours: one thing changed in a whole model.
    [Theory]
    [InlineData("logistic.json", "\"version\": 1", "\"version\": -5", "has version -5")]
    [InlineData("logistic.json", "\"version\": 1", "\"version\": 0", "has version 0")]
    [InlineData("logistic.json", "\"version\": 1", "\"version\": 6", "Use a newer descent")]
    [InlineData("logistic.json", "\"version\": 1", "\"version\": 1.5", "is not a model file")]
    [InlineData("logistic.json", "\"descent-model\"", "\"other\"", "is not a model file")]
    [InlineData("logistic.json", "-5.175698126101474", "1e999", "is not a model file|finite")]
    [InlineData("logistic.json", "-5.175698126101474", "\"NaN\"", "is of another kind than expected")]
    [InlineData("logistic.json", "-5.175698126101474", "1, 2", "vector 1 of its weights has 2 numbers")]
    [InlineData("logistic.json", "27.828521395424595", "null", "is of another kind than expected")]
    [InlineData("logistic.json", "\"not setosa\",", "\"setosa\",", "a class is named twice")]
    [InlineData("logistic.json", "\"not setosa\",", "null,", "the name of a class is null")]
    [InlineData("logistic.json", "\"not setosa\",", "", "two classes; found 1")]
    [InlineData("logistic.json", "\"hasReferenceClass\": false", "\"hasReferenceClass\": true", "no reference class")]
    [InlineData("logistic.json", "\"column\": \"sepal_length\"", "\"index\": -3", "the column number -3")]
    [InlineData("logistic.json", "\"column\": \"sepal_length\"", "\"level\": \"a\"", "needs either a column's name")]
    [InlineData("logistic.json", "\"idxScale\": 1", "\"idxScale\": 0", "idxScale is 0")]
    [InlineData("logistic.json", "\"l2\": 0", "\"l2\": -1", "a penalty is not a number")]
    [InlineData("logistic.json", "\"rows\": 150", "\"rows\": -1", "-1 rows")]
    [InlineData("logistic.json", "\"gap\": 7", "\"gap\": -7", "below 0")]
    [InlineData("logistic.json", "\"target\": \"species\",", "", "missing: target|missing")]
    [InlineData("logistic.json", "\"target\": \"species\"", "\"target\": null", "is not a model file")]
    [InlineData("logistic.json", "\"target\": \"species\"", "\"target\": \"species\", \"target\": \"b\"", "is not a model file")]
    [InlineData("quantile.json", "\"tau\": 0.25", "\"tau\": 1.25", "tau is 1.25")]
    [InlineData("quantile.json", "\"tau\": 0.25,", "", "needs its quantile")]
    [InlineData("huber.json", "\"delta\": 0.5", "\"delta\": -0.5", "delta is -0.5")]
    [InlineData("softmax.json", "\"setosa\",", "", "3 vectors of weights; expected 2")]
    [InlineData("mlp.json", "mlp.safetensors", "../v1/mlp.safetensors", "the plain name of a file")]
    [InlineData("mlp.json", "mlp.safetensors", "/etc/passwd", "the plain name of a file")]
    [InlineData("mlp.json", "mlp.safetensors", "..", "the plain name of a file")]
    [InlineData("mlp.json", "mlp.safetensors", "C:x", "the plain name of a file")]
    [InlineData("mlp.json", "mlp.safetensors", "", "the plain name of a file")]
    [InlineData("mlp.json", "mlp.safetensors", "nothere.safetensors", "no such file")]
    [InlineData("mlp.json", "\"activation\": \"relu\"", "\"activation\": \"7\"", "the activation of the network is '7'")]
    [InlineData("mlp.json", "\"kind\": \"mlp\"", "\"kind\": \"rnn\"", "of the kind 'rnn'")]
    [InlineData("mlp.json", "\"kind\": \"mlp\"", "\"kind\": \"cnn\"", "a cnn has an image")]
    [InlineData("mlp.json", "\"version\": 1", "\"version\": 2", "the digest of the network's weights is missing")]
    [InlineData("mlp.json", "\"weights\": [],", "\"weights\": [[1]],", "a file of their own")]
    public void A_model_with_one_thing_wrong_is_one_sentence(string file, string part, string other, string message)
    {
        string text = File.ReadAllText(Kept(file));
        Assert.Contains(part, text, StringComparison.Ordinal);
        int at = text.IndexOf(part, StringComparison.Ordinal);
        string model = Path.Combine(folder, "m.json");
        File.WriteAllText(model, text[..at] + other + text[(at + part.Length)..]);
        File.Copy(Kept("mlp.safetensors"), Path.Combine(folder, "mlp.safetensors"));
        var (code, output, error) = Cli.Run("predict", model, Kept("data/iris.csv"));
        Assert.True(code == 2, $"exit code {code}; {output}{error}");
        Assert.Contains(message.Split('|'), m => error.Contains(m, StringComparison.Ordinal));
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("linear", "iris.csv")]
    [InlineData("huber", "iris.csv")]
    [InlineData("quantile", "iris.csv")]
    [InlineData("absolute", "iris.csv")]
    [InlineData("logistic", "iris.csv")]
    [InlineData("hinge", "iris.csv")]
    [InlineData("softmax", "iris.csv")]
    [InlineData("softmax-reference", "iris.csv")]
    [InlineData("poisson", "counts.csv")]
    [InlineData("libsvm", "sparse.svm")]
    [InlineData("idx", "images.idx")]
    [InlineData("mlp", "iris.csv")]
    [InlineData("mlp-regression", "iris.csv")]
    [InlineData("cnn", "images.idx")]
    public void A_model_of_version_1_predicts_what_it_predicted(string name, string data)
    {
        var (code, output, error) = Cli.Run("predict", Kept(name + ".json"), Kept("data/" + data));
        Assert.True(code == 0, error);
        string[] expected = File.ReadAllLines(Kept(name + ".predictions.csv")),
            found = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < found.Length; i++)
        {
            string[] e = expected[i].Split(','), f = found[i].Split(',');
            for (int k = 0; k < e.Length; k++)
            {
                // Networks are of single precision, and their sums may be ordered anew.
                if (double.TryParse(e[k], System.Globalization.CultureInfo.InvariantCulture, out double x))
                    Assert.Equal(x, double.Parse(f[k], System.Globalization.CultureInfo.InvariantCulture), 1e-5 * Math.Max(1, Math.Abs(x)));
                else Assert.Equal(e[k], f[k]);
            }
        }
        Assert.Equal(0, Cli.Run("inspect", Kept(name + ".json")).Code);
    }

    [Fact]
    public void A_history_of_version_1_is_read() => Assert.Equal(0, Cli.Run("doctor", Kept("runs")).Code);

    [Theory]
    [InlineData("\"outcome\": \"Budget", "\"outcome\": 77, \"was\": \"Budget")]
    [InlineData("\"trace\": [", "\"trace\": [null, ")]
    [InlineData("\"method\": \"sgd\"", "\"method\": null")]
    [InlineData("\"heldOut\": [", "\"heldOut\": [null, ")]
    [InlineData("\"count\": ", "\"count\": -")]
    public void A_damaged_history_is_one_sentence(string part, string other)
    {
        string text = File.ReadAllText(Kept("runs/history.json"));
        if (!text.Contains(part, StringComparison.Ordinal)) part = part.Split(':')[0];
        Assert.Contains(part, text, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "history.json"), text.Replace(part, other, StringComparison.Ordinal));
        var (code, output, error) = Cli.Run("doctor", folder);
        Assert.True(code == 2, $"exit code {code}; {output}{error}");
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void What_a_history_leaves_out_is_as_if_it_had_not_been_set()
    {
        CaseHistory bare = HistoryFile.Parse(
            """
            { "method": "sgd", "outcome": "Converged", "trace": [{ "step": 1, "gradients": 2, "epochs": 1, "seconds": 0,
              "value": 3, "gradientNorm": 0, "stepSize": 1, "lowerBound": 0 }] }
            """u8, "history.json");
        CaseHistory set = new() { Method = "sgd", Outcome = OutcomeKind.Converged, Trace = [new TracePoint(1, 2, 1, 0, 3, 0, 1, 0)] };
        Assert.Equal(HistoryFile.ToBytes(set), HistoryFile.ToBytes(bare));
        Assert.True(bare.ExactValues && bare.MethodGiven && double.IsNaN(bare.Smoothness));
    }

    [Fact]
    public void A_history_is_read_and_written_the_same()
    {
        TracePoint point = new(3, 12, 1.5, 0.25, double.PositiveInfinity, double.NaN, 0.1, double.NegativeInfinity) { Distance = 2.5 };
        CaseHistory history = new()
        {
            CommandLine = "descent fit 'é<&>.csv'",
            Method = "gd",
            Outcome = OutcomeKind.AccuracyMissed,
            Trace = [point],
            ExactValues = false,
            Columns = [new ColumnScale("größe", 1, 2)],
            HeldOut = [new HeldOutPoint(1, 0.5)],
            Schedule = "theory",
            Separation = null,
            Count = 7,
        };
        byte[] bytes = HistoryFile.ToBytes(history);
        string text = System.Text.Encoding.UTF8.GetString(bytes);
        Assert.Contains("\"outcome\": \"AccuracyMissed\"", text, StringComparison.Ordinal);
        Assert.Contains("größe", text, StringComparison.Ordinal);
        Assert.Contains("é<&>", text, StringComparison.Ordinal);
        Assert.Contains("\"value\": \"Infinity\"", text, StringComparison.Ordinal);
        Assert.Contains("\"separation\": null", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"gap\"", text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(bytes, HistoryFile.ToBytes(HistoryFile.Parse(bytes, "history.json")));
    }

    [Fact]
    public void What_is_written_is_read_and_written_the_same()
    {
        string model = Path.Combine(folder, "new.json");
        Cli.Run("fit", Cli.Sample("iris.csv"), "--target", "species", "--l2", "0.1", "--quiet", "--out", model);
        byte[] bytes = File.ReadAllBytes(model);
        Assert.Equal(bytes, ModelFile.Parse(bytes, model).ToBytes());
        Assert.Throws<DataException>(() => ModelFile.Parse(bytes.AsSpan(0, bytes.Length - 3), model));
    }

    public void Dispose() => Directory.Delete(folder, true);
}
