using Descent;
using Descent.Autodiff;
using Descent.Data;
using Descent.Numerics;
using Descent.Runs;

Table iris = CsvReader.Read(["samples/iris.csv"]);
double[] x = iris.Find("petal_length")!.Numbers.ToArray(), y = iris.Find("petal_width")!.Numbers.ToArray();

// A loss of one's own, log cosh: squares near, absolute values far. Gradients and Hessian products follow from these lines.
static Var<double> LogCosh(Var<double> r) => (r + (-2 * r).Softplus() - Math.Log(2)).Mean();
var loss = Objective.From<double>(BlockLayout.Flat(2), x.Length, (w, rows) =>
    LogCosh((w[0].Gather([0]) * rows.Vector<double>(w.Tape, x)) + w[0].Gather([1]) - rows.Vector<double>(w.Tape, y)));
var run = Problem.Of(loss).Minimize(Methods.LBfgs());
Console.WriteLine($"petal_width = {run.Point[0]:F5} petal_length + {run.Point[1]:F5}. {run.Outcome.Sentence}");
Console.WriteLine(StationarityCertificate.Measure(loss, run.Point, 1)!.Sentence);
