using System.Numerics;
using Descent.Algorithms;
using Descent.Oracles;
using Descent.Rules;
using Descent.Runs;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Tests.Runs;

/// <summary>How runs end: by a default budget, at the optimum, at a noise floor, by divergence, and where squares overflow.</summary>
public class EndingTests
{
    /// <summary>F = eʷ − cw, minimum at ln c.</summary>
    sealed class Exponential(double c) : AnalyticOracle<double>(1)
    {
        readonly double[] minimiser = [Math.Log(c)];

        public override double Optimum => c * (1 - Math.Log(c));

        public override ReadOnlySpan<double> Minimiser => minimiser;

        public override double Smoothness => double.PositiveInfinity;

        public override double StrongConvexity => 0;

        protected override double ValueCore(ReadOnlySpan<double> w) => Math.Exp(w[0]) - (c * w[0]);

        protected override double GradientCore(ReadOnlySpan<double> w, Span<double> g)
        {
            g[0] = Math.Exp(w[0]) - c;
            return ValueCore(w);
        }

        protected override void HessianCore(ReadOnlySpan<double> w, Span<double> hessian) => hessian[0] = Math.Exp(w[0]);
    }

    static RunResult<double> Run(IMethod<double, IGradientOracle<double>> method, IGradientOracle<double> f, double[] start,
        RunOptions<double>? options = null) =>
        new Problem<double, IGradientOracle<double>>(f).Minimize(method, (options ?? new()) with { Start = start });

    public static TheoryData<string, double> Searches => new()
    {
        { "lbfgs", 700 }, { "bfgs", 700 }, { "line-search", 700 }, { "lbfgs", 400 }, { "bfgs", 360 }, { "line-search", 500 },
        { "negative-curvature", 600 },
    };

    // ‖g‖² leaves the range from w = 355 on.
    [Theory]
    [MemberData(nameof(Searches))]
    public void Line_searches_move_where_the_squared_gradient_overflows(string name, double start)
    {
        var method = (IMethod<double, IHessianMatrixOracle<double>>)new MethodSettings(Catalogue.Find(name)!).Build();
        RunResult<double> run = new Problem<double, IHessianMatrixOracle<double>>(new Exponential(3))
            .Minimize(method, new RunOptions<double> { Start = new[] { start }, MaxSteps = 5000 });
        Assert.Equal(Math.Log(3), run.Point[0], 1e-6);
        Assert.Equal(OutcomeKind.Converged, run.Outcome.Kind == OutcomeKind.Stalled ? OutcomeKind.Converged : run.Outcome.Kind);
    }

    [Fact]
    public void An_exact_step_is_taken_where_its_squares_overflow()
    {
        Iteration<double> run = new ExactLineSearchDescent()
            .Start(new Quadratic<double>([1e3, 1e3], [0, 0]), [1e160, -2e160], new Draws(1));
        run.Advance(3);
        Assert.True(Math.Abs(run.Point[0]) < 1e146);
    }

    [Fact]
    public void A_run_without_limits_ends_by_a_default_budget_and_says_so()
    {
        NoisyQuadratic<double> noisy = new([1, 4], 1);
        RunResult<double> sgd = new Problem<double, IStochasticOracle<double>>(noisy)
            .Minimize(Methods.Sgd(new Constant(0.01), new Sampling(SampleOrder.Replacement)));
        Assert.InRange(sgd.Steps, 10_000, 10_300);
        Assert.Contains("the default where no limit is given", sgd.Outcome.Sentence, StringComparison.Ordinal);
        Assert.Equal(OutcomeKind.BudgetSpent, sgd.Outcome.Kind);
        RunResult<double> asked = Run(Methods.GradientDescent(new Constant(1e-9)), new Quadratic<double>([1, 4]), [1, 1],
            new RunOptions<double> { GradientTolerance = 1e-6 });
        Assert.InRange(asked.Steps, 1_000_000, 1_010_000);
    }

    // At the optimum, exactly or to rounding, every method of steps stays what it is: not diverged.
    [Theory]
    [InlineData("gd", 0.25)]
    [InlineData("nesterov", 0.05)]
    [InlineData("adam", 0.01)]
    [InlineData("sign", 0.01)]
    [InlineData("lion", 0.01)]
    [InlineData("adan", 0.01)]
    public void A_run_that_starts_at_the_optimum_has_not_diverged(string name, double eta)
    {
        foreach (double off in new[] { 0, 1e-17, 1e-13, 1e-12, 1e-11, 1e-9, 1e-7 })
        {
            foreach (long steps in off > 1e-9 ? new long[] { 40, 300 } : [1, 2, 3, 7, 40, 300])
            {
                MethodSettings s = new(Catalogue.Find(name)!) { StepSize = new Constant(eta) };
                RunResult<double> run = Run((IMethod<double, IGradientOracle<double>>)s.Build(), new Quadratic<double>([1, 4], [1, -2]),
                    [1 + off, -2 - off], new RunOptions<double> { MaxSteps = steps });
                Assert.True(run.Outcome.Kind != OutcomeKind.Diverged, $"{off}, {steps} steps: {run.Outcome.Sentence}");
            }
        }
    }

    // η = 0.6 multiplies the second coordinate by −1.4 a step.
    [Theory]
    [InlineData(1e-11, 80)]
    [InlineData(1e-8, 60)]
    [InlineData(1e-6, 30)]
    public void Growing_steps_are_a_divergence_from_beside_the_optimum_too(double off, int steps)
    {
        RunResult<double> run = Run(Methods.GradientDescent(new Constant(0.6)), new Quadratic<double>([1, 4], [1, -2]), [1, -2 - off],
            new RunOptions<double> { MaxSteps = steps });
        Assert.Equal(OutcomeKind.Diverged, run.Outcome.Kind);
    }

    [Fact]
    public void A_noise_floor_above_the_start_is_not_a_divergence_and_is_named()
    {
        foreach (ulong seed in new ulong[] { 1, 2, 3 })
        {
            NoisyQuadratic<double> f = new([1, 4], 1);
            RunResult<double> run = new Problem<double, IStochasticOracle<double>>(f)
                .Minimize(Methods.Sgd(new Constant(0.05), new Sampling(SampleOrder.Replacement)),
                    new RunOptions<double> { Start = new double[] { 0, 0 }, MaxSteps = 5000, Seed = seed });
            Assert.Equal(OutcomeKind.BudgetSpent, run.Outcome.Kind);
        }
    }

    [Theory]
    [InlineData(0.51, 60)]
    [InlineData(0.6, 40)]
    [InlineData(100, 5)]
    [InlineData(1e200, 3)]
    public void Growing_steps_are_a_divergence(double eta, int steps)
    {
        RunResult<double> run = Run(Methods.GradientDescent(new Constant(eta)), new Quadratic<double>([1, 4]), [0, 1],
            new RunOptions<double> { MaxSteps = steps });
        Assert.Equal(OutcomeKind.Diverged, run.Outcome.Kind);
    }

    /// <summary>An objective that is finite wherever it is asked, with a rule that is not.</summary>
    sealed record Broken : IRule
    {
        public string Recursion => "w ← NaN";

        public RuleState<T> Start<T>(BlockLayout layout)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => new State<T>();

        sealed class State<T> : RuleState<T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

            public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step) => w[0] = T.NaN;

            public override void Visit(IStateVisitor visitor)
            {
            }
        }
    }

    sealed class Picky : ICertifier<double>
    {
        public double Foresee(ReadOnlySpan<double> gradient) => double.NaN;

        public bool ThoroughIsCheap => false;

        public Certificate Certify(ReadOnlySpan<double> w, ReadOnlySpan<double> dual, bool thorough)
        {
            foreach (double x in w) Assert.True(double.IsFinite(x));
            return new Certificate(1, 1, 0, CertificateKind.Duality, "");
        }
    }

    [Fact]
    public void An_iterate_that_is_not_finite_is_an_outcome_and_no_certifier_sees_it()
    {
        RunResult<double> run = Run(new GradientMethod(new Broken(), new Constant(1)), new Quadratic<double>([1, 4]), [1, 1],
            new RunOptions<double> { MaxSteps = 1, Certifier = new Picky() });
        Assert.Equal(OutcomeKind.Diverged, run.Outcome.Kind);
        Assert.Equal(CertificateKind.None, run.Certificate!.Kind);
    }

    // ε = 0 and a coordinate whose gradient is 0, or whose square underflows: it stays where it is, the others move.
    [Theory]
    [InlineData("adam")]
    [InlineData("adamw")]
    [InlineData("nadam")]
    [InlineData("radam")]
    [InlineData("amsgrad")]
    [InlineData("rmsprop")]
    [InlineData("adagrad")]
    [InlineData("lamb")]
    [InlineData("ademamix")]
    [InlineData("adan")]
    [InlineData("schedule-free-adamw")]
    [InlineData("prodigy")]
    public void A_coordinate_without_gradient_stays_with_epsilon_zero(string name)
    {
        CatalogueEntry entry = Catalogue.Find(name)!;
        Dictionary<string, double> given = new() { ["eps"] = 0 };
        if (entry.Parameters.Any(p => p.Name == "weight-decay")) given["weight-decay"] = 0;
        foreach (double tiny in new[] { 0, 1e-170 })
        {
            MethodSettings s = new(entry) { StepSize = new Constant(0.01), Given = given };
            Iteration<double> run = ((IMethod<double, IGradientOracle<double>>)s.Build())
                .Start(new Quadratic<double>([1, tiny], [1, -2]), [0.5, 0.5], new Draws(1));
            run.Advance(20);
            Assert.Equal(0.5, run.Point[1], 1e-3);
            Assert.True(double.IsFinite(run.Point[0]) && (run.Point[0] != 0.5 || name == "lamb"));
        }
    }
}
