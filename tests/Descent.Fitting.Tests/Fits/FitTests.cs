using System.Text.Json;
using Descent.Models.Inference;
using Descent.Runs;

namespace Descent.Fitting.Tests.Fits;

/// <summary>The doors: from a file, from arrays, and what stands behind the dot.</summary>
public class FitTests
{
    static Fit Setosa() => Fit.Logistic(Iris.Path, "species=setosa", ["sepal_length"]);

    // R 4.2: summary(glm((Species == "setosa") ~ Sepal.Length, binomial, iris)).
    [Fact]
    public void A_file_gives_the_estimates_and_errors_of_r()
    {
        Fit fit = Setosa();
        Assert.Equal(27.828521, fit.Coefficients[0].Estimate, 1e-5);
        Assert.Equal(4.827569, fit.Coefficients[0].StandardError, 1e-4);
        Assert.Equal(-5.175698, fit.Coefficients[1].Estimate, 1e-6);
        Assert.Equal(0.893400, fit.Coefficients[1].StandardError, 1e-5);
        Assert.Equal(71.83640, fit.Quality.Deviance!.Value, 1e-4);
        Assert.True(fit.Certificate.RelativeGap < 1e-13);
        Assert.Equal(OutcomeKind.Converged, fit.Outcome.Kind);
        Assert.Equal(["(Intercept)", "sepal_length"], fit.Coefficients.Select(c => c.Name));
    }

    [Fact]
    public void Arrays_rows_and_a_file_of_the_same_numbers_give_the_same_bits()
    {
        double[] y = Iris.Is("setosa");
        double[,] x = Iris.Columns(0);
        double[][] jagged = [.. Enumerable.Range(0, y.Length).Select(i => new[] { x[i, 0] })];
        long[] expected = Bits(Setosa());
        Assert.Equal(expected, Bits(Fit.Logistic(x, y)));
        Assert.Equal(expected, Bits(Fit.Logistic(jagged, y)));
        Assert.Equal(expected, Bits(Fit.Logistic(x, y, new FitOptions { Threads = 3 })));
    }

    [Fact]
    public void Sparse_rows_reach_the_same_optimum()
    {
        int[] starts = new int[151], indices = new int[150];
        double[] values = Iris.Column(0);
        for (int i = 0; i < 150; i++) starts[i + 1] = i + 1;
        Fit fit = Fit.Logistic(new CsrRows<double>([.. starts.Select(s => (long)s)], indices, values, 1), Iris.Is("setosa"));
        Assert.Equal(27.828521, fit.Coefficients[0].Estimate, 1e-4);
        Assert.Equal(-5.175698, fit.Coefficients[1].Estimate, 1e-5);
    }

    // R: lm(Petal.Width ~ Petal.Length, iris).
    [Fact]
    public void Least_squares_on_arrays_is_that_of_r()
    {
        Fit fit = Fit.Linear(Iris.Columns(2), Iris.Column(3), names: ["petal_length"]);
        Assert.Equal(-0.363076, fit.Coefficients[0].Estimate, 1e-6);
        Assert.Equal(0.039762, fit.Coefficients[0].StandardError, 1e-6);
        Assert.Equal(0.415755, fit.Coefficients[1].Estimate, 1e-6);
        Assert.Equal(0.009582, fit.Coefficients[1].StandardError, 1e-6);
        Assert.Equal(-0.363076 + (0.415755 * 4), fit.Predict([4.0]), 1e-5);
    }

    [Fact]
    public void Predictions_are_the_inverse_link_of_the_margin()
    {
        Fit fit = Setosa();
        double z = fit.Coefficients[0].Estimate + (fit.Coefficients[1].Estimate * 5.1), p = 1 / (1 + Math.Exp(-z));
        Assert.Equal(p, fit.Predict([5.1]), 1e-12);
        double[] both = fit.PredictProbabilities([5.1]);
        Assert.Equal(1 - p, both[0], 1e-12);
        Assert.Equal(p, both[1], 1e-12);
        Assert.Equal(p > 0.5 ? "setosa" : "not setosa", fit.PredictClass([5.1]));
        Assert.Equal("not setosa", fit.PredictClass([7.0]));
        Fit counts = Fit.Poisson(Iris.Path, "sepal_length", ["petal_length"]);
        Assert.Equal(Math.Exp(counts.Coefficients[0].Estimate + (2 * counts.Coefficients[1].Estimate)), counts.Predict([2.0]), 1e-12);
        double[,] two = { { 5.1 }, { 7.0 } };
        Assert.Equal([fit.Predict([5.1]), fit.Predict([7.0])], fit.Predict(two));
    }

    [Fact]
    public void Several_classes_have_probabilities_that_add_up_and_a_name()
    {
        Fit fit = Fit.Softmax(Iris.Path, "species", options: new FitOptions { L2 = 0.01 });
        double[] p = fit.PredictProbabilities([5.1, 3.5, 1.4, 0.2]);
        Assert.Equal(1, p.Sum(), 1e-12);
        Assert.Equal(0, (int)fit.Predict([5.1, 3.5, 1.4, 0.2]));
        Assert.Equal("setosa", fit.PredictClass([5.1, 3.5, 1.4, 0.2]));
        Assert.Equal("virginica", fit.PredictClass([6.3, 3.3, 6.0, 2.5]));
        Assert.Equal(["setosa", "versicolor", "virginica"], fit.Classes);
        Fit arrays = Fit.Softmax(Iris.Columns(0, 1, 2, 3), Iris.Class(), new FitOptions { L2 = 0.01 });
        Assert.Equal(Bits(fit), Bits(arrays));
    }

    public static TheoryData<string> Kinks => ["absolute", "quantile", "hinge", "huber"];

    [Theory]
    [MemberData(nameof(Kinks))]
    public void Robust_families_and_machines_are_certified_through_the_door(string family)
    {
        FitOptions plain = new(), options = family switch
        {
            "hinge" => plain with { L2 = 0.01 },
            "quantile" => plain with { Quantile = 0.75 },
            "huber" => plain with { Threshold = 0.1 },
            _ => plain,
        };
        Fit fit = family switch
        {
            "hinge" => Fit.SupportVector(Iris.Path, "species=versicolor", options: options),
            "huber" => Fit.Huber(Iris.Path, "petal_width", ["petal_length"], options),
            "quantile" => Fit.Quantile(Iris.Path, "petal_width", ["petal_length"], options),
            _ => Fit.Absolute(Iris.Path, "petal_width", ["petal_length"], options),
        };
        Assert.True(fit.Certificate.RelativeGap < 1e-8, fit.Certificate.Sentence);
        Assert.NotNull(fit.NoInference);
        Assert.Equal(family, fit.Family.Name);
        if (family != "quantile") return;
        // As many rows lie below as τ says, but for those on the line.
        double[] residuals = [.. Iris.Column(3).Zip(fit.Predict(Iris.Columns(2)), (y, q) => y - q)];
        Assert.InRange(residuals.Count(r => r < -1e-9), 0.75 * 150 - 10, 0.75 * 150);
        Assert.InRange(residuals.Count(r => r < 1e-9), 0.75 * 150, 0.75 * 150 + 10);
    }

    [Fact]
    public void A_saved_model_predicts_the_same_bits()
    {
        string path = Path.Combine(Path.GetTempPath(), $"descent-{Guid.NewGuid():N}.json");
        try
        {
            Fit fit = Fit.Linear(Iris.Path, "petal_width", ["petal_length", "factor(species)"]);
            fit.Save(path);
            SavedModel model = SavedModel.Load(path);
            Assert.Equal(["petal_length", "species=versicolor", "species=virginica"], model.Features);
            Assert.Equal(fit.PredictFile(Iris.Path), model.PredictFile(Iris.Path));
            Assert.Equal(fit.Predict([4.0, 1, 0]), model.Predict([4.0, 1, 0]));
            Assert.Equal(fit.Predict([1.4, 0, 0]), model.PredictFile(Iris.Path)[0], 1e-12);
            Assert.Equal("linear", model.Family.Name);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Text_json_and_page_hold_the_fit()
    {
        Fit fit = Setosa();
        string text = fit.ToString();
        Assert.Contains("sepal_length  -5.175698    0.893400", text, StringComparison.Ordinal);
        Assert.Contains("Certificate  F(w) − F* ≤", text, StringComparison.Ordinal);
        Assert.DoesNotContain("--", text, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(fit.ToJson());
        Assert.Equal("logistic", json.RootElement.GetProperty("model").GetString());
        Assert.StartsWith("<!doctype html>", fit.ToHtml(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void All_faults_are_said_at_once_and_in_the_words_of_programs()
    {
        FitException e = Assert.Throws<FitException>(
            () => Fit.Logistic(Iris.Path, "species=setosa",
                options: new FitOptions { L2 = -1, Budget = new Budget { Steps = 0 }, Method = "gradient-ascent" }));
        Assert.Contains("`L2` is -1; expected a number ≥ 0", e.Message, StringComparison.Ordinal);
        Assert.Contains("`Steps` is 0; expected at least 1.", e.Message, StringComparison.Ordinal);
        Assert.Contains("`Method` 'gradient-ascent' is not known", e.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Action> Faults => new()
    {
        { "no column 'colour'", () => Fit.Linear(Iris.Path, "petal_width", ["colour"]) },
        { "`Target = COL`", () => Fit.Linear(Iris.Path) },
        { "newton", () => Fit.Linear(Iris.Path, "petal_width", ["petal_length"], new FitOptions { L1 = 0.1, Method = "newton" }) },
        { "`Schedule` 'nonsense' is not known",
            () => Fit.Linear(Iris.Path, "petal_width", ["petal_length"],
                new FitOptions { Method = new MethodSpec { Name = "sgd", Schedule = "nonsense" } }) },
        { "`Batch` means nothing to `Method = newton`",
            () => Fit.Linear(Iris.Path, "petal_width", ["petal_length"],
                new FitOptions { Method = new MethodSpec { Name = "newton", Batch = 5 } }) },
        { "y has 2 entries; expected one for each of the 1 rows", () => Fit.Linear(new double[1, 1], [1.0, 2.0]) },
        { "x[0, 1] is NaN", () => Fit.Linear(new double[,] { { 1, double.NaN } }, [1.0]) },
        { "x[1] has 1 values; expected 2", () => Fit.Linear([[1.0, 2], [3.0]], [1.0, 2]) },
        { "A row needs 1 values (sepal_length); got 2", () => Setosa().Predict([1.0, 2]) },
        { "has no probabilities", () => Fit.Linear(Iris.Columns(2), Iris.Column(3)).PredictProbabilities([1.0]) },
        { "predicts numbers", () => Fit.Linear(Iris.Columns(2), Iris.Column(3)).PredictClass([1.0]) },
        { "`Quantile` means nothing to `Family = linear`",
            () => Fit.Linear(Iris.Path, "petal_width", ["petal_length"], new FitOptions { Quantile = 0.9 }) },
        { "names are given for", () => Fit.Linear(Iris.Columns(2), Iris.Column(3), names: ["a", "b"]) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_a_sentence_without_options_of_the_command_line(string words, Action fit)
    {
        FitException e = Assert.Throws<FitException>(fit);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("--", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_fit_is_usable_and_says_so()
    {
        using CancellationTokenSource stop = new();
        List<TracePoint> seen = [];
        Fit fit = Fit.Of(
            new FitSpec(new DataSpec([Iris.Path]) { Target = "species=virginica" },
                new ModelSpec { Family = ModelFamilies.Logistic, L2 = 0.001 })
            { Method = "sgd", Budget = new Budget { Epochs = 100_000 } },
            new Told(p =>
            {
                seen.Add(p);
                if (seen.Count == 3) stop.Cancel();
            }),
            stop.Token);
        Assert.Equal(OutcomeKind.Interrupted, fit.Outcome.Kind);
        Assert.InRange(seen.Count, 3, 5);
        Assert.InRange(fit.Predict([6.3, 3.3, 6.0, 2.5]), 0, 1);
    }

    [Fact]
    public void Estimating_the_overdispersion_can_be_cancelled()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv");
        File.WriteAllText(path, "x,y\n1,0\n2,9\n3,1\n4,14\n5,2\n6,30\n");
        Fit fit = Fit.Of(new FitSpec(new DataSpec([path]) { Target = "y" }, new ModelSpec { Family = ModelFamilies.NegativeBinomial }),
            null, stop.Token);
        File.Delete(path);
        Assert.Equal(OutcomeKind.Interrupted, fit.Outcome.Kind);
        Assert.Contains("The estimation of α was interrupted: α = 1 is where it stood.", fit.ToString(), StringComparison.Ordinal);
        Assert.True(double.IsFinite(fit.Predict([2.5])));
    }

    [Fact]
    public void A_network_is_a_fit_as_any_other()
    {
        FitOptions options = new() { Method = "adam", Budget = new Budget { Epochs = 300 }, HoldOut = 0.2 };
        Fit fit = Fit.NetworkClassifier(Iris.Path, new NetworkSpec("mlp", [8]), "species", options: options);
        Assert.Equal(CertificateKind.None, fit.Certificate.Kind);
        Assert.Contains("not convex", fit.ToString(), StringComparison.Ordinal);
        Assert.Contains("standard errors", fit.NoInference, StringComparison.Ordinal);
        Assert.InRange(fit.HeldOut!.Accuracy!.Value, 0.8, 1);
        double[] p = fit.PredictProbabilities([5.1, 3.5, 1.4, 0.2]);
        Assert.Equal(1, p.Sum(), 12);
        Assert.Equal("setosa", fit.PredictClass([5.1, 3.5, 1.4, 0.2]));
        string folder = Directory.CreateTempSubdirectory("descent-").FullName, path = Path.Combine(folder, "net.json");
        fit.Save(path);
        SavedModel read = SavedModel.Load(path);
        Assert.Equal(p, read.PredictProbabilities([5.1, 3.5, 1.4, 0.2]));
        read.Save(Path.Combine(folder, "copy.json"));
        Assert.Equal(p, SavedModel.Load(Path.Combine(folder, "copy.json")).PredictProbabilities([5.1, 3.5, 1.4, 0.2]));
        Assert.Equal(fit.PredictFile(Iris.Path), read.PredictFile(Iris.Path));
        Directory.Delete(folder, true);
        Assert.StartsWith("<!doctype html>", fit.ToHtml(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_fit_on_another_thread_is_the_same()
    {
        FitSpec spec = new(new DataSpec([Iris.Path]) { Target = "species=setosa", Features = ["sepal_length"] },
            new ModelSpec { Family = ModelFamilies.Logistic });
        Assert.Equal(Bits(Setosa()), Bits(await Fit.OfAsync(spec)));
    }

    [Fact]
    public void Every_family_has_its_own_names()
    {
        string[] names = [.. ModelFamilies.All.SelectMany(f => f.Aliases.Append(f.Name))];
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.Same(ModelFamilies.Hinge, ModelFamilies.Find("svm"));
        Assert.Same(ModelFamilies.Absolute, ModelFamilies.Find("median"));
        Assert.Null(ModelFamilies.Find("nonsense"));
        Assert.Throws<ArgumentException>(() => ModelFamilies.Of("nonsense"));
    }

    static long[] Bits(Fit fit) => [.. fit.Coefficients.Select((Coefficient c) => BitConverter.DoubleToInt64Bits(c.Estimate))];

    sealed class Told(Action<TracePoint> report) : IProgress<TracePoint>
    {
        public void Report(TracePoint value) => report(value);
    }
}
