using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Descent.Data;

namespace Descent.Cli.Tests.Inputs;

/// <summary>Words of texts as features: their columns, their weights, the model that keeps them.</summary>
public sealed class TextTests : IDisposable
{
    const string Three = "y,text,x\n1,Free entry in 2 a wkly comp,1\n2,free FREE call now,0\n4,call me later,3\n";

    readonly string folder = Directory.CreateTempSubdirectory("descent").FullName;

    string At(string name) => Path.Combine(folder, name);

    string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    JsonNode Model(string data, params string[] options)
    {
        var (code, _, error) = Cli.Run(["fit", Write("data.csv", data), "--target", "y", "--text", "text", "--l2", "0.1", "--out",
            At("model.json"), "--quiet", .. options]);
        Assert.True(code is 0 or 4, error);
        return JsonNode.Parse(File.ReadAllText(At("model.json")))!;
    }

    static int[] Hashes(JsonNode model) =>
        [.. model["features"]!.AsArray().Where(f => f!["hash"] is not null).Select(f => (int)f!["hash"]!)];

    // A word has the column that it has in Vowpal Wabbit under the namespace of the column's name (vw -b 20); words of one letter are
    // left out, and case is none.
    [Fact]
    public void Words_have_the_columns_of_vowpal_wabbit() =>
        Assert.Equal(Numbers("1 |text free entry in wkly comp call now me later\n"), Hashes(Model(Three)));

    // Nine words; runs of two: free entry, entry in, in wkly, wkly comp, free free, free call, call now, call me, me later; of three:
    // free entry in, entry in wkly, in wkly comp, free free call, free call now, call me later.
    [Theory]
    [InlineData(1, 9)]
    [InlineData(2, 18)]
    [InlineData(3, 24)]
    public void Runs_of_neighbouring_words_are_features(int most, int features) =>
        Assert.Equal(features, Hashes(Model(Three, "--ngrams", $"{most}")).Distinct().Count());

    // scikit-learn 1.x: TfidfVectorizer().fit(["Free entry in 2 a wkly comp", "free FREE call now", "call me later"]).idf_ is
    // 1.2876820724517808 for call and free, 1.6931471805599454 for words of one text; the rows, in the order call, comp, entry, free, in,
    // later, me, now, wkly, are those below.
    [Fact]
    public void Weights_and_predictions_are_those_of_scikit_learn()
    {
        JsonNode model = Model(Three, "--tf-idf");
        double[] idf = [.. model["features"]!.AsArray().Where(f => f!["idf"] is not null).Select(f => (double)f!["idf"]!).Order()];
        Assert.Equal(9, idf.Length);
        for (int k = 0; k < 9; k++) Assert.Equal(k < 2 ? 1.2876820724517808 : 1.6931471805599454, idf[k], 1e-14);
        double call = Weight(model, "call"), free = Weight(model, "free"), now = Weight(model, "now");
        double expected = (0.38550292161010064 * call) + (0.7710058432202013 * free) + (0.5068900148458076 * now)
            + (double)model["intercepts"]![0]!;
        Assert.Equal(expected, Predicted("text,x\nFREE unheard free? CALL: now,0\n"), 1e-9 * Math.Max(1, Math.Abs(expected)));
    }

    [Fact]
    public void Counts_are_multiplied_by_their_weights()
    {
        JsonNode model = Model(Three);
        double expected = (3 * Weight(model, "free")) + Weight(model, "later") + (double)model["intercepts"]![0]!
            + (2 * (double)model["weights"]![0]![0]!);
        Assert.Equal("x", (string)model["features"]![0]!["name"]!);
        Assert.Equal(expected, Predicted("text,x\nfree free unheard-of later free,2\n"), 1e-9 * Math.Max(1, Math.Abs(expected)));
    }

    // What only held-out rows say has no weight: nothing is known of it.
    [Fact]
    public void Words_that_no_training_row_has_are_no_columns()
    {
        string data = "y,text\n" + string.Concat(Enumerable.Range(0, 10).Select(i => $"{i},common word{(char)('a' + i)}\n"));
        Assert.Equal(11, Hashes(Model(data)).Length);
        Assert.Equal(6, Hashes(Model(data, "--valid", "0.5")).Length);
    }

    [Theory]
    [InlineData(1, "has no column 'text'", "--text", "nowhere", "there is no column 'nowhere'")]
    [InlineData(1, "", "--text", "y", "--text names the target 'y'")]
    [InlineData(1, "", "--ngrams", "4", "--ngrams is 4; expected 1 to 3")]
    [InlineData(1, "", "--features", "text", "named in --text and as a feature")]
    [InlineData(1, "", "--exclude", "text", "named in --text and in --exclude")]
    [InlineData(1, "", "--proof", "proof.json", "--proof holds columns and levels")]
    public void What_cannot_be_is_refused(int code, string absent, string option, string value, string sentence)
    {
        string[] text = option == "--text" ? [] : ["--text", "text"];
        var (found, _, error) = Cli.Run(["fit", Write("data.csv", Three), "--target", "y", .. text, option, value]);
        Assert.Equal(code, found);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        if (absent.Length > 0) Assert.DoesNotContain(absent, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_without_the_text_is_refused_with_its_name()
    {
        Model(Three);
        var (code, _, error) = Cli.Run("predict", At("model.json"), Write("new.csv", "x,words\n1,free\n"));
        Assert.Equal(2, code);
        Assert.Contains("new.csv: has no column 'text', which the model needs", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"nGrams\": 1", "\"nGrams\": 4", "nGrams of the text is 4")]
    [InlineData("\"hashBits\": 20", "\"hashBits\": 2", "expected 0 to 3")]
    [InlineData("\"hashBits\": 20", "\"hashBits\": 31", "hashBits of the text is 31")]
    [InlineData("\"tfIdf\": true", "\"tfIdf\": false", "has an idf, but the text counts")]
    [InlineData("\"idf\": 1.2876820724517808", "\"idf\": -1", "has an idf below 1")]
    [InlineData("\"version\": 4", "\"version\": 3", "a file of version 3 has no \"text\"")]
    public void A_damaged_model_is_refused(string from, string to, string sentence)
    {
        Model(Three, "--tf-idf");
        string text = File.ReadAllText(At("model.json"));
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(At("model.json"), text.Replace(from, to, StringComparison.Ordinal));
        var (code, _, error) = Cli.Run("predict", At("model.json"), At("data.csv"));
        Assert.Equal(2, code);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
    }

    // scikit-learn, every fifth message held out (4460 train, 1114 test), data/sms.py: HashingVectorizer() and
    // SGDClassifier(loss="log_loss") are right on 0.97038 of the messages held out, whatever the seed of 0 to 4.
    [SharedFact("SMSSpamCollection.tsv.gz")]
    public void Messages_are_told_apart_as_by_scikit_learn()
    {
        using StreamReader lines = new(new GZipStream(File.OpenRead(Cli.Shared("SMSSpamCollection.tsv.gz")!), CompressionMode.Decompress));
        StringBuilder[] parts = [new("label,text\n"), new("label,text\n")];
        for (int i = 0; lines.ReadLine() is { } line; i++)
        {
            string[] cells = line.Split('\t', 2);
            parts[i % 5 == 4 ? 1 : 0].Append(cells[0]).Append(",\"").Append(cells[1].Replace("\"", "\"\"", StringComparison.Ordinal))
                .Append("\"\n");
        }
        var (code, _, error) = Cli.Run("fit", Write("train.csv", parts[0].ToString()), "--target", "label=spam", "--text", "text",
            "--tf-idf", "--l2", "1e-4", "--out", At("model.json"), "--quiet");
        Assert.True(code is 0 or 4, error);
        JsonElement found = Cli.Json("evaluate", At("model.json"), Write("test.csv", parts[1].ToString()));
        Assert.InRange(found.GetProperty("fit").GetProperty("accuracy").GetDouble(), 0.97038 - 0.005, 0.97038 + 0.005);
    }

    double Weight(JsonNode model, string word)
    {
        int number = Assert.Single(Numbers($"1 |text {word}\n"));
        int at = model["features"]!.AsArray().ToList().FindIndex(f => f!["hash"] is { } h && (int)h == number);
        return (double)model["weights"]![0]![at]!;
    }

    double Predicted(string data)
    {
        var (code, output, error) = Cli.Run("predict", At("model.json"), Write("new.csv", data));
        Assert.True(code == 0, error);
        return double.Parse(output.Trim().Split('\n')[^1].Split(',')[^1], CultureInfo.InvariantCulture);
    }

    int[] Numbers(string line) => VwReader.Read(DataSource.OpenAll([Write("line.vw", line)]), new VwOptions()).Numbers!;

    public void Dispose() => Directory.Delete(folder, true);
}
