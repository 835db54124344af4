using Descent;
using Descent.Data;
using Descent.Autodiff;
using Descent.Numerics;
using Descent.Oracles;
using Descent.Runs;

// Two rings, a 2–4–1 network written out, trained by L-BFGS.
Table ring = CsvReader.Read([args.Length > 0 ? args[0] : "samples/circle.csv"]);
double[] y = ring.Find("class")!.Numbers.ToArray(), xs = ring.Find("x")!.Numbers.ToArray(), ys = ring.Find("y")!.Numbers.ToArray();
double[] x = [.. xs.Zip(ys).SelectMany(p => new[] { 10 * (p.First - 0.5), 10 * (p.Second - 0.5) })];

BlockLayout layout = new(new Block("W", 0, 2, 4), new Block("b", 8, 1, 4), new Block("v", 12, 4, 1), new Block("c", 16, 1, 1));
Var<double> Output(Parameters<double> w, Var<double> x) =>
    (x.MatMul(w["W"]) + w["b"]).Sigmoid().MatMul(w["v"].Reshape(new Shape(4, 1))).SumLast() + w["c"];
var loss = Objective.From<double>(layout, y.Length, (w, batch) =>
{
    Var<double> z = Output(w, batch.Matrix<double>(w.Tape, x, 2));
    return (z.Softplus() - (batch.Vector<double>(w.Tape, y) * z)).Mean();
});

Draws draws = new(6);
double[] start = [.. Enumerable.Range(0, layout.Length).Select(_ => draws.NextNormal())];
var run = new Problem<double, IGradientOracle<double>>(loss)
    .Minimize(Methods.LBfgs(), new RunOptions<double> { Start = start, MaxSteps = 400 });
Console.WriteLine($"mean loss {run.Trace[^1].Value:G3} after {run.Steps} steps");
