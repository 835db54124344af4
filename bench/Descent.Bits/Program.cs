using System.Globalization;
using Descent;
using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Numerics;
using Descent.Oracles;
using Descent.StepSizes;

// Prints the bits every method of the catalogue ends at after some steps, one line a method and element type.
// Tests run it at several vector widths and compare.
Draws draws = new(7);
const int N = 23, D = 37;
double[] x = [.. Enumerable.Range(0, N * D).Select(_ => draws.NextNormal())], y = [.. Enumerable.Range(0, N).Select(i => i % 2.0)];
foreach (CatalogueEntry e in Catalogue.All.Where(e => e.Name != "interior-point"))
{
    RiskOptions options = new() { L2 = e.Needs == Needs.Rows ? 0 : 0.1, PenaliseIntercept = true };
    var wide = Risk.Of<double, DenseRows<double>, LogisticLoss>(new DenseRows<double>(x, N, D), y, default,
        options);
    var narrow = Risk.Of<float, DenseRows<float>, LogisticLoss>(new DenseRows<float>([.. x.Select(v => (float)v)], N, D), y, default,
        options);
    MethodSettings s = new(e)
    {
        StepSize = new Constant(0.02),
        Smoothness = 20,
        SampleSmoothness = 20,
        StrongConvexity = 0.1,
        Count = N,
        Sampling = e.CanSample ? new Sampling(SampleOrder.Shuffle, e.TakesOne ? 1 : 3) : null,
    };
    IDescribed method = s.Build();
    Console.WriteLine($"{e.Name} double {Run(method, wide)}");
    if (method is IMethod<float, EmpiricalRisk<float>> or IMethod<float, IDualCoordinateOracle<float>>
        or IMethod<float, IRowOracle<float>>)
        Console.WriteLine($"{e.Name} float {Run(method, narrow)}");
}

static string Run<T>(IDescribed method, EmpiricalRisk<T> risk)
    where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
{
    T[] start = new T[risk.Dimension];
    Iteration<T> run = method switch
    {
        IMethod<T, EmpiricalRisk<T>> m => m.Start(risk, start, new Draws(2)),
        IMethod<T, IRowOracle<T>> m => m.Start((IRowOracle<T>)risk, start, new Draws(2)),
        _ => ((IMethod<T, IDualCoordinateOracle<T>>)method).Start((IDualCoordinateOracle<T>)risk, start, new Draws(2)),
    };
    run.Advance(25);
    ulong hash = 14695981039346656037UL;
    foreach (T v in run.Point)
    {
        foreach (byte b in System.Runtime.InteropServices.MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in v)))
            hash = (hash ^ b) * 1099511628211UL;
    }
    return hash.ToString("x16", CultureInfo.InvariantCulture) + " "
        + double.CreateTruncating(run.Point[0]).ToString("R", CultureInfo.InvariantCulture);
}
