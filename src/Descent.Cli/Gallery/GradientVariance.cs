using Descent.Cli.Output;
using Descent.Estimators;
using Descent.Oracles;
using Descent.Reports.Charts;
using Descent.Testing;

namespace Descent.Cli.Gallery;

/// <summary>
/// The variance of gradient estimates: σ²/B for a mini-batch (C 7.1), σ²(1−β)/(1+β) for momentum (C 17.1), times (1+β^t)/(1−β^t) when its
/// bias is corrected.
/// </summary>
static class GradientVariance
{
    const double Sigma = 1;
    const int Trials = 40_000;

    public static ExampleResult Run()
    {
        List<IReadOnlyList<string>> rows = [];
        List<double> batches = [1, 2, 4, 8, 16, 32, 64], measured = [], theory = [];
        foreach (double b in batches)
        {
            measured.Add(OfBatch((int)b));
            theory.Add(Sigma * Sigma / b);
        }
        foreach (int k in new[] { 0, 3, 6 })
            rows.Add([$"variance of a mini-batch gradient, B = {batches[k]}", "σ²/B", Text.Number(theory[k], "0.0000"),
                Text.Number(measured[k], "0.0000")]);
        List<double> betas = [0, 0.5, 0.8, 0.9, 0.95], momenta = [], exact = [];
        foreach (double beta in betas)
        {
            momenta.Add(OfMomentum(beta, 400, false));
            exact.Add(Sigma * Sigma * (1 - beta) / (1 + beta));
        }
        foreach (int k in new[] { 1, 3, 4 })
            rows.Add([$"variance of m, β = {Text.Number(betas[k])}", "σ²(1−β)/(1+β)", Text.Number(exact[k], "0.0000"),
                Text.Number(momenta[k], "0.0000")]);
        foreach (int t in new[] { 1, 5, 20 })
        {
            double power = Math.Pow(0.9, t), expected = Sigma * Sigma * (1 - 0.9) / (1 + 0.9) * (1 + power) / (1 - power);
            rows.Add([$"variance of m̂ after {t} steps, β = 0.9", "times (1+β^t)/(1−β^t)", Text.Number(expected, "0.0000"),
                Text.Number(OfMomentum(0.9, t, true), "0.0000")]);
        }
        return new ExampleResult(rows,
        [
            new Chart { Title = "Mini-batch", XLabel = "B", YLabel = "variance", LogX = true, LogY = true,
                Series = [new Series("measured", batches, measured, Mark.Dots), new Series("σ²/B", batches, theory, Mark.Dashed)] },
            new Chart { Title = "Momentum", XLabel = "β", YLabel = "variance",
                Series = [new Series("measured", betas, momenta, Mark.Dots), new Series("σ²(1−β)/(1+β)", betas, exact, Mark.Dashed)] },
        ], "A momentum of β averages like a batch of (1+β)/(1−β): 19 at β = 0.9; but it averages gradients of different points.");
    }

    static Estimation<double> Start(int batch, ulong seed) =>
        new Minibatch(new Sampling(SampleOrder.Replacement, batch))
            .Start((IStochasticOracle<double>)new NoisyQuadratic<double>([1], Sigma), new Draws(seed));

    static double OfBatch(int batch)
    {
        Estimation<double> run = Start(batch, 2);
        double[] g = new double[1];
        double sum = 0;
        for (int t = 0; t < Trials; t++)
        {
            run.Estimate([0.0], g);
            sum += g[0] * g[0] / Trials;
        }
        return sum;
    }

    static double OfMomentum(double beta, int steps, bool corrected)
    {
        Estimation<double> run = Start(1, 3);
        double[] g = new double[1];
        double sum = 0, m = 0;
        int trials = corrected ? Trials : 10 * Trials;
        for (int trial = 0; trial < trials; trial++)
        {
            // Corrected: the first t steps from m = 0, again and again; otherwise one long stationary run.
            if (corrected) m = 0;
            for (int t = 0; t < (corrected ? steps : 1); t++)
            {
                run.Estimate([0.0], g);
                m = (beta * m) + ((1 - beta) * g[0]);
            }
            double value = corrected ? m / (1 - Math.Pow(beta, steps)) : m;
            if (corrected || trial > 1_000) sum += value * value;
        }
        return sum / (corrected ? trials : trials - 1_001);
    }
}
