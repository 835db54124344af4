using Descent.Algorithms;
using Descent.Cli.Output;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Reports.Charts;
using Descent.StepSizes;

namespace Descent.Cli.Gallery;

/// <summary>E3: logistic regression by 20,000 steps of gradient descent on the summed loss.</summary>
static class IrisLogistic
{
    public static ExampleResult Run()
    {
        var (sepal, _, setosa) = IrisData.Read(0, 1);
        int n = sepal.Length;
        var risk = Risk.Of<double, DenseRows<double>, LogisticLoss>(new DenseRows<double>(sepal, n, 1), setosa, default);
        Iteration<double> run = Methods.GradientDescent(new Constant(n * 0.005)).Start(risk, [0, 0], new Draws(1));
        List<double> steps = [0], a = [0], b = [0];
        for (int t = 0; t < 200; t++)
        {
            run.Advance(100);
            steps.Add(run.Step);
            a.Add(run.Point[1]);
            b.Add(run.Point[0]);
        }
        Iteration<double> exact = Methods.Newton().Start(risk, [0, 0], new Draws(1));
        exact.Advance(20);
        List<IReadOnlyList<string>> rows =
        [
            ["intercept after 20 000 steps", "28", "27.7444", Text.Number(a[^1], "0.0000")],
            ["slope after 20 000 steps", "−5.2", "-5.1603", Text.Number(b[^1], "0.0000")],
            ["intercept, maximum likelihood", "–", "27.8285 (R glm)", Text.Number(exact.Point[1], "0.0000")],
            ["slope, maximum likelihood", "–", "-5.1757 (R glm)", Text.Number(exact.Point[0], "0.0000")],
        ];
        double[] grid = [.. Enumerable.Range(0, 81).Select(i => 4.2 + (i * 0.045))];
        return new ExampleResult(rows,
        [
            new Chart { Title = "Parameters", XLabel = "step", YLabel = "value",
                Series = [new Series("intercept", steps, a), new Series("slope", steps, b)] },
            new Chart
            {
                Title = "P(setosa | sepal length)", XLabel = "sepal length (cm)", YLabel = "probability",
                Series =
                [
                    new Series("flowers", sepal, setosa, Mark.Dots) { Colour = 5 },
                    new Series("20 000 steps", grid, [.. grid.Select(x => 1 / (1 + Math.Exp(-(a[^1] + (b[^1] * x)))))]) { Colour = 0 },
                    new Series("maximum likelihood", grid,
                        [.. grid.Select(x => 1 / (1 + Math.Exp(-(exact.Point[1] + (exact.Point[0] * x)))))], Mark.Dashed) { Colour = 1 },
                ],
            },
        ], "Intercept and slope are strongly correlated on raw sepal lengths, so plain gradient descent crawls along a valley; Newton "
            + "needs nine steps. The first few hundred steps overshoot back and forth, so the fourth decimal after 20 000 depends on "
            + "the rounding of sums.");
    }
}
