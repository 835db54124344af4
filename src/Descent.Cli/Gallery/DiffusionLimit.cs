using Descent.Algorithms;
using Descent.Cli.Output;
using Descent.Diffusions;
using Descent.Oracles;
using Descent.Reports.Charts;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Cli.Gallery;

/// <summary>
/// SGD against its stochastic differential equation (M35) on ½hx²: paths, stationary variances ησ²/(h(2−ηh)) against ησ²/(2h), and the
/// weak error against η with its slope.
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
        (Chart weak, double[] slopes) = WeakError();
        rows.Add(["order of the weak error of E x", "1", "1.05", Text.Number(slopes[0], "0.00")]);
        rows.Add(["the same with the drift of F + (η/4)‖∇F‖²", "2", "2.03", Text.Number(slopes[1], "0.00")]);
        return new ExampleResult(rows,
        [
            weak,
            new Chart { Title = "Twenty paths of each, η = 0.1", XLabel = "time ηt", YLabel = "x", Series = [.. Paths()] },
        ], "Expectations of the diffusion differ from those of SGD by O(η), with the drift of F + (η/4)‖∇F‖² by O(η²): the slopes "
            + "in the first chart. For small steps the two have the same variance; the discrete steps add a factor 2/(2−ηh). With √(2ηΣ) "
            + "the diffusion would be twice as wide.");
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

    // |E x of the equation − E x of SGD| at time 1 from x = 1. The drift is linear and the noise has mean zero, so that E x is the path
    // without noise; of SGD it is (1 − ηh)^(1/η).
    static (Chart Chart, double[] Slopes) WeakError()
    {
        double[] etas = [0.25, 0.125, 0.0625, 0.03125];
        double[][] errors = [.. new[] { false, true }.Select(second => etas.Select(eta => Math.Abs(Mean(eta, second)
            - Math.Pow(1 - (eta * H), 1 / eta))).ToArray())];
        double[] slopes = [.. errors.Select(e => Math.Log(e[0] / e[^1]) / Math.Log(etas[0] / etas[^1]))];
        return (new Chart
        {
            Title = "Weak error at time 1",
            XLabel = "η",
            YLabel = "error of E x",
            LogX = true,
            LogY = true,
            Series =
            [
                new Series($"diffusion, slope {Text.Number(slopes[0], "0.00")}", etas, errors[0], Mark.Path),
                new Series($"with modified drift, slope {Text.Number(slopes[1], "0.00")}", etas, errors[1], Mark.Path),
            ],
        }, slopes);
    }

    static double Mean(double eta, bool second)
    {
        Quadratic<double> f = new([H]);
        EulerMaruyama path = new(second ? new ModifiedDrift(f, eta) : f, [1], eta, [0], 2.5e-6, new Draws(1));
        path.Advance(400_000);
        return path.Point[0];
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
