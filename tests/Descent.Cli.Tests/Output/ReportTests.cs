using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Descent.Fitting;

namespace Descent.Cli.Tests.Output;

/// <summary>What stands on the pages of reports, in which order, and that the numbers are those of R.</summary>
public sealed class ReportTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    string In(string name) => Path.Combine(folder, name);

    string Page(params string[] args)
    {
        Cli.Run([.. args, "--report", In("r.html")]);
        return File.ReadAllText(In("r.html"));
    }

    string Table(string text)
    {
        File.WriteAllText(In("t.csv"), text);
        return In("t.csv");
    }

    static string[] Headings(string html) =>
        [.. Regex.Matches(html, "<h2>(.*?)</h2>").Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))];

    static string Setting(string html, string name) =>
        WebUtility.HtmlDecode(
            Regex.Match(html, "<dt>" + Regex.Escape(WebUtility.HtmlEncode(name)) + "</dt><dd>(.*?)</dd>").Groups[1].Value);

    static string[][] Rows(string html, string firstHead)
    {
        string table = Regex.Matches(html, "<table.*?</table>").Select(m => m.Value)
            .First(t => t.Contains(">" + firstHead + "</th>", StringComparison.Ordinal));
        return [.. Regex.Matches(table, "<tr>(<td.*?)</tr>")
            .Select(r =>
                Regex.Matches(r.Groups[1].Value, "<td.*?>(.*?)</td>").Select(c => WebUtility.HtmlDecode(c.Groups[1].Value)).ToArray())];
    }

    // R 4.2: m <- lm(STACKLOSS ~ .); logLik, AIC, hatvalues, rstandard, cooks.distance.
    [Fact]
    public void Least_squares_shows_the_model_first_and_the_diagnostics_of_r()
    {
        string html = Page("fit", DiagnosticTests.Data("stackloss.csv"), "--target", "STACKLOSS");
        Assert.Equal(["Coefficients", "How well it fits", "Residuals and leverage", "Progress of the optimiser", "To repeat this run"],
            Headings(html));
        Assert.Equal("-52.2877955", Setting(html, "log-likelihood"));
        Assert.StartsWith("114.575591 (4 coefficients", Setting(html, "AIC"), StringComparison.Ordinal);
        string[][] rows = Rows(html, "row (of those used, from 1)");
        Assert.Equal(["21", "1", "4"], rows.Take(3).Select(r => r[0]));
        Assert.Equal(["-2.638", "0.2845", "0.6920"], rows[0][3..]);
        Assert.Equal(["1.193", "0.3016", "0.1537"], rows[1][3..]);
        foreach (string title in new[] { "Normal Q–Q plot of the residuals", "Residuals against leverage",
            "Residuals against fitted values" })
            Assert.Contains($">{title}</text>", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
    }

    // R 4.2: rstandard and hatvalues with weights 1, 2, 3, 1, …; rows of weight 0 are no observations.
    [Fact]
    public void Weights_enter_leverages_and_residuals_and_a_weight_of_zero_leaves_a_row_out()
    {
        string[] lines = File.ReadAllLines(DiagnosticTests.Data("stackloss.csv"));
        string path =
            Table(string.Join('\n', [lines[0] + ",w", .. lines.Skip(1).Select((l, i) => $"{l},{(i % 3) + 1}"), "500,1,1,1,0"]) + "\n");
        string[][] rows = Rows(Page("fit", path, "--target", "STACKLOSS", "--weight-col", "w"), "row (of those used, from 1)");
        string[] last = rows.First(r => r[0] == "21");
        Assert.Equal(["-3.103", "0.3721"], last[3..5]);
        Assert.DoesNotContain("22", rows.Select(r => r[0]));
    }

    [Fact]
    public void With_a_penalty_there_are_neither_leverages_nor_an_aic_but_a_reason()
    {
        string html = Page("fit", DiagnosticTests.Data("stackloss.csv"), "--target", "STACKLOSS", "--l2", "0.1");
        Assert.Contains("No leverages: with a penalty", html, StringComparison.Ordinal);
        Assert.StartsWith("none: with a penalty", Setting(html, "AIC"), StringComparison.Ordinal);
        Assert.DoesNotContain("Residuals against leverage", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_classes_show_the_area_by_pairs()
    {
        string html = Page("fit", Cli.Sample("iris.csv"), "--target", "species=versicolor", "--features", "sepal_width");
        string[] lines = [.. File.ReadAllLines(Cli.Sample("iris.csv")).Skip(1)];
        // The only slope is negative, so that the order by score is the order by falling width.
        double[] width = [.. lines.Select(l => -double.Parse(l.Split(',')[1], CultureInfo.InvariantCulture))];
        bool[] own = [.. lines.Select(l => l.EndsWith("versicolor", StringComparison.Ordinal))];
        double sum = 0;
        for (int i = 0; i < 150; i++)
            for (int j = 0; j < 150; j++)
                if (own[i] && !own[j]) sum += width[i] > width[j] ? 1 : width[i] == width[j] ? 0.5 : 0;
        Assert.Equal((sum / 5000).ToString("0.000000", CultureInfo.InvariantCulture), Setting(html, "area under the ROC curve (AUC)"));
        Assert.Contains(">ROC curve</text>", html, StringComparison.Ordinal);
        Assert.Equal(["Coefficients", "How well it fits", "Separation of the classes"], Headings(html)[..3]);
    }

    [Fact]
    public void Held_out_rows_have_a_curve_and_an_area_of_their_own()
    {
        string html = Page("fit", Cli.Sample("iris.csv"), "--target", "species=versicolor", "--features", "sepal_width", "--valid", "0.3");
        Assert.Matches(@"held out: AUC 0\.\d{4}", html);
        Assert.Matches(@"^0\.\d{6}$", Setting(html, "held-out AUC"));
        Assert.NotEqual(Setting(html, "area under the ROC curve (AUC)"), Setting(html, "held-out AUC"));
        Assert.Contains(">Accuracy, held out</text>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Coefficients_of_classes_are_a_table_of_features_by_classes()
    {
        string html = Page("fit", Cli.Sample("iris.csv"), "--target", "species", "--model", "softmax", "--l2", "0.01");
        string[][] rows = Rows(html, "feature");
        Assert.Equal(["(Intercept)", "sepal_length", "sepal_width", "petal_length", "petal_width"], rows.Select(r => r[0]));
        // With a penalty the weights of all classes add up to 0 for each feature.
        foreach (string[] r in rows.Skip(1)) Assert.Equal(0, r[1..].Sum(c => double.Parse(c, CultureInfo.InvariantCulture)), 3e-6);
        Assert.Equal(4, rows[0].Length);
    }

    // Columns of sizes 10^−4 … 10^4 with as many signals: raw size would rank the smallest columns first.
    [Fact]
    public void Many_coefficients_are_ranked_free_of_units()
    {
        Draws draws = new(3);
        double[] scale = [.. Enumerable.Range(0, 50).Select(j => Math.Pow(10, (j % 9) - 4))];
        List<string> lines = ["y," + string.Join(',', Enumerable.Range(0, 50).Select(j => "c" + j))];
        for (int i = 0; i < 200; i++)
        {
            double[] x = [.. scale.Select(_ => draws.NextNormal())];
            double y = (5 * x[8]) + (4 * x[17]) + (0.1 * draws.NextNormal());
            lines.Add(string.Join(',',
                [y.ToString("R", CultureInfo.InvariantCulture),
                    .. x.Select((v, j) => (v * scale[j]).ToString("R", CultureInfo.InvariantCulture))]));
        }
        string path = Table(string.Join('\n', lines) + "\n");
        string plain = Page("fit", path, "--target", "y");
        Assert.Equal(["c8", "c17"], Rows(plain, "name").Select(r => r[0]).Where(n => n != "(Intercept)").Take(2));
        Assert.Contains("The 40 largest of 51 coefficients", plain, StringComparison.Ordinal);
        Assert.Contains("Largest by |t|.", plain, StringComparison.Ordinal);
        string penalised = Page("fit", path, "--target", "y", "--l1", "0.01");
        Assert.Equal(["c8", "c17"], Rows(penalised, "name").Select(r => r[0]).Where(n => n != "(Intercept)").Take(2));
        Assert.Contains("standard deviation of the column", penalised, StringComparison.Ordinal);
    }

    [Fact]
    public void Estimates_without_a_finite_value_are_said_in_words()
    {
        string quasi = Page("fit", DiagnosticTests.Data("quasi.csv"), "--target", "y", "--model", "logistic");
        Assert.Contains("Some estimates are not finite: the likelihood keeps growing", quasi, StringComparison.Ordinal);
        Assert.Contains("Without bound upwards: x. Without bound downwards: (Intercept).", quasi, StringComparison.Ordinal);
        Assert.Contains("<b>The infimum is not attained</b>", quasi, StringComparison.Ordinal);
        string complete = Page("fit", Cli.Sample("iris.csv"), "--target", "species=setosa", "--model", "logistic", "--features",
            "petal_length");
        Assert.Contains("Without bound, in directions of either sign: (Intercept), petal_length.", complete, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"verdict good\"", quasi + complete, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_escaped_everywhere()
    {
        const string Evil = "<b>&\"x";
        string path = Table("y;\"<b>&\"\"x\";g\n"
            + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i % 7};{i * i % 11};{(i % 3 == 0 ? "<i>" : "u&v")}\n")));
        string html = Page("fit", path, "--target", "y");
        Assert.Contains(WebUtility.HtmlEncode(Evil), html, StringComparison.Ordinal);
        Assert.DoesNotContain(Evil, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", html, StringComparison.Ordinal);
        string classes = Page("fit", path, "--target", "g=<i>");
        Assert.DoesNotContain("<i>", classes, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>&", classes, StringComparison.Ordinal);
    }

    [Fact]
    public void Networks_show_accuracy_on_more_than_ten_points_for_batches_and_held_out_rows()
    {
        string html = Page("fit", Cli.Sample("iris.csv"), "--target", "species", "--model", "mlp", "--hidden", "8", "--epochs", "5",
            "--batch", "12", "--valid", "0.2");
        string chart = Regex.Matches(html, "<svg.*?</svg>", RegexOptions.Singleline).Select(m => m.Value)
            .First(s => s.Contains(">Accuracy</text>", StringComparison.Ordinal));
        string[] paths = [.. Regex.Matches(chart, "<path d=\"(.*?)\"").Select(m => m.Groups[1].Value)];
        Assert.Equal(2, paths.Length);
        Assert.True(paths[0].Count(c => c is 'L') >= 39, $"{paths[0].Count(c => c is 'L') + 1} points of batches");
        Assert.True(paths[1].Count(c => c is 'L') >= 8);
        Assert.Equal("Confusion on the held-out rows", Headings(html)[0]);
        Assert.Contains("<b>Budget spent</b>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_says_which_version_made_it_and_when()
    {
        DateTimeOffset before = DateTimeOffset.Now.AddSeconds(-1);
        string html = Page("fit", Cli.Sample("iris.csv"), "--target", "sepal_width", "--features", "sepal_length");
        Match m = Regex.Match(html, @"<footer>Descent (\d+\.\d+\.\d+[^,+]*), (.*?)</footer>");
        DateTimeOffset said = DateTimeOffset.ParseExact(WebUtility.HtmlDecode(m.Groups[2].Value), "yyyy-MM-dd HH:mm:ss zzz",
            CultureInfo.InvariantCulture);
        Assert.InRange(said, before, DateTimeOffset.Now);
        Assert.Equal(typeof(Fit).Assembly.GetName().Version!.ToString(3), m.Groups[1].Value.Split('-')[0]);
        // A library reads no clock.
        Assert.Matches(@"<footer>Descent \d+\.\d+\.\d+[^,]*</footer>",
            Fit.Linear(new double[,] { { 1 }, { 2 }, { 4 } }, [1.0, 2, 3]).ToHtml());
    }

    // F = 0.5 log 2 …: four steps of a tiny size prove nothing of F.
    [Fact]
    public void Nothing_is_green_beside_a_gap_as_large_as_f()
    {
        string html = Page("fit", Cli.Sample("iris.csv"), "--target", "species=versicolor", "--model", "logistic", "--method", "gd", "--lr",
            "1e-9", "--tol", "0.5");
        Assert.Contains("Ended by its own rule; the certificate does not bear it out", html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"verdict good\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_a_run_diverged_its_last_numbers_are_not_shown_as_estimates()
    {
        string html = Page("fit", DiagnosticTests.Data("stackloss.csv"), "--target", "STACKLOSS", "--method", "gd", "--lr", "10",
            "--epochs", "200");
        Assert.Contains("<div class=\"verdict bad\"><b>Diverged</b>", html, StringComparison.Ordinal);
        Assert.Equal(["Progress of the optimiser", "To repeat this run"], Headings(html));
    }

    [Fact]
    public void A_comparison_shows_its_whole_table_and_command()
    {
        string html = Page("compare", Cli.Sample("iris.csv"), "--target", "species=versicolor", "--l2", "0.1", "--methods", "gd,lbfgs",
            "--epochs", "5");
        Assert.Equal(["Time to accuracy", "Gap along the run", "What was run", "To repeat this"], Headings(html));
        Assert.Contains("<table class=\"list\">", html, StringComparison.Ordinal);
        Assert.Contains("pre{padding:12px 14px;font-size:13px;white-space:pre-wrap;overflow-wrap:anywhere}", html,
            StringComparison.Ordinal);
        Assert.All(Rows(html, "method"), r => Assert.Equal(Rows(html, "method")[0].Length, r.Length));
    }
}
