using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;

namespace Descent.TheoryTests;

/// <summary>Each guarantee's step and bound against its formula written out anew from the notes (with their errata),
/// at constants that no two terms share.</summary>
public class BoundFormulaTests
{
    const double H = 3, HSample = 5, Mu = 0.4, G = 2, GSample = 7, Variance = 1.7, J = 1.3, Delta = 11, D = 2.6, Gamma = 0.15, Radius = 4.5;
    const int N = 900, Dimension = 6, T = 360;

    static readonly Situation Situation = new(
        new ProblemConstants
        {
            Smoothness = Quantity.Exact("H", H, "given"),
            SampleSmoothness = Quantity.Exact("H", HSample, "given"),
            StrongConvexity = Quantity.Exact("μ", Mu, "given"),
            Lipschitz = Quantity.Exact("G", G, "given"),
            SampleLipschitz = Quantity.Exact("G", GSample, "given"),
            Variance = Quantity.Exact("σ²", Variance, "given"),
            HessianLipschitz = Quantity.Exact("J", J, "given"),
            Gap = Quantity.Exact("Δ", Delta, "given"),
            Distance = Quantity.Exact("D", D, "given"),
            NegativeCurvature = Quantity.Exact("γ", Gamma, "given"),
            Convexity = Verdict.Holds("given"),
            Count = N,
            Dimension = Dimension,
        }, T)
    {
        Radius = Radius,
        Scale = 0.35,
        Epsilon = 0.6,
        Decay = 0.8,
        Staleness = 3,
        Contraction = 0.7,
        GradientNorm = 0.9,
        Descent = 0.55,
    };

    // Of G20 and G21: the momentum that the theorems choose, α = min(1, …).
    static double Ordinary => Math.Sqrt(Delta * H) / (Math.Sqrt(Variance) * Math.Sqrt(T));

    static double Reduced => Math.Pow(Delta * HSample, 2.0 / 3) / Math.Pow(Variance * T, 2.0 / 3);

    static readonly (string Id, double Eta, Func<double, double> Bound)[] Formulas =
    [
        ("G1", D / (G * Math.Sqrt(T)), _ => G * D / Math.Sqrt(T)),
        ("G2", D / (G * Math.Sqrt(T)), _ => G * D / Math.Sqrt(T)),
        ("G3", D / (G * Math.Sqrt(T)), _ => G * D / Math.Sqrt(T)),
        ("G4", 1 / H, _ => 2 * Delta * H / T),
        ("G5", Math.Sqrt(Delta) / (Math.Sqrt(Variance) * Math.Sqrt(H * T)), eta => (2 * Delta / eta / T) + (H * eta * Variance)),
        ("G6", 0.35, c => (Delta / (c * Math.Sqrt(T))) + (H * G * G * c * (1 + Math.Log(T)) / (2 * Math.Sqrt(T)))),
        ("G7", Math.Sqrt(Delta) / (Math.Sqrt(Variance) * Math.Sqrt(H * T)), eta => (2 * Delta / eta / T) + (H * eta * Variance)),
        ("G8", 0.35, AdaGradNorm),
        ("G9", 0.35, Corrected),
        ("G10", 1 / H, _ => D * D * H / (2 * T)),
        ("G11", 1 / H, _ => 2 * D * D * H / Math.Pow(T + 1, 2)),
        ("G12", Math.Sqrt(2) * Radius, _ => 2 * Math.Sqrt(2) * Radius * G / Math.Sqrt(T)),
        ("G13", Math.Sqrt(2) * Radius, _ => 2 * Math.Sqrt(2) * Radius * G * Math.Sqrt((double)Dimension / T)),
        ("G14", Math.Sqrt(Delta / (T * H * GSample * GSample * ((3 * Math.Sqrt(Dimension)) + (Dimension / 2.0)))),
         eta => (Delta / eta / T) + (eta * H * GSample * GSample * ((3 * Math.Sqrt(Dimension)) + (Dimension / 2.0)))),
        ("G15", Ema / H, eta => (2 * Delta / (eta * T)) + (Variance / (eta * H * T)) + (eta * H * Variance)),
        ("G16", 1 / H, _ => Math.Pow(1 - (Mu / H), T) * Delta),
        ("G17", 0, _ => 0.9 * 0.9 / (2 * Mu)),
        ("G18", 1 / Mu, _ => G * G * (1 + Math.Log(T)) / (2 * Mu * T)),
        ("G19", 0.35 / 30, eta => 0.5 * 30 * ((8 * eta * 30 * HSample * Delta) + (2 * D * D / (eta * 30))) / T),
        ("G20", Math.Sqrt(Delta * Ordinary / (H * T)), eta => Normalised(eta, H, Ordinary, Ordinary)),
        ("G21", Math.Sqrt(Delta * Math.Sqrt(Reduced) / (HSample * T)), eta => Normalised(eta, HSample, Reduced, Math.Sqrt(Reduced))),
        ("G22", 1, _ => Math.Pow(J, 1.0 / 3) * Math.Pow(12 * Delta / T, 2.0 / 3)),
        ("G23", 2 * 0.55 / J, _ => 2 * Math.Pow(0.55, 3) / (3 * J * J)),
        ("G24", D / (Math.Sqrt(Variance) * Math.Sqrt(2 * T)), eta => ((D * D) + (2 * Variance * T * eta * eta)) / (2 * T * eta)),
        ("G25", Math.Log(2 * Mu * Mu * Delta * T / (H * Variance)) / (Mu * T),
         eta => (Math.Pow(1 - (Mu * eta), T) * Delta) + (H * Variance * eta / (2 * Mu))),
        ("G26", 1 / H, _ => Decaying()),
        ("G27", 1, _ => ((0.49 * D * D) + (Variance * T)) / Math.Pow(0.7 + (0.3 * T), 2)),
        ("G28", 1, _ => 10 * Gamma * Delta / T),
        ("G29", 1 / (H + (2 * H / T * Math.Log(T / 2.0))), _ => H * D * D / T * (1 + Math.Log(T / 2.0))),
        ("M9", 1 / H, _ => Math.Pow(1 - Math.Sqrt(Mu / H), T) * (Delta + (Mu * D * D / 2))),
    ];

    static double Ema => Math.Sqrt(((2 * H * Delta) + Variance) / (Variance * T));

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Formulas.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Step_and_bound_are_those_of_the_notes(int index)
    {
        var (id, eta, bound) = Formulas[index];
        Guarantee g = Theory.Find(id);
        Prescription p = g.Prescribe(Situation);
        Assert.Equal(eta, p.Eta, 1e-12 * eta);
        double expected = bound(eta);
        Assert.Equal(expected, g.Bound(Situation), 1e-10 * expected);
        Assert.Equal(expected, g.BoundUnder(Situation, p), 1e-10 * expected);
    }

    [Fact]
    public void A_batch_divides_the_variance()
    {
        Situation four = Situation with { Batch = 4 };
        double eta = Math.Sqrt(Delta * 4) / (Math.Sqrt(Variance) * Math.Sqrt(H * T));
        Assert.True(eta < 1 / H);
        foreach (string id in new[] { "G5", "G7" })
        {
            Guarantee g = Theory.Find(id);
            Assert.Equal(eta, g.Prescribe(four).Eta, 1e-12);
            Assert.Equal((2 * Delta / eta / T) + (H * eta * Variance / 4), g.Bound(four), 1e-12);
        }
    }

    [Fact]
    public void Other_steps_and_sums_of_schedules_are_taken_as_they_are()
    {
        double Under(string id, Prescription p) => Theory.Find(id).BoundUnder(Situation, p);
        foreach (string id in new[] { "G1", "G2", "G3" })
            Assert.Equal((D * D / (2 * 0.02 * T)) + (0.02 * G * G / 2), Under(id, Prescription.Constant(0.02)), 1e-12);
        double sum = 0, squares = 0;
        for (int t = 0; t < T; t++) (sum, squares) = (sum + (0.2 / Math.Sqrt(t + 1)), squares + (0.04 / (t + 1)));
        Assert.Equal(((D * D) + (2 * Variance * squares)) / (2 * sum), Under("G24", new Prescription(new Power(0.2))), 1e-11);
        double k = H / Mu;
        Assert.Equal((((k - 1) * Delta) + (H * Variance / (2 * Mu * Mu) * ((1 / k) + Math.Log(1 + ((T - 1) / k))))) / (T + k - 1),
            Under("G26", new Prescription(new StronglyConvex(Mu, H))), 1e-11);
        Assert.Equal(2 / (Mu * (9 + (2 * k))), Theory.Find("G26").Prescribe(Situation).StepSize.Next(new StepInfo(9)), 1e-12);
        Assert.Equal(1 / (0.3 * (9 + (1 / 0.3))), Theory.Find("G27").Prescribe(Situation).StepSize.Next(new StepInfo(9)), 1e-12);
    }

    [Fact]
    public void Numbers_left_out_are_chosen_as_the_rows_say()
    {
        Situation bare = Situation with { Scale = double.NaN, Epsilon = double.NaN };
        Prescription norm = Theory.Find("G8").Prescribe(bare);
        Assert.Equal(Math.Sqrt(2 * Delta / H), norm.Eta, 1e-12);
        Assert.Equal(GSample, norm.Numbers["eps"]);
        Assert.Equal(Math.Sqrt(2 * Delta / (H * G * G * (1 + Math.Log(T)))), Theory.Find("G6").Prescribe(bare).Eta, 1e-12);
        double c = Math.Min(D / (2 * Math.Sqrt(HSample * Delta)), Math.Sqrt(N) / (8 * HSample));
        Assert.Equal(Math.Min(c / Math.Sqrt(N), 1 / (8 * HSample)), Theory.Find("G19").Prescribe(bare).Eta, 1e-12);
        Assert.Equal(2 * H / T * Math.Log(T / 2.0), Theory.Find("G29").Prescribe(bare).Ridge, 1e-12);
        Assert.Equal(1 - Ordinary, Theory.Find("G20").Prescribe(bare).Numbers["momentum"], 1e-12);
    }

    // Steps until a bound is small enough: one step fewer is not enough, up to a millionth.
    [Theory]
    [InlineData("G1", 1e-2)]
    [InlineData("G4", 1e-3)]
    [InlineData("G10", 1e-5)]
    [InlineData("G16", 1e-6)]
    [InlineData("G18", 1e-3)]
    [InlineData("G25", 1e-2)]
    public void Steps_for_an_accuracy_turn_the_bound_round(string id, double accuracy)
    {
        Guarantee g = Theory.Find(id);
        long steps = (long)g.StepsFor(Situation, accuracy);
        Assert.True(g.Bound(Situation with { Steps = steps }) <= accuracy);
        Assert.True(g.Bound(Situation with { Steps = Math.Max(1, steps - 1 - (long)(2e-6 * steps)) }) > accuracy || steps == 1);
        Assert.Equal(1, g.StepsFor(Situation, 1e6));
    }

    [Fact]
    public void Gaps_follow_from_gradients_and_distances_as_far_as_they_do()
    {
        Assert.Equal(0.3, Theory.Find("G10").GapFrom(Situation, 0.3));
        Assert.Equal(0.3, Theory.Find("G1").GapFrom(Situation, 0.3));
        Assert.Equal(0.3 / (2 * Mu), Theory.Find("G4").GapFrom(Situation, 0.3), 1e-15);
        Assert.Equal(0.3 * H / 2, Theory.Find("G27").GapFrom(Situation, 0.3), 1e-15);
        Assert.Equal(double.NaN, Theory.Find("G20").GapFrom(Situation, 0.3));
    }

    // Gradients that a step costs: B, 2B, 3B of samples, n of a full pass, an inner problem of M9 for G28.
    [Fact]
    public void Costs_are_counted_in_gradients()
    {
        double Cost(string id) => Theory.Find(id).GradientsPerStep(Situation with { Batch = 4 });
        Assert.Equal(4, Cost("G5"));
        Assert.Equal(8, Cost("G21"));
        Assert.Equal(12, Cost("G19"));
        Assert.Equal(1, Cost("G14"));
        Assert.Equal(1, Cost("G27"));
        foreach (string id in new[] { "G1", "G4", "G10", "G11", "G16", "G17", "G22", "G23", "G29", "M9" }) Assert.Equal(N, Cost(id));
        double kappa = 2 + (H / Gamma);
        Assert.Equal(N * Math.Ceiling(Math.Sqrt(kappa) * Math.Log(4 * kappa * T)), Cost("G28"));
    }

    [Fact]
    public void Samples_are_fresh_with_replacement_or_in_one_pass()
    {
        Standing Fresh(SampleOrder order, long steps) =>
            Assumption.Fresh.Judge(Situation with { Order = order, Steps = steps, Batch = 10 }).Standing;
        Assert.Equal(Standing.Holds, Fresh(SampleOrder.Replacement, 1000));
        Assert.Equal(Standing.Holds, Fresh(SampleOrder.Sequential, 90));
        Assert.Equal(Standing.Violated, Fresh(SampleOrder.Sequential, 91));
        Assert.Equal(Standing.Violated, Fresh(SampleOrder.Shuffle, 90));
    }

    // G30 with ρ = 9: a batch of 4 has 1 + 8/4 = 3; the bound 2Δ/(ηT) holds up to η = 1/(3H).
    [Fact]
    public void Strong_growth_is_shared_by_a_batch()
    {
        Situation four = Situation with { Constants = Situation.Constants with { Growth = Quantity.Exact("ρ", 9, "given") }, Batch = 4 };
        foreach (string id in new[] { "G30", "SG-PL" })
        {
            Guarantee g = Theory.Find(id);
            double eta = 1 / (3 * H);
            Assert.Equal(eta, g.Prescribe(four).Eta, 1e-15);
            Assert.Equal(Standing.Holds, g.Admits!(four, new Constant(eta)).Standing);
            Assert.Equal(Standing.Holds, g.Admits(four, new Constant(eta / 2)).Standing);
            Assert.Equal(Standing.Violated, g.Admits(four, new Constant(eta * 1.001)).Standing);
        }
        Assert.Equal(2 * Delta * 3 * H / T, Theory.Find("G30").Bound(four), 1e-12);
    }

    // AdaGrad's regret from the gradients met: 2√2·R/T times √Σ‖g‖², or Σⱼ√Σgⱼ².
    [Fact]
    public void AdaGrad_is_bounded_by_the_gradients_met()
    {
        RunSums sums = default(RunSums) with { Steps = 50, SquaredGradients = 81, CoordinateRoots = 14 };
        Assert.Equal(Math.Sqrt(8) * Radius * 9 / 50,
            Theory.Find("G12").BoundFromRun!(Situation, Theory.Find("G12").Prescribe(Situation), sums), 1e-12);
        Assert.Equal(Math.Sqrt(8) * Radius * 14 / 50,
            Theory.Find("G13").BoundFromRun!(Situation, Theory.Find("G13").Prescribe(Situation), sums), 1e-12);
    }

    static double AdaGradNorm(double c)
    {
        double k = (Delta / c) + (H * c / 2 * Math.Log(1 + (T * ((G * G) + Variance) / 0.36))) + (G * GSample / 0.6);
        return ((k + Math.Sqrt(k * 0.6)) / Math.Sqrt(T)) + (Math.Sqrt(k * Math.Sqrt(Variance)) / Math.Sqrt(Math.Sqrt(T)));
    }

    static double Corrected(double c)
    {
        double q = Delta + (H * c * c / 2 * (1 + Math.Log(T))) + (c / 0.6 * G * GSample);
        return q / c / T * Math.Max(0.6, GSample * Math.Sqrt(T / (1 - 0.8)));
    }

    static double Normalised(double eta, double h, double alpha, double root) =>
        (Delta / (eta * T)) + (h * eta * (0.5 + (2 * (1 - alpha) / root))) + (2 * Math.Sqrt(Variance * alpha))
        + (2 * Math.Sqrt(Variance) * (1 - alpha) / (alpha * T));

    static double Decaying()
    {
        double k = H / Mu;
        return ((((2 * k) - 1) * ((2 * k) - 2) * Delta) + (2 * T * H * Variance / (Mu * Mu))) / ((T + (2 * k) - 1) * (T + (2 * k) - 2));
    }
}
