using Descent.Algorithms;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.TheoryTests;

/// <summary>Means over seeds of what a guarantee bounds, and the comparison with its bound.</summary>
static class Simulation
{
    /// <summary>Repeats a cell: few by default, many with DESCENT_THEORY=full.</summary>
    public static int Repeats { get; } = Environment.GetEnvironmentVariable("DESCENT_THEORY") == "full" ? 40_000 : 200;

    public static ProblemConstants Constants(double h = double.NaN, double mu = 0, double g = double.NaN, double gl = double.NaN,
        double sigma = 0, double j = double.NaN, double delta = double.NaN, double d = double.NaN, double gamma = double.NaN, int count = 0,
        int dimension = 1, bool convex = true, double penalty = 0, double hSample = double.NaN)
    {
        Quantity Known(string symbol, double value) =>
            double.IsNaN(value) ? Quantity.Unknown(symbol, "not set") : Quantity.Exact(symbol, value, "by construction");
        return new ProblemConstants
        {
            Smoothness = Known("H", h),
            SampleSmoothness = Known("H", double.IsNaN(hSample) ? h : hSample),
            StrongConvexity = Known("μ", mu),
            Penalty = penalty,
            Lipschitz = Known("G", g),
            SampleLipschitz = Known("G_ℓ", gl),
            Variance = Known("σ²", sigma * sigma),
            HessianLipschitz = Known("J", j),
            Gap = Known("Δ", delta),
            Distance = Known("D", d),
            NegativeCurvature = Known("γ", gamma),
            Convexity = convex ? Verdict.Holds("by construction") : Verdict.Violated("by construction"),
            Count = count,
            Dimension = dimension,
        };
    }

    /// <summary>Mean and standard error over the seeds.</summary>
    public static (double Mean, double Error) Mean(Func<ulong, double> run, int? runs = null)
    {
        int n = runs ?? Repeats;
        double sum = 0, squares = 0;
        for (int k = 0; k < n; k++)
        {
            double x = run((ulong)k + 1);
            sum += x;
            squares += x * x;
        }
        double mean = sum / n;
        return (mean, n == 1 ? 0 : Math.Sqrt(Math.Max(0, (squares / n) - (mean * mean)) / (n - 1)));
    }

    /// <summary>One run of a method: what its guarantee bounds, measured on the exact objective.</summary>
    public static double Measure(Guarantee g, IDescribed method, IOracle oracle, IGradientOracle<double> exact, double optimum,
        double[] start, long steps, ulong seed)
    {
        Iteration<double> run = Start(method, oracle, start, seed);
        double[] gradient = new double[start.Length];
        double sum = 0, weight = 0;
        for (long t = 0; t < steps; t++)
        {
            double value = exact.Gradient(run.Point, gradient), norm = Vectors.Norm<double>(gradient);
            run.Advance();
            // W's weighted mean runs over x₁ … x_T, the iterates after their steps.
            double share = g.Average == AverageKind.StepSizeWeighted ? run.LastStepSize : 1;
            sum += share * g.Measure switch
            {
                GuaranteeMeasure.AverageGap => (g.Average == AverageKind.StepSizeWeighted ? exact.Value(run.Point) : value) - optimum,
                GuaranteeMeasure.SquaredGradient => norm * norm,
                GuaranteeMeasure.Gradient => norm,
                _ => 0,
            };
            weight += share;
        }
        return g.Measure switch
        {
            GuaranteeMeasure.LastGap => exact.Value(run.Point) - optimum,
            _ => sum / weight,
        };
    }

    static Iteration<double> Start(IDescribed method, IOracle oracle, double[] start, ulong seed) => (method, oracle) switch
    {
        (IMethod<double, IStochasticOracle<double>> m, IStochasticOracle<double> o) => m.Start(o, start, new Draws(seed)),
        (IMethod<double, IFiniteSumOracle<double>> m, IFiniteSumOracle<double> o) => m.Start(o, start, new Draws(seed)),
        (IMethod<double, IGradientOracle<double>> m, IGradientOracle<double> o) => m.Start(o, start, new Draws(seed)),
        _ => throw new ArgumentException($"{method.GetType().Name} does not take {oracle.GetType().Name}"),
    };

    /// <summary>The method a guarantee is about, with the prescribed step sizes and numbers.</summary>
    public static IDescribed Build(Guarantee g, Situation s, Prescription p)
    {
        CatalogueEntry entry = Catalogue.Find(g.Method)!;
        return new MethodSettings(entry)
        {
            StepSize = p.StepSize,
            Sampling = g.IsDeterministic ? null : new Sampling(s.Order, (int)s.Batch),
            Given = p.Numbers,
            Smoothness = s.H,
            SampleSmoothness = s.HSample,
            StrongConvexity = s.Mu,
            Count = Math.Max(1, s.Constants.Count),
        }.Build();
    }

    /// <summary>Under the bound by three standard errors, and so near to it that a bound 100 times smaller would be crossed.</summary>
    public static double Under(Guarantee g, double bound, (double Mean, double Error) m, bool tight = true)
    {
        string what = FormattableString.Invariant($"{g.Id}: mean {m.Mean:G6} ± {m.Error:G2}, bound {bound:G6}, ratio {m.Mean / bound:G3}");
        Assert.True(m.Mean - (3 * m.Error) <= bound * (1 + 1e-9), what);
        if (tight) Assert.True(m.Mean - (3 * m.Error) > bound / 100, "not within 100 of tight: " + what);
        return m.Mean / bound;
    }
}
