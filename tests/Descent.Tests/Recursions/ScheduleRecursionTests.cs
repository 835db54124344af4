using Descent.StepSizes;

namespace Descent.Tests.Recursions;

/// <summary>S1–S13 by closed formula, with every number away from its default, before, at and past every seam.</summary>
public class ScheduleRecursionTests
{
    static readonly (IStepSize Schedule, Func<int, double> Formula)[] Schedules =
    [
        (new Constant(0.3), _ => 0.3),
        (new Linear(0.5, 0.1, 20), t => t >= 20 ? 0.1 : ((1 - (t / 20.0)) * 0.5) + (t / 20.0 * 0.1)),
        (new InverseTime(0.5, 0.3), t => 0.5 / (1 + (0.3 * t))),
        (new Exponential(0.5, 0.07), t => 0.5 * Math.Exp(-0.07 * t)),
        (new Power(0.5), t => 0.5 / Math.Sqrt(t + 1)),
        (new Power(0.5, 0.8), t => 0.5 * Math.Pow(t + 1, -0.8)),
        (new StepDecay(0.8, 10, 7), t => 0.8 / Math.Pow(10, Math.Floor(t / 7.0))),
        (new Cosine(0.6, 0.1, 25), t => t >= 25 ? 0.1 : 0.1 + (0.5 * (0.6 - 0.1) * (1 + Math.Cos(Math.PI * t / 25)))),
        (new OneCycle(0.9, 50, 0.4, 20, 50), OneCycle),
        (new StronglyConvex(0.2, 3), t => 1 / (0.2 * (t + (3 / 0.2)))),
        (TheoryStep.Projected(0.2), t => 1 / (0.2 * (t + 1))),
        (TheoryStep.SquareRoot(0.7), t => 0.7 / Math.Sqrt(t + 1)),
        (Schedule.WarmUp(8).Then(new Cosine(0.6, 0.1, 25)),
         t => t < 8 ? (t + 1) / 8.0 * 0.6 : t - 8 >= 25 ? 0.1 : 0.1 + (0.25 * (1 + Math.Cos(Math.PI * (t - 8) / 25)))),
        (new Constant(0.2).Then(5, new InverseTime(0.5, 0.3)), t => t < 5 ? 0.2 : 0.5 / (1 + (0.3 * (t - 5)))),
        (new Power(0.5).After(6, 0.4), t => t < 6 ? 0.4 : 0.5 / Math.Sqrt(t - 5)),
        (new Power(0.5).ScaledToBatch(32, 128), t => 4 * 0.5 / Math.Sqrt(t + 1)),
        (Schedule.WarmUpStableDecay(0.5, 5, 10, 20),
         t => t < 5 ? (t + 1) / 5.0 * 0.5 : t < 15 ? 0.5 : Math.Max(0, 1 - ((t - 15) / 20.0)) * 0.5),
    ];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Schedules.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Follows_its_formula(int index)
    {
        var (schedule, formula) = Schedules[index];
        for (int t = 0; t < 80; t++)
        {
            double expected = formula(t);
            Assert.True(Math.Abs(schedule.Next(new StepInfo(t)) - expected) <= 1e-14 * Math.Max(expected, 1e-3),
                $"{schedule}, step {t}: {expected} expected, {schedule.Next(new StepInfo(t))} found.");
        }
    }

    // C 8.2, TheoryStep: the steps that the guarantees prescribe, from H = 3, Δ = 2, σ = 0.5, D = 4, G = 5, T = 90.
    [Fact]
    public void Steps_of_the_theory_are_those_of_their_theorems()
    {
        const double H = 3, Delta = 2, Sigma = 0.5;
        const int T = 90;
        Assert.Equal(4 / (5 * Math.Sqrt(T)), TheoryStep.Subgradient(4, 5, T).Eta, 1e-15);
        Assert.Equal(1 / H, TheoryStep.GradientDescent(H).Eta, 1e-15);
        Assert.Equal(Math.Sqrt(Delta) / (Sigma * 4 * Math.Sqrt(H * T)), TheoryStep.Sgd(H, Delta, 4 * Sigma, T).Eta, 1e-15);
        Assert.Equal(Math.Sqrt(Delta * 3) / (8 * Math.Sqrt(H * T)), TheoryStep.Sgd(H, Delta, 8, T, 3).Eta, 1e-15);
        Assert.Equal(1 / H, TheoryStep.Sgd(H, Delta, 1e-3, T).Eta, 1e-15);
        Assert.Equal(1 / 6.0, TheoryStep.Averaged(H).Eta, 1e-15);
        Assert.Equal(Math.Sqrt(2) * 4, TheoryStep.Adaptive(4).Eta, 1e-15);
        Assert.Equal(0.2 / Math.Sqrt(400), TheoryStep.Svrg(0.2, 400, H).Eta, 1e-15);
        Assert.Equal(1 / 24.0, TheoryStep.Svrg(5, 400, H).Eta, 1e-15);
        Assert.Equal(1 / (0.2 * (7 + (H / 0.2))), TheoryStep.Decaying(0.2, H).Next(new StepInfo(7)), 1e-15);
        var (lambda, ridge) = TheoryStep.Ridge(H, T);
        Assert.Equal(2 * H / T * Math.Log(T / 2.0), lambda, 1e-15);
        Assert.Equal(1 / (H + lambda), ridge.Eta, 1e-15);
    }

    [Fact]
    public void Momentum_of_the_theory_is_that_of_its_theorems()
    {
        const double H = 3, Delta = 2;
        const int T = 900;
        var (alpha, eta) = TheoryStep.Momentum(H, Delta, 2, T);
        Assert.Equal(Math.Sqrt(((2 * H * Delta) + 4) / (4 * T)), alpha, 1e-15);
        Assert.Equal(alpha / H, eta.Eta, 1e-15);
        (alpha, eta) = TheoryStep.Normalised(H, Delta, 2, T);
        Assert.Equal(Math.Sqrt(Delta * H) / (2 * Math.Sqrt(T)), alpha, 1e-15);
        Assert.Equal(Math.Sqrt(Delta * alpha / (H * T)), eta.Eta, 1e-15);
        (alpha, eta) = TheoryStep.Storm(H, Delta, 2, T);
        Assert.Equal(Math.Cbrt(Delta * H * Delta * H) / Math.Cbrt(Math.Pow(2, 4) * T * (double)T), alpha, 1e-14);
        Assert.Equal(Math.Sqrt(Delta * Math.Sqrt(alpha) / (H * T)), eta.Eta, 1e-15);
        Assert.Equal(1, TheoryStep.Momentum(H, Delta, 0.01, T).Alpha);
        Assert.Equal(1, TheoryStep.Normalised(H, Delta, 0.01, T).Alpha);
        Assert.Equal(1, TheoryStep.Storm(H, Delta, 0.01, T).Alpha);
    }

    // S9: phases of 5, 10, 20, … steps.
    [Fact]
    public void Warm_restarts_follow_their_formula()
    {
        WarmRestarts schedule = new(5, 2, 0.6, 0.1);
        int begin = 0, length = 5;
        for (int t = 0; t < 80; t++)
        {
            if (t == begin + length) (begin, length) = (begin + length, 2 * length);
            Assert.Equal(0.1 + (0.25 * (1 + Math.Cos(Math.PI * (t - begin) / length))), schedule.Next(new StepInfo(t)), 1e-14);
        }
    }

    [Fact]
    public void Polyak_steps_are_cut_at_both_ends()
    {
        Polyak polyak = new(0.4, 0.5, 2);
        Assert.Equal((3 - 0.5) / (0.4 * 7), polyak.Next(new StepInfo(9, 3, 7)), 1e-15);
        Assert.Equal(2, polyak.Next(new StepInfo(9, 3, 0.1)));
        Assert.Equal(0, polyak.Next(new StepInfo(9, 0.2, 7)));
        Assert.Equal(0, polyak.Next(new StepInfo(9, 3, 0)));
    }

    // S6: Σ(2Δ + Hσ²Ση²)/Ση by hand for two steps, and what a schedule is said to do.
    [Fact]
    public void Robbins_and_Monro_are_asked_by_the_power()
    {
        Assert.Equal(((2 * 5) + (3 * 0.7 * ((0.2 * 0.2) + (0.1 * 0.1)))) / 0.3,
            RobbinsMonro.Bound(new InverseTime(0.2, 1), 2, 5, 3, 0.7), 1e-13);
        Assert.Throws<ArgumentException>(() => RobbinsMonro.Bound(new Constant(0.34), 2, 5, 3, 0.7));
        foreach (var (power, diverges, converges) in new[] { (0.4, true, false), (0.5, true, false), (0.6, true, true), (1.0, true, true),
            (1.1, false, true) })
            Assert.Equal(new RobbinsMonro(diverges, converges), RobbinsMonro.Check(new Power(1, power)));
        Assert.Equal(new RobbinsMonro(true, false), RobbinsMonro.Check(new Constant(1)));
        Assert.Equal(new RobbinsMonro(false, true), RobbinsMonro.Check(new Exponential(1, 0.1)));
        Assert.Equal(new RobbinsMonro(true, false), RobbinsMonro.Check(new Exponential(1, 0)));
        Assert.Equal(new RobbinsMonro(true, true), RobbinsMonro.Check(new InverseTime(1, 0.1)));
        Assert.Equal(new RobbinsMonro(true, false), RobbinsMonro.Check(new InverseTime(1, 0)));
        Assert.Equal(new RobbinsMonro(false, true), RobbinsMonro.Check(new Cosine(1, 0, 9)));
        Assert.Equal(new RobbinsMonro(true, false), RobbinsMonro.Check(new Cosine(1, 0.1, 9)));
        Assert.Equal(new RobbinsMonro(false, true), RobbinsMonro.Check(new Linear(1, 0, 9)));
        Assert.Equal(new RobbinsMonro(true, false), RobbinsMonro.Check(new Linear(1, 0.1, 9)));
        Assert.Equal(new RobbinsMonro(false, true), RobbinsMonro.Check(new StepDecay(1, 10, 9)));
        Assert.Equal(new RobbinsMonro(true, false), RobbinsMonro.Check(new StepDecay(1, 1, 9)));
        Assert.Equal(new RobbinsMonro(true, true), RobbinsMonro.Check(new StronglyConvex(1, 2)));
        Assert.Null(RobbinsMonro.Check(new Polyak()).Holds);
        Assert.Equal(new RobbinsMonro(true, false), RobbinsMonro.Check(new WarmRestarts(5, 2, 1, 0.1)));
        Assert.Equal(new RobbinsMonro(true, false), RobbinsMonro.Check(new WarmRestarts(5, 1, 1, 0)));
        Assert.Null(RobbinsMonro.Check(new WarmRestarts(5, 2, 1, 0)).Holds);
    }

    // Smith and Topin 2019 as PyTorch's OneCycleLR has it: cosine up to the step 0.4·50 − 1, then down to max/20/50.
    static double OneCycle(int t)
    {
        double top = 19, end = 49, s = Math.Min(t, end), first = 0.9 / 20, last = 0.9 / 20 / 50;
        double Cosine(double from, double to, double part) => to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * part)));
        return s <= top ? Cosine(first, 0.9, s / top) : Cosine(0.9, last, (s - top) / (end - top));
    }
}
