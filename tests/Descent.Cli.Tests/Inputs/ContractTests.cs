using System.Globalization;

namespace Descent.Cli.Tests.Inputs;

/// <summary>A model is applied to data read as the training data was; prediction needs no target and judges none.</summary>
public sealed class ContractTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent").FullName;

    string Write(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    string Model(string text, params string[] options)
    {
        string model = Path.Combine(folder, $"m{Directory.GetFiles(folder).Length}.json");
        var (code, _, error) = Cli.Run(["fit", Write("train", text), .. options, "--out", model, "--quiet"]);
        Assert.True(code is 0 or 4, error);
        return model;
    }

    (int Code, string Out, string Err) Predict(string model, string text, params string[] options) =>
        Cli.Run(["predict", model, Write("new", text), .. options]);

    (int Code, string Out, string Err) Evaluate(string model, string text, params string[] options) =>
        Cli.Run(["evaluate", model, Write("new", text), .. options]);

    double[] Numbers(string model, string text, params string[] options)
    {
        var (code, output, error) = Predict(model, text, options);
        Assert.True(code == 0, error);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(l => double.Parse(l.Split(',')[^1], CultureInfo.InvariantCulture))];
    }

    // Least squares by the normal equations in exact arithmetic: −1.99362550, −0.01752988.
    [Fact]
    public void The_base_of_LIBSVM_columns_is_the_model_s()
    {
        string model = Model("1 0:1 1:0\n0 0:0 1:1\n1 0:1 1:0.2\n0 0:0.1 1:1\n1 0:0.3 1:0.4\n0 0:0.6 1:0.5\n", "--model", "linear");
        Assert.Equal([-1.99362550, -0.01752988], Numbers(model, "1 1:2\n0 1:1\n").Select(x => Math.Round(x, 8)));
        Assert.Equal(Numbers(model, "1 0:0 1:2\n0 1:1\n"), Numbers(model, "1 1:2\n0 1:1\n"));
        string one = Model("1 1:1\n2 1:2 2:1\n4 2:3\n3 1:1 2:1\n");
        var (code, _, error) = Predict(one, "1 0:1 1:2\n");
        Assert.Equal((2, true), (code, error.Contains("column number 0 found; expected numbers from 1", StringComparison.Ordinal)));
    }

    // y = 1 + 2x through the rows below the two lines that a machine wrote.
    [Fact]
    public void Lines_before_the_table_are_passed_over_as_in_the_training_data()
    {
        string model = Model("machine 7\nrun 12\nx,y\n1,3\n2,5\n4,9\n", "--skip-lines", "2", "--target", "y", "--model", "linear");
        double[] expected = [7, 11];
        Assert.Equal(expected, Numbers(model, "machine 8\nrun 1\nx\n3\n5\n").Select(x => Math.Round(x, 9)));
        Assert.Equal(expected, Numbers(model, "x\n3\n5\n", "--skip-lines", "0").Select(x => Math.Round(x, 9)));
        Assert.Equal(expected, Numbers(model, "a\nx\n3\n5\n", "--skip-lines", "1").Select(x => Math.Round(x, 9)));
        Assert.Equal(2, Predict(model, "x\n3\n5\n").Code);
        string text = File.ReadAllText(model);
        File.WriteAllText(model, text.Replace("\"skipLines\": 2", "\"skipLines\": -2", StringComparison.Ordinal));
        Assert.Contains("skipLines is '-2'", Predict(model, "x\n3\n").Err, StringComparison.Ordinal);
    }

    // y = 2.05 x by least squares through the rows below.
    [Theory]
    [InlineData("x,y\n1,\n2,\n")]
    [InlineData("x,y\n1,tbd\n2,tbd\n")]
    [InlineData("x\n1\n2\n")]
    [InlineData("y,x\n?,1\n?,2\n")]
    [InlineData("note,x,other\na,1,3\nb,2,4\n")]
    [InlineData("y,x\ninf,1\n,2\n")]
    [InlineData("x,y\n1.0,\"a\nb\"\n2.0,c\n")]
    public void Prediction_needs_no_target_and_judges_none(string rows)
    {
        string model = Model("x,y\n1,2\n2,4\n3,6.5\n4,8\n", "--target", "y");
        Assert.Equal([2.05, 4.1], Numbers(model, rows).Select(v => Math.Round(v, 12)));
    }

    [Fact]
    public void Columns_that_are_not_used_are_named()
    {
        string model = Model("x,y\n1,2\n2,4\n3,6.5\n4,8\n", "--target", "y");
        Assert.Contains("2 columns that the model does not use: note, other", Predict(model, "note,x,other,y\na,1,3,\n").Err,
            StringComparison.Ordinal);
        Assert.Contains("has no column 'x', which the model needs", Predict(model, "note,z\na,1\n").Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x,y\n1,\n", "line 2, column 'y': the value is missing")]
    [InlineData("x,y\n1,tbd\n", "line 2, column 'y': found 'tbd', expected a number")]
    [InlineData("x\n1\n", "has no column 'y' to compare the predictions with")]
    public void Evaluation_says_what_is_wrong_with_the_target(string rows, string message)
    {
        var (code, _, error) = Evaluate(Model("x,y\n1,2\n2,4\n3,6.5\n4,8\n", "--target", "y"), rows);
        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_are_unknown_are_no_matter_to_prediction()
    {
        string model = Model("x,y\n1,a\n2,a\n3,b\n2.5,b\n1.5,b\n", "--target", "y");
        Assert.Equal(2, Numbers(model, "x,y\n1,unknown\n2,unknown\n").Length);
        var (code, _, error) = Evaluate(model, "x,y\n1,unknown\n");
        Assert.Equal((2, true), (code, error.Contains("the label 'unknown' did not occur in the training data", StringComparison.Ordinal)));
    }

    [Fact]
    public void LIBSVM_rows_need_no_label()
    {
        string model = Model("2 1:1 2:3\n1 1:2 2:1\n2 1:1.5 2:2\n1 1:3 2:2.2\n2 1:2.2 2:2.1\n1 1:2.1 2:2.5\n", "--model", "logistic");
        double[] labelled = Numbers(model, "1 1:1 2:3\n2 2:1\n1 1:4\n");
        foreach (string rows in new[] { "1:1 2:3\n2:1\n1:4\n", "? 1:1 2:3\n? 2:1\n? 1:4\n", "3 1:1 2:3\n99 2:1\n-7 1:4\n",
            "new 1:1 2:3\nnew 2:1\nnew 1:4\n" })
            Assert.Equal(labelled, Numbers(model, rows));
        Assert.Equal(labelled[1..2], Numbers(model, "2:1\n"));
        var (code, _, error) = Evaluate(model, "1:1 2:3\n");
        Assert.Equal((2, true), (code, error.Contains("found '1:1', expected a label", StringComparison.Ordinal)));
        Assert.Contains("1 entry in columns that the model has no coefficient for not used", Predict(model, "1:1 9:3\n").Err,
            StringComparison.Ordinal);
    }

    // The mean of the training column is 14, where y = 3.02.
    [Fact]
    public void Missing_values_take_the_training_mean()
    {
        string model = Model("a,y\n10,1\n12,2\n14,3.1\n16,4\n18,5\n", "--target", "y");
        Assert.Equal([3.02], Numbers(model, "a\nNA\n", "--missing", "mean").Select(v => Math.Round(v, 9)));
        Assert.Equal(3.02, Numbers(model, "a\nNA\n100\n", "--missing", "mean")[0], 1e-9);
        Assert.Contains("1 missing value filled in with the training mean 14", Predict(model, "a\nNA\n", "--missing", "mean").Err,
            StringComparison.Ordinal);
        Assert.Equal(2, Predict(model, "a\nNA\n").Code);
    }

    [Fact]
    public void Separator_decimal_sign_and_missing_words_are_those_of_the_training_data()
    {
        string model = Model("x;y\n1,5;2\n2,5;3\n3,5;5,5\n-;2\n4;6\n", "--target", "y", "--missing-words", "-", "--missing", "skip");
        double[] expected = Numbers(Model("x,y\n1.5,2\n2.5,3\n3.5,5.5\n4,6\n", "--target", "y"), "x\n1.288\n2\n");
        Assert.Equal(expected, Numbers(model, "x\n1,288\n2\n"));
        Assert.Equal(expected, Numbers(model, "x;z\n1,288;0\n-;1\n2;1\n", "--missing", "skip"));
        var (code, _, error) = Predict(model, "x\n1.288\n");
        Assert.Equal((2, true), (code, error.Contains("found '1.288', expected a number, without a point", StringComparison.Ordinal)));
        Assert.Equal(expected, Numbers(model, "x\n1.288\n2\n", "--decimal", "."));
    }

    [Fact]
    public void Names_are_expected_where_the_training_data_had_them()
    {
        string named = Model("x,z,y\n1,2,2\n2,1,4\n3,3,6.5\n4,1,8\n", "--target", "y"),
            bare = Model("1,2,2\n2,1,4\n3,3,6.5\n4,1,8\n", "--target", "c3");
        Assert.Contains("has no column 'x'", Predict(named, "1,2\n2,1\n").Err, StringComparison.Ordinal);
        Assert.Contains("line 1, column 'c1': found 'x'", Predict(bare, "x,z\n1,2\n").Err, StringComparison.Ordinal);
        Assert.Equal(Numbers(named, "x,z\n5,6\n7,8\n"), Numbers(bare, "5,6\n7,8\n"));
        Assert.Equal(Numbers(named, "x,z\n5,6\n7,8\n"), Numbers(bare, "5,6,?\n7,8,?\n"));
        // Without the first column the others would be taken for their neighbours.
        string first = Model("2,1,2\n4,2,1\n6.5,3,3\n8,4,1\n", "--target", "c1");
        var (code, _, error) = Predict(first, "1,2\n");
        Assert.Equal((2, true), (code, error.Contains("known by their positions", StringComparison.Ordinal)));
        Assert.Equal(2, Predict(bare, "5,6,7,8\n").Code);
    }

    [Fact]
    public void A_level_is_known_in_every_spelling_of_its_number()
    {
        string model = Model("g,y\n1,2\n2,3\n1.0,2.5\n3,7\n2.0,3.5\n", "--target", "y", "--features", "factor(g)");
        Assert.Equal([2.25, 3.25, 7, 2.25], Numbers(model, "g\n1.0\n02\n3e0\n+1\n").Select(v => Math.Round(v, 9)));
    }

    [Fact]
    public void One_unknown_level_fails_or_is_left_out_as_asked()
    {
        string model = Model("g,y\na,2\nb,3\na,2.5\nb,3.5\n", "--target", "y");
        var (code, _, error) = Predict(model, "g\na\nq\nb\n");
        Assert.Equal((2, true),
            (code, error.Contains("the level 'q' did not occur in the training data (a, b)", StringComparison.Ordinal)));
        Assert.Equal(2, Numbers(model, "g\na\nq\nb\n", "--on-bad-row", "skip").Length);
        Assert.Contains("1 row left out; the first: ", Predict(model, "g\na\nq\nb\n", "--on-bad-row", "skip").Err,
            StringComparison.Ordinal);
        Assert.Contains("a value is missing", Predict(model, "g\na\nNA\nb\n", "--missing", "mean").Err, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_numbers_stays_one_when_it_is_predicted_from()
    {
        string model = Model("x,y\n1,2\n2,4\n3,6.5\n4,8\n", "--target", "y");
        Assert.Contains("line 2, column 'x': found 'abc', expected a number", Predict(model, "x\nabc\n").Err, StringComparison.Ordinal);
        Assert.Contains("line 2, column 'x': found 'abc', expected a number", Predict(model, "x\nabc\ndef\n1\n").Err,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Data_of_another_kind_is_refused()
    {
        string sparse = Model("1 1:1\n2 1:2 2:1\n4 2:3\n3 1:1 2:1\n"), table = Model("x,y\n1,2\n2,4\n3,6.5\n4,8\n", "--target", "y");
        Assert.Contains("the model was fitted on numbered columns", Predict(sparse, "x,y\n1,2\n").Err, StringComparison.Ordinal);
        Assert.Contains("the model was fitted on a table", Predict(table, "1 1:2 2:3\n").Err, StringComparison.Ordinal);
        Assert.Equal(2, Predict(sparse, "x\n1\n", "--format", "csv").Code);
    }

    [Fact]
    public void Latin1_is_kept_in_the_model()
    {
        string train = Path.Combine(folder, "latin"), rows = Path.Combine(folder, "latin2"), model = Path.Combine(folder, "latin.json");
        File.WriteAllText(train, "g,y\ngrün,1\nrot,2\ngrün,1.5\nrot,2.5\n", System.Text.Encoding.Latin1);
        File.WriteAllText(rows, "g\ngrün\nrot\n", System.Text.Encoding.Latin1);
        Assert.Equal(0, Cli.Run("fit", train, "--target", "y", "--encoding", "latin1", "--out", model, "--quiet").Code);
        Assert.Equal("prediction\n1.25\n2.25\n", Cli.Run("predict", model, rows).Out.ReplaceLineEndings("\n"));
    }

    public void Dispose() => Directory.Delete(folder, true);
}
