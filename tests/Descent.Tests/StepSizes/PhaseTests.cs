using Descent.Algorithms;
using Descent.Oracles;
using Descent.Rules;
using Descent.Runs;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Tests.StepSizes;

/// <summary>Phases, lengths and numbers of schedules; expected values by arithmetic.</summary>
public class PhaseTests
{
    static double At(IStepSize s, long t) => s.Next(new StepInfo(t));

    // Phases of 10, 20, 40 with ranges × ½: the middle of a phase is the mean of its range.
    [Fact]
    public void Restarts_have_each_their_own_range()
    {
        WarmRestarts s = new(10, 2, 0.8, 0.2, 0.5);
        Assert.Equal(0.8, At(s, 0), 1e-15);
        Assert.Equal(0.5, At(s, 5), 1e-15);
        Assert.Equal(0.4, At(s, 10), 1e-15);
        Assert.Equal(0.25, At(s, 20), 1e-15);
        Assert.Equal(0.2, At(s, 30), 1e-15);
        Assert.Equal(0.125, At(s, 50), 1e-15);
        Assert.Equal([9, 10, 10, 30, 30, 70, 70], new long[] { 9, 10, 29, 30, 69, 70, 149 }.Select(s.BestEnd).ToArray());
    }

    [Fact]
    public void Phases_of_equal_length_cost_nothing_to_find()
    {
        WarmRestarts s = new(7, 1, 1, 0), slow = new(3, 1.1, 1, 0);
        Assert.Equal(1, At(s, 7_000_000_000), 1e-15);
        Assert.Equal(7_000_000_000, s.LastWholePhase(7_000_000_006));
        Assert.Equal(6_000_000_000, slow.LastWholePhase(6_000_000_001));
        Assert.True(new WarmRestarts(5, 1e6, 1, 0).BestEnd(long.MaxValue) > 0);
    }

    [Fact]
    public void Phases_may_be_listed()
    {
        CosinePhases s = new(new CosinePhase(4, 1, 0.5), new CosinePhase(2, 0.3, 0.1));
        Assert.Equal([1, 0.75, 0.3, 0.2, 0.1, 0.1], new long[] { 0, 2, 4, 5, 6, 60 }.Select(t => Math.Round(At(s, t), 14)).ToArray());
        Assert.Equal([3, 4, 4, 6, 6], new long[] { 3, 4, 5, 6, 99 }.Select(s.BestEnd).ToArray());
    }

    // Through every wrapper, and in every kind of run.
    [Fact]
    public void A_run_ends_with_the_last_whole_phase()
    {
        WarmRestarts s = new(10, 2, 0.1, 0);
        Assert.Equal(35, new WarmUp(5, s).BestEnd(74));
        Assert.Equal(42, new Sequence(new Constant(1), 12, s).BestEnd(81));
        Assert.Equal(30, new BatchScaled(s, 1, 8).BestEnd(69));
        Quadratic<double> f = new([1, 4], [1, -2]);
        foreach (IMethod<double, IGradientOracle<double>> m in new IMethod<double, IGradientOracle<double>>[]
        {
            Methods.GradientDescent(s), new Averaged<double, IGradientOracle<double>>(Methods.GradientDescent(s), AverageKind.Suffix),
        })
        {
            RunResult<double> run = new Problem<double, IGradientOracle<double>>(f)
                .Minimize(m, new RunOptions<double> { Start = new double[] { 5, 5 }, MaxSteps = 65 });
            Assert.Equal(30, run.Steps);
            Assert.Contains("30 steps, the last whole phase within 65", run.Outcome.Sentence, StringComparison.Ordinal);
        }
    }

    // The peak at the first step: η first, then down; and as PyTorch where it is later (CompositionTests).
    [Theory]
    [InlineData(10, 0.1)]
    [InlineData(4, 0.25)]
    [InlineData(2, 0.5)]
    [InlineData(1, 0.3)]
    public void One_cycle_is_finite_wherever_its_peak_lies(long steps, double peak)
    {
        OneCycle s = new(0.5, steps, peak);
        double[] all = [.. Enumerable.Range(0, 12).Select(t => At(s, t))];
        Assert.All(all, x => Assert.InRange(x, 0.5 / 25 / 1e4, 0.5));
        if (steps > 1) Assert.Equal(0.5, all[0], 1e-15);
        Assert.Equal(0.5 / 25 / 1e4, all[^1], 1e-18);
    }

    public static TheoryData<string, Func<object>> Wrong => new()
    {
        { "linear of no length", () => new Linear(1, 0, 0) },
        { "linear to a negative end", () => new Linear(1, -1, 5) },
        { "cosine of no length", () => new Cosine(1, 0, 0) },
        { "cosine of NaN length", () => new Cosine(1, 0, double.NaN) },
        { "decay of no length", () => Schedule.WarmUpStableDecay(1, 0, 0, 0) },
        { "decay after no warm-up", () => Schedule.WarmUpStableDecay(1, 0, 5, 5) },
        { "step decay without a period", () => new StepDecay(1, 10, 0) },
        { "step decay by nothing", () => new StepDecay(1, 0, 10) },
        { "one cycle with a zero divisor", () => new OneCycle(1, 10, 0.3, 0) },
        { "one cycle with a zero last divisor", () => new OneCycle(1, 10, 0.3, 25, 0) },
        { "one cycle with the peak at the end", () => new OneCycle(1, 10, 1) },
        { "one cycle of no steps", () => new OneCycle(1, 0) },
        { "restarts of no length", () => new WarmRestarts(0, 2, 1, 0) },
        { "restarts that shrink", () => new WarmRestarts(5, 0.5, 1, 0) },
        { "restarts that grow in range", () => new WarmRestarts(5, 2, 1, 0, 1.5) },
        { "no phases", () => new CosinePhases() },
        { "a phase of no length", () => new CosinePhase(0, 1, 0) },
        { "a NaN step", () => new Constant(double.NaN) },
        { "a negative step", () => new Constant(-0.1) },
        { "an infinite step", () => new Constant(double.PositiveInfinity) },
        { "a NaN power", () => new Power(0.1, double.NaN) },
        { "a negative power", () => new Power(0.1, -1) },
        { "a negative rate", () => new InverseTime(0.1, -1) },
        { "a NaN rate", () => new Exponential(0.1, double.NaN) },
        { "no curvature", () => new StronglyConvex(0, 1) },
        { "a warm-up of nothing", () => new WarmUp(0, new Constant(1)) },
        { "a negative part", () => new Sequence(new Constant(1), -1, new Constant(1)) },
        { "no base batch", () => new BatchScaled(new Constant(1), 0, 8) },
        { "a Polyak step by nothing", () => new Polyak(0) },
        { "a Polyak step with NaN", () => new Polyak(0.5, double.NaN) },
        { "Adam with ε < 0", () => new Adam(Epsilon: -1e-8) },
        { "Adam with NaN", () => new Adam(InitialAccumulator: double.NaN) },
        { "AdaGrad with ε < 0", () => new AdaGrad(-1) },
        { "RMSprop with ε < 0", () => new RmsProp(0.9, -1) },
        { "AMSGrad with ε < 0", () => new AmsGrad(0.9, 0.999, -1) },
        { "Adan with β₃ = 1", () => new Adan(Beta3: 1) },
        { "Muon without steps", () => new Muon(Steps: 0) },
        { "Shampoo without a period", () => new Shampoo(Every: 0) },
        { "SOAP without a period", () => new Soap(Every: 0) },
        { "AdEMAMix with a negative warm-up", () => new AdEmaMix(WarmUp: -1) },
        { "a shrinking D", () => new DAdaptation(Growth: 0.5) },
        { "a negative restart period", () => new LinearCoupling(-1) },
        { "an empty batch", () => new Sampling(SampleOrder.Shuffle, 0) },
        { "SVRG with a negative period", () => new Descent.Estimators.Svrg(new Sampling(), -1) },
        { "L-BFGS without pairs", () => new LBfgs(0) },
        { "a line search that does not shrink", () => new LineSearchDescent(1, 1) },
        { "a line search from NaN", () => new LineSearchDescent(double.NaN) },
        { "a stochastic line search with γ < 1", () => new StochasticLineSearch(new Sampling(), Growth: 0.5) },
        { "Sophia without a period", () => new Sophia(new Constant(1), new Sampling(), Every: 0) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Numbers_are_checked_when_a_description_is_built(string what, Func<object> make)
    {
        Assert.NotEmpty(what);
        ArgumentException e = Assert.ThrowsAny<ArgumentException>(() => { make(); });
        Assert.Matches(@"^[^\n]{15,}\.$", e.Message);
    }

    // A budget that ends with the first schedule is the first one's to cut.
    [Fact]
    public void A_sequence_cuts_a_budget_where_its_schedule_does()
    {
        Sequence s = new(new WarmRestarts(10, 1, 1, 0), 15, new WarmRestarts(4, 1, 1, 0));
        Assert.Equal(10, s.BestEnd(14));
        Assert.Equal(10, s.BestEnd(15));
        Assert.Equal(16, s.BestEnd(16));
        Assert.Equal(23, s.BestEnd(26));
    }
}
