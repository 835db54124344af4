using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Descent.Cli.Tests.Commands;

public sealed class CommandTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent").FullName;

    string In(string name) => Path.Combine(folder, name);

    [Fact]
    public void A_saved_model_predicts_evaluates_and_is_inspected()
    {
        string model = In("m.json"), predictions = In("p.csv");
        Assert.Equal(0,
            Cli.Run("fit", Cli.Sample("iris.csv"), "--target", "species=setosa", "--features", "sepal_length", "--out", model).Code);
        Assert.Equal(0, Cli.Run("predict", model, Cli.Sample("iris.csv"), "--out", predictions).Code);
        string[] lines = File.ReadAllLines(predictions);
        Assert.Equal((151, "predicted,probability"), (lines.Length, lines[0]));
        // σ(27.828521 − 5.175698·5.1) for the first flower.
        Assert.Equal(1 / (1 + Math.Exp(-(27.828521 - (5.175698 * 5.1)))),
            double.Parse(lines[1].Split(',')[1], CultureInfo.InvariantCulture), 1e-5);
        Assert.Contains("0.893333 (16 of 150 wrong)", Cli.Run("evaluate", model, Cli.Sample("iris.csv")).Out, StringComparison.Ordinal);
        Assert.Contains("logistic model of species", Cli.Run("inspect", model).Out, StringComparison.Ordinal);
    }

    // scikit-learn 1.2.1 on the probabilities: roc_auc_score, average_precision_score, brier_score_loss; at 0.2 precision_score,
    // recall_score, f1_score and confusion_matrix.
    [Fact]
    public void Two_classes_are_ranked_and_cut_at_a_threshold()
    {
        string model = In("m.json"), linear = In("l.json"), iris = Cli.Sample("iris.csv");
        Cli.Run("fit", iris, "--target", "species=setosa", "--features", "sepal_length", "--out", model);
        string text = Cli.Run("evaluate", model, iris, "--threshold", "0.2", "--calibration", "5").Out;
        Assert.Contains("AUC 0.958600, average precision 0.900359, Brier score 0.074316", text, StringComparison.Ordinal);
        Assert.Contains("0.2 for setosa: precision 0.723077, recall 0.940000, specificity 0.820000, F1 0.817391", text,
            StringComparison.Ordinal);
        Assert.Contains("accuracy 0.860000 (21 of 150 wrong)", text, StringComparison.Ordinal);
        Assert.Contains("mean predicted P(setosa)", text, StringComparison.Ordinal);
        JsonElement json = Cli.Json("evaluate", model, iris, "--calibration", "5").GetProperty("classes");
        Assert.Equal(150, json.GetProperty("calibration").EnumerateArray().Sum(g => g.GetProperty("rows").GetInt32()));
        Assert.Equal(0.5, json.GetProperty("threshold").GetDouble());
        Cli.Run("fit", iris, "--target", "petal_length", "--out", linear);
        var (code, _, error) = Cli.Run("evaluate", linear, iris, "--threshold", "0.2");
        Assert.Equal(1, code);
        Assert.Contains("for models of two classes; this is a linear model", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspecting_a_table_lists_its_columns()
    {
        string text = Cli.Run("inspect", Cli.Sample("iris.csv")).Out;
        Assert.Contains("150 rows, 5 columns", text, StringComparison.Ordinal);
        Assert.Matches(@"species +text +0 .*3: setosa, versicolor, virginica", text);
    }

    [Fact]
    public void Methods_lists_the_catalogue()
    {
        string text = Cli.Run("methods").Out;
        foreach (CatalogueEntry e in Catalogue.All) Assert.Matches($@"(?m)^{e.Name} +{e.Id}", text);
        foreach (Procedure p in Catalogue.Procedures) Assert.Matches($@"(?m)^{p.Name} +{p.Id} ", text);
    }

    [Fact]
    public void A_procedure_is_shown_in_full()
    {
        var (code, text, _) = Cli.Run("methods", "simulated-annealing");
        Assert.Equal(0, code);
        Assert.StartsWith("Simulated annealing (M40; P, example 19.3; ", text, StringComparison.Ordinal);
        Assert.Contains("run by        descent anneal, class Descent.SimulatedAnnealing", text, StringComparison.Ordinal);
    }

    public static TheoryData<string> MethodNames => [.. Catalogue.All.Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(MethodNames))]
    public void Every_method_of_the_catalogue_fits(string method)
    {
        CatalogueEntry entry = Catalogue.Find(method)!;
        List<string> arguments = ["fit", Cli.Sample("iris.csv"), "--target", "petal_length", "--features", "petal_width", "--model",
            method == "interior-point" ? "absolute" : "linear", "--method", method, "--standardize"];
        // Steps in the unit of the parameters, which lie within 4 of zero here:
        // 0.05 gets there in the default budget, and shrinks to end close.
        bool own = entry.Step is { FromSmoothness: false } step && step.Of(new MethodSettings(entry)) != 1;
        if (method is "adagrad" or "ftrl") arguments.AddRange(["--lr", "0.5"]);
        else if (own) arguments.AddRange(["--lr", "0.05", "--schedule", "linear"]);
        if (method == "muon") arguments.AddRange(["--set", "ratio=1"]);
        if (method == "ademamix") arguments.AddRange(["--set", "beta3=0.99"]);
        // These need to know μ, so every parameter is penalised, a little.
        bool strongly = method is "accelerated" or "accelerated-restarts" or "projected-sgd" or "sdca";
        if (strongly) arguments.AddRange(["--l2", "0.001", "--penalize-intercept"]);
        JsonElement fit = Cli.Json([.. arguments]);
        Assert.Equal(method, fit.GetProperty("method").GetString());
        bool exact = entry.ReducesVariance || !entry.CanSample;
        // R's lm: 2.22994; the penalty moves it by 0.002.
        if (method != "interior-point") Assert.Equal(2.22994, Cli.Estimates(fit)[1], method switch
        {
            // Line search on samples trusts single batches, and the noise here is large;
            // a small μ makes the first steps 1/(μt) far too long.
            "sls" => 0.4,
            "projected-sgd" or "sophia" or "prodigy" => 0.2,
            _ => strongly ? 0.02 : exact ? 1e-3 : 0.15,
        });
        Assert.NotEqual("Diverged", fit.GetProperty("outcome").GetString());
    }

    [Fact]
    public void The_worked_examples_give_their_numbers()
    {
        string text = Cli.Run("gallery", "E1", "E2", "E3", "E4", "E6", "E7", "E8", "E9", "E10", "E11", "E13", "gradient", "phases",
            "variance", "adam", "sde", "score", "tails", "--report", In("g.html")).Out;
        Assert.Matches(@"intercept after 40 steps +1\.3 +1\.25728 +1\.25728", text);
        Assert.Matches(@"slope after 40 steps +2\.0 +2\.02783 +2\.02783", text);
        Assert.Matches(@"intercept after 20 000 steps +28 +27\.7444 +27\.74", text);
        Assert.Matches(@"intercept, batch 5 .* 27\.\d \(cycle", text);
        Assert.Matches(@"GD: F − F\* after 120 steps +figure 1 +(\S+) +\1", text);
        Assert.Matches(@"GD: F − F\* after 50 epochs, η = 1/H .* (\S+) +\1\s", text);
        Assert.Matches(@"λ = 0\.99 +1/\(1−λ\) +100 +100\s", text);
        Assert.Matches(@"heavy ball: the same at the best η, λ .* = 0\.818182 +0\.819", text);
        Assert.Matches(@"cubic-regularised Newton from \(0, 0\): \|y\| .* √2 +1\.41421", text);
        Assert.Matches(@"one-hot with p ∝ 1/i², d = 100, T = 10⁵ +C 16 +1283 +12[789]\d", text);
        // Slopes between η = 1/4 and 1/32 of |e^−1 − (1 − η)^(1/η)| and of |e^−(1 + η/2) − (1 − η)^(1/η)|: 1.0479 and 2.0314.
        Assert.Matches(@"order of the weak error of E x +1 +1\.05 +1\.05\s", text);
        Assert.Matches(@"the same with the drift of .* +2 +2\.03 +2\.03\s", text);
        // Near the end a cycle gains so little that rounding of ℓ moves the count by some.
        (string, int, int)[] counts = [("EM = ECM", 884, 9), ("PX-EM", 884, 9), ("ECME", 25, 0), ("PX-ECME", 24, 0)];
        foreach ((string name, int cycles, int within) in counts)
        {
            string pattern = $@"n = 200, {name}: steps .* {cycles} +(\d+) \| \d+, ";
            string found = System.Text.RegularExpressions.Regex.Match(text, pattern).Groups[1].Value;
            Assert.InRange(int.Parse(found, CultureInfo.InvariantCulture), cycles - within, cycles + within);
        }
        Assert.Matches(@"galaxies, n = 82, EM = ECM: .* 63 +63 \| \d+, ", text);
        Assert.Matches(@"galaxies, n = 82, PX-ECME: .* 24 +24 \| \d+, ", text);
        Assert.Matches(@"Adam: weights of gradients 0, 15, 29 .* 5\.7311, 4\.09746, 0\.567846 +5\.7311, 4\.09746, 0\.567846", text);
        // Products by (2Σdᵢdᵢ₊₁ + Σ_{i≥1} dᵢdᵢ₊₁)/Σdᵢdᵢ₊₁: 4–3 2, 50–40–30–10 (2·3500 + 1500)/3500.
        Assert.Matches(@" 4–3 network: products.* 2\.0000 +2\.0000\s", text);
        Assert.Matches(@"50–40–30–10 network: products.* 2\.4286 +2\.4286\s", text);
        Assert.Equal(7, System.Text.RegularExpressions.Regex.Matches(text, @": all operations.* ≤ 5 +([1-4]\.\d\d|5\.00)\s").Count);
        Assert.Matches(@"noise floor E F, η = 0\.1 +∝ η +0\.0516 +0\.05[12]", text);
        Assert.Matches(@"variance of m, β = 0\.9 .* 0\.0526 +0\.05[1-4]", text);
        Assert.Matches(@"Adam, β₂ = 1/\(1\+C²\): w after 300,000 steps from 0 .* 1\.000", text);
        Assert.Matches(@"AMSGrad, the same β₂: w after .* -1\.000", text);
        Assert.Matches(@"ADOPT, the same β₂: w after .* -1\.000", text);
        Assert.Matches(@"variance of the diffusion, η = 0\.8 .* 0\.4000 +0\.(39|40)", text);
        Assert.Matches(@"updates in one epoch, batch 10 of 60 000 +6 000 +6,000 +6,000", text);
        Assert.Matches(@"∇ log p\(x\|θ\) by z ~ p\(z\|x\), x = 2, θ = 0\.5 .* 0\.75 +0\.7[456]", text);
        Assert.Contains("<svg", File.ReadAllText(In("g.html")), StringComparison.Ordinal);
    }

    [SlowFact]
    [Trait("Tier", "Slow")]
    public void The_longer_examples_give_their_numbers()
    {
        string text = Cli.Run("gallery", "all", "--report", In("g.html")).Out;
        Assert.Matches(@"crossover: n where both need as many .* 4E\+02 +3\.\dE\+02", text);
        Assert.Matches(@"AND: accuracy of a single unit +1 +1 +1\s", text);
        Assert.Matches(@"XOR: accuracy of a single unit +≤ 0\.75 +≤ 0\.75 +0\.(25|5|75)\s", text);
        Assert.Matches(@"XOR: accuracy of a 2–2–1 network, seed 2 +1 +1 +1\s", text);
        Assert.Matches(@"centred × 10: L-BFGS from the same starts, seeds that reach 1\.0 .* 1\d of 20", text);
        Assert.Matches(@"network on the ring, B = 64, η·8: seeds below .* [0-5] of 20", text);
        Assert.Matches(@"network on the ring, B = 64, η·8, ramp of 100 steps: seeds below .* (1[4-9]|20) of 20", text);
        Assert.Contains("<svg", File.ReadAllText(In("g.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_is_one_file_without_network_or_script()
    {
        string report = In("r.html");
        Cli.Run("fit", Cli.Sample("iris.csv"), "--target", "species=setosa", "--features", "sepal_length", "--report", report,
            "--run", In("run"));
        string html = File.ReadAllText(report);
        Assert.DoesNotContain("http://", html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        foreach (string title in new[] { "Objective F against epochs", "Certified gap against gradients", "Gradient norm", "Calibration",
            "To repeat this run" }) Assert.Contains(title, html, StringComparison.Ordinal);
        foreach (string file in new[] { "model.json", "result.json", "report.html", "trace.csv" })
            Assert.True(File.Exists(Path.Combine(In("run"), file)));
    }

    [Fact]
    public void A_dry_run_plans_and_fits_nothing()
    {
        var (code, text, _) = Cli.Run("fit", Cli.Sample("iris.csv"), "--target", "species=setosa", "--dry-run", "--out", In("m.json"));
        Assert.Equal(0, code);
        Assert.Contains("Dry run: nothing was fitted.", text, StringComparison.Ordinal);
        Assert.Contains("H = ", text, StringComparison.Ordinal);
        Assert.False(File.Exists(In("m.json")));
    }

    // 100 000 rows of three non-zeros: steps on them alone, and the dual where every parameter is penalised.
    [Fact]
    public void Many_sparse_rows_are_fitted_by_steps_on_their_entries()
    {
        Draws draws = new(8);
        using (StreamWriter file = new(In("rows.svm")))
        {
            for (int i = 0; i < 100_000; i++)
            {
                int j = 1 + draws.NextIndex(600);
                file.Write(draws.NextDouble() < 1 / (1 + Math.Exp(Math.Sin(j))) ? "-1" : "+1");
                for (int k = 0; k < 3; k++, j += 1 + draws.NextIndex(100)) file.Write($" {j}:0.5");
                file.Write('\n');
            }
        }
        string[] fit = ["fit", In("rows.svm"), "--model", "logistic", "--l2", "1/n"];
        Assert.Contains("Method       sdca (auto: the rows are many and sparse", Cli.Run([.. fit, "--no-intercept", "--dry-run"]).Out,
            StringComparison.Ordinal);
        Assert.Contains("Method       lbfgs (auto", Cli.Run("fit", In("rows.svm"), "--model", "logistic", "--l2", "1e-8", "--dry-run").Out,
            StringComparison.Ordinal);
        JsonElement auto = Cli.Json([.. fit, "--gap", "1e-4"]), quasi = Cli.Json([.. fit, "--gap", "1e-4", "--method", "lbfgs"]);
        Assert.Equal("saga", auto.GetProperty("method").GetString());
        double gap = auto.GetProperty("certificate").GetProperty("relativeGap").GetDouble(),
            best = quasi.GetProperty("objective").GetDouble();
        Assert.InRange(gap, 0, 1e-4);
        Assert.Equal(best, auto.GetProperty("objective").GetDouble(), 2e-4 * best);
    }

    [Fact]
    public void Standardisation_is_undone_in_the_coefficients()
    {
        string[] fit = ["fit", Cli.Sample("iris.csv"), "--target", "petal_length", "--features", "petal_width,sepal_width"];
        double[] plain = Cli.Estimates(Cli.Json(fit)), scaled = Cli.Estimates(Cli.Json([.. fit, "--standardize", "--method", "lbfgs"]));
        for (int j = 0; j < 3; j++) Assert.Equal(plain[j], scaled[j], 1e-6);
    }

    [Fact]
    public void An_elastic_net_is_certified_and_sparse()
    {
        JsonElement fit = Cli.Json("fit", Cli.Sample("iris.csv"), "--target", "petal_length", "--features",
            "petal_width,sepal_width,sepal_length", "--l1", "0.8", "--l2", "0.1", "--standardize");
        Assert.True(fit.GetProperty("certificate").GetProperty("relativeGap").GetDouble() < 1e-8);
        Assert.Contains(0, Cli.Estimates(fit));
    }

    [Fact]
    public void Held_out_rows_are_measured()
    {
        JsonElement fit = Cli.Json("fit", Cli.Sample("iris.csv"), "--target", "species", "--model", "softmax", "--l2", "0.01",
            "--valid", "0.2");
        Assert.Equal((120, 30), (fit.GetProperty("rows").GetInt32(), fit.GetProperty("validation").GetProperty("rows").GetInt32()));
        Assert.True(fit.GetProperty("validation").GetProperty("accuracy").GetDouble() > 0.85);
    }

    [Fact]
    public void Balanced_class_weights_move_the_boundary()
    {
        string[] fit = ["fit", Cli.Sample("iris.csv"), "--target", "species=setosa", "--features", "sepal_width", "--l2", "0.01"];
        Assert.True(Cli.Estimates(Cli.Json([.. fit, "--class-weight", "balanced"]))[0] > Cli.Estimates(Cli.Json(fit))[0]);
    }

    // The same seed gives the same bits twice, with AVX-512 off, and without any wide vectors.
    [Theory]
    [InlineData("svrg")]
    [InlineData("adam")]
    [InlineData("newton")]
    [InlineData("lbfgs")]
    public void Bits_do_not_depend_on_the_vector_width(string method)
    {
        string[] outputs = [.. new[] { "", "DOTNET_EnableAVX512=0", "DOTNET_EnableAVX2=0", "DOTNET_EnableHWIntrinsic=0" }.Select(setting =>
        {
            ProcessStartInfo start = new("dotnet",
                [typeof(Program).Assembly.Location, "fit", Cli.Sample("iris.csv"), "--target", "species=versicolor", "--l2", "0.01",
                    "--method", method, "--epochs", "7", "--json"]) { RedirectStandardOutput = true };
            if (setting.Length > 0) start.Environment[setting.Split('=')[0]] = "0";
            using Process p = Process.Start(start)!;
            string json = p.StandardOutput.ReadToEnd();
            p.WaitForExit();
            JsonElement fit = JsonDocument.Parse(json).RootElement;
            return string.Join(' ', Cli.Estimates(fit).Select(BitConverter.DoubleToInt64Bits)) + " "
                + BitConverter.DoubleToInt64Bits(fit.GetProperty("objective").GetDouble());
        })];
        Assert.All(outputs, o => Assert.Equal(outputs[0], o));
    }

    [Fact]
    public void An_interrupt_leaves_a_usable_model()
    {
        string data = In("big.csv"), model = In("m.json");
        Draws draws = new(1);
        using (StreamWriter w = new(data))
        {
            w.WriteLine("a,b,c,y");
            for (int i = 0; i < 20_000; i++)
            {
                double a = draws.NextNormal(), b = draws.NextNormal(), c = draws.NextNormal();
                w.WriteLine(FormattableString.Invariant($"{a:R},{b:R},{c:R},{(draws.NextDouble() < 1 / (1 + Math.Exp(-a + b)) ? 1 : 0)}"));
            }
        }
        ProcessStartInfo start = new("dotnet",
            [typeof(Program).Assembly.Location, "fit", data, "--target", "y", "--method", "sgd", "--epochs", "1000000", "--out", model])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process p = Process.Start(start)!;
        // The first line of progress: the run is under way.
        for (string? line = ""; line is not null && !line.StartsWith("step", StringComparison.Ordinal);) line = p.StandardError.ReadLine();
        // Not SIGINT, which a shell may have its background processes ignore; ProcessTests sends both.
        using (Process kill = Process.Start("kill", ["-TERM", p.Id.ToString(CultureInfo.InvariantCulture)])) kill.WaitForExit();
        string output = p.StandardOutput.ReadToEnd();
        p.WaitForExit();
        Assert.Equal(130, p.ExitCode);
        Assert.Contains("Interrupted after", output, StringComparison.Ordinal);
        Assert.Equal(0, Cli.Run("evaluate", model, data).Code);
    }

    public void Dispose() => Directory.Delete(folder, true);
}
