using Descent.Algorithms;
using Descent.Models.Certificates;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.Runs;
using Descent.Tests.Conformance;

namespace Descent.Tests.Algorithms;

/// <summary>Dual coordinate ascent on losses with kinks, where what rests at a bound is set aside.</summary>
public class DualShrinkingTests
{
    const int N = 300, D = 5;

    static EmpiricalRisk<double> Problem(string model, bool intercept = false, double[]? weights = null)
    {
        Draws draws = new(12);
        double[] x = [.. Enumerable.Range(0, N * D).Select(_ => draws.NextNormal())], y = new double[N];
        for (int i = 0; i < N; i++)
        {
            double z = x[i * D] - (0.5 * x[(i * D) + 1]) + (0.7 * draws.NextNormal());
            y[i] = model == "hinge" ? (z > 0 ? 1 : 0) : z;
        }
        RiskOptions options = new() { Intercept = intercept, PenaliseIntercept = intercept, L2 = 0.02, Weights = weights };
        return Risk.Of<double, DenseRows<double>>(Enum.Parse<LossKind>(model, true), new DenseRows<double>(x, N, D), y, options, 0.3);
    }

    static Iteration<double> Begin(EmpiricalRisk<double> risk, ulong seed = 1) =>
        Methods.Sdca().Start((IDualCoordinateOracle<double>)risk, new double[risk.Dimension], new Draws(seed));

    // The bound comes from the method's dual variables and holds by itself; that it meets F is what shows the optimum.
    [Theory]
    [InlineData("hinge", false)]
    [InlineData("hinge", true)]
    [InlineData("absolute", false)]
    [InlineData("quantile", true)]
    public void Primal_and_dual_meet(string model, bool weighted)
    {
        double[]? weights = weighted ? [.. Enumerable.Range(0, N).Select(i => (double)(i % 4))] : null;
        EmpiricalRisk<double> risk = Problem(model, weighted, weights);
        RunResult<double> run = new Problem<double, IDualCoordinateOracle<double>>((IDualCoordinateOracle<double>)risk).Minimize(
            Methods.Sdca(),
            new RunOptions<double>
            { MaxSteps = 3000L * N, TraceEvery = N, GapTolerance = 1e-8, Certifier = new RiskCertifier<double>(risk) });
        Assert.Equal(OutcomeKind.Converged, run.Outcome.Kind);
        Assert.InRange(run.Certificate!.RelativeGap, 0, 1e-8);
    }

    [Fact]
    public void The_point_is_the_one_of_the_dual_variables()
    {
        EmpiricalRisk<double> risk = Problem("hinge", true);
        Iteration<double> run = Begin(risk);
        run.Advance(20 * N);
        double[] v = new double[D + 1];
        risk.Adjoint(run.Dual, v);
        for (int j = 0; j <= D; j++) Assert.Equal(-v[j] / 0.02, run.Point[j], 1e-10);
    }

    [Fact]
    public void Examples_at_their_bounds_are_not_asked_every_round()
    {
        EmpiricalRisk<double> risk = Problem("hinge");
        IDualCoordinateOracle<double> oracle = (IDualCoordinateOracle<double>)risk;
        Iteration<double> run = Begin(risk);
        run.Advance(60 * N);
        int[] all = [.. Enumerable.Range(0, N)];
        double[] w = run.Point.ToArray(), u = run.Dual.ToArray();
        DualSlopes seen = DualSlopes.Unknown with { Below = -1e-3, Above = 1e-3 };
        int stay = oracle.DualPass(all, w, u, ref seen);
        // What stays in front has a dual variable inside its interval, or a slope that does not lead out.
        Assert.InRange(stay, 1, N / 2);
        Assert.Equal(N, all.Distinct().Count());
        foreach (int i in all[stay..]) Assert.Contains(Math.Abs(u[i]), new double[] { 0, 1 });
    }

    [Fact]
    public void The_first_pass_sets_nothing_aside_and_takes_the_steps_of_single_ones()
    {
        EmpiricalRisk<double> risk = Problem("absolute");
        IDualCoordinateOracle<double> oracle = (IDualCoordinateOracle<double>)risk;
        double[] w = new double[D], u = new double[N], w1 = new double[D], u1 = new double[N];
        DualSlopes seen = DualSlopes.Unknown;
        Assert.Equal(N, oracle.DualPass([.. Enumerable.Range(0, N)], w, u, ref seen));
        for (int i = 0; i < N; i++) oracle.DualStep(i, w1, ref u1[i]);
        for (int i = 0; i < N; i++) Assert.Equal(u1[i], u[i], 1e-9);
        Assert.True(seen.Least < 0 && seen.Most > 0);
    }

    [Fact]
    public void Seeds_matter_and_a_restored_run_goes_on_with_the_same_bits()
    {
        double[] Run(ulong seed)
        {
            Iteration<double> run = Begin(Problem("hinge"), seed);
            run.Advance(5 * N);
            return run.Point.ToArray();
        }
        Assert.Equal(Run(4), Run(4));
        Assert.NotEqual(Run(4), Run(5));
        Iteration<double> whole = Begin(Problem("hinge")), resumed = Begin(Problem("hinge"));
        whole.Advance((7 * N) + 11);
        StateBox box = new();
        whole.Visit(box);
        whole.Advance(5 * N);
        box.Restoring = true;
        resumed.Visit(box);
        resumed.Advance(5 * N);
        Assert.Equal(whole.Point.ToArray(), resumed.Point.ToArray());
    }

    // Blocks of any length visit the same examples in the same order;
    // only where a block ends inside a round may what is set aside change places.
    [Fact]
    public void Orders_other_than_epochs_in_permutations_set_nothing_aside()
    {
        EmpiricalRisk<double> risk = Problem("hinge");
        Iteration<double> run = Methods.Sdca(SampleOrder.Sequential)
            .Start((IDualCoordinateOracle<double>)risk, new double[D], new Draws(1));
        run.Advance(50 * N);
        Assert.Equal(50L * N, risk.Meter.Gradients);
    }
}
