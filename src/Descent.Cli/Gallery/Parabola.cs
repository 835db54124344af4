using Descent.Algorithms;
using Descent.Cli.Output;
using Descent.Reports.Charts;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Cli.Gallery;

/// <summary>E1: θ² from 2 with three step sizes.</summary>
static class Parabola
{
    public static ExampleResult Run()
    {
        List<IReadOnlyList<string>> rows = [];
        List<Series> paths = [];
        foreach (var (alpha, notes) in new[] { (0.5, "one step to 0"), (0.25, "two steps (it halves every step)"),
            (1.0, "2, −2, 2, −2, …") })
        {
            // θ² has second derivative 2.
            Iteration<double> run = Methods.GradientDescent(new Constant(alpha)).Start(new Quadratic<double>([2]), [2.0], new Draws(1));
            List<double> theta = [2];
            for (int t = 0; t < 8; t++)
            {
                run.Advance();
                theta.Add(run.Point[0]);
            }
            // Closed form: θ_t = (1 − 2α)^t · 2.
            string closed = string.Join(", ", Enumerable.Range(1, 4).Select(t => Text.Number(2 * Math.Pow(1 - (2 * alpha), t))));
            rows.Add([$"θ₁ … θ₄, α = {Text.Number(alpha)}", notes, closed,
                string.Join(", ", theta.Skip(1).Take(4).Select(x => Text.Number(x)))]);
            paths.Add(new Series($"α = {Text.Number(alpha)}", [.. Enumerable.Range(0, 9).Select(t => (double)t)], theta, Mark.Path));
        }
        double[] grid = [.. Enumerable.Range(0, 81).Select(i => -2.2 + (i * 0.055))];
        return new ExampleResult(rows,
        [
            new Chart { Title = "Iterates θ_t", XLabel = "step t", YLabel = "θ", Series = paths },
            new Chart
            {
                Title = "On the curve θ²", XLabel = "θ", YLabel = "θ²",
                Series = [new Series("", grid, [.. grid.Select(x => x * x)], Mark.Dashed),
                    .. paths.Select((p, i) => new Series(p.Name, p.Y, [.. p.Y.Select(x => x * x)], Mark.Path) { Colour = i })],
            },
        ], "The contraction factor is 1 − 2α: 0 at α = ½, ½ at α = ¼, −1 at α = 1, where the iterates oscillate for ever.");
    }
}
