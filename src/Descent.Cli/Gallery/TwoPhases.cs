using Descent.Algorithms;
using Descent.Cli.Output;
using Descent.Oracles;
using Descent.Reports.Charts;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Cli.Gallery;

/// <summary>
/// The two phases of SGD: a gradient-dominated descent, then a noise floor proportional to η; and its variance against that of its
/// diffusion (M35).
/// </summary>
static class TwoPhases
{
    const double Sigma = 1;
    static readonly double[] H = [1, 0.2];

    public static ExampleResult Run()
    {
        List<IReadOnlyList<string>> rows = [];
        List<Series> curves = [];
        foreach (double eta in new[] { 0.2, 0.1, 0.05 })
        {
            // E F = ½ Σ h·ησ²/(h(2−ηh)).
            double theory = H.Sum(h => 0.5 * eta * Sigma * Sigma / (2 - (eta * h)));
            rows.Add([$"noise floor E F, η = {Text.Number(eta)}", "∝ η", Text.Number(theory, "0.0000"), Text.Number(Floor(eta), "0.0000")]);
            curves.Add(Mean($"η = {Text.Number(eta)}", eta));
        }
        rows.Add(["fast phase: decline of ln F a step, η = 0.1", "the gradient dominates", "2 ln(1−ηh) = −0.0404 along the flat axis",
            Text.Number(Slope(0.1), "0.0000")]);
        return new ExampleResult(rows,
            [new Chart { Title = "Mean of F over 200 runs", XLabel = "step", YLabel = "F", LogY = true, Series = curves }],
            "From far away all three fall as gradient descent would, faster with the larger step; then each stops at a floor that is "
                + "halved with η.");
    }

    static Iteration<double> Start(double eta, ulong seed, double[] start) =>
        ((IMethod<double, IStochasticOracle<double>>)Methods.Sgd(new Constant(eta), new Sampling(SampleOrder.Replacement)))
            .Start(new NoisyQuadratic<double>(H, Sigma), start, new Draws(seed));

    static double Value(ReadOnlySpan<double> w) => 0.5 * ((H[0] * w[0] * w[0]) + (H[1] * w[1] * w[1]));

    static double Floor(double eta)
    {
        Iteration<double> run = Start(eta, 5, [0, 0]);
        run.Advance(2_000);
        double sum = 0;
        for (int t = 0; t < 200_000; t++)
        {
            run.Advance();
            sum += Value(run.Point) / 200_000;
        }
        return sum;
    }

    static Series Mean(string name, double eta)
    {
        const int Runs = 200, Steps = 300;
        double[] mean = new double[Steps + 1];
        for (ulong seed = 1; seed <= Runs; seed++)
        {
            Iteration<double> run = Start(eta, seed, [20, 20]);
            for (int t = 0; t <= Steps; t++)
            {
                mean[t] += Value(run.Point) / Runs;
                run.Advance();
            }
        }
        return new Series(name, [.. Enumerable.Range(0, Steps + 1).Select(t => (double)t)], mean);
    }

    static double Slope(double eta)
    {
        Series s = Mean("", eta);
        return Math.Log(s.Y[60] / s.Y[30]) / 30;
    }
}
