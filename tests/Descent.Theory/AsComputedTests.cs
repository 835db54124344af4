using Descent.Algorithms;
using Descent.Models.Constants;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using static Descent.TheoryTests.Simulation;

namespace Descent.TheoryTests;

/// <summary>Guarantees with the constants that <see cref="Pilot"/> computes and not with some that the test chose:
/// where all assumptions hold, the mean over seeds stays under the bound.</summary>
public class AsComputedTests
{
    // "pairs": nearly equal rows with opposite labels, so that the start is nearly optimal while single gradients are large there.
    static EmpiricalRisk<double> Problem(string kind, int n, int d, double l2, ulong seed)
    {
        Draws draws = new(seed);
        double[] x = new double[n * d], y = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < d; j++) x[(i * d) + j] = kind == "pairs" && i % 2 == 1 ? x[((i - 1) * d) + j] + 1e-3 : draws.NextNormal();
            y[i] = kind switch
            {
                "pairs" => i % 2,
                "logistic" => x[i * d] + draws.NextNormal() > 0 ? 1 : 0,
                _ => x[i * d] + (0.5 * draws.NextNormal()),
            };
        }
        DenseRows<double> rows = new(x, n, d);
        RiskOptions options = new() { Intercept = false, L2 = l2 };
        return kind == "squares"
            ? Risk.Of<double, DenseRows<double>, SquaredLoss>(rows, y, default, options)
            : Risk.Of<double, DenseRows<double>, LogisticLoss>(rows, y, default, options);
    }

    static double Squared(ReadOnlySpan<double> w, IReadOnlyList<double> there)
    {
        double sum = 0;
        for (int j = 0; j < w.Length; j++) sum += (w[j] - there[j]) * (w[j] - there[j]);
        return sum;
    }

    static readonly (string Kind, int N, int D, double L2)[] Kinds = [("pairs", 40, 3, 0.05), ("pairs", 12, 2, 0.5), ("pairs", 60, 5, 0.01),
        ("logistic", 20, 3, 0.05), ("logistic", 50, 4, 1), ("squares", 30, 3, 0.02), ("squares", 10, 2, 0.3), ("squares", 25, 4, 0)];

    public static TheoryData<string, int> Sums() => new()
    {
        { "SAGA", 1 }, { "SAGA", 3 }, { "SDCA", 1 }, { "G19", 1 }, { "G19", 3 },
    };

    [Theory]
    [MemberData(nameof(Sums))]
    public void Finite_sum_bounds_hold_with_the_constants_that_are_computed(string id, int batch)
    {
        Guarantee g = Theory.Find(id);
        int held = 0;
        foreach (var (kind, n, d, l2) in Kinds)
        {
            EmpiricalRisk<double> risk = Problem(kind, n, d, l2, (ulong)(n + d));
            PilotRun pilot = Pilot.Look(risk, ConstantsOf.Risk(risk), new double[d]);
            foreach (long steps in new long[] { 1, 10, 40, 400 })
            {
                Situation s = new(pilot.Constants, steps, batch);
                if (g.StandingIn(s) != Standing.Holds) continue;
                held++;
                Under(g, g.Bound(s), Mean(k => At(g, s, risk, pilot, k), 60), tight: false);
            }
        }
        Assert.True(held >= 24, $"{id} promised in {held} cells");
    }

    static double At(Guarantee g, Situation s, EmpiricalRisk<double> risk, PilotRun pilot, ulong seed)
    {
        double[] start = new double[risk.Dimension];
        if (g.Id == "G19") return Measure(g, Build(g, s, g.Prescribe(s)), risk, risk, pilot.Value, start, s.Steps, seed);
        Iteration<double> run = g.Id == "SDCA"
            ? Methods.Sdca(SampleOrder.Replacement).Start((IDualCoordinateOracle<double>)risk, start, new Draws(seed))
            : ((IMethod<double, IFiniteSumOracle<double>>)Build(g, s, g.Prescribe(s))).Start(risk, start, new Draws(seed));
        run.Advance(s.Steps);
        return g.Id == "SDCA" ? risk.Value(run.Point) - pilot.Value : Squared(run.Point, pilot.Point);
    }

    [Theory]
    [InlineData("G2")]
    [InlineData("G5")]
    [InlineData("G6")]
    [InlineData("G8")]
    [InlineData("G9")]
    [InlineData("G15")]
    [InlineData("G20")]
    [InlineData("G21")]
    [InlineData("G24")]
    [InlineData("G25")]
    [InlineData("G26")]
    public void Stochastic_bounds_hold_with_the_constants_that_are_computed(string id)
    {
        Guarantee g = Theory.Find(id);
        int held = 0;
        foreach (var (kind, n, d, l2) in Kinds)
        {
            EmpiricalRisk<double> risk = Problem(kind, n, d, l2, (ulong)(n + d));
            PilotRun pilot = Pilot.Look(risk, ConstantsOf.Risk(risk), new double[d]);
            foreach (long steps in new long[] { 1, 30, 200 })
            {
                Situation s = new(pilot.Constants, steps, 2);
                if (g.StandingIn(s) != Standing.Holds) continue;
                held++;
                Under(g, g.Bound(s),
                    Mean(k => Measure(g, Build(g, s, g.Prescribe(s)), risk, risk, pilot.Value, new double[d], steps, k), 25), tight: false);
            }
        }
        Assert.True(held >= 3, $"{id} promised in {held} cells");
    }

    [Theory]
    [InlineData("G4")]
    [InlineData("G10")]
    [InlineData("G11")]
    [InlineData("G16")]
    [InlineData("M9")]
    public void Deterministic_bounds_hold_with_the_constants_that_are_computed(string id)
    {
        Guarantee g = Theory.Find(id);
        int held = 0;
        foreach (var (kind, n, d, l2) in Kinds)
        {
            EmpiricalRisk<double> risk = Problem(kind, n, d, l2, (ulong)(n + d));
            PilotRun pilot = Pilot.Look(risk, ConstantsOf.Risk(risk), new double[d]);
            foreach (long steps in new long[] { 1, 5, 25 })
            {
                Situation s = new(pilot.Constants, steps);
                if (g.StandingIn(s) != Standing.Holds) continue;
                held++;
                // F itself is known to rounding.
                double met = Measure(g, Build(g, s, g.Prescribe(s)), risk, risk, pilot.Value, new double[d], steps, 1);
                Assert.True(met <= g.Bound(s) + (1e-14 * pilot.Value),
                    $"{id} {kind} {n}×{d}, λ = {l2}, T = {steps}: {met} above {g.Bound(s)}");
            }
        }
        Assert.True(held >= 18, $"{id} promised in {held} cells");
    }

    // Where D is beyond what the columns can tell, it is an estimate, and nothing is promised.
    [Fact]
    public void Powers_of_a_number_leave_the_distance_open()
    {
        double[] x = new double[60 * 14], y = new double[60];
        for (int i = 0; i < 60; i++)
        {
            y[i] = Math.Sin(i / 3.0);
            for (int j = 0; j < 14; j++) x[(i * 14) + j] = Math.Pow(i / 59.0, j + 1);
        }
        var risk = Risk.Of<double, DenseRows<double>, SquaredLoss>(new DenseRows<double>(x, 60, 14), y, default, new RiskOptions());
        ProblemConstants c = Pilot.Measure(risk, ConstantsOf.Risk(risk), new double[15]);
        Assert.Equal(Evidence.Estimate, c.Distance.Evidence);
        Guarantee g = Theory.Find("G11");
        Assert.Equal(Standing.Unknown, g.StandingIn(new Situation(c, 20_000)));
        Assert.Contains(g.Check(new Situation(c, 20_000)), a => a.Assumption == Assumption.Near && a.Verdict.Standing == Standing.Unknown);
        Assert.Equal(Standing.Assumed, g.StandingIn(new Situation(c with { Distance = Quantity.Assumed("D", 1e9) }, 20_000)));
    }
}
