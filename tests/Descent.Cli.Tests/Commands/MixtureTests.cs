using System.Globalization;
using System.Text.Json;

namespace Descent.Cli.Tests.Commands;

/// <summary><c>descent mixture</c>, and what predict, evaluate and inspect do with its model.</summary>
public sealed class MixtureTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent-mixture").FullName;

    string Place(string name) => Path.Combine(folder, name);

    string Data(string text, string name = "d.csv")
    {
        File.WriteAllText(Place(name), text);
        return Place(name);
    }

    static double[] Numbers(JsonElement e) => [.. e.EnumerateArray().Select(v => v.GetDouble())];

    static double[][] Lists(JsonElement e) => [.. e.EnumerateArray().Select(Numbers)];

    static void Near(double[] expected, double[] found, double relative = 1e-5)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], relative * (1e-2 + Math.Abs(expected[i])));
    }

    // scikit-learn 1.2.1: GaussianMixture(2, covariance_type, reg_covar = 0, tol = 1e-14, n_init = 5), larger share first.
    [SharedTheory]
    [InlineData("full", "em", -1130.2639601847416, 0.6441271427468164, 4.289661973413591, 79.96811517769753, 2.036388454978877,
        54.4785163805784, 2282.527920369483, 2322.191743098739)]
    [InlineData("full", "squarem", -1130.2639601847416, 0.6441271427468164, 4.289661973413591, 79.96811517769753, 2.036388454978877,
        54.4785163805784, 2282.527920369483, 2322.191743098739)]
    [InlineData("tied", "em", -1140.186759437082, 0.6407521514408753, 4.296032247839544, 80.036217695728, 2.046195087099447,
        54.59651385657055, 2296.373518874164, 2325.219935404532)]
    [InlineData("diagonal", "anderson", -1147.8063525378057, 0.6434832637452883, 4.291070490417587, 79.98562154615915, 2.037915671878049,
        54.49295374574363, 2313.6127050756113, 2346.064923672275)]
    [InlineData("spherical", "em", -1709.529282177424, 0.6329494161885069, 4.293913409446611, 80.2649412467893, 2.097675733319331,
        54.742893778609925, 3433.058564354848, 3458.2991788189197)]
    public void Old_Faithful_is_the_reference(string shape, string method, double log, double weight, double a1, double b1, double a2,
        double b2, double aic, double bic)
    {
        JsonElement r = Cli.Json("mixture", Cli.Shared("faithful.csv")!, "--components", "2", "--covariance", shape, "--method", method);
        Assert.Equal(log, r.GetProperty("logLikelihood").GetDouble(), 1e-5);
        Near([weight, 1 - weight], Numbers(r.GetProperty("weights")));
        double[][] means = Lists(r.GetProperty("parameters").GetProperty("means"));
        Near([a1, b1], means[0]);
        Near([a2, b2], means[1]);
        JsonElement c = r.GetProperty("candidates")[0];
        Assert.Equal(aic, c.GetProperty("aic").GetDouble(), 1e-4);
        Assert.Equal(bic, c.GetProperty("bic").GetDouble(), 1e-4);
        Assert.True(r.GetProperty("certificate").GetProperty("localMaximum").GetBoolean());
        Assert.True(r.GetProperty("smallestEigenvalue").GetDouble() > 0.01);
        Assert.Equal("Converged", r.GetProperty("outcome").GetString());
    }

    // R 4.2.2 on galaxies/1000, 82 rows: three components with one variance −212.3518552, three free −203.1792280, four free −197.4537638.
    [SharedTheory]
    [InlineData(3, "tied", 10, -212.3518552)]
    [InlineData(3, "full", 10, -203.1792280)]
    [InlineData(4, "full", 40, -197.4537638)]
    public void Galaxies_are_the_reference(int k, string shape, int restarts, double log)
    {
        JsonElement r = Cli.Json("mixture", Cli.Shared("galaxies.csv")!, "--components", $"{k}", "--covariance", shape, "--restarts",
            $"{restarts}");
        // The file is in km/s, the reference in 1000 km/s.
        Assert.Equal(log - (82 * Math.Log(1000)), r.GetProperty("logLikelihood").GetDouble(), 1e-5);
        Assert.InRange(r.GetProperty("smallestEigenvalue").GetDouble(), 1e-4, 1);
    }

    // scikit-learn 1.2.1: GaussianMixture(3, reg_covar = 0, tol = 1e-14, n_init = 20).
    [Fact]
    public void Iris_is_the_reference()
    {
        JsonElement r = Cli.Json("mixture", Cli.Sample("iris.csv"), "--exclude", "species", "--components", "3", "--restarts", "20");
        Assert.Equal(-180.18547713130357, r.GetProperty("logLikelihood").GetDouble(), 1e-5);
        Near([0.36747347165005195, 0.33333333333333326, 0.2991931950166148], Numbers(r.GetProperty("weights")));
        double[][] means = Lists(r.GetProperty("parameters").GetProperty("means"));
        Near([6.544548657150607, 2.948661152969633, 5.47955345013335, 1.9846049626499638], means[0]);
        Near([5.914969593952736, 2.7778436472096812, 4.201553237814571, 1.2969668572605093], means[2]);
        Assert.Equal(580.8389072028424, r.GetProperty("candidates")[0].GetProperty("bic").GetDouble(), 1e-4);
        Assert.Equal(["sepal_length", "sepal_width", "petal_length", "petal_width"], r.GetProperty("columns").EnumerateArray().Select(c =>
            c.GetString()!));
    }

    // R 4.2.2, MASS::fitdistr(galaxies/1000, "t"): estimates and standard errors.
    [SharedFact("galaxies.csv")]
    public void One_t_law_is_the_fit_of_r()
    {
        string thousands = Data(string.Concat(File.ReadLines(Cli.Shared("galaxies.csv")!)
            .Select((l, i) => i == 0 ? l + "\n" : (double.Parse(l,
                CultureInfo.InvariantCulture) / 1000).ToString(CultureInfo.InvariantCulture) + "\n")));
        JsonElement r = Cli.Json("mixture", thousands, "--family", "t", "--components", "1", "--restarts", "2");
        Assert.Equal(-226.459840514, r.GetProperty("logLikelihood").GetDouble(), 1e-6);
        JsonElement[] estimates = [.. r.GetProperty("estimates").EnumerateArray()];
        Assert.Equal(["weight", "mean velocity", "scale velocity", "degrees of freedom"], estimates.Select(e =>
            e.GetProperty("name").GetString()!));
        Near([21.1377962372, 2.1356625876, 1.8598559170], [.. estimates[1..].Select(e => e.GetProperty("estimate").GetDouble())]);
        Near([0.3157136343, 0.3131236304, 0.4682953820], [.. estimates[1..].Select(e => e.GetProperty("standardError").GetDouble())]);
    }

    // By the formulas from ℓ, p and n; ICL adds entropy, so it is at least BIC.
    [SharedFact("faithful.csv")]
    public void A_range_is_searched_and_the_least_criterion_chooses()
    {
        foreach (string criterion in new[] { "bic", "icl", "aic" })
        {
            JsonElement r = Cli.Json("mixture", Cli.Shared("faithful.csv")!, "--components", "1..4", "--criterion", criterion, "--method",
                "squarem");
            JsonElement[] all = [.. r.GetProperty("candidates").EnumerateArray()];
            Assert.Equal([1, 2, 3, 4], all.Select(c => c.GetProperty("components").GetInt32()));
            foreach (JsonElement c in all)
            {
                double log = c.GetProperty("logLikelihood").GetDouble(), p = c.GetProperty("parameters").GetInt32();
                Assert.Equal((6 * c.GetProperty("components").GetInt32()) - 1, p);
                Assert.Equal((2 * p) - (2 * log), c.GetProperty("aic").GetDouble(), 8);
                Assert.Equal((p * Math.Log(272)) - (2 * log), c.GetProperty("bic").GetDouble(), 8);
                Assert.True(c.GetProperty("icl").GetDouble() >= c.GetProperty("bic").GetDouble());
            }
            int chosen = r.GetProperty("components").GetInt32();
            Assert.Equal(all.MinBy(c => c.GetProperty(criterion).GetDouble()).GetProperty("components").GetInt32(), chosen);
            Assert.Equal(criterion == "aic" ? 4 : 2, chosen);
            Assert.Equal(chosen, r.GetProperty("weights").GetArrayLength());
        }
    }

    // scikit-learn 1.2.1: predict_proba, score_samples and score(first 100 rows) of the fit above.
    [SharedFact("faithful.csv")]
    public void The_model_gives_responsibilities_and_mean_log_likelihood()
    {
        string model = Place("m.json"), rows = Data("waiting,eruptions,note\n79,3.6,a\n63,2.9,b\n54,1.8,c\n");
        Assert.Equal(0, Cli.Run("mixture", Cli.Shared("faithful.csv")!, "--out", model).Code);
        var (code, csv, notes) = Cli.Run("predict", model, rows);
        Assert.Equal(0, code);
        Assert.Contains("1 column that the model does not use: note", notes, StringComparison.Ordinal);
        string[] lines = csv.TrimEnd().Split('\n');
        Assert.Equal("component,probability,p1,p2,log_density", lines[0]);
        double[][] found = [.. lines[1..].Select(l => l.Split(',').Select(w => double.Parse(w, CultureInfo.InvariantCulture)).ToArray())];
        Assert.Equal([1, 2, 2], found.Select(f => f[0]));
        double[][] shares = [[0.9999999974080938, 2.5919059813670924e-09], [0.20016272252443779, 0.7998372774755624],
            [1.908152511635359e-09, 0.9999999980918478]];
        double[] logs = [-4.636811987112245, -8.573878687739269, -3.672162143596481];
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(shares[i][0], found[i][2], 1e-7);
            Assert.Equal(shares[i][1], found[i][3], 1e-7);
            Assert.Equal(Math.Max(found[i][2], found[i][3]), found[i][1]);
            Assert.Equal(logs[i], found[i][4], 1e-6);
        }
        string first = Data(string.Concat(File.ReadLines(Cli.Shared("faithful.csv")!).Take(101).Select(l => l + "\n")), "first.csv");
        JsonElement e = Cli.Json("evaluate", model, first);
        Assert.Equal(-4.239541390396867, e.GetProperty("meanLogLikelihood").GetDouble(), 1e-8);
        Assert.Equal(100, Numbers(e.GetProperty("rowsOfComponents")).Sum());
        Assert.Contains("mean log p = -4.23954", Cli.Run("evaluate", model, first).Out, StringComparison.Ordinal);
        string shown = Cli.Run("inspect", model).Out;
        foreach (string part in new[] { "gaussian mixture of 2 components, full covariance of eruptions, waiting", "272 rows",
            "a strict local maximum", "mean waiting", "79.968115", "--out" })
            Assert.Contains(part, shown, StringComparison.Ordinal);
    }

    [SharedFact("faithful.csv")]
    public void What_is_printed_says_all_of_it()
    {
        var (code, text, notes) = Cli.Run("mixture", Cli.Shared("faithful.csv")!, "--components", "1..3");
        Assert.Equal(0, code);
        Assert.Contains("read as CSV: separator ',', names in the first row, decimal point, UTF-8", notes, StringComparison.Ordinal);
        foreach (string part in new[]
        {
            "272 rows, 2 of 2 columns used (eruptions, waiting), 0 rows skipped", "gaussian, full covariance", "tolerance 1E-09",
                "starts that agree",
            "10 of 10", "Chosen       k = 2, where BIC is least", "component 2", "cov. eruptions, waiting", "std. error",
                "Smallest     eigenvalue",
            "‖∇ℓ‖", "largest eigenvalue of the Hessian", "nothing here speaks of other maxima",
                "Outcome      One more EM step moves θ by", "passes",
        }) Assert.Contains(part, text, StringComparison.Ordinal);
        // mclust's table of standard errors is not at hand; those of a share are near √(π(1 − π)/n) where components hardly overlap.
        Assert.Matches(@"weight +0\.644127 +0\.0291?", text);
        Assert.InRange(Math.Sqrt(0.644127 * 0.355873 / 272), 0.0285, 0.0295);
    }

    // R: six components with free variances reach a spike (s.d. 0.043): refused, said, and no better fit.
    [SharedFact("galaxies.csv")]
    public void Spikes_are_refused_with_a_sentence()
    {
        var (code, text, _) = Cli.Run("mixture", Cli.Shared("galaxies.csv")!, "--components", "6");
        Assert.Contains("Refused      ", text, StringComparison.Ordinal);
        Assert.Contains("where the likelihood has no upper bound", text, StringComparison.Ordinal);
        Assert.Equal(3, code);
        JsonElement r = JsonDocument.Parse(Cli.Run("mixture", Cli.Shared("galaxies.csv")!, "--components", "4..6", "--restarts", "10",
            "--json").Out).RootElement;
        Assert.InRange(r.GetProperty("components").GetInt32(), 4, 5);
        Assert.Equal(10, r.GetProperty("candidates")[2].GetProperty("refused").GetInt32());
        Assert.Equal(JsonValueKind.Null, r.GetProperty("candidates")[2].GetProperty("bic").ValueKind);
    }

    [SharedFact("faithful.csv")]
    public void Ending_before_the_tolerance_is_exit_code_4_with_a_model()
    {
        var (code, text, _) = Cli.Run("mixture", Cli.Shared("faithful.csv")!, "--max-iterations", "6", "--out", Place("m.json"));
        Assert.Equal(4, code);
        Assert.Contains("still moves θ by", text, StringComparison.Ordinal);
        Assert.Equal(0, Cli.Run("evaluate", Place("m.json"), Cli.Shared("faithful.csv")!).Code);
        // Another number of components that ended early leaves the choice open.
        (code, text, _) = Cli.Run("mixture", Cli.Shared("faithful.csv")!, "--components", "2..4", "--max-iterations", "60");
        Assert.Equal(4, code);
        Assert.Contains("so the choice is open. Raise --max-iterations, or use --method squarem.", text, StringComparison.Ordinal);
    }

    [SharedFact("faithful.csv")]
    public void Seed_decides_and_threads_do_not()
    {
        string Of(params string[] more) => Cli.Run(["mixture", Cli.Shared("faithful.csv")!, "--components", "3", "--restarts", "3",
            .. more]).Out;
        Assert.Equal(Of("--threads", "1"), Of("--threads", "3"));
        Assert.NotEqual(Of("--seed", "1"), Of("--seed", "2"));
        Assert.Single(Of("--quiet").TrimEnd().Split('\n'));
    }

    [SharedFact("galaxies.csv")]
    public void The_report_shows_density_or_ellipses_criteria_and_traces()
    {
        string page = Place("r.html");
        Assert.Equal(0, Cli.Run("mixture", Cli.Shared("galaxies.csv")!, "--components", "2..3", "--report", page).Code);
        string html = File.ReadAllText(page);
        foreach (string part in new[] { "Gaussian mixture of velocity", "Density over the histogram", "Criteria: the least chooses",
            "Log-likelihood of the start", "Distance to the highest end", "Responsibility of the most probable", "nothing certifies",
            "their mean responsibility", "descent mixture " })
            Assert.Contains(part, html, StringComparison.Ordinal);
        Assert.Equal(0, Cli.Run("mixture", Cli.Sample("iris.csv"), "--exclude", "species", "--components", "2", "--report", page).Code);
        html = File.ReadAllText(page);
        foreach (string part in new[] { "principal component 1 (73 %)", "(73 % and 23 % of their variance)", "Mahalanobis distance 1",
            "cov. sepal_length, petal_width" })
            Assert.Contains(part, html, StringComparison.Ordinal);
        Assert.DoesNotContain("Density over", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reading_contract_holds_for_what_is_predicted()
    {
        string rows = string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"{(i % 2 * 5) + (i * 7 % 11 / 10.0):0.0};{(i % 2 * 3) + (i * 5 % 13 / 10.0):0.0}\n".Replace('.', ',')));
        string data = Data("a;b\n" + rows), model = Place("m.json");
        Assert.Equal(0, Cli.Run("mixture", data, "--decimal", ",", "--out", model).Code);
        Assert.Contains("\"decimalSign\": \",\"", File.ReadAllText(model), StringComparison.Ordinal);
        // 1;2 alone would be read with points; the contract says otherwise, and a missing value may take the training mean.
        Assert.Equal(0, Cli.Run("predict", model, Data("a;b\n1;2\n", "one.csv")).Code);
        var (code, _, error) = Cli.Run("predict", model, Data("a;b\n1;\n", "none.csv"));
        Assert.Equal(2, code);
        Assert.Contains("column 'b': the value is missing", error, StringComparison.Ordinal);
        (code, _, error) = Cli.Run("predict", model, Data("a;b\n1;\n", "none.csv"), "--missing", "mean");
        Assert.Equal(0, code);
        Assert.Contains("filled in with the training mean", error, StringComparison.Ordinal);
        Assert.Contains("has no column 'b'", Cli.Run("evaluate", model, Data("a;c\n1;2\n", "two.csv")).Err, StringComparison.Ordinal);
    }

    public static TheoryData<int, string, string, string> Wrong => new()
    {
        { 1, "--components is 5, but", "a,b\n1,2\n2,3\n4,1\n", "--components 5" },
        { 2, "column 'b': holds 5 in all 4 rows", "a,b\n1,5\n2,5\n3,5\n4,5\n", "" },
        { 2, "has 1 row; a mixture needs at least 2", "a,b\n1,5\n", "" },
        { 2, "column 'b': the value is missing ('NaN'). Leave such rows out with --missing skip.", "a,b\n1,NaN\n2,3\n4,5\n", "" },
        { 2, "all 3 rows are equal", "a,b\n1,5\n1,5\n1,5\n", "" },
        { 2, "line 3, column 'b': found 'x', expected a number", "a,b\n1,5\n2,x\n3,5\n", "" },
        { 2, "data row 1, column 'b': found 'u', and a mixture takes numbers", "a,b\n1,u\n2,v\n3,w\n", "" },
        { 2, "line 2, column 'b': found 'u', expected a number", "a,b\n1,u\n2,v\n3,w\n", "--features a,b" },
        { 2, "column 'a': found '1e999', expected a finite number", "a,b\n1e999,1\n2,2\n3,4\n", "" },
        { 2, "no rows", "a,b\n", "" },
        { 2, "a mixture is fitted to the columns of a table", "1 1:2 3:4\n-1 2:5\n", "" },
        { 1, "--family is 'cauchy'; expected gaussian, t", "a\n1\n2\n4\n", "--family cauchy" },
        { 1, "--components is '0'; expected a number ≥ 1", "a\n1\n2\n4\n", "--components 0" },
        { 1, "--components is '3..2'", "a\n1\n2\n4\n", "--components 3..2" },
        { 1, "--components is '2..x'", "a\n1\n2\n4\n", "--components 2..x" },
        { 1, "--covariance is 'round'", "a\n1\n2\n4\n", "--covariance round" },
        { 1, "--covariance means nothing to a t mixture", "a\n1\n2\n4\n", "--family t --covariance tied" },
        { 1, "--method is 'bfgs'; expected one of em, squarem, anderson", "a\n1\n2\n4\n", "--method bfgs" },
        { 1, "--criterion is 'cv'; expected bic, icl or aic", "a\n1\n2\n4\n", "--criterion cv" },
        { 1, "--tol is -1; expected a positive number", "a\n1\n2\n4\n", "--tol -1" },
        { 1, "--restarts is 0", "a\n1\n2\n4\n", "--restarts 0" },
        { 1, "--max-iterations is 3; expected at least 4", "a\n1\n2\n4\n", "--max-iterations 3" },
        { 1, "--threads needs to be at least 1", "a\n1\n2\n4\n", "--threads 0" },
        { 1, "--missing mean: a mean in the place", "a\n1\n2\n4\n", "--missing mean" },
        { 1, "--features: there is no column 'z'", "a\n1\n2\n4\n", "--features z" },
        { 1, "No columns are left", "a\n1\n2\n4\n", "--exclude a" },
        { 1, "factor(…) mean nothing to a mixture", "a\n1\n2\n4\n", "--features factor(a)" },
        { 1, "Did you mean --components?", "a\n1\n2\n4\n", "--componets 2" },
        { 1, "would be destroyed", "a\n1\n2\n4\n", "--out {data}" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_said_in_one_line(int code, string said, string data, string options)
    {
        string file = Data(data);
        var (found, output, error) = Cli.Run(["mixture", file, .. options.Replace("{data}", file, StringComparison.Ordinal).Split(' ',
            StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal((code, ""), (found, output));
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'), l => !l.Contains("read as", StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_that_are_skipped_are_counted()
    {
        string data = Data("a,b\n1,2\n?,3\n2,x\n3,1\n5,4\n9,9\n4,4\n");
        var (code, text, error) = Cli.Run("mixture", data, "--components", "1", "--missing", "skip", "--on-bad-row", "skip");
        Assert.Equal(0, code);
        Assert.Contains("5 rows, 2 of 2 columns used (a, b), 2 rows skipped", text, StringComparison.Ordinal);
        Assert.Contains("2 rows left out; the first:", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"descent-mixture\"", "\"other\"", "is not a model file")]
    [InlineData("\"version\": 1", "\"version\": 9", "version 9")]
    [InlineData("\"family\": \"gaussian\"", "\"family\": \"cauchy\"", "the family is 'cauchy'; expected gaussian, t")]
    [InlineData("\"covariance\": \"full\"", "\"covariance\": \"round\"", "the covariance is 'round'")]
    [InlineData("\"components\": 2", "\"components\": 3", "2 weights for 3 components")]
    [InlineData("\"means\"", "\"centres\"", "the parameters lack \"means\"")]
    [InlineData("\"weights\": [", "\"weights\": [ 0.5,", "3 weights for 2 components")]
    [InlineData("\"a\",\n", "\"b\",\n", "a column stands twice")]
    [InlineData("\"logLikelihood\": -", "\"logLikelihood\": \"x\", \"was\": -", "is not the file of a mixture")]
    [InlineData("\"gradientNorm\": ", "\"gradientNorm\": -1", "below 0")]
    public void A_damaged_file_is_refused_with_a_sentence(string part, string instead, string said)
    {
        string data = Data("a,b\n" + string.Concat(Enumerable.Range(0, 40).Select(i =>
            $"{(i % 2 * 5) + (i * 7 % 11 / 10.0):0.0},{i * 5 % 13}\n"))), model = Place("m.json");
        Assert.Equal(0, Cli.Run("mixture", data, "--out", model).Code);
        string text = File.ReadAllText(model);
        Assert.Contains(part, text, StringComparison.Ordinal);
        File.WriteAllText(model, text.Replace(part, instead, StringComparison.Ordinal));
        foreach (string[] command in (string[][])[["predict", model, data], ["evaluate", model, data], ["inspect", model]])
        {
            var (code, output, error) = Cli.Run(command);
            Assert.Equal((2, ""), (code, output));
            Assert.Contains(said, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused()
    {
        string data = Data("a\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{(i % 2 * 50) + (i * 7 % 11)}\n"))),
            model = Place("m.json");
        Assert.Equal(0, Cli.Run("mixture", data, "--out", model).Code);
        string text = File.ReadAllText(model);
        int at = text.IndexOf("covariances", StringComparison.Ordinal), number = text.IndexOfAny([.. "0123456789"], at);
        File.WriteAllText(model, text[..number] + "-" + text[number..]);
        Assert.Contains("the covariance of component 1 is not positive definite", Cli.Run("inspect", model).Err, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_out_of_all_reach_has_no_likelihood()
    {
        string data = Data("a\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{(i % 2 * 50) + (i * 7 % 11)}\n"))),
            model = Place("m.json");
        Assert.Equal(0, Cli.Run("mixture", data, "--out", model).Code);
        var (code, _, error) = Cli.Run("evaluate", model, Data("a\n1e300\n", "far.csv"));
        Assert.Equal(2, code);
        Assert.Contains("density 0 in floating point", error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, true);
}
