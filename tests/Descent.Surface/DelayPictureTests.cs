using Descent.Algorithms;
using Descent.Guarantees;
using Descent.Numerics;
using Descent.Oracles;
using Descent.Reports.Charts;
using Descent.Testing;

namespace Descent.Surface;

/// <summary>G14 beside what delays cost: the picture on the page of delayed gradients, drawn from a simulation that is the same every
/// time.</summary>
public class DelayPictureTests
{
    const int Dimension = 4, Steps = 400, Seeds = 60;
    static readonly int[] Delays = [0, 2, 4, 8, 16, 32, 64];

    [Fact]
    public void The_measured_curve_lies_under_the_bound_and_is_the_one_drawn()
    {
        List<double> constant = [], uniform = [], bound = [];
        foreach (int delay in Delays)
        {
            // One step size for all, that of the longest delay: a shorter delay then has the lower bound.
            double eta = Bound(Delays[^1], null).Eta;
            constant.Add(Measured(delay, 0, eta));
            uniform.Add(Measured(delay, 1, eta));
            bound.Add(Bound(delay, eta).Value);
            Assert.InRange(constant[^1], 0.01 * bound[^1], bound[^1]);
            Assert.InRange(uniform[^1], 0.01 * bound[^1], bound[^1]);
        }
        double[] x = [.. Delays.Select(d => (double)d)];
        string drawn = MethodPictures.Standalone(SvgRenderer.Render(new Chart
        {
            Title = "Mean of ‖∇F‖² over 400 steps, by delay",
            XLabel = "delay τ in steps",
            YLabel = "mean of ‖∇F‖²",
            LogY = true,
            Series = [new Series("τ always", x, constant), new Series("uniform on 0 … τ", x, uniform), new Series("G14, d = 1", x, bound)],
            Width = 520,
            Height = 300,
        })) + "\n";
        string path = Path.Combine(Repository.Root, "docs", "methods", "img", "delays.svg");
        if (Repository.Accepting) File.WriteAllText(path, drawn);
        Assert.Equal(File.ReadAllText(path), drawn);
    }

    static Separable Problem => Separable.Huber(Dimension, 1, 0.5);

    static (double Eta, double Value) Bound(int delay, double? eta)
    {
        Quantity Known(string symbol, double value) => Quantity.Exact(symbol, value, "by construction");
        Guarantee g = Theory.Find("G14");
        double[] start = [.. Enumerable.Repeat(1.0, Dimension)];
        // Whole-vector steps: d = 1 in the bound. A Huber function of slope ½ in every coordinate, and noise of length ½.
        Situation s = new(new ProblemConstants
        {
            Smoothness = Known("H", 1),
            SampleSmoothness = Known("H", 1),
            StrongConvexity = Known("μ", 0),
            SampleLipschitz = Known("G_ℓ", (Math.Sqrt(Dimension) / 2) + 0.5),
            Gap = Known("Δ", Problem.Value(start)),
            Dimension = 1,
        }, Steps)
        { Staleness = delay };
        Prescription p = eta is { } given ? Prescription.Constant(given) : g.Prescribe(s);
        return (p.Eta, g.BoundUnder(s, p));
    }

    static double Measured(int delay, int law, double eta)
    {
        double sum = 0;
        double[] gradient = new double[Dimension], start = [.. Enumerable.Repeat(1.0, Dimension)];
        Separable f = Problem;
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            Iteration<double> run = Methods.DelayedSgd(eta, delay, law, new Sampling(SampleOrder.Replacement))
                .Start(new NoisyOracle(f, 0.5, NoiseKind.Sign), start, new Draws(seed));
            for (int t = 0; t < Steps; t++)
            {
                f.Gradient(run.Point, gradient);
                sum += Vectors.Dot<double>(gradient, gradient) / (Steps * Seeds);
                run.Advance();
            }
        }
        return sum;
    }
}
