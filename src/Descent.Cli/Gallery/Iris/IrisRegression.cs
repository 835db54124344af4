using Descent.Algorithms;
using Descent.Cli.Output;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Reports.Charts;
using Descent.StepSizes;

namespace Descent.Cli.Gallery;

/// <summary>E2: least squares by 40 steps of gradient descent on the summed loss.</summary>
static class IrisRegression
{
    public static ExampleResult Run()
    {
        var (width, length, _) = IrisData.Read(3, 2);
        int n = width.Length;
        var risk = Risk.Of<double, DenseRows<double>, SquaredLoss>(new DenseRows<double>(width, n, 1), length, default);
        // The notes step by α = 1e-4 along −2Xᵀ(y − Xθ) = 2n·∇F for our mean of ½r²: η = 2nα.
        Iteration<double> run = Methods.GradientDescent(new Constant(2 * n * 1e-4)).Start(risk, [0, 0], new Draws(1));
        List<double> a = [0], b = [0], values = [risk.Value([0, 0]) * 2 * n];
        for (int t = 0; t < 40; t++)
        {
            run.Advance();
            a.Add(run.Point[1]);
            b.Add(run.Point[0]);
            values.Add(risk.Value(run.Point) * 2 * n);
        }
        Iteration<double> exact = Methods.Newton().Start(risk, [0, 0], new Draws(1));
        exact.Advance(5);
        List<IReadOnlyList<string>> rows =
        [
            ["intercept after 40 steps", "1.3", "1.25728", Text.Number(a[^1], "0.00000")],
            ["slope after 40 steps", "2.0", "2.02783", Text.Number(b[^1], "0.00000")],
            ["intercept, least squares", "–", "1.0836 (R lm)", Text.Number(exact.Point[1], "0.0000")],
            ["slope, least squares", "–", "2.2299 (R lm)", Text.Number(exact.Point[0], "0.0000")],
        ];
        double[] ends = [0, 2.6];
        return new ExampleResult(rows,
        [
            new Chart
            {
                Title = "Fit after 0, 2, 5, 40 steps", XLabel = "petal width (cm)", YLabel = "petal length (cm)",
                Series = [new Series("", width, length, Mark.Dots) { Colour = 5 },
                    .. new[] { 0, 2, 5, 40 }.Select((t, i) =>
                    new Series($"step {t}", ends, [.. ends.Select(x => a[t] + (b[t] * x))]) { Colour = i })],
            },
            new Chart { Title = "Residual sum of squares", XLabel = "step", YLabel = "Σ r²", LogY = true,
                Series = [new Series("", [.. Enumerable.Range(0, 41).Select(t => (double)t)], values)] },
        ], "Forty steps bring the sum of squares down but the parameters are still on their way to the least-squares line along the "
            + "flat direction.");
    }
}
