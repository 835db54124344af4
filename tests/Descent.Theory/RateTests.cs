using Descent.Testing;
using static Descent.TheoryTests.Simulation;

namespace Descent.TheoryTests;

/// <summary>How fast what was measured falls when the horizon grows: not more slowly than the theorem says.</summary>
public class RateTests
{
    public static TheoryData<string, string> Cells => new()
    {
        { "G1", "kink" }, { "G2", "kink" }, { "G4", "bowl" }, { "G5", "noise" }, { "G6", "huber" }, { "G7", "noise" }, { "G8", "huber" },
        { "G9", "huber" }, { "G10", "worst" }, { "G11", "narrow" },
        { "G15", "noise" }, { "G16", "valley" }, { "G18", "strong" }, { "G20", "noise" }, { "G21", "noise" }, { "G24", "huber" },
        { "G25", "strong" }, { "G26", "strong" }, { "M9", "valley" },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void Slope_of_the_measured_value_is_within_the_theorem(string id, string problem)
    {
        Guarantee g = Theory.Find(id);
        double[] horizons = id is "G16" or "M9" ? [20, 80] : [100, 1600];
        double[] measured = new double[2], bound = new double[2];
        for (int i = 0; i < 2; i++)
        {
            long steps = (long)horizons[i];
            (Separable f, double sigma, double start, ProblemConstants c) = Problem(problem, steps);
            Situation s = new(c, steps, id == "G7" ? 4 : 1) { Radius = 2 };
            NoisyOracle noisy = new(f, sigma, NoiseKind.Normal);
            Prescription p = g.Prescribe(s);
            measured[i] =
                Mean(k => Measure(g, Build(g, s, p), g.IsDeterministic ? f : noisy, f, 0, [.. Enumerable.Repeat(start, f.Dimension)], steps,
                    k), g.IsDeterministic ? 1 : Repeats / 2).Mean;
            bound[i] = g.BoundUnder(s, p);
        }
        double logs = Math.Log(horizons[1] / horizons[0]), slope = Math.Log(measured[1] / measured[0]) / logs,
            allowed = Math.Log(bound[1] / bound[0]) / logs;
        Assert.True(slope <= allowed + 0.12,
            FormattableString.Invariant($"{id}: measured slope {slope:0.000}, the bound's {allowed:0.000}"));
    }

    public static TheoryData<string, long, long> Others => new()
    {
        { "G3", 100, 1600 }, { "G12", 100, 1600 }, { "G13", 100, 1600 }, { "G14", 100, 1600 }, { "G19", 64, 1024 }, { "G22", 1, 6 },
        { "G27", 20, 320 }, { "G28", 40, 320 }, { "G29", 50, 800 },
    };

    // G17 and G23 speak of one point and one step, and have no rate.
    [Theory]
    [MemberData(nameof(Others))]
    public void Slope_is_within_the_theorem_on_its_own_problem(string id, long few, long many)
    {
        (Guarantee G, Situation S, (double Mean, double Error) Measured) At(long steps) => id switch
        {
            "G3" => ConvexTests.OnePass(0.05, (int)steps),
            "G12" or "G13" => AdaptiveTests.Projected(id, 0.3, steps),
            "G14" => AsynchronousTests.Stale(4, 3, steps),
            "G19" => SumsTests.Svrg(16, steps),
            "G22" => CurvedTests.Cubic(steps),
            "G27" => AsynchronousTests.FixedPoint(0.9, steps),
            "G28" => CurvedTests.AlmostConvex((int)steps),
            _ => StrongTests.Ridge(steps),
        };
        var (g, first, early) = At(few);
        var (_, last, late) = At(many);
        double logs = Math.Log((double)many / few), slope = Math.Log(late.Mean / early.Mean) / logs,
            allowed = Math.Log(g.Bound(last) / g.Bound(first)) / logs;
        Assert.True(slope <= allowed + 0.12,
            FormattableString.Invariant($"{id}: measured slope {slope:0.000}, the bound's {allowed:0.000}"));
    }

    static (Separable F, double Sigma, double Start, ProblemConstants C) Problem(string name, long steps)
    {
        switch (name)
        {
            case "kink":
                return (new Separable([0], (x, _) => Math.Abs(x), (x, _) => Math.Sign(x)), 0.1, 1, Constants(g: Math.Sqrt(1.01), d: 1));
            case "bowl":
            case "noise":
                return (Curve([1]), name == "noise" ? 1 : 0, 1, Constants(h: 1, delta: 0.5, sigma: name == "noise" ? 1 : 0, d: 1));
            case "huber":
                return (Separable.Huber(1, 1, 1), 1, 2, Constants(h: 1, g: 2, gl: 5, sigma: 1, delta: 1.5, d: 2));
            case "worst":
                return (Separable.Huber(1, 1, 1.0 / ((2 * steps) + 1)), 0, 1, Constants(h: 1, d: 1));
            case "narrow":
                return (Separable.Huber(1, 1, 2.0 / ((steps + 1) * (steps + 2))), 0, 1, Constants(h: 1, d: 1));
            case "valley":
                return (Curve([1, 0.02]), 0, 1, Constants(h: 1, mu: 0.02, delta: 0.51, d: Math.Sqrt(2)));
            default:
                return (Curve([1]), 1, 1, Constants(h: 1, mu: 1, sigma: 1, delta: 0.5, d: 1, g: 3));
        }
    }

    static Separable Curve(double[] h) =>
        new(new double[h.Length], (x, i) => 0.5 * h[i] * x * x, (x, i) => h[i] * x, (_, i) => h[i], h.Max(), h.Min());
}
