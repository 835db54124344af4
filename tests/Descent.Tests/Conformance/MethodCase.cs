using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.Runs;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Tests.Conformance;

/// <summary>The list of methods that every conformance check runs over. Adding a method means adding a line.</summary>
public static class MethodCase
{
    public static IReadOnlyDictionary<string, Func<double, IMethod<double, IGradientOracle<double>>>> Deterministic { get; } = new Dictionary<string, Func<double, IMethod<double, IGradientOracle<double>>>>
    {
        ["gd"] = h => Methods.GradientDescent(new Constant(1 / h)),
        ["line-search"] = _ => Methods.LineSearch(),
        ["heavy-ball"] = h => Methods.HeavyBallFull(new Constant(1 / h), 0.7),
        ["nesterov"] = h => Methods.NesterovFull(new Constant(1 / h), 0.7),
        ["fista"] = h => Methods.Fista(new Constant(1 / h)),
        ["bfgs"] = _ => Methods.Bfgs(),
        ["lbfgs"] = _ => Methods.LBfgs(),
    };

    public static IReadOnlyDictionary<string, Func<double, IMethod<double, IFiniteSumOracle<double>>>> Stochastic { get; } = new Dictionary<string, Func<double, IMethod<double, IFiniteSumOracle<double>>>>
    {
        ["sgd"] = h => Methods.Sgd(new Constant(0.5 / h), new Sampling(SampleOrder.Shuffle, 4)),
        ["averaged-sgd"] = h => Methods.Average<double, IStochasticOracle<double>>(Methods.Sgd(new Constant(0.5 / h), new Sampling(SampleOrder.Replacement, 4)), AverageKind.Suffix),
        ["heavy-ball"] = h => Methods.HeavyBall(new Constant(0.1 / h), 0.8, new Sampling(SampleOrder.Shuffle, 4)),
        ["nesterov"] = h => Methods.Nesterov(new Constant(0.1 / h), 0.8, new Sampling(SampleOrder.Shuffle, 4)),
        ["ema-momentum"] = h => Methods.EmaMomentum(new Constant(0.3 / h), 0.2, new Sampling(SampleOrder.Shuffle, 4)),
        ["adagrad-norm"] = _ => Methods.AdaGradNorm(new Constant(1), sampling: new Sampling(SampleOrder.Shuffle, 4)),
        ["adagrad-norm-delayed"] = _ => Methods.AdaGradNorm(new Constant(1), 1, true, new Sampling(SampleOrder.Shuffle, 4)),
        ["ema-norm-corrected"] = _ => Methods.EmaNorm(new Constant(1), 0.9, corrected: true, sampling: new Sampling(SampleOrder.Shuffle, 4)),
        ["adagrad"] = _ => Methods.AdaGrad(new Constant(0.5), new Sampling(SampleOrder.Shuffle, 4)),
        ["adagrad-box"] = _ => Methods.AdaGradBox(3, new Sampling(SampleOrder.Shuffle, 4)),
        ["adaptive-ball"] = _ => Methods.AdaptiveBall(4, new Sampling(SampleOrder.Shuffle, 4)),
        ["rmsprop"] = _ => Methods.RmsProp(new Power(0.05), sampling: new Sampling(SampleOrder.Shuffle, 4)),
        ["sign"] = _ => Methods.SignDescent(new Power(0.05), new Sampling(SampleOrder.Shuffle, 4)),
        ["normalised"] = _ => Methods.Normalised(new Power(0.05), 0.2, new Sampling(SampleOrder.Shuffle, 4)),
        ["amsgrad"] = _ => Methods.AmsGrad(new Power(0.1), new Sampling(SampleOrder.Shuffle, 4)),
        ["storm"] = _ => Methods.NormalisedStorm(new Power(0.05), 0.2, new Sampling(SampleOrder.Shuffle, 4)),
        ["adam"] = _ => Methods.Adam(new Power(0.05), new Sampling(SampleOrder.Shuffle, 4)),
        ["svrg"] = h => Methods.Svrg(new Constant(0.3 / h)),
    };

    /// <summary>A consistent least-squares problem: every example is fitted exactly at the optimum, so that even plain SGD converges to it.</summary>
    public static (LinearRisk<double, DenseRows<double>, SquaredLoss> Risk, double[] Truth, double SampleSmoothness) Consistent(int n = 40, int d = 3)
    {
        Draws draws = new(31);
        double[] x = [.. Enumerable.Range(0, n * d).Select(_ => draws.NextNormal())], truth = [.. Enumerable.Range(0, d).Select(_ => draws.NextNormal())], y = new double[n];
        double top = 0;
        for (int i = 0; i < n; i++)
        {
            y[i] = Vectors.Dot<double>(x.AsSpan(i * d, d), truth);
            top = Math.Max(top, Vectors.SquaredNorm<double>(x.AsSpan(i * d, d)));
        }
        return (Risk.Of<double, DenseRows<double>, SquaredLoss>(new DenseRows<double>(x, n, d), y, default, new RiskOptions { Intercept = false }), truth, top);
    }
}
