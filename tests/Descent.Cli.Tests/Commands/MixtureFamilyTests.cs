using System.Globalization;
using System.Text.Json;
using Descent.Fitting;
using Descent.Fitting.Mixtures;

namespace Descent.Cli.Tests.Commands;

/// <summary>Regressions, factors and hidden Markov chains by <c>descent mixture</c>: fit, save, predict, evaluate, report,
/// refusals.</summary>
public sealed class MixtureFamilyTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent-families-").FullName;

    static string Known(string name) => Path.Combine(Cli.Root, "tests", "Descent.Mixtures.Tests", name);

    public void Dispose() => Directory.Delete(folder, true);

    string Place(string name) => Path.Combine(folder, name);

    string Data(string text, string name = "d.csv")
    {
        File.WriteAllText(Place(name), text);
        return Place(name);
    }

    static double[] Numbers(JsonElement e) => [.. e.EnumerateArray().Select(v => v.GetDouble())];

    static double[] Flat(JsonElement r, string name) =>
        [.. r.GetProperty("parameters").GetProperty(name).EnumerateArray().SelectMany(Numbers)];

    static double[] Errors(JsonElement r, string name) => [.. r.GetProperty("estimates").EnumerateArray()
        .Where(e => e.GetProperty("name").GetString() == name).Select(e => e.GetProperty("standardError").GetDouble())];

    static void Near(double[] expected, double[] found, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], tolerance * (1 + Math.Abs(expected[i])));
    }

    static double[][] Rows(string csv) => [.. csv.TrimEnd().Split('\n')[1..].Select(l =>
        l.Split(',').Select(w => double.Parse(w, CultureInfo.InvariantCulture)).ToArray())];

    // chain.csv: two sequences of 150 and 250 rows from three states, by Park and Miller's generator (seed 20), its uniforms through qnorm.
    // R 4.2.2: the forward likelihood written out, optim(BFGS, reltol = 1e-16) and nlm on it in turn from the truth, six times; errors by
    // optimHess(ndeps = 1e-3).
    [Fact]
    public void A_chain_of_two_columns_is_the_direct_maximum()
    {
        JsonElement r = Cli.Json("mixture", Known("chain.csv"), "--family", "hmm", "--features", "a,b", "--groups", "run", "--components",
            "3", "--restarts", "4");
        Assert.Equal(-1161.37347885, r.GetProperty("logLikelihood").GetDouble(), 1e-6);
        Near([0.510486039587, 0.489513897130, 0], Numbers(r.GetProperty("weights")));
        Near([0.892961076917, 0.0745977017093, 0.0324412213739, 0.141302101587, 0.7755702737113, 0.0831276247012, 0.051764964501,
            0.1801587380234, 0.7680762974757], Flat(r, "transitions"), 1e-6);
        Near([-0.0651434743355, 4.97250803656, 3.0778327785102, 5.01913051221, 1.5916202789188, 8.00778291721], Flat(r, "means"), 1e-6);
        Near([1.484908349288, 0.319804607416, 0.408910547292, 1.022053697539, 0.600510271280, 0.575826542463], Flat(r, "variances"), 1e-6);
        Assert.True(r.GetProperty("certificate").GetProperty("localMaximum").GetBoolean());
        Near([0.0926928691031, 0.0613129327947, 0.0994218203302], Errors(r, "mean a"), 1e-4);
        Near([0.0320636056227, 0.151090710487, 0.105129336337], Errors(r, "variance b"), 1e-4);
        Assert.Equal(20, r.GetProperty("candidates")[0].GetProperty("parameters").GetInt32());
    }

    // As above, the symbols of the same file under two states.
    [Fact]
    public void A_chain_of_symbols_is_the_direct_maximum()
    {
        JsonElement r = Cli.Json("mixture", Known("chain.csv"), "--family", "hmm-discrete", "--features", "symbol", "--groups", "run",
            "--restarts", "4", "--method", "squarem");
        Assert.Equal(-402.467774066, r.GetProperty("logLikelihood").GetDouble(), 1e-7);
        Near([0.899264989567, 0.100735010433, 0.139220431375, 0.860779568625], Flat(r, "transitions"));
        Near([0.132790493587, 0.444407355219, 0.4228021511932, 0.787068840576, 0.165967951625, 0.0469632077982], Flat(r, "probabilities"));
        Assert.Equal(0.0343256008967, Errors(r, "to state 2")[0], 1e-6);
        string model = Place("m.json"), known = Known("chain.csv");
        Assert.Equal(0, Cli.Run("mixture", known, "--family", "hmm-discrete", "--features", "symbol", "--out", model).Code);
        Assert.Equal(400, Rows(Cli.Run("predict", model, known).Out).Length);
        Assert.Contains("is 3; symbols are", Cli.Run("predict", model, Data("symbol\n1\n3\n")).Err, StringComparison.Ordinal);
    }

    // Decoded states by the reading's definition: posteriors sum to one, densities given the rows before sum to ℓ.
    [Fact]
    public void A_saved_chain_decodes_sequences()
    {
        string model = Place("m.json"), page = Place("r.html"), known = Known("chain.csv");
        var (code, text, _) = Cli.Run("mixture", known, "--family", "hmm", "--features", "a,b", "--groups", "run", "--components", "3",
            "--restarts", "3", "--out", model, "--report", page);
        Assert.Equal(0, code);
        foreach (string part in new[] { "to state 3", "mean b", "2 sequences by run", "a strict local maximum" })
            Assert.Contains(part, text, StringComparison.Ordinal);
        double[][] rows = Rows(Cli.Run("predict", model, known).Out);
        Assert.Equal(-1161.37347885, rows.Sum(r => r[^1]), 1e-6);
        Assert.All(rows, r => Assert.Equal(1, r[2] + r[3] + r[4], 12));
        Assert.All(rows, r => Assert.Equal(r[1], r[1 + (int)r[0]]));
        // The path is best of all: no posterior argmax of a row that is all but sure differs from it.
        Assert.All(rows.Where(r => r.Skip(2).Take(3).Max() > 0.99), r => Assert.True(r[1] > 0.99));
        Assert.Contains("mean log p = -2.9034", Cli.Run("evaluate", model, known).Out, StringComparison.Ordinal);
        Assert.Contains("hmm model of 3 states", Cli.Run("inspect", model).Out, StringComparison.Ordinal);
        string html = File.ReadAllText(page);
        foreach (string part in new[] { "Hidden Markov chain of a, b", "a by state", "to state 1", "Responsibility" })
            Assert.Contains(part, html, StringComparison.Ordinal);
        SavedMixture saved = SavedMixture.Load(model);
        Assert.Equal([0, 2], saved.Decode([0, 5, 1.6, 8]).Path);
    }

    // R 4.2.2, as FiniteMixtureTests: the columns there are in thousands, here in francs.
    [Fact]
    public void Two_Engel_curves_are_the_reference()
    {
        string model = Place("m.json");
        string[] asked = ["mixture", Known("engel.csv"), "--family", "regression", "--target", "foodexp", "--method", "squarem"];
        JsonElement r = Cli.Json([.. asked, "--out", model, "--report", Place("r.html")]);
        Assert.Equal(244.782804776 - (235 * Math.Log(1000)), r.GetProperty("logLikelihood").GetDouble(), 1e-6);
        Near([17.7236393809, 0.659943498433, 226.438015627, 0.359676452344], Flat(r, "coefficients"), 1e-6);
        Near([4150.99302986, 7010.71266528], Flat(r, "variance"), 1e-6);
        Near([0.0133778870, 0.0164630534], Errors(r, "income"), 1e-6);
        double[][] with = Rows(Cli.Run("predict", model, Known("engel.csv")).Out);
        Assert.Equal(r.GetProperty("logLikelihood").GetDouble(), with.Sum(w => w[4]), 1e-6);
        var (code, without, _) = Cli.Run("predict", model, Data("income\n1000\n"));
        Assert.Equal(0, code);
        Assert.StartsWith("prediction,prediction1,prediction2\n", without, StringComparison.Ordinal);
        double first = 17.7236393809 + 659.943498433, second = 226.438015627 + 359.676452344;
        Near([(0.646585183023 * first) + (0.353414816977 * second), first, second], Rows(without)[0], 1e-6);
        Assert.Contains("income", File.ReadAllText(Place("r.html")), StringComparison.Ordinal);
        Assert.Contains("has no column 'foodexp'", Cli.Run("evaluate", model, Place("d.csv")).Err, StringComparison.Ordinal);
        SavedMixture saved = SavedMixture.Load(model);
        Near(Rows(without)[0], saved.Predictions([1000]), 1e-12);
        Assert.Equal(["income", "foodexp"], saved.Columns);
        Assert.Equal(with[0][2], saved.Responsibilities([420.157650843928, 255.839424594576])[0], 1e-12);
    }

    // R 4.2.2: set.seed(14) and the rest as FiniteMixtureTests says, whose data this is.
    [Fact]
    public void Two_logistic_curves_with_trials_are_the_reference()
    {
        string[] doses = ("-0.98 0.55 1.83 0.21 1.93 0.05 1.73 -0.29 -0.06 -0.47 1.56 -1.34 -0.1 1.4 1.43 0.96 -0.59 0.69 1.41 0.38 "
            + "-0.6 -0.32 0.47 0.76 1 0.48 -0.46 0.09 0.75 -1.69 1.25 -1.45 1.88 0.62 1.79 -1.5 0.22 -0.12 1.45 0.46")
            .Split(' ');
        string[] more = ("-1.59 1.85 -0.31 -0.19 0.22 -1.15 -0.44 -1.14 1.04 0.75 -1.11 -1.4 1.7 -1.97 1.2 -1.59 -0.62 1.16 -1.69 0.1 "
            + "-1.69 0.54 -0.51 -0.2 0.45 -1.49 1.06 1.43 0.67 -0.33 -0.55 1.01 0.47 0.42 -0.41 0.87 1.62 0.53 0.03 0.58")
            .Split(' ');
        const string Successes = "4 0 9 3 1 6 0 3 2 5 2 4 2 10 10 10 5 4 0 8 5 4 10 7 0 0 5 3 1 8 10 2 0 2 0 6 8 5 0 10 "
            + "4 1 4 4 2 4 0 5 1 10 6 8 3 2 0 1 4 9 8 9 4 2 1 3 7 1 9 2 3 3 2 0 1 3 6 1 0 10 3 9";
        string[] x = [.. doses, .. more], y = Successes.Split(' ');
        string data = Data("dose,deaths,m\n" + string.Concat(x.Zip(y, (a, b) => $"{a},{b},10\n"))), model = Place("m.json");
        JsonElement r = Cli.Json("mixture", data, "--family", "logistic-regression", "--target", "deaths", "--trials", "m", "--out", model);
        Assert.Equal(-164.137004327, r.GetProperty("logLikelihood").GetDouble(), 1e-6);
        Near([0.657150373, 0.342849627], Numbers(r.GetProperty("weights")));
        Near([-1.05774708, -0.951866181, 1.013025598, 1.557699204], Flat(r, "coefficients"));
        double[][] rows = Rows(Cli.Run("predict", model, data).Out);
        Assert.Equal(-164.137004327, rows.Sum(w => w[4]), 1e-6);
        Assert.Equal(1 / (1 + Math.Exp(1.05774708)), Rows(Cli.Run("predict", model, Data("dose\n0\n")).Out)[0][1], 1e-6);
        Assert.Equal(2, Cli.Run("predict", model, Data("dose,deaths\n0,1\n")).Code);
    }

    // R 4.2.2: factanal(wine, 3, rotation = "none", control = list(opt = list(factr = 10))): loadings and uniquenesses of standardised
    // columns; there too ΛᵀΨ⁻¹Λ is diagonal, but factors are ordered by Σ λ². Probabilistic PCA by the closed form, as FactorModelTests.
    [Fact]
    public void Three_factors_of_wine_are_factanal()
    {
        string model = Place("m.json"), page = Place("r.html");
        JsonElement r = Cli.Json("mixture", Known("wine.csv"), "--header", "yes", "--family", "factor", "--components", "3", "--method",
            "squarem", "--restarts",
            "3", "--out", model, "--report", page);
        Assert.Equal(-3414.1359635904, r.GetProperty("logLikelihood").GetDouble(), 1e-5);
        double[] loadings = Flat(r, "loadings"), unique = Flat(r, "variances");
        double[] size = [.. Enumerable.Range(0, 13).Select(c => Math.Sqrt(unique[c] + Enumerable.Range(0, 3).Sum(j =>
            loadings[(j * 13) + c] * loadings[(j * 13) + c])))];
        Near([0.387510229, 0.726532274, 0.521634765], [.. Enumerable.Range(0, 3).Select(c => unique[c] / (size[c] * size[c]))]);
        Near([0.3183655, -0.4536883, -0.0640087, -0.6279094], [.. Enumerable.Range(0, 4).Select(c => loadings[c] / size[c])], 1e-4);
        Near([0.6752875, 0.2595259, 0.4803776, 0.0847663], [.. Enumerable.Range(0, 4).Select(c => loadings[26 + c] / size[c])], 1e-4);
        Near([-0.2347763, -0.0167620, 0.4934627, 0.7250512], [.. Enumerable.Range(0, 4).Select(c => loadings[13 + c] / size[c])], 1e-4);
        string csv = Cli.Run("predict", model, Known("wine.csv")).Out;
        Assert.StartsWith("log_density,score1,score2,score3\n", csv, StringComparison.Ordinal);
        double[][] rows = Rows(csv);
        Assert.Equal(-3414.1359635904, rows.Sum(w => w[0]), 1e-5);
        Assert.Equal(0, rows.Average(w => w[1]), 1e-6);
        Assert.Contains("Loadings of the columns", File.ReadAllText(page), StringComparison.Ordinal);
        SavedMixture saved = SavedMixture.Load(model);
        double[] wine = [.. File.ReadLines(Known("wine.csv")).ElementAt(1).Split(',').Select(w => double.Parse(w,
            CultureInfo.InvariantCulture))];
        Near(rows[0][1..], saved.Scores(wine), 1e-12);
        Assert.Contains("allocates no rows", Assert.Throws<FitException>(() => saved.Responsibilities(wine)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Probabilistic_PCA_chooses_its_factors()
    {
        JsonElement r = Cli.Json("mixture", Cli.Sample("iris.csv"), "--exclude", "species", "--family", "ppca", "--components", "1..3",
            "--method", "squarem", "--restarts", "2");
        Assert.Equal(-404.9627801561, r.GetProperty("candidates")[1].GetProperty("logLikelihood").GetDouble(), 1e-6);
        // p = d + dq − q(q − 1)/2 + 1.
        Assert.Equal([9, 12, 14], r.GetProperty("candidates").EnumerateArray().Select(c => c.GetProperty("parameters").GetInt32()));
    }

    // Duplicated rows and weights of two are one likelihood, whatever the family; expected from the definition.
    [Theory]
    [InlineData("gaussian", "x,y", "")]
    [InlineData("t", "x", "")]
    [InlineData("poisson", "n", "")]
    [InlineData("bernoulli", "b,c", "")]
    [InlineData("regression", "x", "y")]
    [InlineData("logistic-regression", "x", "b")]
    [InlineData("factor", "x,y,z", "")]
    public void A_weight_of_two_is_a_row_given_twice(string family, string features, string target)
    {
        Random random = new(3);
        List<string> once = [], twice = [];
        for (int i = 0; i < 60; i++)
        {
            double u = random.NextDouble() * 4, v = u + random.NextDouble(), z = u - (2 * random.NextDouble());
            string row = FormattableString.Invariant($"{u:0.000},{v:0.000},{z:0.000},{random.Next(9)},{random.Next(2)},{random.Next(2)}");
            once.Add(FormattableString.Invariant($"{row},{1 + (i % 2)}\n"));
            for (int k = 0; k <= i % 2; k++) twice.Add(row + ",1\n");
        }
        string[] asked = ["--family", family, "--features", features, "--components", "1", "--restarts", "1", "--method",
            family == "factor" ? "squarem" : "em", .. target.Length > 0 ? (string[])["--target", target] : []];
        const string Head = "x,y,z,n,b,c,w\n";
        JsonElement a = Cli.Json(["mixture", Data(Head + string.Concat(once)), .. asked, "--weight-col", "w"]);
        JsonElement b = Cli.Json(["mixture", Data(Head + string.Concat(twice), "e.csv"), .. asked]);
        JsonElement plain = Cli.Json(["mixture", Place("d.csv"), .. asked]);
        double found = a.GetProperty("logLikelihood").GetDouble();
        Assert.Equal(b.GetProperty("logLikelihood").GetDouble(), found, 1e-6);
        Assert.True(Math.Abs(found - plain.GetProperty("logLikelihood").GetDouble()) > 1);
        Assert.Equal(b.GetProperty("candidates")[0].GetProperty("bic").GetDouble(),
            a.GetProperty("candidates")[0].GetProperty("bic").GetDouble(),
            1e-5);
    }

    // References as above: online and stochastic EM and gradients end near the maximum of EM, never above, and say how far an EM step
    // moves.
    [Theory]
    [InlineData("online", 1e-3)]
    [InlineData("stochastic", 0.02)]
    [InlineData("sgd", 0.05)]
    public void Methods_in_mini_batches_come_near_the_maximum(string method, double within)
    {
        JsonElement r = Cli.Json("mixture", Known("quakes-stations.csv"), "--family", "poisson", "--method", method, "--restarts", "2",
            "--batch", "200");
        Assert.InRange(-4965.961032 - r.GetProperty("logLikelihood").GetDouble(), -1e-6, within);
        Assert.Equal(0, r.GetProperty("exitCode").GetInt32());
        Assert.Contains("in mini-batches of 200 rows; one more EM step moves", r.GetProperty("sentence").GetString(),
            StringComparison.Ordinal);
        Assert.Equal(method, r.GetProperty("method").GetString());
    }

    // MASS::fitdistr(galaxies/1000, "t"), R 4.2.2: −226.459840514, ν = 1.8598559170; the data here is in km/s.
    [Theory]
    [InlineData("ecm")]
    [InlineData("ecme")]
    public void Conditional_maximisations_end_at_the_fit_of_R(string method)
    {
        JsonElement r = Cli.Json("mixture", Known("galaxies.csv"), "--family", "t", "--components", "1", "--restarts", "1", "--method",
            method);
        Assert.Equal(-226.459840514 - (82 * Math.Log(1000)), r.GetProperty("logLikelihood").GetDouble(), 1e-5);
        Assert.Equal(1.8598559170, Flat(r, "degreesOfFreedom")[0], 1e-4);
    }

    public static TheoryData<int, string, string, string> Wrong { get; } = new()
    {
        { 1, "a regression mixture explains a target by the other columns; name it in --target", "a,b\n1,2\n2,3\n4,1\n",
            "--family regression" },
        { 1, "--target means nothing to a gaussian mixture", "a,b\n1,2\n2,3\n4,1\n", "--target b" },
        { 1, "--trials means nothing to a regression mixture", "a,b\n1,2\n2,3\n4,1\n", "--family regression --target a --trials b" },
        { 1, "--weight-col means nothing to a hmm model", "a,b\n1,2\n2,3\n4,1\n", "--family hmm --weight-col b" },
        { 1, "--groups tells the sequences of a chain apart", "a,b\n1,2\n2,3\n4,1\n", "--groups b" },
        { 1, "--batch means nothing to --method em", "a,b\n1,2\n2,3\n4,1\n", "--batch 3" },
        { 1, "--batch is 0; expected at least 1", "a,b\n1,2\n2,3\n4,1\n", "--batch 0 --method online" },
        { 1, "--method ecm means nothing to a gaussian mixture", "a,b\n1,2\n2,3\n4,1\n", "--method ecm" },
        { 1, "--method stochastic means nothing to a t mixture", "a,b\n1,2\n2,3\n4,1\n", "--family t --method stochastic" },
        { 1, "--method online means nothing to a hmm mixture: it takes whole sequences", "a\n1\n2\n4\n", "--family hmm --method online" },
        { 1, "--method online means nothing to a logistic-regression mixture", "a,b\n1,0\n2,1\n",
            "--family logistic --target b --method online" },
        { 1, "--method is 'newton'; expected one of em, squarem, anderson, ecm, ecme, online, stochastic, sgd", "a\n1\n2\n",
            "--method newton" },
        { 1, "4 columns tell at most 1 factor", "a,b,c,d\n1,2,5,4\n2,3,1,9\n4,1,2,2\n5,5,1,0\n7,1,1,2\n", "--family factor" },
        { 1, "--target: there is no column 'z'", "a,b\n1,2\n2,3\n4,1\n", "--family regression --target z" },
        { 1, "takes numbers, not levels", "a,b\n1,2\n2,3\n4,1\n", "--family logistic --target b=2" },
        { 2, "column 'b': found 'no', expected a number", "a,b\n1,no\n2,yes\n4,no\n", "--family logistic --target b" },
        { 2, "row 2, column 'b': holds 2; a logistic-regression mixture needs 0 or 1 (counts need --trials)",
            "a,b\n1,0\n2,2\n3,1\n5,0\n6,1\n",
            "--family logistic --target b" },
        { 2, "row 3, column 'b': holds 4; a logistic-regression mixture needs a whole number of successes",
            "a,b,m\n1,0,3\n2,2,3\n3,4,3\n5,0,3\n",
            "--family logistic --target b --trials m" },
        { 2, "row 1, column 'm': holds 0", "a,b,m\n1,0,0\n2,2,3\n3,1,3\n5,0,3\n", "--family logistic --target b --trials m" },
        { 2, "all 5 rows have a share of 0", "a,b\n1,0\n2,0\n3,0\n5,0\n6,0\n", "--family logistic --target b" },
        { 2, "column 'b': holds 7 in all 5 rows", "a,b\n1,7\n2,7\n3,7\n5,7\n6,7\n", "--family regression --target b" },
        { 2, "need at least 4", "a,b\n1,7\n2,8\n3,7\n", "--family regression --target b" },
        { 2, "data row 3, column 'r': the rows of this sequence do not follow each other", "a,r\n1,x\n7,y\n3,x\n",
            "--family hmm --groups r" },
        { 2, "row 2, column 'a': holds 1.5; a hmm-discrete mixture needs a symbol", "a\n1\n1.5\n0\n", "--family hmm-discrete" },
        { 2, "has 2 columns to fit; the symbols of a chain are one", "a,b\n1,2\n1,0\n", "--family hmm-discrete" },
        { 2, "has one column to fit; factors are of at least 3", "a\n1\n2\n4\n", "--family factor" },
        { 2, "3 rows of 4 columns; factors need more rows than columns", "a,b,c,d\n1,2,5,4\n2,3,1,9\n4,1,2,2\n", "--family ppca" },
        { 2, "found -1, expected a weight ≥ 0", "a,w\n1,1\n2,-1\n4,1\n", "--weight-col w" },
        { 2, "all weights are 0", "a,w\n1,0\n2,0\n4,0\n", "--weight-col w" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_said_in_one_line(int code, string said, string data, string options)
    {
        var (found, output, error) = Cli.Run(["mixture", Data(data), .. options.Split(' ')]);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.Equal((code, ""), (found, output));
        Assert.Single(error.TrimEnd().Split('\n'), l => !l.Contains("read as", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"transitions\": [\n      [\n        0", "\"transitions\": [\n      [\n        9",
        "the transitions of state 1 are no probabilities")]
    [InlineData("\"family\": \"hmm\"", "\"family\": \"regression\"", "a regression mixture needs a \"target\"")]
    [InlineData("\"variances\": [\n      [\n        ", "\"variances\": [\n      [\n        -", "a variance is -")]
    [InlineData("\"components\": 2", "\"components\": 3", "2 weights for 3 components")]
    public void A_damaged_chain_is_refused_with_a_sentence(string part, string instead, string said)
    {
        string model = Place("m.json");
        Assert.Equal(0, Cli.Run("mixture", Known("faithful.csv"), "--family", "hmm", "--restarts", "1", "--out", model).Code);
        string text = File.ReadAllText(model);
        Assert.Contains(part, text, StringComparison.Ordinal);
        File.WriteAllText(model, text.Replace(part, instead, StringComparison.Ordinal));
        var (code, output, error) = Cli.Run("predict", model, Known("faithful.csv"));
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.Equal((2, ""), (code, output));
    }

    // A program's door: arrays with a target; what does not fit is said.
    [Fact]
    public void Programs_ask_in_the_same_words()
    {
        double[,] x = new double[40, 1];
        double[] y = new double[40];
        for (int i = 0; i < 40; i++) (x[i, 0], y[i]) = (i, (i % 2 == 0 ? 1 : -1) * (i + (4 * Math.Sin(i))));
        FittedMixture m = Fit.Mixture(x, y, 2);
        Assert.Equal(1, Math.Abs(m.Model.Parameters["coefficients"][0][1]), 0.2);
        Assert.Equal(-1, m.Model.Parameters["coefficients"][0][1] * m.Model.Parameters["coefficients"][1][1], 0.2);
        Assert.Contains("explains a target; give y", Assert.Throws<FitException>(() =>
            Fit.Mixture(x, 2, new MixtureSpec { Family = MixtureFamilies.Regression })).Message, StringComparison.Ordinal);
        Assert.Contains("has no target", Assert.Throws<FitException>(() => Fit.Mixture(x, y, 2, new MixtureSpec())).Message,
            StringComparison.Ordinal);
        Assert.Contains("no sequences", Assert.Throws<FitException>(() => m.Model.Decode([1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("no factors", Assert.Throws<FitException>(() => m.Model.Scores([1, 2])).Message, StringComparison.Ordinal);
    }

    // The second state is never left: its probability falls towards 0 with every step, along which ℓ rises for ever, if by little. That is
    // the edge of the range and no strict maximum, and the information there would give an error of 1e-5.
    [Fact]
    public void A_probability_on_its_way_to_nought_is_no_local_maximum()
    {
        const string First = "1000001100010000110101011011011110011010100110100111000100010001111110010000011001010101101111001110",
            Second = "1100011011001100011010001101110001111111111111011111101010110001100111110111111101101001111101100110";
        string path = Path.Combine(folder, "edge.csv");
        File.WriteAllText(path, "s,b\n" + string.Concat(First.Select(b => $"u,{b}\n")) + string.Concat(Second.Select(b => $"v,{b}\n")));
        JsonElement found = Cli.Json("mixture", path, "--family", "hmm-discrete", "--groups", "s");
        Assert.Contains(found.GetProperty("estimates").EnumerateArray(), e => e.GetProperty("estimate").GetDouble() is > 1e-9 and < 1e-7);
        Assert.DoesNotContain("strict local maximum", found.GetRawText(), StringComparison.Ordinal);
        foreach (JsonElement e in found.GetProperty("estimates").EnumerateArray())
            Assert.False(e.TryGetProperty("standardError", out JsonElement error) && error.ValueKind == JsonValueKind.Number, e.ToString());
    }
}
