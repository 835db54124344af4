using Descent;
using Descent.Data;
using Descent.Models.Certificates;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Numerics;
using Descent.Oracles;
using Descent.Runs;
using Descent.StepSizes;

Table iris = CsvReader.Read([args.Length > 0 ? args[0] : "samples/iris.csv"]);
double[] petals = iris.Find("petal_width")!.Numbers.ToArray();
double[] labels = [.. iris.Find("species")!.Codes.ToArray().Select(c => c == 2 ? 1.0 : 0.0)];

// Logistic regression of virginica on petal width, by SVRG, with a small penalty.
var risk = Risk.Of<double, DenseRows<double>, LogisticLoss>(new DenseRows<double>(petals, petals.Length, 1), labels, default,
    new RiskOptions { L2 = 0.001 });
var run = new Problem<double, IFiniteSumOracle<double>>(risk).Minimize(
    Methods.Svrg(new Constant(0.5)),
    new RunOptions<double> { MaxSteps = 100_000, TraceEvery = 150, GapTolerance = 1e-6, Certifier = new RiskCertifier<double>(risk) });

Console.WriteLine(run.Outcome.Sentence);
Console.WriteLine($"slope {run.Point[0]:F4}, intercept {run.Point[1]:F4}, certified gap {run.Certificate!.Gap:G3}");
