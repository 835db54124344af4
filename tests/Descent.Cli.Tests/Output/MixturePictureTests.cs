using Descent.Fitting.Mixtures;
using Descent.Fitting;
using Descent.Reports.Charts;

namespace Descent.Cli.Tests.Output;

/// <summary>What the pictures of mixtures show.</summary>
public sealed class MixturePictureTests
{
    static FittedMixture Fit(string file, MixtureFamily family, int components, params string[] features)
    {
        MixtureSpec spec = new() { Family = family, Components = components };
        return new MixtureFitter(spec, MixtureLoader.Load(new DataSpec([file]) { Features = features }, family)).Run(default);
    }

    static string Mtcars => Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", "mtcars.csv");

    // R 4.2.2: factanal(mtcars[, c("mpg", "wt", "hp", "qsec", "cyl")], 1)$loadings, which are of standardised columns; the sign of a
    // factor is free.
    [Fact]
    public void Loadings_are_drawn_as_correlations_beside_the_names_of_their_columns()
    {
        string[] columns = ["mpg", "wt", "hp", "qsec", "cyl"];
        Chart chart = MixturePictures.Of(Fit(Mtcars, MixtureFamilies.Find("factor")!, 1, columns)).Charts[1];
        Assert.Equal(columns, chart.Rows!);
        Series drawn = Assert.Single(chart.Series, s => s.Mark == Mark.Dots);
        Assert.Equal([0, -1, -2, -3, -4], drawn.Y);
        double[] r = [-0.9214370463, 0.8426378688, 0.8652675945, -0.5514855191, 0.9408911277];
        double sign = Math.Sign(drawn.X[0]) * Math.Sign(r[0]);
        Assert.All(r.Zip(drawn.X), p => Assert.Equal(p.First, sign * p.Second, 2e-4));
    }

    // Symbols that a state never shows have probability 0: the information says nothing of their error.
    [Fact]
    public void An_estimate_at_its_boundary_has_no_error_of_zero()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "s\n"
            + string.Concat(Enumerable.Range(0, 120).Select(i => (i / 20 % 2 == 0 ? i % 3 : 3 + (i % 2)) + "\n")));
        FittedMixture m = Fit(file, MixtureFamilies.Find("hmm-discrete")!, 2, "s");
        Assert.Contains(m.Certificate is null ? [] : m.Model.File.Certificate!.Estimates, e => e.Estimate < 1e-30);
        Assert.All(m.Model.File.Certificate!.Estimates, e => Assert.NotEqual(0, e.StandardError));
        Assert.Contains(m.Model.File.Certificate!.Estimates, e => e.StandardError > 0);
        (List<Chart> charts, _) = MixturePictures.Of(m);
        Assert.Equal("Responsibility of the most probable state", charts[^1].Title);
        File.Delete(file);
    }
}
