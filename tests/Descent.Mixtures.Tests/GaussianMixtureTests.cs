using System.Globalization;
using Descent.Latent;
using Descent.Maps;
using Descent.Runs;

namespace Descent.Mixtures.Tests;

public class GaussianMixtureTests
{
    internal static double[] Read(string name, double scale = 1) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, name)).Skip(1).SelectMany(l => l.Split(','))
            .Select(w => double.Parse(w, CultureInfo.InvariantCulture) * scale)];

    static double[] StartOf(GaussianMixture model, ulong seed = 1)
    {
        double[] theta = new double[model.Parameters];
        Assert.True(model.Start(new Draws(seed), theta));
        return theta;
    }

    // scikit-learn 1.2, GaussianMixture(2, covariance_type, reg_covar = 0).
    [Theory]
    [InlineData(CovarianceShape.Full, -1130.263960185)]
    [InlineData(CovarianceShape.Tied, -1140.186759437)]
    [InlineData(CovarianceShape.Diagonal, -1147.806352538)]
    [InlineData(CovarianceShape.Spherical, -1709.529282177)]
    public void OldFaithfulReachesTheReferenceLikelihood(CovarianceShape shape, double expected)
    {
        GaussianMixture model = new(Read("faithful.csv"), 2, 2, shape);
        EmMap map = new(model);
        MapResult fit = new FixedPointIteration(map, StartOf(model)).Run(new MapOptions(1e-9, 5000));
        Assert.Equal(OutcomeKind.Converged, fit.Outcome.Kind);
        Assert.Equal(expected, map.Merit(fit.Point), 6);
        Assert.Null(model.Degeneracy(fit.Point));
    }

    [Fact]
    public void OneComponentIsTheMeanAndTheCovarianceOfTheRows()
    {
        double[] rows = Read("faithful.csv");
        GaussianMixture model = new(rows, 2, 1);
        MapResult fit = new FixedPointIteration(new EmMap(model), StartOf(model)).Run(new MapOptions(1e-9));
        double x = rows.Where((_, i) => i % 2 == 0).Average(), y = rows.Where((_, i) => i % 2 == 1).Average();
        double xy = 0;
        for (int i = 0; i < rows.Length; i += 2) xy += (rows[i] - x) * (rows[i + 1] - y) / 272;
        Assert.Equal([1, x, y, xy, xy], new[] { fit.Point[0], fit.Point[1], fit.Point[2], fit.Point[4], fit.Point[5] },
            (a, b) => Math.Abs(a - b) < 1e-11);
    }

    [Fact]
    public void TheLikelihoodIsTheSumOfTheRowsDensitiesAndRisesFromEveryStart()
    {
        GaussianMixture model = new(Read("galaxies.csv", 1e-3), 1, 3);
        EmMap map = new(model);
        for (ulong seed = 0; seed < 100; seed++)
        {
            double[] theta = new double[model.Parameters];
            if (!model.Start(new Draws(seed), theta)) continue;
            MapResult fit = new FixedPointIteration(map, theta).Run(new MapOptions(1e-8, 100));
            Assert.NotEqual(OutcomeKind.Diverged, fit.Outcome.Kind);
            for (int t = 1; t < fit.Merits.Count; t++) Assert.True(fit.Merits[t] >= fit.Merits[t - 1] - map.Rounding(fit.Merits[t]));
            Assert.Equal(map.Merit(fit.Point), Enumerable.Range(0, 82).Sum(i => model.LogDensity(fit.Point, i)), 9);
        }
    }

    // R 4.2 and numpy, galaxies in thousands, free variances.
    [Fact]
    public void GalaxiesWithThreeComponentsReachTheReferenceLikelihood()
    {
        GaussianMixture model = new(Read("galaxies.csv", 1e-3), 1, 3);
        EmMap map = new(model);
        MapResult fit = new FixedPointIteration(map, StartOf(model)).Run(new MapOptions(1e-9));
        Assert.Equal(-203.1792280, map.Merit(fit.Point), 6);
    }

    // Shares that do not sum to one, as extrapolation leaves them, are no more likely than those that do.
    [Fact]
    public void SharesCountRelativeToTheirSum()
    {
        GaussianMixture model = new(Read("galaxies.csv", 1e-3), 1, 2);
        EmMap map = new(model);
        Assert.Equal(map.Merit([0.6, 0.4, 20, 21, 20, 4]), map.Merit([0.75, 0.5, 20, 21, 20, 4]), 9);
    }

    [Fact]
    public void ASpikeIsSaid()
    {
        GaussianMixture model = new(Read("galaxies.csv", 1e-3), 1, 2);
        Assert.Contains("it is a spike", model.Degeneracy([0.9, 0.1, 20, 21, 20, 1e-3]), StringComparison.Ordinal);
        Assert.Null(model.Degeneracy([0.9, 0.1, 20, 21, 20, 1]));
    }

    [Fact]
    public void WeightsAreRowsSeveralTimesAndThreadsChangeNoBit()
    {
        double[] rows = Read("faithful.csv"), many = [.. Enumerable.Repeat(rows, 10).SelectMany(r => r)], tens = new double[272];
        Array.Fill(tens, 10);
        GaussianMixture repeated = new(many, 2, 2), weighted = new(rows, 2, 2, CovarianceShape.Full, tens);
        double[] start = StartOf(weighted), one = new double[start.Length], other = new double[start.Length];
        double a = new EmMap(repeated).MapWithMerit(start, one), b = new EmMap(weighted).MapWithMerit(start, other);
        Assert.Equal(a, b, 6);
        for (int i = 0; i < one.Length; i++) Assert.Equal(one[i], other[i], 9);
        using Workers two = new(2);
        Assert.Equal(a, new EmMap(repeated, two).MapWithMerit(start, other));
        Assert.Equal(one, other);
    }

    // The order of the rows changes nothing but rounding, on the whole way.
    [Fact]
    public void PermutedRowsGiveTheSameTrajectory()
    {
        double[] rows = Read("faithful.csv"), turned = [.. Enumerable.Range(0, 272).SelectMany(i => rows[(2 * (i * 101 % 272))..][..2])];
        GaussianMixture model = new(rows, 2, 2), other = new(turned, 2, 2);
        FixedPointIteration one = new(new EmMap(model), StartOf(model)), two = new(new EmMap(other), StartOf(model));
        for (int t = 0; t < 15; t++)
        {
            for (int i = 0; i < model.Parameters; i++)
                Assert.Equal(one.Point[i], two.Point[i], 1e-10 * (1 + Math.Abs(one.Point[i])));
            Assert.Equal(one.Merit, two.Merit, 1e-8);
            one.Step();
            two.Step();
        }
    }

    // Components so far apart that every label is known: one step is the closed form, shares, means and covariances of the groups.
    [Theory]
    [InlineData(CovarianceShape.Full)]
    [InlineData(CovarianceShape.Tied)]
    [InlineData(CovarianceShape.Diagonal)]
    [InlineData(CovarianceShape.Spherical)]
    public void WithKnownLabelsOneStepIsTheClosedForm(CovarianceShape shape)
    {
        double[] left = [0, 0, 1, 2, 2, 1, 3, 5], right = [900, 905, 902, 900, 905, 907, 901, 903, 907, 901, 903, 908];
        GaussianMixture model = new([.. left, .. right], 2, 2, shape);
        double[] start = [0.5, 0.5, 1, 1, 903, 903, 9, 0, 0, 9, 9, 0, 0, 9], image = new double[start.Length];
        new EmMap(model).Map(start, image);
        (double[] meanLeft, double[] spreadLeft) = Moments(left);
        (double[] meanRight, double[] spreadRight) = Moments(right);
        double[] pooled = [.. spreadLeft.Zip(spreadRight, (a, b) => ((4 * a) + (6 * b)) / 10)];
        double[] Shaped(double[] own) => shape switch
        {
            CovarianceShape.Full => own,
            CovarianceShape.Tied => pooled,
            CovarianceShape.Diagonal => [own[0], 0, 0, own[3]],
            _ => [(own[0] + own[3]) / 2, 0, 0, (own[0] + own[3]) / 2],
        };
        double[] wanted = [0.4, 0.6, .. meanLeft, .. meanRight, .. Shaped(spreadLeft), .. Shaped(spreadRight)];
        for (int i = 0; i < wanted.Length; i++) Assert.Equal(wanted[i], image[i], 1e-9);

        static (double[] Mean, double[] Covariance) Moments(double[] rows)
        {
            int n = rows.Length / 2;
            double[] mean = [rows.Where((_, i) => i % 2 == 0).Average(), rows.Where((_, i) => i % 2 == 1).Average()];
            double Of(int a, int b) => Enumerable.Range(0, n).Sum(i => (rows[(2 * i) + a] - mean[a]) * (rows[(2 * i) + b] - mean[b])) / n;
            return (mean, [Of(0, 0), Of(0, 1), Of(1, 0), Of(1, 1)]);
        }
    }

    // Two normal laws of deviation 1 whose means are so many deviations apart, a thousand rows by Philox. Overlap: both laws hold
    // 2Φ(−gap/2) of their mass beyond the middle, 37 % and 32 %.
    [Theory]
    [InlineData(1.8, 5)]
    [InlineData(2.0, 11)]
    [InlineData(2.0, 12)]
    public void SquaremTakesAFifthOfThePassesOnAMixtureThatOverlaps(double gap, ulong seed)
    {
        Draws draws = new(seed);
        double[] rows = [.. Enumerable.Range(0, 1000).Select(i => draws.NextNormal() + (i % 2 == 0 ? gap : 0))];
        GaussianMixture model = new(rows, 1, 2, CovarianceShape.Tied);
        EmMap map = new(model);
        double[] start = StartOf(model);
        MapOptions limits = new(1e-8, 200_000);
        MapResult plain = new FixedPointIteration(map, start).Run(limits), squared = new Squarem(map, start).Run(limits);
        Assert.Equal((OutcomeKind.Converged, OutcomeKind.Converged), (plain.Outcome.Kind, squared.Outcome.Kind));
        Assert.Equal(plain.Merits[^1], squared.Merits[^1], 7);
        Assert.True(5 * squared.Maps <= plain.Maps, $"{squared.Maps} passes against {plain.Maps}");
    }

    [Fact]
    public void SquaremAndAndersonReachTheSameOptimumWithFewerPasses()
    {
        // Two normal laws 1.5 standard deviations apart: more than a fifth of each lies on the other's side.
        Draws draws = new(5);
        double[] rows = new double[400];
        for (int i = 0; i < rows.Length; i++) rows[i] = draws.NextNormal() + (i % 2 == 0 ? 0 : 1.5);
        GaussianMixture model = new(rows, 1, 2, CovarianceShape.Tied);
        EmMap map = new(model);
        double[] start = StartOf(model);
        MapOptions limits = new(1e-8, 50_000);
        MapResult plain = new FixedPointIteration(map, start).Run(limits), squared = new Squarem(map, start).Run(limits),
            mixed = new Anderson(map, start).Run(limits);
        Assert.Equal(map.Merit(plain.Point), map.Merit(squared.Point), 6);
        Assert.Equal(map.Merit(plain.Point), map.Merit(mixed.Point), 6);
        Assert.True(squared.Maps < plain.Maps / 5 && mixed.Maps < plain.Maps / 5, $"{plain.Maps} {squared.Maps} {mixed.Maps}");
    }

    [Fact]
    public void BadRowsAreRefusedWithASentence()
    {
        Assert.Contains("1 … 2", Assert.Throws<ArgumentException>(() => new GaussianMixture([1, 2], 1, 3)).Message,
            StringComparison.Ordinal);
        Assert.Contains("constant", Assert.Throws<ArgumentException>(() => new GaussianMixture([4, 4, 4], 1, 1)).Message,
            StringComparison.Ordinal);
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => new GaussianMixture([1, double.NaN], 1, 1)).Message,
            StringComparison.Ordinal);
    }
}
