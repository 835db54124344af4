using System.Globalization;
using System.Text.Json;

namespace Descent.Cli.Tests.References;

/// <summary>
/// Robust and clustered standard errors. The numbers are R 4.2.2's: the optimum by lm, glm (epsilon 1e-14) or reweighted least squares
/// (Huber), B = solve(crossprod(X*(w*d), X)), S = X*(w*u), h = w*d*rowSums((X %*% B)*X), errors sqrt(diag(B %*% M %*% B)) with M =
/// crossprod(S), times n/(n-p), crossprod(S/sqrt(1-h)), crossprod(S/(1-h)), and crossprod(rowsum(S, g))*G/(G-1), for lm times (n-1)/(n-p);
/// u and d the first and second derivative of the loss by the margin. statsmodels 0.13 (ols(...).fit(cov_type = 'HC0' … 'HC3', 'cluster'))
/// has the same for lm.
/// </summary>
public class RobustTests
{
    // mtcars of R: mpg, wt, hp, qsec, am, carb, cyl.
    static readonly string Cars = Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", "mtcars.csv");

    static double[] Numbers(string text) => [.. text.Split(' ').Select(t => double.Parse(t, CultureInfo.InvariantCulture))];

    static JsonElement Fit(string words) => Cli.Json(["fit", Cars, .. words.Split(' ')]);

    const string Linear = "--target mpg --features wt,hp", Logistic = "--target am --features hp,qsec --model logistic --gap 1e-13",
        Poisson = "--target carb --features wt,hp --model poisson --gap 1e-13",
        Huber = "--target mpg --features wt,hp --model huber --delta 2 --gap 1e-13",
        Weighted = "--target mpg --features wt,hp --weight-col qsec";

    [Theory]
    [InlineData(Linear, "--robust hc0", "1.938913956 0.6199275053 0.006646057908")]
    [InlineData(Linear, "--robust hc1", "2.036735002 0.6512037548 0.006981361252")]
    [InlineData(Linear, "--robust hc2", "2.077609944 0.6877654817 0.007825029398")]
    [InlineData(Linear, "--robust hc3", "2.229805403 0.7685190504 0.009385137909")]
    [InlineData(Linear, "--cluster carb", "2.413761057 0.8319061865 0.006506650184")]
    [InlineData(Linear + " --no-intercept", "--robust hc3", "1.529457236 0.02537756095")]
    [InlineData(Weighted, "--robust hc0", "1.981547385 0.6207644585 0.006696198178")]
    [InlineData(Weighted, "--robust hc1", "2.081519349 0.6520829335 0.007034031172")]
    [InlineData(Weighted, "--robust hc2", "2.12172024 0.6849821059 0.007754685038")]
    [InlineData(Weighted, "--robust hc3", "2.274872945 0.7601536535 0.009119658393")]
    [InlineData(Weighted, "--cluster carb", "2.399024183 0.8180098695 0.006198537038")]
    [InlineData(Logistic, "--robust hc0", "13.73259503 0.02173518814 0.6205169806")]
    [InlineData(Logistic, "--robust hc1", "14.42542454 0.02283176018 0.65182297")]
    [InlineData(Logistic, "--robust hc2", "14.62002186 0.02305244418 0.6621422291")]
    [InlineData(Logistic, "--robust hc3", "15.58702723 0.02445133955 0.7079431171")]
    [InlineData(Logistic, "--cluster carb", "15.94161609 0.02598630301 0.7092228785")]
    [InlineData(Poisson, "--robust hc0", "0.2140109426 0.05149756904 0.0007228956259")]
    [InlineData(Poisson, "--robust hc1", "0.2248081077 0.05409569674 0.0007593667677")]
    [InlineData(Poisson, "--robust hc2", "0.2208995037 0.0549977803 0.0008101398519")]
    [InlineData(Poisson, "--robust hc3", "0.2281732954 0.06012622477 0.0009573428988")]
    [InlineData(Poisson, "--cluster cyl", "0.4446074061 0.07331330001 0.0004389443313")]
    [InlineData(Huber, "--robust hc0", "1.715921987 0.6605809515 0.0109744602")]
    [InlineData(Huber, "--robust hc1", "1.802492762 0.6939082268 0.01152813777")]
    [InlineData(Huber, "--cluster carb", "2.434536997 0.8606905107 0.01104585679")]
    public void Errors_are_those_of_R(string fit, string errors, string expected)
    {
        JsonElement found = Fit($"{fit} {errors}");
        double[] seen = Cli.Errors(found), wanted = Numbers(expected);
        Assert.Equal(wanted.Length, seen.Length);
        for (int i = 0; i < wanted.Length; i++) Assert.Equal(wanted[i], seen[i], 1e-6 * wanted[i]);
        Assert.Equal(errors.Split(' ')[0] == "--cluster" ? "cluster" : errors.Split(' ')[1], found.GetProperty("covariance").GetString());
    }

    // Powell's sandwich in numpy 1.24 at the optimum of scipy.optimize.linprog(method = 'highs'): u the residuals, h the width of R's
    // quantreg (bandwidth.rq(tau, n, hs = TRUE) and summary.rq(se = "ker")), f = dnorm(u/h)/h, B = inv(X'fX), S = X(tau - [u <= 0]),
    // errors sqrt(diag(B S'S B)), times n/(n-p), and by clusters. At tau = 0.5 the first are those of quantreg's "ker" itself.
    const string Median = "--target mpg --features wt,hp --model absolute", Upper = "--target mpg --features wt,hp --model quantile "
        + "--tau 0.7";

    [Theory]
    [InlineData(Median, "--robust hc0", "3.4802434373 1.2727712005 0.0172385775")]
    [InlineData(Median, "--robust hc1", "3.6558268099 1.3369843694 0.0181082889")]
    [InlineData(Median, "--cluster carb", "4.1222759195 1.2526701014 0.0172673256")]
    [InlineData(Upper, "--robust hc0", "3.5651548294 1.3509623386 0.0175636119")]
    [InlineData(Upper, "--robust hc1", "3.745022106 1.4191203649 0.0184497218")]
    [InlineData(Upper, "--cluster carb", "3.5090687987 1.4949818254 0.0173117459")]
    [InlineData(Upper + " --standardize", "--robust hc0", "3.5651548294 1.3509623386 0.0175636119")]
    public void Quantiles_have_the_errors_of_Powells_sandwich(string fit, string errors, string expected)
    {
        JsonElement found = Fit($"{fit} {errors}");
        double[] seen = Cli.Errors(found), wanted = Numbers(expected);
        for (int i = 0; i < 3; i++) Assert.Equal(wanted[i], seen[i], 1e-6 * wanted[i]);
        Assert.Contains(fit == Median ? "Gaussian kernel of width 3.164" : "Gaussian kernel of width 3.254",
            found.GetProperty("covarianceWords").GetString(), StringComparison.Ordinal);
    }

    // The same numpy on engel; quantreg's documented "ker" errors at the median are 30.21532 and 0.03732.
    [SharedTheory]
    [InlineData(0.5, 30.2153158528, 0.0373170355)]
    [InlineData(0.25, 30.0330861287, 0.0363743685)]
    [InlineData(0.9, 22.6518708265, 0.0281747795)]
    public void Engel_has_the_errors_of_Powells_sandwich(double tau, double intercept, double slope)
    {
        double[] seen = Cli.Errors(Cli.Json("fit", Cli.Shared("engel.csv")!, "--target", "foodexp", "--model", "quantile", "--tau",
            tau.ToString(CultureInfo.InvariantCulture), "--robust", "hc0"));
        Assert.Equal(intercept, seen[0], 1e-6 * intercept);
        Assert.Equal(slope, seen[1], 1e-6 * slope);
    }

    // A row of frequency 2 is a row given twice, in the width of the kernel too; a row of weight 0 is not there.
    [Fact]
    public void Repeated_rows_have_the_errors_of_rows_given_as_often()
    {
        string folder = Directory.CreateTempSubdirectory().FullName, twice = Path.Combine(folder, "a.csv"), weighed = Path.Combine(folder,
            "b.csv");
        (double X, double Y, int W)[] rows = [.. Enumerable.Range(0, 40).Select(i => (i * 0.37, (i * 7919 % 41) + (0.2 * i), i % 3))];
        string Line(double x, double y, string more) => FormattableString.Invariant($"{x},{y}{more}\n");
        File.WriteAllText(twice, "x,y\n" + string.Concat(rows.SelectMany(r => Enumerable.Repeat(Line(r.X, r.Y, ""), r.W))));
        File.WriteAllText(weighed, "x,y,w\n" + string.Concat(rows.Select(r => Line(r.X, r.Y, "," + r.W))));
        string[] fit = ["--target", "y", "--model", "quantile", "--tau", "0.3", "--robust", "hc1"];
        double[] one = Cli.Errors(Cli.Json(["fit", twice, .. fit])), other = Cli.Errors(Cli.Json(["fit", weighed, .. fit, "--weight-col",
            "w", "--weights-are", "frequency"]));
        for (int i = 0; i < 2; i++) Assert.Equal(one[i], other[i], 1e-6 * one[i]);
    }

    // statsmodels 0.13.5: MNLogit(race, [1, age, lwt]).fit(tol = 1e-14, cov_type = 'HC0'); HC1 is that times n/(n - 6), the clusters are
    // cov_type = 'cluster' with use_correction = False times G/(G - 1), G = 6.
    [SharedTheory]
    [InlineData("--robust hc0")]
    [InlineData("--robust hc1")]
    [InlineData("--cluster ftv")]
    public void Classes_have_the_errors_of_statsmodels(string errors)
    {
        double[] hc0 = [1.3626935219, 0.056395477, 0.0065149212, 1.1253222796, 0.0304080079, 0.0076037794], clusters = [0.721425827,
            0.0502799928, 0.0036627623, 0.8565403188, 0.0447597974, 0.0079214555];
        double[] seen = Cli.Errors(Cli.Json(["fit", Cli.Shared("birthwt.csv")!, "--target", "race", "--features", "age,lwt", "--model",
            "softmax", "--gap", "1e-13", .. errors.Split(' ')]));
        Assert.Equal(6, seen.Length);
        for (int i = 0; i < 6; i++)
        {
            double wanted = errors switch
            {
                "--robust hc0" => hc0[i],
                "--robust hc1" => hc0[i] * Math.Sqrt(189.0 / 183),
                _ => clusters[i] * Math.Sqrt(6.0 / 5),
            };
            Assert.Equal(wanted, seen[i], 1e-6 * wanted);
        }
    }

    [Fact]
    public void Residuals_without_spread_have_no_density()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "x.csv");
        File.WriteAllText(file, "y,x\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{(i % 8 == 0 ? i : 3)},{i}\n")));
        Assert.Contains("density at the quantile cannot be seen", Cli.Json("fit", file, "--target", "y", "--model", "absolute", "--robust",
            "hc0").GetProperty("noStandardErrors").GetString(), StringComparison.Ordinal);
    }

    // What scaling the columns inside, and other methods, do to the point, the errors do not see.
    [Theory]
    [InlineData("--standardize")]
    [InlineData("--method lbfgs --gap 1e-13 --epochs 5000")]
    public void Errors_do_not_depend_on_the_way_to_the_optimum(string how)
    {
        double[] wanted = Numbers("2.229805403 0.7685190504 0.009385137909"), seen = Cli.Errors(Fit($"{Linear} --robust hc3 {how}"));
        for (int i = 0; i < wanted.Length; i++) Assert.Equal(wanted[i], seen[i], 1e-5 * wanted[i]);
    }

    // statsmodels: ols('mpg ~ wt + hp').fit(cov_type = 'cluster', groups = carb, use_t = True).pvalues, 5 degrees of freedom.
    [Fact]
    public void Clusters_give_students_degrees_of_freedom()
    {
        JsonElement[] lines = [.. Fit($"{Linear} --cluster carb").GetProperty("coefficients").EnumerateArray()];
        double[] p = [2.08019300e-05, 5.52523016e-03, 4.54052575e-03];
        for (int i = 0; i < 3; i++) Assert.Equal(p[i], lines[i].GetProperty("p").GetDouble(), 1e-6 * p[i]);
    }

    [SharedTheory]
    [InlineData("hc0", 46.44883449, 0.05177241)]
    [InlineData("hc1", 46.64775974, 0.05199414)]
    [InlineData("hc2", 52.66244496, 0.05849045)]
    [InlineData("hc3", 59.95527421, 0.06638955)]
    public void Engel_has_the_errors_of_R(string kind, double intercept, double slope)
    {
        // Koenker and Bassett's engel; statsmodels OLS cov_type gives the same.
        double[] seen = Cli.Errors(Cli.Json("fit", Cli.Shared("engel.csv")!, "--target", "foodexp", "--robust", kind));
        Assert.Equal(intercept, seen[0], 1e-6 * intercept);
        Assert.Equal(slope, seen[1], 2e-7 * slope + 5e-9);
    }

    [Fact]
    public void It_is_said_which_covariance_it_is_in_text_page_and_model()
    {
        string folder = Directory.CreateTempSubdirectory().FullName, model = Path.Combine(folder, "m.json");
        string page = Path.Combine(folder, "r.html");
        var (code, output, error) = Cli.Run(["fit", Cars, .. Linear.Split(' '), "--cluster", "carb", "--out", model, "--report", page]);
        Assert.True(code == 0, error);
        const string Words = "clustered by 'carb', 6 clusters, times G/(G − 1)·(n − 1)/(n − p)";
        Assert.Contains("Standard errors: " + Words + "\n", output, StringComparison.Ordinal);
        Assert.Contains("Standard errors: clustered by", File.ReadAllText(page), StringComparison.Ordinal);
        using JsonDocument saved = JsonDocument.Parse(File.ReadAllText(model));
        Assert.Equal("cluster carb", saved.RootElement.GetProperty("options").GetProperty("covariance").GetString());
        Assert.Contains("Standard errors: HC3, White",
            Cli.Run(["fit", Cars, .. Linear.Split(' '), "--robust", "hc3"]).Out, StringComparison.Ordinal);
        // The model does not need the clusters to predict.
        string bare = Path.Combine(folder, "new.csv");
        File.WriteAllText(bare, "wt,hp\n2.62,110\n");
        Assert.Equal(0, Cli.Run("predict", model, bare).Code);
    }

    // A sandwich does not rest on the dispersion, so nothing is wrong with it.
    [Fact]
    public void Overdispersed_counts_are_warned_of_only_where_the_errors_rest_on_it()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "x.csv");
        File.WriteAllText(file, "y,x\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{(i % 4 == 0 ? 30 : i % 3)},{i}\n")));
        string[] fit = ["fit", file, "--target", "y", "--model", "poisson"];
        Assert.Contains("Overdispersion", Cli.Run(fit).Out, StringComparison.Ordinal);
        string robust = Cli.Run([.. fit, "--robust", "hc1"]).Out;
        Assert.DoesNotContain("Overdispersion", robust, StringComparison.Ordinal);
        Assert.Contains("the standard errors do not rest on it", robust, StringComparison.Ordinal);
    }

    // Clusters are those of the rows that train, as the rows are.
    [Fact]
    public void Held_out_rows_are_in_no_cluster()
    {
        JsonElement found = Fit($"{Linear} --cluster carb --valid 0.25");
        Assert.Equal(3, Cli.Errors(found).Length);
        Assert.Contains("clustered by 'carb'", found.GetProperty("covarianceWords").GetString(), StringComparison.Ordinal);
    }

    // Without `--features` all columns but the clusters are used.
    [Fact]
    public void Clusters_are_no_feature()
    {
        JsonElement found = Fit("--target mpg --cluster carb --exclude cyl");
        Assert.Equal(["(Intercept)", "wt", "hp", "qsec", "am"],
            found.GetProperty("coefficients").EnumerateArray().Select(c => c.GetProperty("name").GetString()!));
    }

    [Theory]
    [InlineData("'carb' is named in --features and in --cluster", "--target mpg --features wt,carb --cluster carb")]
    [InlineData("--cluster names the target 'mpg'", "--target mpg --cluster mpg")]
    [InlineData("there is no column 'owner'", "--target mpg --cluster owner")]
    [InlineData("--cluster says which standard errors are meant; leave --robust out", "--target mpg --cluster carb --robust hc1")]
    [InlineData("--robust is 'hc4'; expected hc0, hc1, hc2 or hc3", "--target mpg --robust hc4")]
    [InlineData("--robust means nothing to --model hinge, which has kinks", "--target am --features wt --model hinge --robust hc0")]
    [InlineData("--robust hc2 means nothing to --model quantile, whose loss has no curvature",
        "--target mpg --features wt --model quantile --robust hc2")]
    [InlineData("--robust hc3 means nothing to --model absolute, whose loss has no curvature",
        "--target mpg --features wt --model absolute --robust hc3")]
    [InlineData("--robust hc2 means nothing to --model softmax, whose rows have a margin a class",
        "--target cyl --features wt --model softmax --robust hc2")]
    [InlineData("--robust hc3 means nothing to --model huber, whose rows beyond δ",
        "--target mpg --features wt --model huber --robust hc3")]
    [InlineData("--robust and --dispersion estimated are two answers",
        "--target carb --features wt --model poisson --dispersion estimated --robust hc0")]
    public void What_cannot_be_done_is_refused_in_one_line(string said, string words)
    {
        var (code, _, error) = Cli.Run(["fit", Cars, .. words.Split(' ')]);
        Assert.Equal(1, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a penalty biases the estimates", "--target mpg --features wt,hp --l2 0.1 --robust hc1")]
    [InlineData("a penalty biases the estimates", "--target mpg --features wt,hp --l1 0.1 --cluster carb")]
    public void Where_standard_errors_mean_nothing_the_reason_is_the_same(string said, string words)
    {
        JsonElement found = Fit(words);
        Assert.Contains(said, found.GetProperty("noStandardErrors").GetString(), StringComparison.Ordinal);
        Assert.False(found.TryGetProperty("covariance", out _));
    }

    // The only row with z = 1 is fitted exactly: leverage 1.
    [Fact]
    public void A_row_of_leverage_one_is_said()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "x.csv");
        File.WriteAllText(file, "y,x,z\n1,1,0\n2.5,2,0\n2.7,3,0\n4.4,4,0\n9,5,1\n");
        Assert.Contains("a row has leverage 1, where HC3 divides by zero", Cli.Json("fit", file, "--target", "y", "--robust", "hc3")
            .GetProperty("noStandardErrors").GetString(), StringComparison.Ordinal);
        Assert.Equal(3, Cli.Errors(Cli.Json("fit", file, "--target", "y", "--robust", "hc1")).Length);
    }

    [Fact]
    public void Separated_classes_and_one_cluster_have_none()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "x.csv");
        File.WriteAllText(file, "y,x,g\n0,1,a\n0,2,a\n1,3,a\n1,4,a\n");
        Assert.Contains("infinite", Cli.Json("fit", file, "--target", "y", "--features", "x", "--model", "logistic", "--robust", "hc0")
            .GetProperty("noStandardErrors").GetString(), StringComparison.Ordinal);
        Assert.Contains("all rows are one cluster",
            Cli.Json("fit", file, "--target", "y", "--features", "x", "--model", "linear", "--cluster", "g")
            .GetProperty("noStandardErrors").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_ask_in_the_same_words()
    {
        FitSpec spec = new(new DataSpec([Cars]) { Target = "mpg", Features = ["wt", "hp"] }, new ModelSpec { Robust = RobustErrors.HC3 });
        Fitting.Fit fit = Fitting.Fit.Of(spec);
        Assert.Equal(0.7685190504, fit.Coefficients[1].StandardError, 1e-6);
        Assert.StartsWith("HC3", fit.Covariance, StringComparison.Ordinal);
    }
}
