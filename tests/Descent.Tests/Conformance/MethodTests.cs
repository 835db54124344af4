using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.Runs;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Tests.Conformance;

public class MethodTests
{
    public static TheoryData<string> DeterministicNames => [.. MethodCase.Deterministic];

    public static TheoryData<string> StochasticNames => [.. MethodCase.Stochastic];

    [Theory]
    [MemberData(nameof(DeterministicNames))]
    public void Reaches_the_optimum_of_a_quadratic(string name)
    {
        Quadratic<double> f = new([1, 4, 10], [1, -2, 0.5]);
        double? eta = MethodCase.OwnUnit(name) ? null : 0.05;
        RunResult<double> run = new Problem<double, Quadratic<double>>(f)
            .Minimize(MethodCase.OnQuadratic(name, 10, 1, eta), new RunOptions<double> { MaxSteps = 5_000, GradientTolerance = 1e-9 });
        double accuracy = name switch
        {
            // Steps of a fixed length end within it, up to what momentum carries beyond.
            _ when !MethodCase.OwnUnit(name) => FixedLength(name),
            "schedule-free-sgd" or "dog" or "d-adaptation" or "adadelta" or "prodigy" or "ema-norm" => 1e-2,
            "linear-coupling" => 1e-5,
            _ => 1e-8,
        };
        for (int i = 0; i < 3; i++) Assert.Equal(f.Minimiser[i], run.Point[i], accuracy);
    }

    static double FixedLength(string name) => name switch
    {
        // Blocks move by a part of their own norm, here of √5.25.
        "lars" or "lamb" or "lars-published" => 0.2,
        _ => 0.06,
    };

    [Theory]
    [MemberData(nameof(StochasticNames))]
    public void Reaches_the_optimum_of_a_consistent_sum(string name)
    {
        var (risk, truth, h, mu) = MethodCase.Consistent(name);
        Iteration<double> run = MethodCase.Start(MethodCase.OnSum(name, h, mu, risk.Count), risk, new Draws(1));
        run.Advance(40_000);
        double tolerance = name switch
        {
            // It need not converge (C 11.1); its neighbourhood is of the order of c√(1−β).
            "ema-norm" => 0.1,
            // The perturbation has length ρ however near the optimum is.
            "sam" => 0.05,
            "projected-sgd" => 1e-4,
            _ => MethodCase.FollowsGradient(name) ? 1e-6 : 4e-3,
        };
        for (int i = 0; i < truth.Length; i++) Assert.Equal(truth[i], run.Point[i], tolerance);
    }

    [Theory]
    [MemberData(nameof(StochasticNames))]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others(string name)
    {
        var (risk, _, h, mu) = MethodCase.Consistent(name);
        double[] Run(ulong seed)
        {
            Iteration<double> run = MethodCase.Start(MethodCase.OnSum(name, h, mu, risk.Count), risk, new Draws(seed));
            run.Advance(37);
            return run.Point.ToArray();
        }
        Assert.Equal(Run(5), Run(5));
        Assert.NotEqual(Run(5), Run(6));
    }

    [Theory]
    [MemberData(nameof(DeterministicNames))]
    public void Allocates_nothing_per_step_on_exact_gradients(string name)
    {
        LinearRisk<double, DenseRows<double>, LogisticLoss> risk = Logistic();
        IMethod<double, IHessianMatrixOracle<double>> method = MethodCase.OnQuadratic(name, 1, 1e-3,
            Catalogue.Find(name)!.Step is { FromSmoothness: false } ? 1e-3 : null);
        // Second-order methods are done after a few steps.
        bool quick = Catalogue.Find(name)!.Step is null;
        AssertNoAllocation(method.Start(risk, new double[4], new Draws(1)), quick ? 2 : 50, quick ? 2 : 200);
    }

    [Theory]
    [MemberData(nameof(StochasticNames))]
    public void Allocates_nothing_per_step_on_samples(string name)
    {
        var (risk, _, h, mu) = MethodCase.Consistent(name);
        AssertNoAllocation(MethodCase.Start(MethodCase.OnSum(name, h, mu, risk.Count), risk, new Draws(1)));
    }

    [Fact]
    public void Newton_and_the_interior_point_allocate_nothing_per_step()
    {
        AssertNoAllocation(Methods.Newton().Start(Logistic(), new double[4], new Draws(1)), 2, 2);
        var absolute = Risk.PiecewiseLinear<double, DenseRows<double>, PinballLoss>(Rows(),
            [.. Enumerable.Range(0, 60).Select(i => Math.Sin(i))], new PinballLoss(0.5, 2));
        AssertNoAllocation(Methods.InteriorPoint().Start(absolute, new double[4], new Draws(1)), 2, 3);
    }

    [Theory]
    [MemberData(nameof(StochasticNames))]
    public void Restored_state_continues_as_if_never_interrupted(string name)
    {
        var (risk, _, h, mu) = MethodCase.Consistent(name);
        Iteration<double> Begin() => MethodCase.Start(MethodCase.OnSum(name, h, mu, risk.Count), risk, new Draws(3));
        Iteration<double> whole = Begin();
        whole.Advance(23);
        StateBox box = new();
        whole.Visit(box);
        whole.Advance(30);
        Iteration<double> resumed = Begin();
        box.Restoring = true;
        resumed.Visit(box);
        Assert.Equal(23, resumed.Step);
        resumed.Advance(30);
        Assert.Equal(whole.Point.ToArray(), resumed.Point.ToArray());
    }

    [Theory]
    [MemberData(nameof(DeterministicNames))]
    public void Restored_state_continues_on_exact_gradients_too(string name)
    {
        LinearRisk<double, DenseRows<double>, LogisticLoss> risk = Logistic();
        Iteration<double> Begin() => MethodCase.OnQuadratic(name, 1, 1e-3,
            Catalogue.Find(name)!.Step is { FromSmoothness: false } ? 1e-3 : null).Start(risk, new double[4], new Draws(3));
        // Second-order methods are done after a few steps.
        int before = Catalogue.Find(name)!.Step is null ? 2 : 23;
        Iteration<double> whole = Begin();
        whole.Advance(before);
        double[] saved = whole.Point.ToArray();
        StateBox box = new();
        whole.Visit(box);
        whole.Advance(before + 7);
        Assert.NotEqual(saved, whole.Point.ToArray());
        Iteration<double> resumed = Begin();
        box.Restoring = true;
        resumed.Visit(box);
        Assert.Equal(saved, resumed.Point.ToArray());
        resumed.Advance(before + 7);
        Assert.Equal(whole.Point.ToArray(), resumed.Point.ToArray());
        Assert.Equal(whole.Step, resumed.Step);
    }

    [Fact]
    public void A_restored_interior_point_method_continues_too()
    {
        var absolute = Risk.PiecewiseLinear<double, DenseRows<double>, PinballLoss>(Rows(),
            [.. Enumerable.Range(0, 60).Select(i => Math.Sin(i))], new PinballLoss(0.5, 2));
        Iteration<double> whole = Methods.InteriorPoint().Start(absolute, new double[4], new Draws(1)),
            resumed = Methods.InteriorPoint().Start(absolute, new double[4], new Draws(1));
        whole.Advance(3);
        StateBox box = new();
        whole.Visit(box);
        whole.Advance(4);
        box.Restoring = true;
        resumed.Visit(box);
        resumed.Advance(4);
        Assert.Equal(7, resumed.Step);
        Assert.Equal(whole.Point.ToArray(), resumed.Point.ToArray());
    }

    [Theory]
    [MemberData(nameof(DeterministicNames))]
    public void A_gradient_that_is_not_a_number_is_an_outcome(string name)
    {
        RunResult<double> run = new Problem<double, IHessianMatrixOracle<double>>(new Poisoned())
            .Minimize(MethodCase.OnQuadratic(name, 1, 0.1, 0.5), new RunOptions<double> { MaxSteps = 50, Start = new double[] { 1, 1 } });
        // Line searches never move to such a point; the others end on it.
        Assert.True(run.Outcome.Kind is OutcomeKind.Diverged or OutcomeKind.Stalled, run.Outcome.Sentence);
        Assert.Matches(run.Outcome.Kind == OutcomeKind.Diverged ? "Diverged at step" : "not finite|decreases F", run.Outcome.Sentence);
    }

    // Methods of one row ask other oracles, and SDCA's solves for a root; labels that are not numbers are refused where data are read.
    public static TheoryData<string> SampledGradients => [.. MethodCase.Stochastic.Where(n => !Catalogue.Find(n)!.TakesOne)];

    [Theory]
    [MemberData(nameof(SampledGradients))]
    public void A_sampled_gradient_that_is_not_a_number_is_an_outcome(string name)
    {
        RunResult<double> run = new Problem<double, IFiniteSumOracle<double>>(new Poisoned()).Minimize(
            (IMethod<double, IFiniteSumOracle<double>>)MethodCase.OnSum(name, 1, 0.1, 8),
            new RunOptions<double> { MaxSteps = 50, Start = new double[] { 1, 1 } });
        // Line search on samples stays where it is for good.
        if (name == "sls") Assert.Equal([1, 1], run.Point);
        else Assert.Equal(OutcomeKind.Diverged, run.Outcome.Kind);
    }

    public static TheoryData<string> OwnScale =>
        [.. MethodCase.Deterministic.Where(n => Catalogue.Find(n)!.Step is null or { FromSmoothness: true })];

    [Theory]
    [MemberData(nameof(OwnScale))]
    public void One_parameter_and_none_are_ordinary(string name)
    {
        RunResult<double> one = new Problem<double, Quadratic<double>>(new Quadratic<double>([2], [3]))
            .Minimize(MethodCase.OnQuadratic(name, 2, 2), new RunOptions<double> { MaxSteps = 4000, GradientTolerance = 1e-10 });
        Assert.Equal(3, one.Point[0], name is "schedule-free-sgd" ? 1e-3 : 1e-6);
        RunResult<double> none = new Problem<double, Quadratic<double>>(new Quadratic<double>([]))
            .Minimize(MethodCase.OnQuadratic(name, 2, 2), new RunOptions<double> { MaxSteps = 3, GradientTolerance = 1e-10 });
        Assert.Empty(none.Point);
        Assert.Equal(OutcomeKind.Converged, none.Outcome.Kind);
    }

    [Fact]
    public void Single_precision_runs_through_the_same_methods()
    {
        Quadratic<float> f = new([1, 4], [1, -2]);
        RunResult<float> gd = new Problem<float, Quadratic<float>>(f)
            .Minimize(Methods.GradientDescent(new Constant(0.25)), new RunOptions<float> { MaxSteps = 200 });
        RunResult<float> lbfgs = new Problem<float, Quadratic<float>>(f).Minimize(Methods.LBfgs(), new RunOptions<float> { MaxSteps = 50 });
        RunResult<float> newton = new Problem<float, Quadratic<float>>(f)
            .Minimize(Methods.Newton(), new RunOptions<float> { MaxSteps = 10 });
        foreach (float[] w in new[] { gd.Point, lbfgs.Point, newton.Point })
        {
            Assert.Equal(1, w[0], 1e-5);
            Assert.Equal(-2, w[1], 1e-5);
        }
    }

    [Fact]
    public void Quasi_newton_methods_solve_rosenbrock()
    {
        foreach (IMethod<double, IGradientOracle<double>> method in new IMethod<double, IGradientOracle<double>>[] { Methods.Bfgs(),
            Methods.LBfgs() })
        {
            RunResult<double> run = new Problem<double, Rosenbrock<double>>(new Rosenbrock<double>())
                .Minimize(method, new RunOptions<double> { Start = new double[] { -1.2, 1 }, MaxSteps = 200, GradientTolerance = 1e-9 });
            Assert.Equal(1, run.Point[0], 1e-8);
            Assert.Equal(1, run.Point[1], 1e-8);
            Assert.True(run.Steps < 60);
        }
        RunResult<double> newton = new Problem<double, Rosenbrock<double>>(new Rosenbrock<double>())
            .Minimize(Methods.Newton(), new RunOptions<double> { Start = new double[] { -1.2, 1 }, MaxSteps = 100 });
        Assert.Equal(1, newton.Point[0], 1e-8);
    }

    [Fact]
    public void Exact_line_search_contracts_as_cauchy_says()
    {
        // From (κ, 1) on ½(x² + κy²), each step multiplies F by ((κ−1)/(κ+1))².
        Quadratic<double> f = new([1, 9]);
        Iteration<double> run = Methods.ExactLineSearch().Start(f, [9, 1], new Draws(1));
        double before = f.Value([9, 1]);
        for (int t = 0; t < 5; t++)
        {
            run.Advance();
            double after = f.Value(run.Point);
            Assert.Equal(0.64, after / before, 1e-12);
            before = after;
        }
    }

    [Fact]
    public void Gradient_descent_diverges_above_two_over_H_and_says_so()
    {
        RunResult<double> run = new Problem<double, Quadratic<double>>(new Quadratic<double>([97])).Minimize(
            Methods.GradientDescent(new Constant(0.5)),
            new RunOptions<double> { Start = new double[] { 1 }, MaxSteps = 2000, Smoothness = 97 });
        Assert.Equal(OutcomeKind.Diverged, run.Outcome.Kind);
        Assert.Matches(
            @"^Diverged at step \d+: F = .*; last finite F = .* at step \d+ with step size 0\.5\. "
                + @"With L ≈ 97, gradient descent needs a step size below 2/L ≈ 0\.0206186\.$", run.Outcome.Sentence);
    }

    [Fact]
    public void Sgd_has_the_stationary_variance_of_theory()
    {
        // ½hx² with noise σ: variance ησ²/(h(2 − ηh)) (catalogue M35).
        const double H = 2, Sigma = 0.5, Eta = 0.2;
        Iteration<double> run = ((IMethod<double, IStochasticOracle<double>>)Methods.Sgd(new Constant(Eta),
            new Sampling(SampleOrder.Replacement))).Start(new NoisyQuadratic<double>([H], Sigma), [0], new Draws(3));
        double sum = 0;
        const int N = 200_000;
        for (int t = 0; t < N; t++)
        {
            run.Advance();
            sum += run.Point[0] * run.Point[0];
        }
        double theory = Eta * Sigma * Sigma / (H * (2 - (Eta * H)));
        Assert.InRange(sum / N, 0.97 * theory, 1.03 * theory);
    }

    [Fact]
    public void Svrg_renews_its_anchor_every_period()
    {
        var (risk, truth, h, _) = MethodCase.Consistent();
        Iteration<double> run = Methods.Svrg(new Constant(0.1 / h), period: 10).Start(risk, new double[3], new Draws(1));
        run.Advance(25);
        // Three anchors of 40 gradients and 25 steps of two.
        Assert.Equal((3 * 40) + (25 * 2), risk.Meter.Gradients);
    }

    [Fact]
    public void Storm_keeps_the_error_of_its_first_sample_small_by_asking_twice()
    {
        // On additive noise ∇f(w; ξ) = ∇F(w) + ξ the recursion is m = ∇F + e with e ← (1−α)e + αξ:
        // stationary variance α/(2−α)·σ², without a lag behind ∇F.
        const double Alpha = 0.1, Sigma = 0.7;
        NoisyQuadratic<double> f = new([2], Sigma);
        Descent.Estimators.Estimation<double> storm = new Descent.Estimators.Storm(new Sampling(SampleOrder.Replacement), Alpha)
            .Start((IStochasticOracle<double>)f, new Draws(6));
        double sum = 0;
        double[] g = new double[1];
        const int N = 100_000;
        for (int t = 0; t < N; t++)
        {
            double w = Math.Sin(0.1 * t);
            storm.Estimate([w], g);
            if (t > 100) sum += (g[0] - (2 * w)) * (g[0] - (2 * w));
        }
        double theory = Alpha / (2 - Alpha) * Sigma * Sigma;
        Assert.InRange(sum / N, 0.93 * theory, 1.07 * theory);
    }

    [Fact]
    public void Averages_are_those_of_the_iterates()
    {
        double Sum(AverageKind kind)
        {
            Iteration<double> run = Methods.Average<double, IGradientOracle<double>>(Methods.GradientDescent(new Constant(0.5)), kind)
                .Start(new Quadratic<double>([1]), [8], new Draws(1));
            run.Advance(3);
            return run.Point[0];
        }
        // Iterates 8, 4, 2, 1: before the steps 8, 4, 2; after them 4, 2, 1.
        Assert.Equal(14.0 / 3, Sum(AverageKind.Uniform), 1e-14);
        Assert.Equal(7.0 / 3, Sum(AverageKind.StepSizeWeighted), 1e-14);
        Assert.Contains(Sum(AverageKind.RandomIterate), new double[] { 8, 4, 2 });
    }

    [Fact]
    public void Methods_for_smooth_objectives_refuse_an_l1_penalty()
    {
        var risk = Risk.Of<double, DenseRows<double>, SquaredLoss>(new DenseRows<double>([1, 2], 2, 1), [1, 2], default,
            new RiskOptions { L1 = 0.1 });
        ArgumentException e = Assert.Throws<ArgumentException>(() => Methods.LBfgs().Start(risk, new double[2], new Draws(1)));
        Assert.Contains("needs a differentiable objective", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Methods.Adam(new Constant(1)).Start(risk, new double[2], new Draws(1)));
    }

    static DenseRows<double> Rows()
    {
        Draws draws = new(8);
        return new DenseRows<double>([.. Enumerable.Range(0, 180).Select(_ => draws.NextNormal())], 60, 3);
    }

    static LinearRisk<double, DenseRows<double>, LogisticLoss> Logistic() =>
        Risk.Of<double, DenseRows<double>, LogisticLoss>(Rows(), [.. Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? 1.0 : 0)], default);

    static void AssertNoAllocation(Iteration<double> run, int warm = 50, int steps = 200)
    {
        run.Advance(warm);
        Assert.Equal(0, AllocationCheck.Bytes(() =>
        {
            run.Advance(steps);
            Assert.Null(run.Ended);
        }));
    }

    /// <summary>Finite at (1, ·) alone.</summary>
    sealed class Poisoned : IHessianMatrixOracle<double>, IFiniteSumOracle<double>
    {
        public int Dimension => 2;

        public int Count => 8;

        public int Population => 8;

        public BlockLayout Layout => BlockLayout.Flat(2);

        public OracleMeter Meter { get; } = new();

        public double Value(ReadOnlySpan<double> w) => w[0] == 1 ? 1 : double.NaN;

        public double Value(ReadOnlySpan<double> w, Sample sample) => Value(w);

        public double Gradient(ReadOnlySpan<double> w, Span<double> g)
        {
            double value = Value(w);
            g.Fill(value);
            return value;
        }

        public double Gradient(ReadOnlySpan<double> w, Sample sample, Span<double> g) => Gradient(w, g);

        public void HessianProduct(ReadOnlySpan<double> w, ReadOnlySpan<double> v, Span<double> hv)
        {
            for (int i = 0; i < 2; i++) hv[i] = Value(w) * v[i];
        }

        public double Curvature(ReadOnlySpan<double> w, Span<double> gradient, Span<double> hessian)
        {
            hessian.Clear();
            hessian[0] = hessian[3] = Value(w);
            return Gradient(w, gradient);
        }
    }
}
