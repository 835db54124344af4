using System.Globalization;
using Descent.Latent;
using Descent.Maps;
using Descent.Mixtures.Normals;
using Descent.Mixtures.Search;
using Descent.Runs;

namespace Descent.Mixtures.Tests.Normals;

public class FactorModelTests
{
    static double[] Wine => GaussianMixtureTests.Read("wine.csv");

    static double[] Iris =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "iris.csv")).Skip(1)
            .SelectMany(l => l.Split(',')[..4]).Select(w => double.Parse(w, CultureInfo.InvariantCulture))];

    static MapResult Fit(FactorModel model, double tolerance = 1e-8, ulong seed = 1) =>
        new Squarem(new EmMap(model), model.Start(new Draws(seed))).Run(new MapOptions(tolerance, 60_000));

    // R 4.2.2: factanal(wine, 3, control = list(opt = list(factr = 10)))$uniquenesses, on correlations. The likelihood of the rows
    // themselves is −n/2 (13 log 2π + log|Σ| + tr Σ⁻¹R) − n Σ log s = −3414.1359635904; scikit-learn 1.2.1, FactorAnalysis(3, tol = 1e-14,
    // svd_method = "lapack").score(Z)·178 = −2684.2844569398253 on standardised columns.
    // Ledermann 1937: (2d + 1 − √(8d + 1))/2, rounded down; 3, 6 and 10 columns attain it.
    [Theory]
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    [InlineData(6, 3)]
    [InlineData(10, 6)]
    public void The_most_factors_are_those_of_Ledermann(int columns, int factors)
    {
        Assert.Equal(factors, FactorModel.MostFactors(columns, false));
        Assert.Equal(columns - 1, FactorModel.MostFactors(columns, true));
    }

    [Fact]
    public void Three_factors_of_wine_are_factanal_and_scikit_learn()
    {
        FactorModel model = new(Wine, 13, 3);
        MapResult fit = Fit(model);
        Assert.Equal(OutcomeKind.Converged, fit.Outcome.Kind);
        Assert.Equal(-3414.1359635904, fit.Merits[^1], 5);
        double[] unique =
        [
            0.387510229, 0.726532274, 0.521634765, 0.072845228, 0.837218913, 0.198642525, 0.068935877, 0.657730634, 0.555139724,
                0.246136496,
            0.502540532, 0.251874613, 0.384093244,
        ];
        double[] wine = Wine, standard = new double[wine.Length];
        for (int c = 0; c < 13; c++)
        {
            double[] column = [.. wine.Where((_, i) => i % 13 == c)];
            double mean = column.Average(), variance = column.Average(v => (v - mean) * (v - mean));
            Assert.Equal(mean, fit.Point[c], 1e-9 * mean);
            Assert.Equal(unique[c], fit.Point[(13 * 4) + c] / variance, 1e-5);
            for (int i = 0; i < 178; i++) standard[(i * 13) + c] = (wine[(i * 13) + c] - mean) / Math.Sqrt(variance);
        }
        Assert.Equal(-2684.2844569398, Fit(new FactorModel(standard, 13, 3)).Merits[^1], 5);
        Assert.Null(model.Degeneracy(fit.Point));
    }

    // Closed form (Tipping and Bishop 1999): numpy.linalg.eigvalsh(numpy.cov(X.T, bias = True)) gives σ² = mean of the two least,
    // ℓ = −n/2 (4 log 2π + log λ₁λ₂ + 2 log σ² + 4).
    [Fact]
    public void Probabilistic_PCA_of_iris_is_the_closed_form()
    {
        FactorModel model = new(Iris, 4, 2, isotropic: true);
        MapResult fit = Fit(model, 1e-11);
        Assert.Equal(-404.9627801561, fit.Merits[^1], 7);
        for (int c = 0; c < 4; c++) Assert.Equal(0.05068214786480, fit.Point[12 + c], 8);
        // scikit-learn's PCA divides by n − 1: the same shape, 150/149 as large, has its likelihood and its noise.
        double[] other = [.. fit.Point];
        for (int i = 4; i < 12; i++) other[i] *= Math.Sqrt(150.0 / 149);
        for (int i = 12; i < 16; i++) other[i] *= 150.0 / 149;
        Assert.Equal(0.0510222965, other[12], 8);
        Assert.Equal(-404.9694767, new EmMap(model).Merit(other), 6);
    }

    // A mean's error is √(Σ_cc/n) in any normal law: means and covariances are orthogonal.
    [Fact]
    public void The_certificate_is_of_a_maximum_whatever_the_rotation()
    {
        FactorModel model = new(Wine, 13, 3);
        MapResult fit = Fit(model);
        LocalCertificate c = model.Certify(fit.Point);
        Assert.True(c.IsLocalMaximum);
        Assert.InRange(c.Shortfall, 0, 1e-9);
        for (int i = 0; i < 13; i++)
            Assert.Equal(1, c.StandardErrors[i] / Math.Sqrt((c.Quantities[13 + i] + c.Quantities[26 + i]) / 178), 1e-5);
        double[] turned = [.. fit.Point];
        for (int i = 0; i < 13; i++)
        {
            (double a, double b) = (turned[13 + (3 * i)], turned[14 + (3 * i)]);
            (turned[13 + (3 * i)], turned[14 + (3 * i)]) = ((0.6 * a) - (0.8 * b), (0.8 * a) + (0.6 * b));
        }
        Assert.Equal(new EmMap(model).Merit(fit.Point), new EmMap(model).Merit(turned), 9);
        Assert.Equal(c.LargestEigenvalue, model.Certify(turned).LargestEigenvalue, Math.Abs(c.LargestEigenvalue) * 1e-4);
        for (int i = 0; i < 39; i++) Assert.Equal(1, model.Certify(turned).StandardErrors[i] / c.StandardErrors[i], 1e-4);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_score_is_the_slope_of_the_likelihood(bool isotropic)
    {
        FactorModel model = new(Wine, 13, 3, isotropic);
        FactorScore score = new(model, model.Start(new Draws(5)));
        EmMap map = new(model);
        Slopes.Check(score, at => map.Merit(score.At(at)));
    }

    // Two factors of the four columns of iris leave a column nothing of its own: scikit-learn's noise variances sink to 1e-5 and 3e-6
    // there.
    [Fact]
    public void A_Heywood_case_is_said()
    {
        FactorModel model = new(Iris, 4, 2);
        MapResult fit = Fit(model, 1e-10);
        Assert.True(fit.Merits[^1] > -389.88);
        Assert.Contains("a Heywood case", model.Degeneracy(fit.Point)!, StringComparison.Ordinal);
    }

    // Regression of z on x in a law whose loadings and variances are known: E[z | x] = Λᵀ(ΛΛᵀ + Ψ)⁻¹(x − μ), here (x₁/1 + x₂/2)/(1 + 1 +
    // 1/2).
    [Fact]
    public void Scores_are_the_regression_on_the_rows()
    {
        FactorModel model = new([1, 2, 3, 1, -4, -3, 2, 5], 2, 1);
        double[] scores = new double[4];
        model.Scores([0, 0, 1, 1, 1, 2], scores);
        Assert.Equal((1 + (2 / 2.0)) / 2.5, scores[0], 14);
        Assert.Equal((2 + (5 / 2.0)) / 2.5, scores[3], 14);
    }

    [Fact]
    public void Bad_input_is_refused_with_a_sentence()
    {
        Refused("The number of factors must lie in 1 … 1 (below the 2 columns); got 2.", () => new FactorModel([1, 2, 3, 5, 4, 1], 2, 2));
        Refused("Column 2 holds one value in all 3 rows, so it has no scale; leave it out.", () => new FactorModel([1, 2, 3, 2, 4, 2], 2,
            1));
        Refused("Row 2, column 1 holds NaN; every number must be finite.", () => new FactorModel([1, 2, double.NaN, 2, 4, 2], 2, 1));
    }

    static void Refused(string sentence, Func<object> build) => Assert.Equal(sentence, Assert.Throws<ArgumentException>(build).Message);
}
