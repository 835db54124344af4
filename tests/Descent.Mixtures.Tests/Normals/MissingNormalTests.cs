using Descent.Latent;
using Descent.Maps;
using Descent.Mixtures.Normals;
using Descent.Mixtures.Search;
using Descent.Runs;

namespace Descent.Mixtures.Tests.Normals;

public class MissingNormalTests
{
    // R: datasets::airquality, columns Ozone, Solar.R, Wind, Temp: 153 rows, 44 numbers missing.
    static double[] Air => GaussianMixtureTests.Read("airquality.csv");

    static MapResult Fit(MissingNormalModel model) => new FixedPointIteration(new EmMap(model), model.Start()).Run(new MapOptions(1e-9));

    // R 4.2.2: optim(method = "BFGS", reltol = 1e-16) on −ℓ of the seen numbers in (μ, log-Cholesky of Σ), restarted five times from its
    // end (−2326.69738279842, where numbers agree to 2e-6); the numbers by EM written out row by row until nothing moves by 1e-14.
    [Fact]
    public void Air_quality_is_the_direct_maximum()
    {
        MissingNormalModel model = new(Air, 4);
        MapResult fit = Fit(model);
        Assert.Equal(OutcomeKind.Converged, fit.Outcome.Kind);
        Assert.Equal(-2326.69738279842, fit.Merits[^1], 7);
        double[] reference =
        [
            41.87117301959786, 184.84680624984503, 9.95751633986928, 77.88235294117646,
            1044.0186430644733, 942.5298418132288, -64.6359276936994, 209.5635028261790,
            942.5298418132288, 8090.7016612067891, -17.3353803413113, 238.0733113270289,
            -64.6359276936994, -17.3353803413113, 12.3304173608442, -15.1723183391006,
            209.5635028261790, 238.0733113270289, -15.1723183391006, 89.0057670126889,
        ];
        for (int i = 0; i < 20; i++) Assert.Equal(reference[i], fit.Point[i], 1e-9 * (1 + Math.Abs(reference[i])));
        Assert.Null(model.Degeneracy(fit.Point));
    }

    // A row of weight 2 is two rows, one of weight 0 none.
    [Fact]
    public void Weights_are_rows_that_come_so_often()
    {
        double[] air = Air, weights = [.. Enumerable.Range(0, 153).Select(i => (double)(i % 3))],
            rows = [.. Enumerable.Range(0, 153).SelectMany(i => Enumerable.Repeat(i, i % 3)).SelectMany(i => air[(4 * i)..((4 * i) + 4)])];
        MapResult weighted = Fit(new MissingNormalModel(air, 4, weights)), repeated = Fit(new MissingNormalModel(rows, 4));
        Assert.Equal(repeated.Merits[^1], weighted.Merits[^1], 1e-7);
        for (int i = 0; i < repeated.Point.Length; i++)
            Assert.Equal(repeated.Point[i], weighted.Point[i], 1e-6 * (1 + Math.Abs(repeated.Point[i])));
    }

    // Wind and Temp have no holes: their means and errors are those of the rows, √(s²/n).
    [Fact]
    public void The_certificate_knows_what_is_seen()
    {
        MissingNormalModel model = new(Air, 4);
        LocalCertificate c = model.Certify(Fit(model).Point);
        Assert.True(c.IsLocalMaximum);
        Assert.InRange(c.Shortfall, 0, 1e-10);
        Assert.Equal(Math.Sqrt(c.Quantities[4 + 15] / 153), c.StandardErrors[3], 6);
        // 37 of 153 holes in Ozone: the error lies between that of all rows and that of the 116 seen.
        Assert.InRange(c.StandardErrors[0], Math.Sqrt(c.Quantities[4] / 153), Math.Sqrt(c.Quantities[4] / 116));
    }

    [Fact]
    public void The_score_is_the_slope_of_the_likelihood()
    {
        MissingNormalModel model = new(Air, 4);
        MissingScore score = new(model, model.Start());
        EmMap map = new(model);
        Slopes.Check(score, at => map.Merit(score.At(at)));
    }

    [Fact]
    public void Without_holes_it_is_the_normal_maximum_in_one_step()
    {
        double[] rows = GaussianMixtureTests.Read("faithful.csv");
        MissingNormalModel model = new(rows, 2);
        double[] theta = new double[6];
        Assert.True(double.IsFinite(new EmMap(model).MapWithMerit(model.Start(), theta)));
        double x = rows.Where((_, i) => i % 2 == 0).Average(), y = rows.Where((_, i) => i % 2 == 1).Average(), xy = 0;
        for (int i = 0; i < rows.Length; i += 2) xy += (rows[i] - x) * (rows[i + 1] - y) / 272;
        Assert.Equal(x, theta[0], 12);
        Assert.Equal(y, theta[1], 11);
        Assert.Equal(xy, theta[3], 11);
    }

    // x₂ | x₁ = 3 in N(0, [[2, 1], [1, 4]]) has the mean 3/2.
    [Fact]
    public void Holes_are_filled_by_the_regression_on_what_is_seen()
    {
        double[] rows = [1, 2, 3, double.NaN, double.NaN, double.NaN, -1, 0, 2, 7], filled = new double[10];
        MissingNormalModel model = new(rows, 2);
        model.Impute([0, 0, 2, 1, 1, 4], filled);
        Assert.Equal([1, 2, 3, 1.5, 0, 0, -1, 0, 2, 7], filled, (a, b) => Math.Abs(a - b) < 1e-14);
        // A row of holes alone says nothing; the one with a hole has the density of N(0, 2) at 3.
        Assert.Equal(0, model.LogDensity([0, 0, 2, 1, 1, 4], 2), 14);
        Assert.Equal(-0.5 * (Math.Log(4 * Math.PI) + 4.5), model.LogDensity([0, 0, 2, 1, 1, 4], 1), 14);
    }

    [Fact]
    public void Bad_input_is_refused_with_a_sentence()
    {
        Refused("Row 2, column 1 holds ∞; every number must be finite.", () => new MissingNormalModel([1, 2, double.PositiveInfinity, 2, 4,
            2], 2));
        Refused("Column 2 holds fewer than two different numbers in its 1 rows that have one; leave it out.",
            () => new MissingNormalModel([1, 2, 3, double.NaN, 4, double.NaN], 2));
        Refused("2 rows cannot give a covariance of 2 columns; at least 3 are needed.", () => new MissingNormalModel([1, 2, 3, 4], 2));
        Refused("5 numbers do not make rows of 2 columns.", () => new MissingNormalModel([1, 2, 3, 4, 5], 2));
    }

    static void Refused(string sentence, Func<object> build) =>
        Assert.Equal(sentence, Assert.Throws<ArgumentException>(build).Message.Replace("Infinity", "∞", StringComparison.Ordinal));
}
