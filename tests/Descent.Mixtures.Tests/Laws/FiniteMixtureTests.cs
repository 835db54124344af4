using Descent.Latent;
using Descent.Mixtures.Laws;
using Descent.Mixtures.Search;
using Descent.Runs;

namespace Descent.Mixtures.Tests.Laws;

/// <summary>
/// Maxima by R 4.2.2: <c>optim(method = "BFGS", reltol = 1e-16)</c> on −ℓ in logits and logarithms from 30 and more random starts, then EM
/// written out with <c>dpois</c> and <c>lm.wfit</c> until no number moves by 1e-14; errors from <c>optimHess(ndeps = 1e-4)</c> and the
/// delta method. Data of datasets::quakes, MASS::birthwt and the Engel set of quantreg.
/// </summary>
public class FiniteMixtureTests
{
    static double[] Stations => GaussianMixtureTests.Read("quakes-stations.csv");

    static double[] Birth => GaussianMixtureTests.Read("birthwt-binary.csv");

    static (double[] X, double[] Y) Engel()
    {
        double[] rows = GaussianMixtureTests.Read("engel.csv", 1e-3);
        return ([.. rows.Where((_, i) => i % 2 == 0)], [.. rows.Where((_, i) => i % 2 == 1)]);
    }

    // R: set.seed(14); x <- round(runif(80, -2, 2), 2); z <- rbinom(80, 1, .4)
    //    y <- rbinom(80, 10, plogis(ifelse(z == 1, 1 + 1.5 * x, -1 - x)))
    internal static double[] Doses { get; } =
    [
        -0.98, 0.55, 1.83, 0.21, 1.93, 0.05, 1.73, -0.29, -0.06, -0.47, 1.56, -1.34, -0.1, 1.4, 1.43, 0.96, -0.59, 0.69, 1.41, 0.38, -0.6,
        -0.32, 0.47, 0.76, 1, 0.48, -0.46, 0.09, 0.75, -1.69, 1.25, -1.45, 1.88, 0.62, 1.79, -1.5, 0.22, -0.12, 1.45, 0.46, -1.59, 1.85,
        -0.31, -0.19, 0.22, -1.15, -0.44, -1.14, 1.04, 0.75, -1.11, -1.4, 1.7, -1.97, 1.2, -1.59, -0.62, 1.16, -1.69, 0.1, -1.69, 0.54,
        -0.51, -0.2, 0.45, -1.49, 1.06, 1.43, 0.67, -0.33, -0.55, 1.01, 0.47, 0.42, -0.41, 0.87, 1.62, 0.53, 0.03, 0.58,
    ];

    internal static double[] Successes { get; } =
    [
        4, 0, 9, 3, 1, 6, 0, 3, 2, 5, 2, 4, 2, 10, 10, 10, 5, 4, 0, 8, 5, 4, 10, 7, 0, 0, 5, 3, 1, 8, 10, 2, 0, 2, 0, 6, 8, 5, 0, 10, 4, 1,
        4, 4, 2, 4, 0, 5, 1, 10, 6, 8, 3, 2, 0, 1, 4, 9, 8, 9, 4, 2, 1, 3, 7, 1, 9, 2, 3, 3, 2, 0, 1, 3, 6, 1, 0, 10, 3, 9,
    ];

    internal static double[] Tens { get; } = [.. Enumerable.Repeat(10.0, 80)];

    static MixtureFit Fit(IComponentLaw law, int k, int restarts = 10, MixtureMethod method = MixtureMethod.Squarem) =>
        MixtureSearch.Run(new FiniteMixture(law, k), new MixtureOptions(restarts, method, MostPasses: 20_000));

    static void Near(double[] expected, IEnumerable<double> found, double tolerance)
    {
        double[] all = [.. found];
        Assert.Equal(expected.Length, all.Length);
        for (int i = 0; i < all.Length; i++)
            Assert.True(Math.Abs(all[i] - expected[i]) <= tolerance * (1 + Math.Abs(expected[i])),
                $"number {i}: {all[i]}, expected {expected[i]}");
    }

    [Fact]
    public void Two_Poisson_laws_of_stations_are_the_reference()
    {
        MixtureFit fit = Fit(new PoissonLaw(Stations), 2);
        Assert.Equal(-4965.961032030, fit.LogLikelihood, 6);
        Near([0.740361385555, 0.259638614445, 22.7387174751, 63.8700513013], fit.Theta!, 1e-8);
        Assert.True(fit.Certificate!.IsLocalMaximum);
        Near([0.0147636662, 0.0147636662, 0.2148234722, 0.6700830362], fit.Certificate.StandardErrors, 1e-5);
        Assert.Equal(3, fit.Model.FreeParameters);
    }

    [Fact]
    public void Three_Poisson_laws_of_stations_are_the_reference()
    {
        MixtureFit fit = Fit(new PoissonLaw(Stations), 3);
        Assert.Equal(-4379.494054336, fit.LogLikelihood, 6);
        Near([0.541485051141, 0.324521258872, 0.133993689987, 18.8398402323, 39.0742612249, 78.6311632072], fit.Theta!, 1e-7);
    }

    // One class that holds no low birth weights at all: its share runs to the edge, is held there and has no error.
    [Fact]
    public void Two_classes_of_binary_columns_are_the_reference()
    {
        MixtureFit fit = Fit(new BernoulliLaw(Birth, 4), 2, 20);
        Assert.Equal(-360.8502046, fit.LogLikelihood, 5);
        Near([0.677878, 0.322122, 0, 0.335696, 0.037479, 0.105867, 0.969102, 0.509041, 0.118234, 0.237124], fit.Theta!, 2e-4);
        Assert.True(fit.Certificate!.IsLocalMaximum);
        Assert.Equal(0, fit.Certificate.StandardErrors[2]);
        Assert.True(fit.Certificate.StandardErrors.Where((_, i) => i != 2).All(e => e > 1e-3));
    }

    [Fact]
    public void Two_Engel_curves_are_the_reference()
    {
        (double[] x, double[] y) = Engel();
        MixtureFit fit = Fit(new LinearRegressionLaw(x, 1, y), 2, 20);
        Assert.Equal(244.782804776, fit.LogLikelihood, 6);
        Near([0.646585183023, 0.353414816977, 0.0177236393809, 0.659943498433, 0.00415099302986, 0.226438015627, 0.359676452344,
            0.00701071266528],
            fit.Theta!, 1e-8);
        Near([0.0588716726, 0.0588716726, 0.0138516164, 0.0133778870, 0.000623761454, 0.0237292683, 0.0164630534, 0.00145234939],
            fit.Certificate!.StandardErrors, 1e-6);
    }

    [Fact]
    public void Two_logistic_curves_are_the_reference()
    {
        MixtureFit fit = Fit(new LogisticRegressionLaw(Doses, 1, Successes, Tens), 2);
        Assert.Equal(-164.137004327, fit.LogLikelihood, 7);
        Near([0.657150373, 0.342849627, -1.05774708, -0.951866181, 1.013025598, 1.557699204], fit.Theta!, 1e-6);
        Near([0.0607522877, 0.0607522877, 0.119041450, 0.126609358, 0.205781986, 0.224881997], fit.Certificate!.StandardErrors, 1e-6);
    }

    // R: glm(cbind(y, 10 - y) ~ x, binomial): 0.02157886, 0.03017613 by hand below; lm(foodexp ~ income): 147.475388524, 0.485178423677.
    [Fact]
    public void One_component_is_the_closed_form_or_the_regression()
    {
        double[] stations = Stations;
        Near([1, stations.Average()], Fit(new PoissonLaw(stations), 1, 1, MixtureMethod.Em).Theta!, 1e-13);
        double[] birth = Birth, theta = Fit(new BernoulliLaw(birth, 4), 1, 1, MixtureMethod.Em).Theta!;
        Near([1, .. Enumerable.Range(0, 4).Select(c => birth.Where((_, i) => i % 4 == c).Average())], theta, 1e-13);
        (double[] x, double[] y) = Engel();
        double[] line = Fit(new LinearRegressionLaw(x, 1, y), 1, 1, MixtureMethod.Em).Theta!;
        Near([0.147475388524, 0.485178423677], line[1..3], 1e-11);
        Assert.Equal(x.Zip(y, (a, b) => Math.Pow(b - line[1] - (line[2] * a), 2)).Average(), line[3], 14);
    }

    [Fact]
    public void Without_intercept_a_line_goes_through_the_origin()
    {
        (double[] x, double[] y) = Engel();
        double[] theta = Fit(new LinearRegressionLaw(x, 1, y, intercept: false), 1, 1, MixtureMethod.Em).Theta!;
        double slope = x.Zip(y, (a, b) => a * b).Sum() / x.Sum(a => a * a);
        Near([1, slope, x.Zip(y, (a, b) => Math.Pow(b - (slope * a), 2)).Average()], theta, 1e-12);
        // The score equation of the logit without intercept: Σx(y − mp) = 0.
        double b = Fit(new LogisticRegressionLaw(Doses, 1, Successes, Tens, intercept: false), 1, 1, MixtureMethod.Em).Theta![1];
        Assert.Equal(0, Doses.Zip(Successes, (v, s) => v * (s - (10 / (1 + Math.Exp(-b * v))))).Sum(), 9);
    }

    // The gradient of every law's certificate against central differences of the likelihood, away from the optimum.
    [Fact]
    public void Scores_are_slopes_of_the_likelihood()
    {
        (double[] x, double[] y) = Engel();
        FiniteMixture[] models =
        [
            new(new PoissonLaw(Stations), 2), new(new BernoulliLaw(Birth, 4), 3), new(new LinearRegressionLaw(x, 1, y), 2),
            new(new LogisticRegressionLaw(Doses, 1, Successes, Tens), 2), new(new LinearRegressionLaw(x, 1, y, false), 2),
        ];
        foreach (FiniteMixture model in models)
        {
            double[] theta = new double[model.Parameters], statistics = new double[model.Statistics];
            Assert.True(model.Start(new Draws(3), theta));
            MixtureScore score = new(model, theta);
            Slopes.Check(score, at => model.Expect(score.At(at), 0, model.Count, statistics));
        }
    }

    [Fact]
    public void A_row_of_weight_two_counts_as_two_and_threads_change_no_bit()
    {
        double[] x = Doses, twice = [.. x, .. x], two = [.. Enumerable.Repeat(2.0, 80)];
        FiniteMixture repeated = new(new LogisticRegressionLaw(twice, 1, [.. Successes, .. Successes], [.. Tens, .. Tens]), 2);
        FiniteMixture weighted = new(new LogisticRegressionLaw(x, 1, Successes, Tens), 2, two);
        double[] theta = [0.6, 0.4, -1, -1, 1, 1], one = new double[6], other = new double[6];
        Assert.Equal(new EmMap(repeated).MapWithMerit(theta, one), new EmMap(weighted).MapWithMerit(theta, other), 9);
        Near(one, other, 1e-12);
        Assert.Equal(repeated.Certify(theta).LargestEigenvalue, weighted.Certify(theta).LargestEigenvalue, 4);
        using Workers threads = new(2);
        foreach (IComponentLaw law in (IComponentLaw[])[new PoissonLaw([.. Stations, .. Stations]), new LogisticRegressionLaw(
            [.. Enumerable.Repeat(x, 10).SelectMany(v => v)], 1, [.. Enumerable.Repeat(Successes, 10).SelectMany(v => v)],
                [.. Enumerable.Repeat(10.0, 800)])])
        {
            FiniteMixture model = new(law, 2);
            double[] start = new double[model.Parameters], a = new double[start.Length], b = new double[start.Length];
            Assert.True(model.Start(new Draws(2), start));
            Assert.Equal(new EmMap(model).MapWithMerit(start, a), new EmMap(model, threads).MapWithMerit(start, b));
            Assert.Equal(a, b);
        }
    }

    // At π = ½ each and blocks known the posterior is Bayes' rule by hand.
    [Fact]
    public void Responsibilities_are_Bayes_rule_and_draws_have_their_mean()
    {
        FiniteMixture model = new(new PoissonLaw([0, 1, 2, 5]), 2);
        double[] theta = [0.25, 0.75, 1, 3], shares = new double[8], drawn = new double[4], expected = new double[4];
        double entropy = model.Responsibilities(theta, shares);
        for (int i = 0; i < 4; i++)
        {
            double x = ((double[])[0, 1, 2, 5])[i], a = 0.25 * Math.Exp(-1), b = 0.75 * Math.Exp(-3) * Math.Pow(3, x);
            Assert.Equal(a / (a + b), shares[2 * i], 14);
        }
        Assert.Equal(-shares.Sum(r => r * Math.Log(r)), entropy, 12);
        model.Expect(theta, 0, 4, expected);
        const int Times = 20_000;
        for (ulong key = 0; key < Times; key++) model.Draw(theta, 0, 4, key, drawn);
        // Counts of 4 rows, each drawn with a variance of at most ¼: three standard errors.
        Assert.Equal(expected[0], drawn[0] / Times, 3 * Math.Sqrt(4 * 0.25 / Times));
        Assert.Equal(expected[1], drawn[1] / Times, 3 * Math.Sqrt(30 * 0.25 / Times));
    }

    [Fact]
    public void A_line_through_its_rows_is_a_spike_and_never_wins()
    {
        double[] x = [.. Enumerable.Range(0, 30).Select(i => (double)i)], y = [.. x.Select((v,
            i) => i < 5 ? 3 + v : 40 + (10 * Math.Sin(7 * i)))];
        MixtureFit fit = Fit(new LinearRegressionLaw(x, 1, y), 2, 20, MixtureMethod.Em);
        Assert.Contains(fit.Starts, s => s.Degeneracy is not null);
        if (fit.Theta is { } theta) Assert.Null(fit.Model.Degeneracy(theta));
        Assert.Contains("it is a spike", new LinearRegressionLaw(x, 1, y).Degeneracy([3, 1, 1e-4], 5)!);
    }

    [Fact]
    public void Separated_rows_are_said()
    {
        double[] x = [-3, -2, -1, 1, 2, 3], y = [0, 0, 0, 1, 1, 1];
        MixtureFit fit = Fit(new LogisticRegressionLaw(x, 1, y), 1, 2, MixtureMethod.Em);
        Assert.Null(fit.Theta);
        Assert.Equal(OutcomeKind.Diverged, fit.Outcome.Kind);
        Assert.Contains("are separated", fit.Outcome.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_rows_are_refused_with_a_sentence()
    {
        Refused("Row 2, column 1 holds -1; counts are whole numbers ≥ 0.", () => new PoissonLaw([1, -1]));
        Refused("Row 1, column 2 holds 0.5; counts are whole numbers ≥ 0.", () => new PoissonLaw([1, 0.5, 2, 2], 2));
        Refused("Row 3, column 1 holds NaN; every number must be finite.", () => new PoissonLaw([1, 2, double.NaN]));
        Refused("All 3 rows are equal: there is nothing to tell components apart; one law fits them.", () => new PoissonLaw([4, 4, 4]));
        Refused("Row 2, column 2 holds 2; binary columns hold 0 and 1.", () => new BernoulliLaw([0, 1, 1, 2], 2));
        Refused("All 2 rows are equal: there is nothing to tell components apart; one law fits them.", () => new BernoulliLaw([0, 1, 0, 1],
            2));
        Refused("5 numbers do not make rows of 2 columns.", () => new BernoulliLaw([0, 1, 1, 1, 0], 2));
        Refused("The number of components must lie in 1 … 2 (the rows); got 3.", () => new FiniteMixture(new PoissonLaw([1, 2]), 3));
        Refused("Column 1 holds one value in all 5 rows; leave it out.", () => new LinearRegressionLaw([2, 2, 2, 2, 2], 1, [1, 2, 3, 4,
            5]));
        Refused("All 5 targets are equal; there is nothing to regress.", () => new LinearRegressionLaw([1, 2, 3, 4, 5], 1, [7, 7, 7, 7,
            7]));
        Refused("Target 2 is NaN; targets must be finite.", () => new LinearRegressionLaw([1, 2, 3, 4, 5], 1, [7, double.NaN, 7, 7, 7]));
        Refused("3 rows cannot tell 2 coefficients; at least 4 are needed.", () => new LinearRegressionLaw([1, 2, 3], 1, [1, 2, 2]));
        Refused("Row 2 has 3 successes in 2 trials; successes are whole numbers from 0 to the trials.",
            () => new LogisticRegressionLaw([1, 2, 3, 4], 1, [0, 3, 1, 1], [2, 2, 2, 2]));
        Refused("Row 1 has 0.5 trials; trials are whole numbers ≥ 1.", () => new LogisticRegressionLaw([1, 2, 3, 4], 1, [0, 3, 1, 1], [0.5,
            2, 2, 2]));
        Refused("All 4 rows have a share of 0; there is nothing to regress.", () => new LogisticRegressionLaw([1, 2, 3, 4], 1, [0, 0, 0,
            0]));
    }

    static void Refused(string sentence, Func<object> build) => Assert.Equal(sentence, Assert.Throws<ArgumentException>(build).Message);
}
