using Descent.StepSizes;
using Descent.Testing;
using static Descent.TheoryTests.Simulation;

namespace Descent.TheoryTests;

/// <summary>Bounds under step sizes that are not the theorem's own, and the steps for a horizon that need neither Δ nor σ.</summary>
public class ScheduleTests
{
    public static TheoryData<string> Decreasing => ["power", "inverse", "step", "constant", "cosine"];

    static IStepSize Of(string name, long steps) => name switch
    {
        "power" => new Power(0.8, 0.7),
        "inverse" => new InverseTime(1, 0.05),
        "step" => new StepDecay(1, 4, steps / 3),
        "cosine" => new Cosine(1, 0.1, steps),
        _ => new Constant(0.3),
    };

    [Theory]
    [MemberData(nameof(Decreasing))]
    public void G6_under_any_steps_that_decrease(string name)
    {
        const long T = 200;
        Guarantee g = Theory.Find("G6");
        Separable f = Separable.Huber(1, 1, 1);
        Situation s = new(Constants(h: 1, delta: 1.5, g: Math.Sqrt(2)), T);
        NoisyOracle noisy = new(f, 1, NoiseKind.Sign);
        Prescription own = new(Of(name, T));
        Assert.Equal(Standing.Holds, g.Admits!(s, own.StepSize).Standing);
        // Δ/(Tη_T) + HG²Ση²/(2Tη_T), added up here once more.
        double squares = 0, last = 0;
        for (long t = 0; t < T; t++)
        {
            last = own.StepSize.Next(new StepInfo(t));
            squares += last * last;
        }
        Assert.Equal(((1.5 + squares) / (T * last)), g.BoundUnder(s, own), 9);
        Under(g, g.BoundUnder(s, own), Mean(k => Measure(g, Build(g, s, own), noisy, f, 0, [2], T, k)), tight: false);
    }

    [Fact]
    public void What_a_bound_does_not_cover_is_violated()
    {
        Situation s = new(Constants(h: 2, mu: 0.1, g: 1, delta: 1, d: 1, sigma: 1), 50);
        Assert.Equal(Standing.Violated, Theory.Find("G6").Admits!(s, new WarmUp(10, new Constant(0.1))).Standing);
        Assert.Equal(Standing.Violated, Theory.Find("G6").Admits!(s, new Polyak()).Standing);
        foreach (string id in new[] { "G4", "G5", "G10", "G11", "G16", "G24", "G25" })
        {
            Assert.Equal(Standing.Holds, Theory.Find(id).Admits!(s, new Constant(0.5)).Standing);
            Assert.Equal(Standing.Violated, Theory.Find(id).Admits!(s, new Constant(0.51)).Standing);
        }
        Assert.Equal(Standing.Holds, Theory.Find("G24").Admits!(s, new Power(0.5, 0.5)).Standing);
        Assert.Equal(Standing.Violated, Theory.Find("G25").Admits!(s, new Power(0.5, 0.5)).Standing);
    }

    // min(1/H, 2 ln T/(μT)): (1 − μη)^T ≤ T⁻² once the first is not the smaller.
    [Theory]
    [InlineData(20, 0.5)]
    [InlineData(2000, 0.076009)]
    public void The_horizon_step_needs_neither_gap_nor_noise(long steps, double eta)
    {
        Assert.Equal(eta, TheoryStep.Horizon(0.1, 2, steps).Eta, 6);
        Guarantee g = Theory.Find("G25");
        Situation blind = new(Constants(h: 2, mu: 0.1) with { Variance = Quantity.Unknown("σ²", "not set") }, steps),
            s = new(Constants(h: 2, mu: 0.1, delta: 1, sigma: 0.3), steps);
        Assert.Equal(eta, g.Prescribe(blind).Eta, 6);
        Separable f = new([0, 0], (x, i) => (i == 0 ? 0.05 : 1) * x * x, (x, i) => (i == 0 ? 0.1 : 2) * x, (_, i) => i == 0 ? 0.1 : 2, 2);
        NoisyOracle noisy = new(f, 0.3, NoiseKind.Normal);
        Prescription p = g.Prescribe(blind);
        Assert.True(steps < 1000 || g.BoundUnder(s, p) - (s.H * s.Variance * p.Eta / (2 * s.Mu)) <= 1.0 / ((double)steps * steps));
        Under(g, g.BoundUnder(s, p), Mean(k => Measure(g, Build(g, s, p), noisy, f, 0, [Math.Sqrt(18), Math.Sqrt(0.1)], steps, k), 60),
            tight: false);
        Assert.Equal(0.05, TheoryStep.Horizon(400).Eta, 12);
    }
}
