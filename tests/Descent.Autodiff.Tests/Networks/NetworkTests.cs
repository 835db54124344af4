using Descent.Algorithms;
using Descent.Autodiff;
using Descent.Autodiff.Networks;
using Descent.Oracles;
using Descent.Rules;
using Descent.Runs;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Autodiff.Tests.Networks;

public class NetworkTests
{
    const int N = 20, D = 5, H = 7, K = 3;
    static readonly int[] Shown = [0, 11, 34, 36, 45, 60, 64, 65];

    static T[] Rows<T>()
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
            [.. Enumerable.Range(0, N * D).Select(i => T.CreateTruncating(Math.Sin((i * 0.7) + 0.3)))];

    static int[] Classes => [.. Enumerable.Range(0, N).Select(i => i % K)];

    static T[] Start<T>()
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        [.. new[] { (D * H, 0.1), (H, 0.2), (H * K, 0.3),
            (K, 0.4) }.SelectMany(b => Enumerable.Range(0, b.Item1).Select(i => T.CreateTruncating(0.5 * Math.Cos((i * 1.3) + b.Item2))))];

    static DifferentiableObjective<T> Problem<T>()
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
            new Mlp([D, H, K], Activation.Tanh).Classifier(Rows<T>(), Classes);

    // Large enough that rows, parameters, gradients, products and the rule are all shared.
    [Fact]
    public void Training_on_three_threads_has_the_bits_of_one()
    {
        const int Many = 300, Inputs = 700;
        Mlp net = new([Inputs, 96, 4]);
        float[] x = [.. Enumerable.Range(0, Many * Inputs).Select(i => (float)Math.Sin(i * 0.37))],
            start = net.Initialise<float>(new Draws(4), Initialisation.He);
        int[] y = [.. Enumerable.Range(0, Many).Select(i => i % 4)];
        using Workers three = new(3);
        Iteration<float> one = Methods.Adam(new Constant(0.01), sampling: new Sampling(SampleOrder.Shuffle, 50))
            .Start(net.Classifier(x, y, 1e-3), start, new Draws(2));
        StochasticMethod adam = Methods.Adam(new Constant(0.01), sampling: new Sampling(SampleOrder.Shuffle, 50));
        Iteration<float> shared = (adam with { Rule = new Sharded(adam.Rule, three) })
            .Start(net.Classifier(x, y, 1e-3, new GradientOptions { Workers = three }), start, new Draws(2));
        one.Advance(25);
        shared.Advance(25);
        Assert.Equal(one.Point, shared.Point);
    }

    // PyTorch 1.13.0, tests/golden/torch/network.py.
    [Fact]
    public void Gradient_and_hessian_product_are_those_of_pytorch()
    {
        DifferentiableObjective<double> f = Problem<double>();
        double[] w = Start<double>(), g = new double[w.Length], hv = new double[w.Length],
            v = [.. Enumerable.Range(0, w.Length).Select(i => Math.Sin(i * 0.9))];
        Assert.Equal(1.1928197137443204, f.Gradient(w, g), 1e-12);
        f.HessianProduct(w, v, hv);
        double[] gradient = [-0.012512255605605465, 0.027732815412592295, -0.0033143269620305353, -0.1301572427775996, 0.010733227247462587,
            -0.010902958914066393, -0.07343617030249931, -0.1349735654300702];
        double[] product = [-0.0033511817130075228, 0.020915443786564403, -0.01577793574975811, 0.40491876788544345, 0.07856131316725966,
            -0.005793154387278884, 0.17357347894316874, 0.13310088973744771];
        for (int i = 0; i < Shown.Length; i++)
        {
            Assert.Equal(gradient[i], g[Shown[i]], 1e-10 * Math.Abs(gradient[i]));
            Assert.Equal(product[i], hv[Shown[i]], 1e-10 * Math.Abs(product[i]));
        }
    }

    [Fact]
    public void Two_hundred_steps_are_those_of_pytorch()
    {
        double[] torch = [0.2668003679108877, -0.01566798198925789, 2.1592946980250125, -0.1474533169337886, -2.4778746986067333,
            -1.2240894587929, 0.44771535852970085, -0.07695160960806849];
        Iteration<double> wide = Methods.HeavyBallFull(new Constant(0.1)).Start(Problem<double>(), Start<double>(), new Draws(1));
        wide.Advance(200);
        Iteration<float> narrow = Methods.HeavyBallFull(new Constant(0.1)).Start(Problem<float>(), Start<float>(), new Draws(1));
        narrow.Advance(200);
        for (int i = 0; i < Shown.Length; i++)
        {
            Assert.Equal(torch[i], wide.Point[Shown[i]], 1e-10 * Math.Max(1, Math.Abs(torch[i])));
            Assert.Equal(torch[i], narrow.Point[Shown[i]], 1e-5 * Math.Max(1, Math.Abs(torch[i])));
        }
        Assert.Equal(0.024790036150738763, Problem<double>().Value(wide.Point), 1e-12);
    }

    [Theory]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Sigmoid)]
    public void Sampled_and_full_gradients_match_differences(Activation activation)
    {
        DifferentiableObjective<double> f = new Mlp([D, 6, 4, K], activation).Classifier(Rows<double>(), Classes, 0.1);
        double[] w = new Mlp([D, 6, 4, K]).Initialise<double>(new Draws(3), Initialisation.Uniform);
        Assert.True(GradientCheck.Deviation((IGradientOracle<double>)f, w) < 1e-6);
        Assert.True(GradientCheck.Deviation(f, w, new Sample(SampleOrder.Shuffle, 9, 3, 7)) < 1e-6);
        if (activation != Activation.Relu) Assert.True(GradientCheck.HessianDeviation(f, w) < 1e-5);
    }

    // Full passes are cut into chunks of 512; the mean is that of all rows.
    [Fact]
    public void Chunks_make_one_mean()
    {
        const int Many = 1300;
        double[] x = [.. Enumerable.Range(0, Many * D).Select(i => Math.Sin(i))];
        int[] y = [.. Enumerable.Range(0, Many).Select(i => i * i % K)];
        Mlp net = new([D, H, K]);
        DifferentiableObjective<double> f = net.Classifier(x, y);
        double[] w = net.Initialise<double>(new Draws(1), Initialisation.He), g = new double[w.Length], whole = new double[w.Length];
        double value = f.Gradient(w, g), sampled = f.Gradient(w, new Sample(SampleOrder.Sequential, 0, 0, Many), whole);
        Assert.Equal(sampled, value, 1e-12);
        Assert.Equal(value, f.Value(w), 1e-12);
        for (int i = 0; i < w.Length; i++) Assert.Equal(whole[i], g[i], 1e-12);
        double[] z = net.Predict<double>(w, x, Many);
        double loss = Enumerable.Range(0, Many)
            .Average(i => Math.Log(Enumerable.Range(0, K).Sum(k => Math.Exp(z[(i * K) + k]))) - z[(i * K) + y[i]]);
        Assert.Equal(value, loss, 1e-12);
    }

    [Fact]
    public void A_training_step_allocates_nothing()
    {
        foreach (StochasticMethod method in new[] { Methods.Adam(new Constant(1e-3), sampling: new Sampling(SampleOrder.Shuffle, 6)),
            Methods.HeavyBall(new Constant(1e-3), 0.9, new Sampling(SampleOrder.Shuffle, 6)) })
        {
            Iteration<double> run = method.Start(Problem<double>(), Start<double>(), new Draws(1));
            // Small plans are written as code after 64 blocks.
            run.Advance(100);
            Assert.Equal(0, AllocationCheck.Bytes(() => run.Advance(100)));
        }
    }

    [Fact]
    public void A_regressor_fits_a_sine()
    {
        double[] x = [.. Enumerable.Range(0, 60).Select(i => (i - 30) / 10.0)], y = [.. x.Select(Math.Sin)];
        Mlp net = new([1, 12, 1], Activation.Tanh);
        RunResult<double> run = new Problem<double, IFiniteSumOracle<double>>(net.Regressor(x, y)).Minimize(Methods.LBfgs(),
            new RunOptions<double> { Start = net.Initialise<double>(new Draws(2), Initialisation.Glorot), MaxSteps = 500 });
        Assert.True(run.Trace[^1].Value < 1e-4);
    }

    [Fact]
    public void Objectives_of_ones_own_need_one_line()
    {
        DifferentiableObjective<double> f = Objective.From<double>(2, w => (w - 3).Square().Sum() + w.Sum().Square());
        RunResult<double> run = new Problem<double, IGradientOracle<double>>(f)
            .Minimize(Methods.Bfgs(), new RunOptions<double> { MaxSteps = 50 });
        // (1 + 2·1ᵀ)w = 3: w₁ = w₂ = 3/3.
        Assert.Equal(1, run.Point[0], 1e-8);
        Assert.Equal(1, run.Point[1], 1e-8);
    }
}
