using System.Globalization;
using System.Text.Json;

namespace Descent.Cli.Tests.References;

/// <summary>Offsets from a file to a prediction: no feature, no coefficient, needed again where the model is applied.</summary>
public class OffsetTests
{
    static readonly string Insurance = Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", "r", "insurance.csv");

    static string Temp(string name, string text)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("descent").FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    // R 4.2.2: fitted(glm(claims ~ group + offset(log(holders)), poisson))[c(1, 2)], and 10 times as many for ten times the holders.
    [Fact]
    public void Predictions_need_the_exposure_and_are_in_proportion_to_it()
    {
        string model = Temp("model.json", "");
        File.Delete(model);
        Assert.Equal(0, Cli.Run("fit", Insurance, "--model", "poisson", "--target", "claims", "--features", "group", "--exposure",
            "holders", "--out", model).Code);
        var (code, output, _) = Cli.Run("predict", model, Temp("new.csv", "holders,group\n197,a\n1970,a\n"));
        Assert.Equal(0, code);
        double[] seen = [.. output.Split('\n').Skip(1).Take(2).Select(t => double.Parse(t, CultureInfo.InvariantCulture))];
        Assert.Equal(21.4641196685, seen[0], 1e-7);
        Assert.Equal(214.641196685, seen[1], 1e-6);
        var (wrong, _, error) = Cli.Run("predict", model, Temp("bare.csv", "group\na\n"));
        Assert.Equal(2, wrong);
        Assert.Contains("has no column 'holders', which the model's offset log(holders) is made of", error, StringComparison.Ordinal);
    }

    // Rows, folds, held-out rows and sparse rows see their own offsets: y ~ o + noise is fitted by the offset alone.
    [Theory]
    [InlineData("--valid", "0.5")]
    [InlineData("--valid", "0.5", "--method", "svrg", "--epochs", "400")]
    [InlineData("--valid", "0.5", "--method", "lbfgs")]
    [InlineData("--valid", "0.5", "--method", "coordinate-descent", "--l1", "1e-9")]
    [InlineData("--valid", "0.5", "--method", "sdca", "--l2", "1e-6", "--no-intercept", "--epochs", "300")]
    [InlineData("--valid", "0.5", "--model", "absolute")]
    [InlineData("--valid", "0.5", "--model", "huber")]
    [InlineData("--valid", "0.5", "--model", "quantile", "--tau", "0.3")]
    public void Every_method_adds_the_offset_of_its_own_rows(params string[] how)
    {
        List<string> lines = ["x,o,y"];
        for (int i = 0; i < 60; i++)
        {
            double x = ((i * 37) % 60) / 60.0, o = (10 * Math.Sin(i)) + i;
            lines.Add(FormattableString.Invariant($"{x},{o:R},{(2 * x) + o:R}"));
        }
        JsonElement fit = Cli.Json(["fit", Temp("o.csv", string.Join('\n', lines)), "--target", "y", "--offset", "o",
            .. how.Contains("--model") ? (string[])[] : ["--model", "linear"], .. how]);
        double[] found = Cli.Estimates(fit);
        Assert.Equal(2, found[^1], 1e-3);
        Assert.InRange(fit.GetProperty("validation").GetProperty("meanLoss").GetDouble(), 0, 1e-4);
    }

    [Theory]
    [InlineData("--exposure", "neg", "data row 2, column 'neg': found -1, expected an exposure above 0")]
    [InlineData("--exposure", "nil", "data row 1, column 'nil': found 0, expected an exposure above 0")]
    [InlineData("--offset", "word", "column 'word': holds text; expected the numbers of the offset")]
    [InlineData("--offset", "none", "there is no column 'none'")]
    [InlineData("--offset", "y", "names the target 'y'")]
    public void Bad_offsets_are_said(string option, string column, string expected)
    {
        string path = Temp("bad.csv", "x,y,neg,nil,word\n1,2,3,0,a\n2,3,-1,1,b\n3,5,1,1,c\n4,4,1,1,d\n");
        var (code, _, error) = Cli.Run("fit", path, "--target", "y", "--features", "x", "--model", "poisson", option, column);
        bool inData = expected.StartsWith("data", StringComparison.Ordinal) || expected.StartsWith("column", StringComparison.Ordinal);
        Assert.Equal(inData ? 2 : 1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }
}
