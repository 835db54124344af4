namespace Descent.Cli.Tests.Inputs;

/// <summary>What families, trials, weights and numbers refuse: one sentence that names the place.</summary>
public class FamilyInputTests
{
    const string Rows = "x,y,zero,neg,half,word,n,two,f\n1,2,0,-1,0.5,a,3,0,1\n2,3,1,2,1,b,5,1,2\n4,1,2,3,2,c,4,0,0\n3,5,4,1,1,d,9,1,3\n";

    static string Data()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("descent").FullName, "rows.csv");
        File.WriteAllText(path, Rows);
        return path;
    }

    [Theory]
    [InlineData("--model gamma --target zero", 2, "data row 1, column 'zero': found 0, expected a number above 0 for the gamma model")]
    [InlineData("--model inverse-gaussian --target neg", 2, "data row 1, column 'neg': found -1, expected a number above 0")]
    [InlineData("--model tweedie --target neg", 2, "data row 1, column 'neg': found -1, expected a number ≥ 0 for the tweedie model")]
    [InlineData("--model negative-binomial --target neg", 2, "data row 1, column 'neg': found -1, expected a count ≥ 0")]
    [InlineData("--model negative-binomial --target word", 1, "needs numbers, but the target 'word' is text")]
    [InlineData("--model binomial --target y --trials zero", 2, "data row 1, column 'zero': there are no trials")]
    [InlineData("--model binomial --target n --trials y", 2, "data row 1, column 'n': found 3 successes among 2 trials")]
    [InlineData("--model binomial --target half --trials n", 2, "data row 1, column 'half': found 0.5, expected a count ≥ 0")]
    [InlineData("--model probit --target y --failures neg", 2, "data row 1, column 'neg': found -1, expected a count ≥ 0")]
    [InlineData("--model cloglog --target word --trials n", 2, "column 'word': holds text; expected counts ≥ 0")]
    [InlineData("--model binomial --target y", 1, "counts successes among trials: name the column of the trials with --trials")]
    [InlineData("--model gamma --target y --trials n", 1, "are for successes among trials; --model gamma has none")]
    [InlineData("--model binomial --target y --trials n --failures f", 1, "--trials and --failures say the same twice")]
    [InlineData("--model binomial --target y --trials none", 1, "there is no column 'none'")]
    [InlineData("--model binomial --target y --trials y", 1, "names the target 'y'")]
    [InlineData("--model tweedie --target y --power 2.5", 1, "--power is 2.5; expected a number between 1 and 2")]
    [InlineData("--model negative-binomial --target y --alpha 0", 1, "--alpha is 0; expected a number above 0")]
    [InlineData("--model poisson --target y --alpha 1", 1, "--alpha belongs to --model negative-binomial")]
    [InlineData("--model linear --target y --weight-col half --weights-are frequency", 2,
        "data row 1, column 'half': found 0.5, expected a whole")]
    [InlineData("--model linear --target y --weights-are frequency", 1, "says what weights mean, but there are none")]
    [InlineData("--model linear --target y --weight-col n --weights-are often", 1, "expected frequency, variance or importance")]
    [InlineData("--model cox --target y", 1, "needs to know which times end with an event: name the column with --event")]
    [InlineData("--model cox --target y --event n", 2, "data row 1, column 'n': found 3, expected 1 for an event or 0 for a censored time")]
    [InlineData("--model cox --target zero --event two", 2, "data row 1, column 'zero': found 0, expected a time above 0")]
    [InlineData("--model cox --target y --event word", 2, "column 'word': holds text; expected 1 for an event")]
    [InlineData("--model poisson --target y --event two", 1, "says which times end with an event; --model poisson has no times")]
    [InlineData("--model cox --target y --event two --l1 0.1", 1, "fitted without an L1 penalty")]
    [InlineData("--model cox --target y --event two --method svrg", 1, "is no sum over rows")]
    [InlineData("--model cox --target y --event two --robust hc0", 1, "has a likelihood that is no sum over rows")]
    [InlineData("--model negative-binomial --target f", 1, "vary no more than Poisson counts")]
    public void Bad_input_is_one_sentence(string words, int code, string expected)
    {
        var (exit, _, error) = Cli.Run(["fit", Data(), "--features", "x", .. words.Split(' ')]);
        string said = error.Split('\n').Last(l => l.StartsWith("descent: ", StringComparison.Ordinal));
        Assert.Contains(expected, said, StringComparison.Ordinal);
        Assert.Equal(code, exit);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    // 2 + 1 + 2 rows of probit by one column that separates them: no maximum, and no standard errors.
    [Theory]
    [InlineData("probit")]
    [InlineData("cloglog")]
    public void Separated_classes_have_no_estimates(string model)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("descent").FullName, "apart.csv");
        File.WriteAllText(path, "x,y\n1,0\n2,0\n3,0\n4,1\n5,1\n6,1\n");
        var (_, output, _) = Cli.Run("fit", path, "--target", "y", "--model", model);
        Assert.Contains("Complete separation", output, StringComparison.Ordinal);
        Assert.Contains("No standard errors", output, StringComparison.Ordinal);
    }
}
