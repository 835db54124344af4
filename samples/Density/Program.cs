using Descent;
using Descent.Autodiff;
using Descent.Numerics;
using Descent.Runs;

// Maximum likelihood for a density of one's own: a logistic distribution with location m and scale eˢ.
Draws draws = new(11);
double[] data = [.. Enumerable.Range(0, 5_000).Select(_ => { double u = draws.NextDouble(); return 3 + (0.5 * Math.Log(u / (1 - u))); })];

var likelihood = Objective.From<double>(BlockLayout.Flat(2), data.Length, (w, batch) =>
{
    Var<double> m = w[0].Gather([0]), s = w[0].Gather([1]);
    Var<double> z = (batch.Vector<double>(w.Tape, data) - m) / s.Exp();
    return (z + (2 * (-z).Softplus()) + s).Mean();
});

var run = Problem.Of(likelihood).Minimize(Methods.Bfgs(), new RunOptions<double> { MaxSteps = 100, GradientTolerance = 1e-8 });
Console.WriteLine($"location {run.Point[0]:F2}, scale {Math.Exp(run.Point[1]):F2}");
