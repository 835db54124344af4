using Descent.Algorithms;
using Descent.Oracles;
using Descent.Runs;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Tests.Runs;

/// <summary>Every option of a run, on problems whose course is known by hand:
/// gradient descent with η = ½ on ½w² halves w at each step.</summary>
public class RunLoopTests
{
    /// <summary>A clock that moves by a second whenever it is looked at.</summary>
    sealed class Ticking : TimeProvider
    {
        long now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => now++;
    }

    /// <summary>F = 1 + ½w², so that gaps relative to F mean something.</summary>
    sealed class Lifted() : AnalyticOracle<double>(1)
    {
        readonly double[] minimiser = [0];

        public override double Optimum => 1;

        public override ReadOnlySpan<double> Minimiser => minimiser;

        public override double Smoothness => 1;

        public override double StrongConvexity => 1;

        protected override double ValueCore(ReadOnlySpan<double> w) => 1 + (0.5 * w[0] * w[0]);

        protected override double GradientCore(ReadOnlySpan<double> w, Span<double> g)
        {
            g[0] = w[0];
            return ValueCore(w);
        }

        protected override void HessianCore(ReadOnlySpan<double> w, Span<double> hessian) => hessian[0] = 1;
    }

    /// <summary>Proves 0.9 of the optimum 1 at a look, and all of it when it may be thorough.</summary>
    sealed class Bounds(bool cheap = false) : ICertifier<double>
    {
        public List<bool> Thorough { get; } = [];

        public bool ThoroughIsCheap => cheap;

        public double Foresee(ReadOnlySpan<double> gradient) => double.NaN;

        public Certificate Certify(ReadOnlySpan<double> w, ReadOnlySpan<double> dual, bool thorough)
        {
            Thorough.Add(thorough);
            return new Certificate(1 + (0.5 * w[0] * w[0]), Math.Abs(w[0]), thorough ? 1 : 0.9, CertificateKind.Duality, "known");
        }
    }

    sealed class Stop(long at) : IMonitor<double>
    {
        public List<(long Step, double W)> Seen { get; } = [];

        public string? Look(in TracePoint point, ReadOnlySpan<double> w)
        {
            Seen.Add((point.Step, w[0]));
            return point.Step >= at ? "enough was seen" : null;
        }
    }

    static RunResult<double> Certified(double gap, Bounds bounds,
        bool asked = false) => new Problem<double, IGradientOracle<double>>(new Lifted()).Minimize(
        Methods.GradientDescent(new Constant(0.5)),
        new() { Start = new[] { 1.0 }, GapTolerance = gap, AccuracyAsked = asked, Certifier = bounds, MaxSteps = 9 });

    static RunResult<double> Run(RunOptions<double> options, double eta = 0.5, double h = 1) =>
        new Problem<double, IGradientOracle<double>>(new Quadratic<double>([h]))
            .Minimize(Methods.GradientDescent(new Constant(eta)), options.Start.IsEmpty ? options with { Start = new[] { 1.0 } } : options);

    [Fact]
    public void Most_steps_end_a_run_after_exactly_so_many()
    {
        RunResult<double> run = Run(new() { MaxSteps = 7 });
        Assert.Equal((7, 7), (run.Steps, run.Gradients));
        Assert.Equal(Math.Pow(0.5, 7), run.Point[0]);
        Assert.Equal(OutcomeKind.BudgetSpent, run.Outcome.Kind);
        Assert.Contains("7 steps", run.Outcome.Sentence, StringComparison.Ordinal);
        Assert.Equal(0, Run(new() { MaxSteps = 0 }).Steps);
    }

    [Fact]
    public void Most_gradients_end_a_run_when_they_are_asked()
    {
        RunResult<double> run = Run(new() { MaxGradients = 12, TraceEvery = 1 });
        Assert.Equal(12, run.Gradients);
        Assert.Equal(OutcomeKind.BudgetSpent, run.Outcome.Kind);
    }

    [Fact]
    public void The_time_limit_counts_the_clock_of_the_method_alone()
    {
        // One second to start and one a step by this clock; looks take seconds of their own that do not count.
        RunResult<double> run = Run(new() { TimeLimit = TimeSpan.FromSeconds(5), Clock = new Ticking(), MaxSteps = 1_000_000 });
        Assert.Equal((5.0, 4L), (run.Seconds, run.Steps));
        Assert.True(run.LookSeconds > 0);
        Assert.Equal(OutcomeKind.BudgetSpent, run.Outcome.Kind);
        Assert.Equal([1.0, 2, 3, 4, 5], run.Trace.Select(p => p.Seconds));
    }

    [Fact]
    public void A_gradient_that_is_small_enough_ends_a_run()
    {
        RunResult<double> run = Run(new() { GradientTolerance = 1e-3, MaxSteps = 1000 });
        // ½¹⁰ = 9.77e-4 is the first power that is at most 1e-3.
        Assert.Equal(10, run.Steps);
        Assert.Equal(OutcomeKind.Converged, run.Outcome.Kind);
        Assert.Equal(0, Run(new() { GradientTolerance = 2 }).Steps);
    }

    [Fact]
    public void A_change_that_is_small_enough_over_an_epoch_ends_a_run()
    {
        // F falls by η(2 − η) of itself a step: 1 − (1 − 1e-3)² = 2.0e-3 of the value before it.
        RunResult<double> coarse = Run(new() { RelativeTolerance = 3e-3, MaxSteps = 50 }, eta: 1e-3),
            fine = Run(new() { RelativeTolerance = 1e-3, MaxSteps = 50 }, eta: 1e-3);
        Assert.Equal((1, OutcomeKind.Converged), (coarse.Steps, coarse.Outcome.Kind));
        Assert.Contains("says nothing about the gap", coarse.Outcome.Sentence, StringComparison.Ordinal);
        Assert.Equal((50, OutcomeKind.BudgetSpent), (fine.Steps, fine.Outcome.Kind));
    }

    [Fact]
    public void A_gap_that_is_certified_ends_a_run_and_one_that_is_not_goes_on()
    {
        // F − 0.9 is 0.6, 0.225, 0.131 at the first points: at most a quarter of F from the second on.
        RunResult<double> met = Certified(0.25, new Bounds());
        Assert.Equal((1L, OutcomeKind.Converged), (met.Steps, met.Outcome.Kind));
        // Never at most 0.05 of F at a look; the last, thorough certificate proves what no look did.
        RunResult<double> late = Certified(0.05, new Bounds(), asked: true);
        Assert.Equal((9L, OutcomeKind.Converged), (late.Steps, late.Outcome.Kind));
        Assert.Equal(Math.Pow(0.5, 19), late.Certificate!.Gap, 1e-15);
        Assert.Equal(OutcomeKind.AccuracyMissed, Certified(1e-9, new Bounds(), asked: true).Outcome.Kind);
    }

    [Fact]
    public void A_cheap_thorough_certificate_is_used_at_every_look_and_a_dear_one_at_the_end()
    {
        Bounds cheap = new(cheap: true), dear = new();
        Certified(1e-9, cheap);
        Certified(1e-9, dear);
        Assert.All(cheap.Thorough, Assert.True);
        Assert.Equal([.. Enumerable.Repeat(false, dear.Thorough.Count - 1), true], dear.Thorough);
    }

    [Fact]
    public void An_accuracy_that_was_asked_for_and_missed_is_an_outcome_of_its_own()
    {
        Assert.Equal(OutcomeKind.AccuracyMissed, Run(new() { GradientTolerance = 1e-30, AccuracyAsked = true, MaxSteps = 5 }).Outcome.Kind);
        Assert.Equal(OutcomeKind.BudgetSpent, Run(new() { GradientTolerance = 1e-30, MaxSteps = 5 }).Outcome.Kind);
    }

    [Theory]
    [InlineData(1, 1, new long[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })]
    [InlineData(4, 1, new long[] { 0, 1, 2, 4, 8, 10 })]
    [InlineData(4, 100, new long[] { 0, 4, 8, 10 })]
    public void Trace_points_lie_where_they_were_asked_for(long every, long from, long[] steps) =>
        Assert.Equal(steps, Run(new() { MaxSteps = 10, TraceEvery = every, TraceFrom = from }).Trace.Select(p => p.Step));

    [Fact]
    public void A_long_trace_grows_wider()
    {
        long[] steps = [.. Run(new() { MaxSteps = 64, TracePoints = 8 }, eta: 1e-3).Trace.Select(p => p.Step)];
        Assert.Equal([0L, 1, 2, 3, 4, 5, 6, 7, 8, 9], steps[..10]);
        Assert.Equal([48L, 56, 64], steps[^3..]);
    }

    [Fact]
    public void The_trace_says_what_is_so()
    {
        TracePoint p = Run(new() { MaxSteps = 3, Reference = new[] { 1.0 } }).Trace[2];
        Assert.Equal((2L, 2L, 2.0), (p.Step, p.Gradients, p.Epochs));
        Assert.Equal((0.03125, 0.25, 0.5, 0.75), (p.Value, p.GradientNorm, p.StepSize, p.Distance));
        Assert.Equal(double.NegativeInfinity, p.LowerBound);
        Assert.True(double.IsNaN(Run(new() { MaxSteps = 1 }).Trace[1].Distance));
    }

    [Fact]
    public void Every_trace_point_is_told_once()
    {
        List<TracePoint> told = [];
        RunResult<double> run = Run(new() { MaxSteps = 5, OnTrace = told.Add });
        Assert.Equal(run.Trace, told);
    }

    [Fact]
    public void A_monitor_sees_the_iterate_and_ends_the_run()
    {
        Stop stop = new(at: 3);
        RunResult<double> run = Run(new() { MaxSteps = 100, Monitor = stop });
        Assert.Equal([(0L, 1.0), (1, 0.5), (2, 0.25), (3, 0.125)], stop.Seen);
        Assert.Equal(3, run.Steps);
        Assert.Contains("enough was seen", run.Outcome.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Looks_and_monitors_are_outside_the_meter()
    {
        Quadratic<double> f = new([1]);
        Stop asks = new(at: 100);
        RunResult<double> run = new Problem<double, IGradientOracle<double>>(f).Minimize(Methods.GradientDescent(new Constant(0.5)),
            new() { Start = new[] { 1.0 }, MaxSteps = 10, Monitor = asks, Certifier = new Bounds() });
        Assert.Equal(10, run.Gradients);
        Assert.False(f.Meter.Paused);
    }

    [Fact]
    public void A_cancelled_run_ends_after_its_step_with_a_usable_point()
    {
        using CancellationTokenSource source = new();
        RunResult<double> run = Run(new() { MaxSteps = 1000, Cancellation = source.Token, OnTrace = CancelAtFour });
        void CancelAtFour(TracePoint p)
        {
            if (p.Step == 4) source.Cancel();
        }

        Assert.Equal((4L, OutcomeKind.Interrupted), (run.Steps, run.Outcome.Kind));
        Assert.Equal(Math.Pow(0.5, 4), run.Point[0]);
    }

    [Fact]
    public void The_latest_point_is_kept_for_another_thread()
    {
        LatestPoint<double> latest = new();
        Run(new() { MaxSteps = 6, Latest = latest });
        (long step, double[] point) = latest.Read()!.Value;
        Assert.Equal((6L, Math.Pow(0.5, 6)), (step, point[0]));
    }

    [Fact]
    public void Divergence_is_said_with_the_largest_stable_step()
    {
        RunResult<double> run = Run(new() { MaxSteps = 100_000, Smoothness = 1 }, eta: 3);
        Assert.Equal(OutcomeKind.Diverged, run.Outcome.Kind);
        Assert.Contains("below 2/L ≈ 2.", run.Outcome.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("2/L", Run(new() { MaxSteps = 100_000 }, eta: 3).Outcome.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_start_that_is_not_finite_is_an_outcome(double start)
    {
        RunResult<double> run = Run(new() { Start = new[] { start }, MaxSteps = 10, Certifier = new Bounds() });
        Assert.Equal(OutcomeKind.Diverged, run.Outcome.Kind);
        Assert.Equal(0, run.Steps);
        Assert.Equal(CertificateKind.None, run.Certificate!.Kind);
    }

    [Fact]
    public void A_start_of_another_length_is_refused() =>
        Assert.Contains("length 1", Assert.Throws<ArgumentException>(() => Run(new() { Start = new[] { 1.0, 2 } })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Without_a_limit_a_default_budget_ends_the_run()
    {
        RunResult<double> run = Run(new(), eta: 1e-6);
        Assert.InRange(run.Steps, 10_000, 10_256);
        Assert.Contains("the default where no limit is given", run.Outcome.Sentence, StringComparison.Ordinal);
        Assert.Equal(OutcomeKind.BudgetSpent, run.Outcome.Kind);
    }

    [Fact]
    public void The_seed_and_nothing_else_makes_the_draws()
    {
        RunResult<double> Noisy(ulong seed) =>
            new Problem<double, IStochasticOracle<double>>(new NoisyQuadratic<double>([1], 1))
                .Minimize(Methods.Sgd(new Constant(0.1), new Sampling(SampleOrder.Replacement, 1)),
                    new() { Start = new[] { 1.0 }, MaxSteps = 50, Seed = seed });
        Assert.Equal(Noisy(3).Point, Noisy(3).Point);
        Assert.NotEqual(Noisy(3).Point, Noisy(4).Point);
    }

    // From 1, two halvings: F = 1/32, ‖∇F‖ = 1/4.
    [Fact]
    public void A_spent_budget_says_the_numbers_that_it_ended_at()
    {
        string sentence = Run(new() { Start = new[] { 1.0 }, MaxSteps = 2 }).Outcome.Sentence;
        Assert.Contains("F = 0.03125, ‖∇F‖ = 0.25", sentence, StringComparison.Ordinal);
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
    }
}
