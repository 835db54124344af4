using Descent.Models.Constants;
using Descent.Models.Linear;
using Descent.Models.Losses;
using static Descent.TheoryTests.Simulation;

namespace Descent.TheoryTests;

// Two orthogonal rows (a, 0), (0, a) of squares:
// H = μ = a²/2 and ρ = 2. With η = 1/(ρH) = 1/a² a step on a row ends its residual, so that E gap = 2⁻ᵀΔ: both bounds are attained.
public class GrowthTests
{
    static LinearRisk<double, DenseRows<double>, SquaredLoss> Rows(double[] x, double[] y, int d, double l2 = 0) =>
        Risk.Of<double, DenseRows<double>, SquaredLoss>(new DenseRows<double>(x, y.Length, d), y, default,
            new RiskOptions { Intercept = false, L2 = l2 });

    [Theory]
    [InlineData("G30", 1)]
    [InlineData("G30", 12)]
    [InlineData("SG-PL", 1)]
    [InlineData("SG-PL", 6)]
    public void G30_sgd_under_strong_growth(string id, long steps)
    {
        Guarantee g = Theory.Find(id);
        var risk = Rows([3, 0, 0, 3], [2, -1], 2);
        PilotRun pilot = Pilot.Look(risk, ConstantsOf.Risk(risk), new double[2]);
        Assert.Equal(2, pilot.Constants.Growth.Value, 9);
        Assert.Equal(4.5, pilot.Constants.PolyakLojasiewicz.Value, 9);
        Situation s = new(pilot.Constants, steps);
        Assert.Equal(Standing.Holds, g.StandingIn(s));
        Assert.Equal(1 / 9.0, g.Prescribe(s).Eta, 9);
        double ratio = Under(g, g.Bound(s),
            Mean(k => Measure(g, Build(g, s, g.Prescribe(s)), risk, risk, 0, new double[2], steps, k), 4000));
        Assert.InRange(ratio, id == "G30" && steps == 1 ? 0.45 : 0.8, 1.2);
    }

    // More columns than rows: all can be fitted, in batches too.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void G30_on_random_rows_that_can_all_be_fitted(int batch)
    {
        Draws draws = new(9);
        double[] x = [.. Enumerable.Range(0, 6 * 9).Select(_ => draws.NextNormal())],
            y = [.. Enumerable.Range(0, 6).Select(_ => draws.NextNormal())];
        var risk = Rows(x, y, 9);
        PilotRun pilot = Pilot.Look(risk, ConstantsOf.Risk(risk), new double[9]);
        foreach (string id in new[] { "G30", "SG-PL" })
        {
            Guarantee g = Theory.Find(id);
            Situation s = new(pilot.Constants, 60, batch);
            Assert.Equal(Standing.Holds, g.StandingIn(s));
            Under(g, g.Bound(s), Mean(k => Measure(g, Build(g, s, g.Prescribe(s)), risk, risk, 0, new double[9], 60, k)), tight: false);
        }
    }

    [Fact]
    public void Rows_that_cannot_all_be_fitted_refute_it()
    {
        Draws draws = new(9);
        double[] x = [.. Enumerable.Range(0, 20 * 3).Select(_ => draws.NextNormal())],
            y = [.. Enumerable.Range(0, 20).Select(_ => draws.NextNormal())];
        foreach (double l2 in new[] { 0, 0.1 })
        {
            var risk = Rows(x, y, 3, l2);
            Assert.Equal(Standing.Violated,
                Theory.Find("G30").StandingIn(new Situation(Pilot.Measure(risk, ConstantsOf.Risk(risk), new double[3]), 10)));
        }
    }
}
