using System.Text.Json;

namespace Descent.Cli.Tests.References;

/// <summary>Fits against numbers from R 4.2.2 (glm, lm, quantreg, nnet),
/// scikit-learn 1.2.1 and scipy, as listed with the shared data sets.</summary>
public class ReferenceTests
{
    static void Close(double[] expected, double[] found, double relative = 1e-6)
    {
        Assert.True(found.Length >= expected.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], relative * Math.Abs(expected[i]) + 1e-9);
    }

    [Fact]
    public void Iris_setosa_on_sepal_length_is_R_glm()
    {
        JsonElement fit = Cli.Json("fit", Cli.Sample("iris.csv"), "--target", "species=setosa", "--features", "sepal_length", "--model",
            "logistic");
        // R: glm(setosa ~ Sepal.Length, binomial):
        // 27.82852, −5.17570; s.e. 4.82757, 0.89340; logLik −35.9182; deviance 71.83640, null 190.95425.
        Close([27.82852, -5.17570], Cli.Estimates(fit), 1e-6);
        Close([4.82757, 0.89340], Cli.Errors(fit), 2e-6);
        Assert.Equal(-35.9182, fit.GetProperty("fit").GetProperty("logLikelihood").GetDouble(), 1e-4);
        Assert.Equal(71.83640, fit.GetProperty("fit").GetProperty("deviance").GetDouble(), 1e-5);
        Assert.Equal(190.95425, fit.GetProperty("fit").GetProperty("nullDeviance").GetDouble(), 1e-5);
        Assert.True(fit.GetProperty("certificate").GetProperty("relativeGap").GetDouble() < 1e-12);
    }

    [Fact]
    public void Iris_petal_length_on_width_is_R_lm()
    {
        JsonElement fit = Cli.Json("fit", Cli.Sample("iris.csv"), "--target", "petal_length", "--features", "petal_width");
        // R: lm(Petal.Length ~ Petal.Width): 1.083558 (0.072967), 2.229940 (0.051396); R² 0.9271098.
        Close([1.083558, 2.229940], Cli.Estimates(fit), 1e-6);
        Close([0.072967, 0.051396], Cli.Errors(fit), 1e-5);
        Assert.Equal(0.9271098, fit.GetProperty("fit").GetProperty("r2").GetDouble(), 1e-7);
    }

    [SharedFact("longley.csv")]
    public void Longley_has_the_certified_digits_of_nist()
    {
        JsonElement fit = Cli.Json("fit", Cli.Shared("longley.csv")!, "--target", "TOTEMP", "--exclude", "Obs");
        Close([-3482258.63459582, 15.0618722714, -0.0358191792926, -2.02022980382, -1.03322686717, -0.0511041056536, 1829.15146461455],
            Cli.Estimates(fit), 1e-8);
        Close([890420.383607], Cli.Errors(fit), 1e-8);
    }

    [SharedFact("birthwt.csv")]
    public void Birth_weights_are_R_glm()
    {
        JsonElement fit = Cli.Json("fit", Cli.Shared("birthwt.csv")!, "--target", "low", "--features",
            "age,lwt,factor(race),smoke,ptl,ht,ui,ftv");
        Close([0.480623209101, -0.0295490270745, -0.0154242839799, 1.27225979775, 0.880495925783, 0.938845701578, 0.543337031125,
            1.86330287038, 0.767648145772, 0.0653018347794], Cli.Estimates(fit));
        Close([1.19690410674, 0.0370314173609, 0.00691938106224, 0.527363702926, 0.440785664196], Cli.Errors(fit));
        Assert.Equal(-100.64239752794, fit.GetProperty("fit").GetProperty("logLikelihood").GetDouble(), 1e-8);
    }

    [SharedFact("warpbreaks.csv")]
    public void Warp_breaks_are_R_poisson_glm()
    {
        JsonElement fit = Cli.Json("fit", Cli.Shared("warpbreaks.csv")!, "--target", "breaks", "--model", "poisson", "--reference",
            "tension=L");
        // Levels in ordinal order behind the reference: H, M.
        Close([3.69196314494, -0.205988442639, -0.518488496512, -0.321320431601], Cli.Estimates(fit));
        Close([0.0454107943426, 0.0515712427836, 0.0639595193957, 0.0602659166952], Cli.Errors(fit));
        Assert.Equal(-242.52798320898, fit.GetProperty("fit").GetProperty("logLikelihood").GetDouble(), 1e-8);
        Assert.Equal(210.39188876245, fit.GetProperty("fit").GetProperty("deviance").GetDouble(), 1e-8);
    }

    [SharedFact("bike-hour.csv.gz")]
    public void Bike_hours_are_R_poisson_glm()
    {
        JsonElement fit = Cli.Json("fit", Cli.Shared("bike-hour.csv.gz")!, "--target", "cnt", "--model", "poisson", "--features",
            "factor(hr),workingday,factor(weathersit),temp,hum,windspeed");
        Close([3.50038175692, -0.465479440611], Cli.Estimates(fit));
        Close([0.00603146060147, 0.00818193660232], Cli.Errors(fit));
        Assert.Equal(-470899.83969982, fit.GetProperty("fit").GetProperty("logLikelihood").GetDouble(), 1e-4);
    }

    [SharedFact("winequality-white.csv")]
    public void White_wine_is_R_by_least_squares_huber_and_quantile()
    {
        string wine = Cli.Shared("winequality-white.csv")!;
        Close([150.192842481, 0.0655199613548, -1.86317709216], Cli.Estimates(Cli.Json("fit", wine, "--target", "quality")));
        JsonElement huber = Cli.Json("fit", wine, "--target", "quality", "--model", "huber", "--delta", "0.5"),
            low = Cli.Json("fit", wine, "--target", "quality", "--model", "quantile", "--tau", "0.1");
        Close([171.895049811, 0.0890487849681], Cli.Estimates(huber));
        Assert.Equal(919.574636104, 4898 * huber.GetProperty("objective").GetDouble(), 1e-6);
        Close([187.173967402, 0.0109852295807], Cli.Estimates(low));
        Assert.Equal(613.669301043, 4898 * low.GetProperty("objective").GetDouble(), 1e-6);
        Assert.True(low.GetProperty("certificate").GetProperty("relativeGap").GetDouble() < 1e-10);
    }

    [SharedFact("engel.csv", "stackloss.csv", "phones.csv")]
    public void Median_quantile_and_huber_fits_are_those_of_quantreg_and_mass()
    {
        Close([81.4822474169, 0.560180551209],
            Cli.Estimates(Cli.Json("fit", Cli.Shared("engel.csv")!, "--target", "foodexp", "--model", "quantile", "--tau", "0.5")));
        Close([67.3508720801, 0.686299480372],
            Cli.Estimates(Cli.Json("fit", Cli.Shared("engel.csv")!, "--target", "foodexp", "--model", "quantile", "--tau", "0.9")));
        Close([-39.6898550725, 0.831884057971, 0.573913043478, -0.0608695652174],
            Cli.Estimates(Cli.Json("fit", Cli.Shared("stackloss.csv")!, "--target", "STACKLOSS", "--model", "absolute")));
        Close([-38.3923825254, 0.836276089048],
            Cli.Estimates(Cli.Json("fit", Cli.Shared("stackloss.csv")!, "--target", "STACKLOSS", "--model", "huber", "--delta", "1.345")));
        // The least absolute deviations line of the telephone data is not unique; its objective is.
        Assert.Equal(422,
            12 * Cli.Json("fit", Cli.Shared("phones.csv")!, "--target", "calls", "--model", "absolute").GetProperty("objective")
                .GetDouble(), 1e-6);
        Close([-73.7175324675, 1.49220779221],
            Cli.Estimates(Cli.Json("fit", Cli.Shared("phones.csv")!, "--target", "calls", "--model", "huber", "--delta", "1")));
    }

    // quantreg 5.94, method "br", and again scipy.optimize.linprog(method = "highs") on the linear program: Σρ, intercept, first slope.
    [SharedTheory]
    [InlineData("engel.csv", "foodexp", "0.1", 235, 3869.93216099, 110.141574205, 0.401765759303)]
    [InlineData("engel.csv", "foodexp", "0.25", 235, 7082.31589897, 95.4835396346, 0.474103208193)]
    [InlineData("engel.csv", "foodexp", "0.5", 235, 8779.96632381, 81.4822474169, 0.560180551209)]
    [InlineData("engel.csv", "foodexp", "0.75", 235, 6529.25028389, 62.396585529, 0.644014139369)]
    [InlineData("engel.csv", "foodexp", "0.9", 235, 3391.98371103, 67.3508720801, 0.686299480372)]
    [InlineData("stackloss.csv", "STACKLOSS", "0.25", 21, 16.625, -36, 0.5)]
    [InlineData("stackloss.csv", "STACKLOSS", "0.75", 21, 16.2521551724, -54.1896551724, 0.870689655172)]
    public void Quantile_fits_are_certified_and_those_of_the_linear_program(
        string file, string target, string tau, int n, double sum, double intercept, double slope)
    {
        JsonElement fit = Cli.Json("fit", Cli.Shared(file)!, "--target", target, "--model", "quantile", "--tau", tau);
        double[] found = Cli.Estimates(fit);
        Assert.Equal(sum, n * fit.GetProperty("objective").GetDouble(), 1e-8 * sum);
        Assert.Equal(intercept, found[0], 1e-6 * Math.Abs(intercept));
        Assert.Equal(slope, found[1], 1e-6);
        Assert.InRange(fit.GetProperty("certificate").GetProperty("relativeGap").GetDouble(), 0, 1e-8);
    }

    [SharedFact("breast_cancer.csv", "wine_data.csv", "iris.csv")]
    public void Penalised_fits_are_those_of_scipy()
    {
        Assert.Equal(0.066360186224738,
            Cli.Json("fit", Cli.Shared("breast_cancer.csv")!, "--target", "class", "--model", "logistic", "--standardize", "--l2", "1/n")
                .GetProperty("objective").GetDouble(), 1e-12);
        Assert.Equal(0.0918197305235,
            Cli.Json("fit", Cli.Shared("wine_data.csv")!, "--target", "class", "--model", "softmax", "--standardize", "--l2", "0.01")
                .GetProperty("objective").GetDouble(), 1e-10);
        Assert.Equal(0.224288902895,
            Cli.Json("fit", Cli.Shared("iris.csv")!, "--target", "virginica", "--model", "softmax", "--l2", "0.01").GetProperty("objective")
                .GetDouble(), 1e-10);
    }

    [SharedFact("breast_cancer.csv")]
    public void Separation_is_said_in_words()
    {
        JsonElement fit = Cli.Json("fit", Cli.Shared("breast_cancer.csv")!, "--target", "class", "--model", "logistic");
        Assert.Contains("separated", fit.GetProperty("noStandardErrors").GetString(), StringComparison.Ordinal);
        Assert.Contains("Complete separation", fit.GetProperty("remarks")[0].GetString(), StringComparison.Ordinal);
    }

    [SharedFact("a9a.gz", "a9a.t.gz")]
    public void A9a_is_certified_by_svrg_and_lbfgs()
    {
        string data = Cli.Shared("a9a.gz")!, model = Path.GetTempFileName();
        double[] reference = Cli.Estimates(Cli.Json("fit", data, "--l2", "1/n", "--no-intercept", "--model", "logistic"));
        foreach (string method in new[] { "svrg", "lbfgs" })
        {
            JsonElement fit = Cli.Json("fit", data, "--l2", "1/n", "--no-intercept", "--model", "logistic", "--method", method,
                "--out", model);
            Assert.True(fit.GetProperty("certificate").GetProperty("relativeGap").GetDouble() <= 1e-6);
            Assert.Equal(0.32337958246485, fit.GetProperty("objective").GetDouble(), 1e-12);
            double[] w = Cli.Estimates(fit);
            Assert.Equal(6.222225638, Vectors.Norm<double>(w), 1e-4);
            for (int j = 0; j < w.Length; j++) Assert.Equal(reference[j], w[j], 1e-4);
        }
        var (code, output, _) = Cli.Run("evaluate", model, Cli.Shared("a9a.t.gz")!);
        Assert.Equal(0, code);
        Assert.Contains("2,444 of 16,281 wrong", output, StringComparison.Ordinal);
        File.Delete(model);
    }

    // scikit-learn 1.2.1's SAG and SAGA (tol 1e-10) and LIBLINEAR (-s 0 -e 1e-10): tests/golden/published/a9a_solvers.py.
    [SharedFact("a9a.gz")]
    public void A9a_by_svrg_and_sag_and_saga_converges_linearly_to_the_optimum_of_scikit_learn_and_liblinear()
    {
        string run = Directory.CreateTempSubdirectory("descent").FullName;
        double[] sag = [-1.4232920779127085, -0.45216470236715894, 0.1498302983902906, 0.4518992056492084];
        foreach (string method in new[] { "svrg", "saga", "sag", "sdca", "katyusha" })
        {
            JsonElement fit = Cli.Json("fit", Cli.Shared("a9a.gz")!, "--l2", "1/n", "--no-intercept", "--model", "logistic", "--method",
                method, "--gap", "1e-8", "--run", run);
            Assert.Equal("Converged", fit.GetProperty("outcome").GetString());
            Assert.True(fit.GetProperty("certificate").GetProperty("relativeGap").GetDouble() <= 1e-8);
            // SAG, SAGA and LIBLINEAR: 0.32337958246484750, …484744, …48532.
            Assert.Equal(0.3233795824648475, fit.GetProperty("objective").GetDouble(), 4e-9);
            double[] w = Cli.Estimates(fit);
            for (int j = 0; j < sag.Length; j++) Assert.Equal(sag[j], w[j], 2e-3);
            if (method is "svrg" or "saga") IsLinear(File.ReadAllLines(Path.Combine(run, "trace.csv")));
        }
        Directory.Delete(run, true);
    }

    // Linear: from a gap of 10⁻⁴ to 10⁻⁶ takes about as many epochs as from 10⁻⁶ to 10⁻⁸,
    // where a power law would take tens of times as many.
    static void IsLinear(string[] trace)
    {
        double At(double gap)
        {
            foreach (string line in trace.Skip(1))
            {
                double[] f = [.. line.Split(',').Select(x => double.Parse(x, System.Globalization.CultureInfo.InvariantCulture))];
                if (f[4] - 0.3233795824648475 <= gap) return f[2];
            }
            return double.NaN;
        }
        double early = At(1e-6) - At(1e-4), late = At(1e-8) - At(1e-6);
        Assert.InRange(late / early, 0.3, 3);
    }

    [SharedFact("a9a.gz")]
    public void A9a_by_plain_sgd_stops_at_its_noise_floor_and_says_so()
    {
        JsonElement fit = Cli.Json("fit", Cli.Shared("a9a.gz")!, "--l2", "1/n", "--no-intercept", "--model", "logistic", "--method", "sgd");
        Assert.True((fit.GetProperty("objective").GetDouble() - 0.32337958246485) / 0.32337958246485 < 1e-2);
        Assert.True(fit.GetProperty("certificate").GetProperty("relativeGap").GetDouble() < 1e-2);
        // Steps that decay leave a floor low enough for the doctor; with steps that stay as they are it is told, and the numbers with it.
        Assert.Empty(fit.GetProperty("findings").EnumerateArray());
        JsonElement constant = Cli.Json("fit", Cli.Shared("a9a.gz")!, "--l2", "1/n", "--no-intercept", "--model", "logistic", "--method",
            "sgd", "--lr", "0.3", "--schedule", "constant", "--epochs", "30");
        JsonElement finding = constant.GetProperty("findings")[0];
        Assert.Equal("NoiseFloor", finding.GetProperty("ailment").GetString());
        Assert.Matches("gains η‖∇F‖² = .* and loses ½Hη²σ²/B = ", finding.GetProperty("evidence").GetString());
    }

    [SharedFact("a9a.gz")]
    public void A9a_with_a_free_intercept_is_the_reference_too() =>
        Assert.Equal(0.32441304411196, Cli.Json("fit", Cli.Shared("a9a.gz")!, "--l2", "1e-4").GetProperty("objective").GetDouble(), 1e-12);

    [SharedFact("a9a.gz")]
    public void A9a_support_vector_machine_is_that_of_liblinear() =>
        Assert.Equal(11433.8077,
            32561 * Cli.Json("fit", Cli.Shared("a9a.gz")!, "--model", "hinge", "--no-intercept", "--l2", "1/n").GetProperty("objective")
                .GetDouble(), 1e-3);

    // Linear programmes solved by HiGHS (scipy 1.10): variables w⁺, w⁻, b⁺, b⁻ and residuals.
    [Theory]
    [InlineData("absolute --target sepal_length --l1 0.01", 0.26882712133227593)]
    [InlineData("quantile --tau 0.2 --target sepal_length --l1 0.01", 0.09932346666666667)]
    [InlineData("hinge --target species=versicolor --l1 0.01", 0.6064023494860501)]
    public void Kinked_losses_with_an_L1_penalty_are_linear_programmes(string options, double optimum)
    {
        JsonElement fit = Cli.Json(["fit", Cli.Sample("iris.csv"), "--model", .. options.Split(' ')]);
        Assert.Equal("interior-point", fit.GetProperty("method").GetString());
        Assert.Equal(optimum, fit.GetProperty("objective").GetDouble(), 1e-9);
        Assert.InRange(fit.GetProperty("certificate").GetProperty("relativeGap").GetDouble(), 0, 1e-7);
        // Subgradient steps end above it, and what they prove never lies above the optimum.
        JsonElement rough =
            Cli.Json(["fit", Cli.Sample("iris.csv"), "--method", "averaged-sgd", "--epochs", "30", "--model", .. options.Split(' ')]);
        Assert.InRange(rough.GetProperty("certificate").GetProperty("lowerBound").GetDouble(), 0, optimum);
        Assert.True(rough.GetProperty("objective").GetDouble() >= optimum);
    }
}
