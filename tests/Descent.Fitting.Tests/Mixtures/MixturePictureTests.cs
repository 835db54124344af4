using Descent.Fitting.Mixtures;
using Descent.Reports.Charts;

namespace Descent.Fitting.Tests.Mixtures;

/// <summary>What the report of a mixture draws, against sums over the rows.</summary>
public class MixturePictureTests
{
    static readonly string[] Columns = ["sepal_length", "sepal_width", "petal_length", "petal_width"];

    // One component: its covariance is that of the rows, so in the plane the ellipse is that of the rows' own covariance there.
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Ellipses_are_those_of_the_projected_rows(int columns)
    {
        FittedMixture m = Fit.Mixture(Iris.Path, 1, Columns[..columns]);
        MixturePlane plane = MixturePlane.Of(m.Data);
        (double X, double Y)[] at = [.. Enumerable.Range(0, 150).Select(i => plane.At(m.Data.Row(i)))];
        double x = at.Average(p => p.X), y = at.Average(p => p.Y);
        double xx = at.Average(p => (p.X - x) * (p.X - x)), xy = at.Average(p => (p.X - x) * (p.Y - y));
        double yy = at.Average(p => (p.Y - y) * (p.Y - y)), det = (xx * yy) - (xy * xy);
        (double[] ex, double[] ey) = plane.Ellipse(m.Model.Parameters["means"][0], m.Model.Parameters["covariances"][0], 2);
        for (int i = 0; i < ex.Length; i++)
        {
            double a = ex[i] - x, b = ey[i] - y;
            Assert.Equal(4, ((yy * a * a) - (2 * xy * a * b) + (xx * b * b)) / det, 8);
        }
        Assert.True(ex.Max() - ex.Min() > 3 * Math.Sqrt(xx));
    }

    // scikit-learn 1.2.1, PCA on StandardScaler of iris: variances 2.91849782, 0.91403047 of 4 (divisor n), uncorrelated.
    [Fact]
    public void More_than_two_columns_are_drawn_on_principal_components()
    {
        MixtureData data = MixtureLoader.Load(new DataSpec([Iris.Path]) { Features = Columns }, MixtureFamilies.Gaussian);
        MixturePlane plane = MixturePlane.Of(data);
        (double X, double Y)[] at = [.. Enumerable.Range(0, 150).Select(i => plane.At(data.Row(i)))];
        Assert.Equal(2.91849782, at.Average(p => p.X * p.X), 7);
        Assert.Equal(0.91403047, at.Average(p => p.Y * p.Y), 7);
        Assert.Equal(0, at.Average(p => p.X * p.Y), 9);
        Assert.Equal("principal component 2 (23 %)", plane.Labels[1]);
    }

    [Fact]
    public void Histogram_and_density_have_area_one()
    {
        FittedMixture m = Fit.Mixture(Iris.Path, 2, ["petal_length"]);
        Chart chart = MixtureCharts.Density(m);
        Assert.Equal(["rows", "mixture", "1", "2"], chart.Series.Select(s => s.Name));
        Assert.Equal(1, Area(chart.Series[0]), 9);
        // Between the smallest and the largest row lies nearly all of it; the components add up to it.
        Assert.InRange(Area(chart.Series[1]), 0.97, 1);
        Assert.Equal(Area(chart.Series[1]), Area(chart.Series[2]) + Area(chart.Series[3]), 9);
        Assert.Equal(m.Model.Weights[0], Area(chart.Series[2]), 2e-2);
    }

    [Fact]
    public void Rows_are_grouped_by_their_most_probable_component()
    {
        FittedMixture m = Fit.Mixture(Iris.Path, 3, Columns, new() { Search = new(20) });
        MixtureAllocation rows = MixtureAllocation.Of(m);
        for (int i = 0; i < 150; i++)
        {
            double[] shares = [.. Enumerable.Range(0, 3).Select(j => m.Allocation[(3 * i) + j])];
            Assert.Equal(shares.Max(), rows.Probabilities[i]);
            Assert.Equal(shares[rows.Components[i]], shares.Max());
        }
        Chart chart = MixtureCharts.Scatter(m, rows, MixturePlane.Of(m.Data));
        Series[] dots = [.. chart.Series.Where(s => s.Mark == Mark.Dots)];
        Assert.Equal(150, dots.Sum(s => s.X.Count));
        Assert.Equal(rows.Probabilities.Count(p => p < 0.9), dots.Single(s => s.Name == "below 0.9").X.Count);
        Assert.Equal(6, chart.Series.Count(s => s.Mark is Mark.Line or Mark.Dashed));
    }

    static double Area(Series s) => Enumerable.Range(1, s.X.Count - 1).Sum(i => (s.X[i] - s.X[i - 1]) * (s.Y[i] + s.Y[i - 1]) / 2);
}
