using Descent.Approximation;
using Descent.Guarantees;
using Descent.Numerics;
using Descent.Reports.Charts;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Surface;

/// <summary>G27 over a run: the picture on the page of fixed-point iteration, from a simulation that is the same every time.</summary>
public class FixedPointPictureTests
{
    const int Runs = 1_000, Steps = 300;
    const double Slope = 0.9, Apart = 3, Edge = 0.1, Noise = 0.1, Start = 0.5;

    [Fact]
    public void The_measured_means_lie_under_the_bound_and_are_those_drawn()
    {
        long[] at = [.. new[] { 1L, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, Steps }];
        double factor = Factor(), solution = FixedWeight();
        Assert.InRange(factor, 0, 0.99);
        Assert.InRange(solution, Edge, 1 - Edge);
        (double[] line, double[] lineError) = Measured(x => Slope * x, Steps27(Slope), 1, 1, at);
        // EM with noise, about its fixed point.
        (double[] em, double[] emError) = Measured(x => Em(solution + x) - solution, Steps27(factor), Noise, Start, at);
        double[] lineBound = [.. at.Select(t => Bound(Slope, 1, 1, t))], emBound = [.. at.Select(t => Bound(factor, Noise, Start, t))];
        for (int i = 0; i < at.Length; i++)
        {
            // G = αx attains the bound: within four standard errors on either side.
            Assert.InRange(line[i], lineBound[i] - (4 * lineError[i]), lineBound[i] + (4 * lineError[i]));
            Assert.InRange(em[i], 0.01 * emBound[i], emBound[i] + (4 * emError[i]));
        }
        double[] x = [.. at.Select(t => (double)t)];
        string drawn = MethodPictures.Standalone(SvgRenderer.Render(new Chart
        {
            Title = "Mean of ‖x − x*‖² over 1,000 runs, by step",
            XLabel = "steps T",
            YLabel = "mean of ‖x − x*‖²",
            LogX = true,
            LogY = true,
            Series =
            [
                new("G = 0.9x + noise", x, line, Mark.Dots) { Colour = 0 }, new("its G27", x, lineBound) { Colour = 0 },
                new("EM + noise", x, em, Mark.Dots) { Colour = 1 }, new("its G27", x, emBound) { Colour = 1 },
            ],
            Width = 520,
            Height = 300,
        })) + "\n";
        string path = Path.Combine(Repository.Root, "docs", "methods", "img", "fixed-point-noise.svg");
        if (Repository.Accepting) File.WriteAllText(path, drawn);
        Assert.Equal(File.ReadAllText(path), drawn);
    }

    // The step as printed in the notes, 1/((1 − α)(t + 1)), starts above 1: G = −0.9x, σ = 1, T = 10 from x* itself reaches 5.9·10⁸, by the
    // exact recursion E ← (1 − 1.9η)²E + η² (docs/errata.md).
    [Fact]
    public void The_printed_steps_run_away_where_the_shifted_ones_do_not()
    {
        (double[] printed, _) = Measured(x => -0.9 * x, new Printed(0.9), 1, 0, [10]);
        (double[] shifted, _) = Measured(x => -0.9 * x, Steps27(0.9), 1, 0, [10]);
        Assert.InRange(printed[0], 3e8, 1.2e9);
        Assert.InRange(shifted[0], 0, Bound(0.9, 1, 0, 10) * 1.2);
    }

    static IStepSize Steps27(double alpha) => Theory.Find("G27").Prescribe(Of(alpha, 1, 1, Steps)).StepSize;

    // η_t = 1/((1 − α)(t + 1)).
    sealed class Printed(double alpha) : IStepSize
    {
        public double Next(in StepInfo now) => 1 / ((1 - alpha) * (now.Step + 1));
    }

    // Numbers at quantiles of ¼N(3, 1) + ¾N(0, 1).
    static readonly double[] Numbers = [.. Enumerable.Range(0, 40).Select(i =>
        StandardNormal.Quantile(((i / 4) + 0.5) / 10) + (i % 4 == 0 ? Apart : 0))];

    static double Likelihood(double x) => Math.Exp(Apart * (x - (Apart / 2)));

    // EM for the weight of the first law: the mean of the responsibilities r = πL/(πL + 1 − π), π kept within [0.1, 0.9].
    static double Em(double weight)
    {
        double p = Math.Clamp(weight, Edge, 1 - Edge);
        return Numbers.Average(x => p * Likelihood(x) / ((p * Likelihood(x)) + 1 - p));
    }

    // ∂r/∂π = L/(πL + 1 − π)² is convex in π: its mean is largest at an end.
    static double Factor() => new[] { Edge, 1 - Edge }.Max(p => Numbers.Average(x =>
        Likelihood(x) / Math.Pow((p * Likelihood(x)) + 1 - p, 2)));

    static double FixedWeight()
    {
        double p = 0.5;
        for (int k = 0; k < 500; k++) p = Em(p);
        return p;
    }

    static double Bound(double alpha, double sigma, double distance, long steps) =>
        Theory.Find("G27").Bound(Of(alpha, sigma, distance, steps));

    static Situation Of(double alpha, double sigma, double distance, long steps) => new(new ProblemConstants
    {
        Variance = Quantity.Exact("σ²", sigma * sigma, "by construction"),
        Distance = Quantity.Exact("D", distance, "by construction"),
        Smoothness = Quantity.Unknown("H", "not set"),
        SampleSmoothness = Quantity.Unknown("H", "not set"),
        StrongConvexity = Quantity.Exact("μ", 0, "by construction"),
        Dimension = 1,
    }, steps)
    { Contraction = alpha };

    // Mean of x² after so many steps over all runs, and its standard error.
    static (double[] Mean, double[] Error) Measured(Func<double, double> map, IStepSize steps, double sigma, double start, long[] at)
    {
        double[] sum = new double[at.Length], squares = new double[at.Length];
        for (ulong seed = 1; seed <= Runs; seed++)
        {
            FixedPointSimulator run = new(map, sigma, steps, [start], new Draws(seed));
            for (int i = 0; i < at.Length; i++)
            {
                run.Advance(at[i] - (i == 0 ? 0 : at[i - 1]));
                double square = run.Point[0] * run.Point[0];
                (sum[i], squares[i]) = (sum[i] + square, squares[i] + (square * square));
            }
        }
        double[] mean = [.. sum.Select(s => s / Runs)];
        return (mean, [.. squares.Select((q, i) => Math.Sqrt(((q / Runs) - (mean[i] * mean[i])) / Runs))]);
    }
}
