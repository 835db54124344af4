using Descent.Latent;
using Descent.Maps;
using Descent.Mixtures.Laws;
using Descent.Numerics;
using Descent.Runs;

namespace Descent.Mixtures.Tests.Latent;

public class IncrementalEmTests
{
    static GaussianMixture Faithful { get; } = new(GaussianMixtureTests.Read("faithful.csv"), 2, 2);

    static double[] Start()
    {
        double[] theta = new double[Faithful.Parameters];
        Assert.True(Faithful.Start(new Draws(1), theta));
        return theta;
    }

    // scikit-learn 1.2: −1130.263960185. The end is a fixed point of EM, whatever the blocks.
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(272)]
    public void It_ends_where_EM_ends(int blocks)
    {
        IncrementalEm run = new(Faithful, Start(), blocks);
        Assert.Equal(OutcomeKind.Converged, run.Run(1e-9).Kind);
        double[] image = new double[Faithful.Parameters];
        Assert.Equal(-1130.263960185, new EmMap(Faithful).MapWithMerit(run.Point, image), 7);
        for (int i = 0; i < image.Length; i++) Assert.Equal(image[i], run.Point[i], 1e-8 * (1 + Math.Abs(image[i])));
    }

    // Neal and Hinton: partial E-steps are used at once, so a slow mixture takes fewer passes.
    [Fact]
    public void It_takes_fewer_passes_than_EM_on_a_mixture_that_overlaps()
    {
        Draws draws = new(5);
        double[] rows = new double[400];
        for (int i = 0; i < rows.Length; i++) rows[i] = draws.NextNormal() + (i % 2 == 0 ? 0 : 2);
        GaussianMixture model = new(rows, 1, 2, CovarianceShape.Tied);
        double[] start = [0.5, 0.5, -0.5, 2.5, 1, 1];
        MapResult em = new FixedPointIteration(new EmMap(model), start).Run(new MapOptions(1e-8));
        IncrementalEm run = new(model, start, 20);
        Assert.Equal(OutcomeKind.Converged, run.Run(1e-8).Kind);
        Assert.Equal(em.Merits[^1], new EmMap(model).Merit(run.Point), 8);
        Assert.True(run.Passes < 0.8 * em.Maps, $"{run.Passes} against {em.Maps}");
    }

    // One block is EM: the same path.
    [Fact]
    public void One_block_is_EM()
    {
        IncrementalEm run = new(Faithful, Start(), 1);
        run.Run(0, 6);
        FixedPointIteration em = new(new EmMap(Faithful), Start());
        for (int t = 0; t < 5; t++) em.Step();
        for (int i = 0; i < Faithful.Parameters; i++) Assert.Equal(em.Point[i], run.Point[i], 1e-12 * (1 + Math.Abs(em.Point[i])));
    }

    [Fact]
    public void What_cannot_run_is_refused_with_a_sentence()
    {
        Assert.Equal("The number of blocks must lie in 1 … 272 (the rows); got 273.",
            Assert.Throws<ArgumentException>(() => new IncrementalEm(Faithful, Start(), 273)).Message);
        Assert.Contains("No sum over rows is sufficient", Assert.Throws<ArgumentException>(() => new IncrementalEm(
            new FiniteMixture(new LogisticRegressionLaw([1, 2, 3, 4], 1, [0, 1, 0, 1]), 1), [1, 0, 0], 2)).Message,
            StringComparison.Ordinal);
    }
}
