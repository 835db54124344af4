using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Tests.Conformance;

/// <summary>What every conformance check runs over: the catalogue itself. A method that is added there is checked here.</summary>
public static class MethodCase
{
    /// <summary>Entries that run on exact gradients of an objective with a Hessian.</summary>
    public static IEnumerable<string> Deterministic =>
        Catalogue.All.Where(e => e.Needs is not (Needs.PiecewiseLinear or Needs.Samples or Needs.Rows or Needs.FiniteSum))
            .Select(e => e.Name);

    /// <summary>Entries that run on samples of a finite sum.</summary>
    public static IEnumerable<string> Stochastic => Catalogue.All.Where(e => e.CanSample).Select(e => e.Name);

    /// <summary>Entries whose step shrinks with the gradient,
    /// so that a constant step size reaches the optimum of a noiseless problem.</summary>
    public static bool FollowsGradient(string name) =>
        Catalogue.Find(name) is { Step: null or { FromSmoothness: true } }
        || name is "adagrad-norm" or "adagrad-norm-delayed" or "ema-norm-corrected" or "adagrad" or "normalised-adagrad" or "ftrl"
            or "shampoo" or "dog"
            or "adadelta";

    /// <summary>Entries whose default step size fits any problem: derived from the smoothness, none at all, or 1 by construction.</summary>
    public static bool OwnUnit(string name) =>
        Catalogue.Find(name)!.Step is not { FromSmoothness: false } step || step.Of(new MethodSettings(Catalogue.Find(name)!)) == 1;

    public static IMethod<double, IHessianMatrixOracle<double>> OnQuadratic(string name, double smoothness, double mu, double? eta = null)
    {
        MethodSettings s = new(Catalogue.Find(name)!) { Smoothness = smoothness, SampleSmoothness = smoothness, StrongConvexity = mu };
        return (IMethod<double, IHessianMatrixOracle<double>>)(s with { StepSize = Step(s, eta) }).Build();
    }

    public static IDescribed OnSum(string name, double smoothness, double mu, int n, int batch = 4)
    {
        CatalogueEntry entry = Catalogue.Find(name)!;
        MethodSettings s = new(entry)
        {
            Smoothness = smoothness,
            SampleSmoothness = smoothness,
            StrongConvexity = mu,
            Count = n,
            Sampling = new Sampling(entry.Order, entry.TakesOne ? 1 : batch),
            Given = Given(name),
        };
        return (s with { StepSize = Step(s, null) }).Build();
    }

    /// <summary>Starts any method on a finite sum of the widest kind.</summary>
    public static Iteration<double> Start(IDescribed method, EmpiricalRisk<double> risk, Draws draws) => method switch
    {
        IMethod<double, EmpiricalRisk<double>> m => m.Start(risk, new double[risk.Dimension], draws),
        IMethod<double, IDualCoordinateOracle<double>> m => m.Start((IDualCoordinateOracle<double>)risk, new double[risk.Dimension], draws),
        IMethod<double, IRowOracle<double>> m => m.Start((IRowOracle<double>)risk, new double[risk.Dimension], draws),
        _ => throw new InvalidOperationException(method.Recursion),
    };

    /// <summary>A consistent least-squares problem: every example is fitted exactly at the optimum, so that even plain SGD converges to it.
    /// SDCA gets a penalty, which it needs.</summary>
    public static (LinearRisk<double, DenseRows<double>, SquaredLoss> Risk, double[] Truth, double SampleSmoothness,
        double Mu) Consistent(string name = "", int n = 40, int d = 3)
    {
        Draws draws = new(31);
        double[] x = [.. Enumerable.Range(0, n * d).Select(_ => draws.NextNormal())],
            truth = [.. Enumerable.Range(0, d).Select(_ => draws.NextNormal())], y = new double[n];
        double top = 0, l2 = name == "sdca" ? 0.1 : 0;
        for (int i = 0; i < n; i++)
        {
            y[i] = Vectors.Dot<double>(x.AsSpan(i * d, d), truth);
            top = Math.Max(top, Vectors.SquaredNorm<double>(x.AsSpan(i * d, d)));
        }
        var risk = Risk.Of<double, DenseRows<double>, SquaredLoss>(new DenseRows<double>(x, n, d), y, default,
            new RiskOptions { Intercept = false, L2 = l2 });
        double[] g = new double[d], hessian = new double[d * d];
        risk.Curvature(new double[d], g, hessian);
        SymmetricEigen eigen = new(d);
        eigen.Decompose(hessian);
        risk.Meter.Reset();
        if (l2 > 0)
        {
            // (XᵀX/n + λI)w = Xᵀy/n, and the gradient at zero is −Xᵀy/n.
            Cholesky factor = new(d);
            factor.Factor(hessian);
            for (int j = 0; j < d; j++) g[j] = -g[j];
            factor.Solve(g, truth);
        }
        return (risk, truth, top, eigen.Values[0]);
    }

    // Steps that come from the smoothness as derived; the others decay, since their length does not follow the gradient.
    static IStepSize Step(MethodSettings s, double? eta)
    {
        if (s.Entry.Step is not { } step) return new Constant(1);
        if (eta is { } given) return new Constant(given);
        double derived = step.Of(s);
        return FollowsGradient(s.Entry.Name) || s.Entry.Average is not null || derived == 1 ? new Constant(derived) : new Power(0.1);
    }

    // The defaults of these are for problems of another size.
    static Dictionary<string, double> Given(string name) => name switch
    {
        "ademamix" => new() { ["beta3"] = 0.99 },
        "ema-norm" or "ema-norm-corrected" => new() { ["beta2"] = 0.9 },
        "adopt" => new() { ["beta2"] = 0.99 },
        "muon" => new() { ["ratio"] = 1 },
        _ => [],
    };
}
