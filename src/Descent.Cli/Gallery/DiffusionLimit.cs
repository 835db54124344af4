using Descent.Algorithms;
using Descent.Cli.Output;
using Descent.Oracles;
using Descent.Reports.Charts;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Cli.Gallery;

/// <summary>
/// SGD against its stochastic differential equation (M35) on ½hx²: paths, and stationary variances ησ²/(h(2−ηh)) against ησ²/(2h).
/// </summary>
static class DiffusionLimit
{
    const double H = 1, Sigma = 1;

    public static ExampleResult Run()
    {
        List<IReadOnlyList<string>> rows = [];
        foreach (double eta in new[] { 0.8, 0.4, 0.1 })
        {
            double sgd = eta * Sigma * Sigma / (H * (2 - (eta * H))), sde = eta * Sigma * Sigma / (2 * H);
            rows.Add([$"variance of SGD, η = {Text.Number(eta)}", "√(2ηΣ) in print, √(ηΣ) meant", Text.Number(sgd, "0.0000"),
                Text.Number(OfSgd(eta), "0.0000")]);
            rows.Add([$"variance of the diffusion, η = {Text.Number(eta)}", "–", Text.Number(sde, "0.0000"),
                Text.Number(OfDiffusion(eta), "0.0000")]);
        }
        return new ExampleResult(rows,
        [
            new Chart { Title = "Twenty paths of each, η = 0.1", XLabel = "time ηt", YLabel = "x", Series = [.. Paths()] },
        ], "For small steps the two have the same variance; the discrete steps add a factor 2/(2−ηh). With √(2ηΣ) the diffusion would "
            + "be twice as wide.");
    }

    static Iteration<double> Sgd(double eta, ulong seed, double start) =>
        ((IMethod<double, IStochasticOracle<double>>)Methods.Sgd(new Constant(eta), new Sampling(SampleOrder.Replacement)))
            .Start(new NoisyQuadratic<double>([H], Sigma), [start], new Draws(seed));

    static double OfSgd(double eta)
    {
        Iteration<double> run = Sgd(eta, 3, 0);
        double sum = 0;
        for (int t = 0; t < 300_000; t++)
        {
            run.Advance();
            sum += run.Point[0] * run.Point[0] / 300_000;
        }
        return sum;
    }

    static double OfDiffusion(double eta)
    {
        EulerMaruyama path = new(new Quadratic<double>([H]), [0], eta, [Sigma * Sigma], 0.02, new Draws(4));
        path.Advance(1_000);
        double sum = 0;
        for (int t = 0; t < 100_000; t++)
        {
            path.Advance(10);
            sum += path.Point[0] * path.Point[0] / 100_000;
        }
        return sum;
    }

    static IEnumerable<Series> Paths()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            Iteration<double> run = Sgd(0.1, seed, 2);
            EulerMaruyama path = new(new Quadratic<double>([H]), [2], 0.1, [Sigma * Sigma], 0.1 / 8, new Draws(seed, 9));
            List<double> t = [0], a = [2], b = [2];
            for (int k = 1; k <= 60; k++)
            {
                run.Advance();
                path.Advance(8);
                t.Add(0.1 * k);
                a.Add(run.Point[0]);
                b.Add(path.Point[0]);
            }
            yield return new Series(seed == 1 ? "SGD" : "", t, a) { Colour = 0 };
            yield return new Series(seed == 1 ? "diffusion" : "", t, b) { Colour = 1 };
        }
    }
}
