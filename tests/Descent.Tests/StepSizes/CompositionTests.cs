using Descent.Algorithms;
using Descent.Oracles;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Tests.StepSizes;

public class CompositionTests
{
    static double At(IStepSize s, long t) => s.Next(new StepInfo(t));

    [Fact]
    public void Schedules_compose()
    {
        IStepSize s = Schedule.WarmUp(4).Then(new Constant(1).Then(3, new Cosine(1, 0, 10)));
        double[] expected = [0.25, 0.5, 0.75, 1, 1, 1, 1, 1, 0.5 * (1 + Math.Cos(Math.PI * 0.1))];
        for (int t = 0; t < expected.Length; t++) Assert.Equal(expected[t], At(s, t), 1e-15);
        IStepSize wsd = Schedule.WarmUpStableDecay(2, 2, 3, 4);
        double[] three = [1, 2, 2, 2, 2, 2, 1.5, 1, 0.5, 0, 0];
        for (int t = 0; t < three.Length; t++) Assert.Equal(three[t], At(wsd, t), 1e-15);
        Assert.Equal(0.4, At(new Constant(0.1).ScaledToBatch(32, 128), 7), 1e-15);
    }

    // PyTorch 1.13: OneCycleLR(max_lr=0.1, total_steps=40) and CosineAnnealingWarmRestarts(T_0=5,
    // T_mult=2, eta_min=0.01), tests/golden/torch/goldens.py.
    [Fact]
    public void One_cycle_and_warm_restarts_are_those_of_pytorch()
    {
        OneCycle cycle = new(0.1, 40);
        double[] torch = [0.0040000000000000036, 0.04516888776288231, 0.1, 0.09968561175222017, 0.0500002, 4e-07];
        int[] steps = [0, 5, 11, 12, 25, 39];
        for (int i = 0; i < steps.Length; i++) Assert.Equal(torch[i], At(cycle, steps[i]), 1e-12);
        WarmRestarts restarts = new(5, 2, 0.1, 0.01);
        double[] values = [0.1, 0.04109423525312737, 0.01859423525312737, 0.1, 0.05500000000000001, 0.012202456766718092, 0.1,
            0.09140576474687263];
        int[] at = [0, 3, 4, 5, 10, 14, 15, 19];
        for (int i = 0; i < at.Length; i++) Assert.Equal(values[i], At(restarts, at[i]), 1e-12);
        // Phases end after 5, 15 and 35 steps.
        Assert.Equal(0, restarts.LastWholePhase(4));
        Assert.Equal(15, restarts.LastWholePhase(34));
        Assert.Equal(35, restarts.LastWholePhase(35));
    }

    [Fact]
    public void Robbins_monro_is_judged_by_the_tail()
    {
        void Says(bool? sum, bool? squares, IStepSize s)
        {
            RobbinsMonro r = RobbinsMonro.Check(s);
            Assert.Equal((sum, squares), (r.SumDiverges, r.SquaresConverge));
        }
        Says(true, false, new Constant(1));
        Says(true, false, new Power(1, 0.5));
        Says(true, true, new Power(1, 0.51));
        Says(true, true, new Power(1, 1));
        Says(false, true, new Power(1, 1.01));
        Says(true, true, new InverseTime(1, 0.1));
        Says(true, true, new StronglyConvex(0.1, 1));
        Says(false, true, new Exponential(1, 0.1));
        Says(false, true, new StepDecay(1, 10, 30));
        Says(false, true, new Cosine(1, 0, 10));
        Says(true, false, new Cosine(1, 0.1, 10));
        Says(false, true, new Linear(1, 0, 10));
        Says(true, true, Schedule.WarmUp(5).Then(new Power(1, 0.75)));
        Says(true, true, new Constant(1).Then(100, new Power(1, 1)));
        Says(null, null, new Polyak());
        Assert.True(RobbinsMonro.Check(new Power(1, 0.75)).Holds);
    }

    // The verdict against partial sums:
    // doubling the horizon from 2¹⁶ on must go on adding to a divergent sum and hardly to a convergent one.
    [Theory]
    [InlineData(0.4)]
    [InlineData(0.75)]
    [InlineData(1.6)]
    public void Partial_sums_agree(double p)
    {
        Power s = new(1, p);
        double Part(int power)
        {
            double sum = 0;
            for (long t = 1 << 16; t < 1 << 20; t++) sum += Math.Pow(At(s, t), power);
            return sum;
        }
        RobbinsMonro r = RobbinsMonro.Check(s);
        Assert.Equal(r.SumDiverges, Part(1) > 1);
        Assert.Equal(r.SquaresConverge, Part(2) < 0.1);
    }

    // W 2.4 on a noiseless quadratic: the weighted mean of ‖∇F‖² stays below the bound.
    [Fact]
    public void The_bound_of_decaying_steps_holds()
    {
        Quadratic<double> f = new([1, 0.1]);
        Power s = new(1, 0.75);
        Iteration<double> run = Methods.GradientDescent(s).Start(f, [1, 1], new Draws(1));
        double weighted = 0, total = 0;
        double[] g = new double[2];
        for (int t = 0; t < 500; t++)
        {
            f.Gradient(run.Point, g);
            weighted += At(s, t) * Vectors.SquaredNorm<double>(g);
            total += At(s, t);
            run.Advance();
        }
        Assert.True(weighted / total <= RobbinsMonro.Bound(s, 500, 0.55, 1, 0));
        Assert.Throws<ArgumentException>(() => RobbinsMonro.Bound(new Constant(1.1), 5, 1, 1, 1));
    }

    // On ½hx², f/(½g²) = 1/h: Polyak's step with c = ½ lands on the minimiser in one step.
    [Fact]
    public void Polyak_steps_need_no_smoothness()
    {
        Iteration<double> run = Methods.GradientDescent(new Polyak(0.5, 0, 100)).Start(new Quadratic<double>([7], [3]), [11], new Draws(1));
        run.Advance();
        Assert.Equal(3, run.Point[0], 1e-12);
        run.Advance();
        Assert.Equal(3, run.Point[0], 1e-12);
    }

    [Fact]
    public void Theory_prescribes_what_the_guarantees_say()
    {
        Assert.Equal(0.5, At(TheoryStep.Subgradient(10, 2, 100), 0), 1e-15);
        Assert.Equal(0.1, At(TheoryStep.Sgd(10, 1, 0, 100), 0), 1e-15);
        Assert.Equal(Math.Sqrt(4) / (3 * Math.Sqrt(1000)), At(TheoryStep.Sgd(10, 1, 3, 100, 4), 0), 1e-15);
        Assert.Equal(0.05, At(TheoryStep.Averaged(10), 0));
        Assert.Equal(1.0 / 3, At(TheoryStep.Projected(1), 2), 1e-15);
        Assert.Equal(1.0 / 80, At(TheoryStep.Svrg(1, 100, 10), 0), 1e-15);
        var (alpha, eta) = TheoryStep.Momentum(2, 1, 1, 500);
        Assert.Equal((0.1, 0.05), (alpha, At(eta, 0)));
        var (a, e) = TheoryStep.Storm(1, 1, 1, 1000);
        Assert.Equal(0.01, a, 1e-12);
        Assert.Equal(Math.Sqrt(0.1 / 1000), At(e, 0), 1e-12);
        Assert.Equal(2 * 3 / 100.0 * Math.Log(50), TheoryStep.Ridge(3, 100).Lambda, 1e-15);
    }

    [Fact]
    public void Moving_averages_are_their_recursions()
    {
        double Last(Averaging averaging, int steps)
        {
            Iteration<double> run = Methods.Average<double, IGradientOracle<double>>(Methods.GradientDescent(new Constant(0.5)), averaging)
                .Start(new Quadratic<double>([1]), [8], new Draws(1));
            run.Advance(steps);
            return run.Point[0];
        }
        // Iterates after their steps: 4, 2, 1, ½.
        Assert.Equal((0.25 * ((0.25 * 4) + (0.75 * 2))) + (0.75 * 1), Last(new Averaging(AverageKind.Exponential, 0.25), 3), 1e-15);
        Assert.Equal(7.5 / 4, Last(new Averaging(AverageKind.Polynomial, 0), 4), 1e-15);
        // γ = 1: weights 2/(t+1): x = 4, then 4 + ⅔(2 − 4), then + ½(1 − x).
        Assert.Equal(((4 - (4.0 / 3)) + 1) / 2, Last(new Averaging(AverageKind.Polynomial, 1), 3), 1e-14);
        // Every second iterate from step 0 on: 2 and ½.
        Assert.Equal(1.25, Last(new Averaging(AverageKind.Cyclic, 2), 4), 1e-15);
        Assert.Equal(0.5, Last(new Averaging(AverageKind.Cyclic, 1, 3), 4), 1e-15);
        Assert.Equal(4, Last(new Averaging(AverageKind.Cyclic, 5), 1), 1e-15);
    }
}
