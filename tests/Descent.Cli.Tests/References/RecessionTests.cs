using System.Globalization;

namespace Descent.Cli.Tests.References;

/// <summary>
/// Likelihoods without a maximum of the families whose limit is not worked out: said, with the columns that run away. R 4.2's coxph warns
/// of the same column (“Loglik converged before variable 4; beta may be infinite”), and its polr, glm.nb and glm end at estimates of 20
/// to 36 there. One column is decided by the definition.
/// </summary>
public class RecessionTests
{
    static string Write(string text)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("descent").FullName, "rows.csv");
        File.WriteAllText(path, text);
        return path;
    }

    // Level d: no event, no success, count 0, the lowest class.
    static string Levels()
    {
        Random random = new(5);
        System.Text.StringBuilder text = new("x,g,order,time,event,count,amount,class\n");
        for (int i = 0; i < 60; i++)
        {
            bool d = i % 4 == 3;
            text.Append(CultureInfo.InvariantCulture, $"{random.Next(100) / 10.0},{"abcd"[i % 4]},{(d ? 0 : random.Next(3))},{i + 1},")
                .Append(CultureInfo.InvariantCulture, $"{(d ? 0 : 1)},{(d ? 0 : random.Next(5))},{(d ? 0 : random.Next(5) / 2.0)},")
                .Append(CultureInfo.InvariantCulture, $"{(d ? 0 : random.Next(2))}\n");
        }
        return text.ToString();
    }

    [Theory]
    [InlineData("ordinal --target order")]
    [InlineData("cox --target time --event event")]
    [InlineData("cox-breslow --target time --event event")]
    [InlineData("negative-binomial --alpha 0.5 --target count")]
    [InlineData("tweedie --target amount")]
    [InlineData("probit --target class")]
    [InlineData("cloglog --target class")]
    public void The_column_that_runs_away_is_named(string words)
    {
        var (code, text, _) = Cli.Run(["fit", Write(Levels()), "--features", "x,g", "--model", .. words.Split(' ')]);
        Assert.Equal(4, code);
        Assert.Contains("The likelihood has no maximum", text, StringComparison.Ordinal);
        Assert.Contains("some estimates are infinite, those of g=d among them", text, StringComparison.Ordinal);
        Assert.DoesNotContain("standard errors belong to the optimum", text, StringComparison.Ordinal);
        Assert.DoesNotContain("used for the standard errors", text, StringComparison.Ordinal);
        // A penalty makes them finite, as is said.
        var (mended, after, _) = Cli.Run(["fit", Write(Levels()), "--features", "x,g", "--model", .. words.Split(' '), "--l2", "0.1"]);
        Assert.Equal(0, mended);
        Assert.DoesNotContain("no maximum", after, StringComparison.Ordinal);
    }

    // One column moves one way or the other: both are tried by the definition, and too few steps leave all to the rows.
    [Theory]
    [InlineData("cox")]
    [InlineData("ordinal")]
    public void One_column_is_decided_as_by_the_definition(string model)
    {
        Random random = new(11);
        int infinite = 0;
        for (int turn = 0; turn < 40; turn++)
        {
            int n = random.Next(3, 7);
            int[] x = [.. Enumerable.Range(0, n).Select(_ => random.Next(4))], first = [.. x.Select(_ => random.Next(1, 5))],
                second = [.. x.Select(_ => random.Next(3) > 0 ? 1 : 0)];
            if (model == "ordinal") first = [.. first.Select((y, i) => i < 3 ? i : y % 3)];
            if (x.Distinct().Count() == 1 || !second.Contains(1)) continue;
            bool known = new[] { 1, -1 }.Any(s => model == "cox" ? Recedes(x, first, second, s) : Recedes(x, first, s));
            infinite += known ? 1 : 0;
            string path = Write("x,y,e\n" + string.Concat(x.Select((v, i) => $"{v},{first[i]},{second[i]}\n")));
            string text = Cli.Run(["fit", path, "--features", "x", "--target", "y", "--model", model, "--method", "gd", "--steps", "1",
                .. model == "cox" ? new[] { "--event", "e" } : []]).Out;
            bool said = text.Contains("no maximum", StringComparison.Ordinal)
                || text.Contains("Complete separation", StringComparison.Ordinal);
            Assert.True(known == said, $"{File.ReadAllText(path)}{text}");
        }
        Assert.InRange(infinite, 3, 37);
    }

    // Every event has the largest margin of those at risk, and one has a larger one than another row.
    static bool Recedes(int[] x, int[] time, int[] happened, int sign)
    {
        bool strict = false;
        for (int i = 0; i < x.Length; i++)
            for (int j = 0; happened[i] == 1 && j < x.Length; j++)
            {
                if (time[j] < time[i]) continue;
                if (sign * x[j] > sign * x[i]) return false;
                strict |= x[j] != x[i];
            }
        return strict;
    }

    // Margins rise with the class, never falling back below those of the class before.
    static bool Recedes(int[] x, int[] y, int sign)
    {
        for (int k = 0; k < 2; k++)
            if (x.Where((_, i) => y[i] <= k).Max(v => sign * v) > x.Where((_, i) => y[i] > k).Min(v => sign * v)) return false;
        return true;
    }
}
