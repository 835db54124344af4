using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Numerics;
using Descent.Oracles;
using Descent.Reports.Charts;
using Descent.StepSizes;

namespace Descent.Surface;

/// <summary>The picture on a method's page:
/// the gap against epochs on one small logistic regression, beside gradient descent or SGD.</summary>
static class MethodPictures
{
    const int N = 200, D = 6;
    const double L2 = 0.01;

    public static string Draw(CatalogueEntry e)
    {
        List<Series> series = [Curve(e)];
        string baseline = e.CanSample ? "sgd" : "gd";
        if (e.Name != baseline && e.Name != "interior-point" && e.Needs != Needs.Rows) series.Add(Curve(Catalogue.Find(baseline)!));
        return Standalone(
            SvgRenderer.Render(new Chart
            {
                Title = $"{e.Title}: gap",
                XLabel = e.Name == "interior-point" ? "steps" : "epochs (n single gradients each)",
                YLabel = "F − F*",
                LogY = true,
                Series = series,
                Width = 520,
                Height = 300
            })) + "\n";
    }

    // Outside a report there is no style sheet that gives the colours their values.
    public static string Standalone(string svg) => svg.Replace("var(--ink)", "#1f2733", StringComparison.Ordinal)
        .Replace("var(--soft)", "#5a6472", StringComparison.Ordinal)
        .Replace("var(--grid)", "#e3e7ec", StringComparison.Ordinal).Replace("var(--faint)", "#9aa5b1", StringComparison.Ordinal);

    /// <summary>The method with the constants of the problem drawn here.</summary>
    public static IDescribed Build(CatalogueEntry e)
    {
        EmpiricalRisk<double> risk = Problem(e);
        double top = 0, full = Smoothness(risk);
        for (int i = 0; i < N; i++) top = Math.Max(top, (risk.SquaredRowNorm(i) / 4) + L2);
        int batch = e.TakesOne ? 1 : Math.Min(e.Batch, 8);
        MethodSettings s = new(e)
        {
            Smoothness = e.CanSample ? full + ((top - full) / batch) : full,
            SampleSmoothness = top,
            StrongConvexity = L2,
            Count = N,
            Sampling = e.CanSample ? new Sampling(e.Order, batch) : null,
            Given = e.Name == "muon" ? new Dictionary<string, double> { ["ratio"] = 1 } : new Dictionary<string, double>(),
        };
        double eta = e.Step is null ? 1 : e.Step.FromSmoothness || e.Step.Of(s) == 1 ? e.Step.Of(s) : 0.05;
        s = s with { StepSize = e.Decays && e.Average is null ? new StronglyConvex(L2, s.Smoothness) : new Constant(eta) };
        return s.Build();
    }

    // One whose steps are along rows cannot have a penalty.
    static EmpiricalRisk<double> Problem(CatalogueEntry e)
    {
        string model = e.Name == "interior-point" ? "hinge" : "logistic";
        Draws draws = new(77);
        double[] x = [.. Enumerable.Range(0, N * D).Select(i => draws.NextNormal() * Math.Pow(2, -(i % D) / 2.0))], y = new double[N];
        for (int i = 0; i < N; i++) y[i] = draws.NextDouble() < 1 / (1 + Math.Exp(-2 * Vectors.Sum<double>(x.AsSpan(i * D, D)))) ? 1 : 0;
        return Risk.Of<double, DenseRows<double>>(Enum.Parse<LossKind>(model, true), new DenseRows<double>(x, N, D), y,
            new RiskOptions { Intercept = false, L2 = e.Needs == Needs.Rows ? 0 : L2 });
    }

    static double Smoothness(EmpiricalRisk<double> risk)
    {
        if (risk.Name == "hinge") return 1;
        double[] g = new double[D], h = new double[D * D];
        risk.Curvature(new double[D], g, h);
        SymmetricEigen eigen = new(D);
        eigen.Decompose(h);
        return eigen.Values[D - 1];
    }

    static Iteration<double> Start(IDescribed method, EmpiricalRisk<double> risk) => method switch
    {
        IMethod<double, EmpiricalRisk<double>> m => m.Start(risk, new double[D], new Draws(1)),
        IMethod<double, IRowOracle<double>> m => m.Start((IRowOracle<double>)risk, new double[D], new Draws(1)),
        IMethod<double, IDualCoordinateOracle<double>> m => m.Start((IDualCoordinateOracle<double>)risk, new double[D], new Draws(1)),
        IMethod<double, IPiecewiseLinearOracle<double>> m => m.Start((IPiecewiseLinearOracle<double>)risk, new double[D], new Draws(1)),
        _ => throw new InvalidOperationException(method.Recursion),
    };

    static Series Curve(CatalogueEntry e)
    {
        EmpiricalRisk<double> risk = Problem(e);
        IDescribed method = Build(e);
        if (e.Average is { } average)
            method = new Averaged<double, IFiniteSumOracle<double>>((IMethod<double, IFiniteSumOracle<double>>)method, average);
        double best = Best(risk);
        Iteration<double> run = Start(method, risk);
        List<double> x = [], y = [];
        risk.Meter.Reset();
        for (double next = 0; next <= 40 && x.Count < 120;)
        {
            double epochs = (double)risk.Meter.Gradients / N;
            if (epochs >= next || e.Name == "interior-point")
            {
                x.Add(e.Name == "interior-point" ? run.Step : epochs);
                y.Add(Math.Max(1e-15, risk.Value(run.Point) - best));
                next = Math.Max(next + 0.5, epochs);
            }
            if (run.Ended is not null) break;
            run.Advance();
        }
        return new Series(e.Name, x, y);
    }

    static double Best(EmpiricalRisk<double> risk)
    {
        Iteration<double> run = Start(risk.Name == "hinge" ? Methods.InteriorPoint() : Methods.Newton(), risk);
        run.Advance(60);
        return risk.Value(run.Point);
    }
}
