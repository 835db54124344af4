using Descent.Maps;
using Descent.Runs;
using Descent.StepSizes;

namespace Descent.Tests.Maps;

public class MapIterationTests
{
    // PageRank of 1→2, 1→3, 2→3, 3→1 with damping 0.85; the linear system solved in fractions
    // (Python 3) gives (0.38778971, 0.21481063, 0.39739966).
    sealed class PageRank(double damping) : IFixedPointMap
    {
        public int Dimension => 3;

        public void Map(ReadOnlySpan<double> x, Span<double> image)
        {
            double rest = (1 - damping) / 3;
            image[0] = rest + (damping * x[2]);
            image[1] = rest + (damping * x[0] / 2);
            image[2] = rest + (damping * ((x[0] / 2) + x[1]));
        }
    }

    sealed class Falling : IMeritMap
    {
        public int Dimension => 1;

        public void Map(ReadOnlySpan<double> x, Span<double> image) => image[0] = x[0] + 1;

        public double MapWithMerit(ReadOnlySpan<double> x, Span<double> image)
        {
            Map(x, image);
            return Merit(x);
        }

        public double Merit(ReadOnlySpan<double> x) => -x[0];

        public double Rounding(double merit) => 1e-12;
    }

    static MapIteration Make(string name, IFixedPointMap map, double[] start) => name switch
    {
        "picard" => new FixedPointIteration(map, start),
        "relaxed" => new FixedPointIteration(map, start, new Constant(0.7)),
        "anderson" => new Anderson(map, start, 3),
        _ => new Squarem(map, start),
    };

    [Theory]
    [InlineData("picard", 300)]
    [InlineData("relaxed", 300)]
    [InlineData("anderson", 12)]
    [InlineData("squarem", 90)]
    public void PageRankIsFound(string name, long most)
    {
        MapResult found = Make(name, new PageRank(0.85), [1, 0, 0]).Run(new MapOptions(1e-12));
        Assert.Equal(OutcomeKind.Converged, found.Outcome.Kind);
        Assert.Equal([0.38778971, 0.21481063, 0.39739966], found.Point, (a, b) => Math.Abs(a - b) < 1e-8);
        Assert.True(found.Maps <= most, $"{found.Maps} applications");
    }

    [Theory]
    [InlineData("picard")]
    [InlineData("anderson")]
    [InlineData("squarem")]
    public void AMapThatLowersItsMeritIsAnOutcomeWithASentence(string name)
    {
        MapResult found = Make(name, new Falling(), [0]).Run();
        Assert.Equal(OutcomeKind.Diverged, found.Outcome.Kind);
        Assert.Contains("lowered its merit from 0 to -1", found.Outcome.Sentence.Replace("-0", "0", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public void HalpernReachesTheFixedPointOfARotationWithinItsBound()
    {
        Rotation turn = new();
        Halpern run = new(turn, [1, 0]);
        for (int t = 1; t <= 200; t++)
        {
            run.Step();
            // Met with equality at steps 1 and 5, so rounding needs its room.
            Assert.True(run.Residual <= 2.0 / (t + 1) * (1 + 1e-14), $"step {t}: {run.Residual}");
        }
    }

    sealed class Rotation : IFixedPointMap
    {
        public int Dimension => 2;

        public void Map(ReadOnlySpan<double> x, Span<double> image) => (image[0], image[1]) = (-x[1], x[0]);
    }
}
