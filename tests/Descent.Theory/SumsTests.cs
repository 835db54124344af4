using Descent.Algorithms;
using Descent.Models.Constants;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.Testing;
using static Descent.TheoryTests.Simulation;

namespace Descent.TheoryTests;

public class SumsTests
{
    // ℓᵢ = ½(w − yᵢ)² with yᵢ = ±1: H = 1, w* = 0, and single gradients that never vanish.
    static LinearRisk<double, DenseRows<double>, SquaredLoss> Signs(int n)
    {
        double[] y = new double[n], ones = new double[n];
        for (int i = 0; i < n; i++) (y[i], ones[i]) = ((2 * (i & 1)) - 1, 1);
        return Risk.Of<double, DenseRows<double>, SquaredLoss>(new DenseRows<double>(ones, n, 1), y, default,
            new RiskOptions { Intercept = false });
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(16, 64)]
    [InlineData(100, 200)]
    public void G19_svrg(int n, long steps)
    {
        (Guarantee g, Situation s, (double, double) mean) = Svrg(n, steps);
        Under(g, g.Bound(s), mean);
    }

    internal static (Guarantee G, Situation S, (double Mean, double Error) Measured) Svrg(int n, long steps)
    {
        Guarantee g = Theory.Find("G19");
        var risk = Signs(n);
        Situation s = new(Constants(h: 1, delta: 0.5, d: 1, count: n), steps);
        return (g, s, Mean(k => Measure(g, Build(g, s, g.Prescribe(s)), risk, risk, 0.5, [1], steps, k)));
    }

    // The linear rates are far from tight on any one problem: no lower side is asked of them.
    [Theory]
    [InlineData("SAGA", 20)]
    [InlineData("SAGA", 400)]
    [InlineData("SDCA", 20)]
    [InlineData("SDCA", 400)]
    public void SAGA_and_SDCA_converge_linearly(string id, long steps)
    {
        Guarantee g = Theory.Find(id);
        const int N = 20;
        const double Lambda = 0.05;
        double[] x = new double[N * 3], y = new double[N];
        Draws draws = new(5);
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < 3; j++) x[(3 * i) + j] = draws.NextNormal();
            y[i] = x[3 * i] + (0.5 * draws.NextNormal()) > 0 ? 1 : 0;
        }
        var risk = Risk.Of<double, DenseRows<double>, LogisticLoss>(new DenseRows<double>(x, N, 3), y, default,
            new RiskOptions { Intercept = false, L2 = Lambda });
        Iteration<double> newton = Methods.Newton().Start(risk, new double[3], new Draws(1));
        newton.Advance(50);
        double[] best = newton.Point.ToArray();
        double optimum = risk.Value(best);
        Situation s = new(Pilot.Measure(risk, ConstantsOf.Risk(risk), new double[3]), steps);
        Assert.Equal(Standing.Holds, g.StandingIn(s));
        Under(g, g.Bound(s), Mean(k =>
        {
            Iteration<double> run = id == "SAGA"
                ? ((IMethod<double, IFiniteSumOracle<double>>)Build(g, s, g.Prescribe(s))).Start(risk, new double[3], new Draws(k))
                : Methods.Sdca(SampleOrder.Replacement)
                    .Start(risk.Find<Descent.Oracles.IDualCoordinateOracle<double>>()!, new double[3], new Draws(k));
            run.Advance(steps);
            double sum = 0;
            for (int j = 0; j < 3; j++) sum += (run.Point[j] - best[j]) * (run.Point[j] - best[j]);
            return id == "SAGA" ? sum : risk.Value(run.Point) - optimum;
        }), tight: false);
    }
}
