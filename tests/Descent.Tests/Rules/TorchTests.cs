using Descent.Algorithms;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Tests.Rules;

/// <summary>Fifty steps against PyTorch 1.13.0 (torch.optim, double precision) on ½Σh(w − c)², h = (1, 4, ¼), c = (1, −2, 3), from (½, ½, −1).</summary>
public class TorchTests
{
    static void Check(IRule rule, double eta, double[] torch)
    {
        Quadratic<double> f = new([1, 4, 0.25], [1, -2, 3]);
        Iteration<double> run = new GradientMethod(rule, new Constant(eta)).Start(f, [0.5, 0.5, -1.0], new Draws(1));
        run.Advance(50);
        for (int i = 0; i < 3; i++) Assert.Equal(torch[i], run.Point[i], 1e-10 * Math.Abs(torch[i]));
    }

    [Fact]
    public void Sgd() => Check(new Sgd(), 0.05, [0.9615275123616435, -1.9999643188076823, 0.8673715121658452]);

    [Fact]
    public void Momentum() => Check(new HeavyBall(0.9), 0.02, [0.9630311909351718, -2.0273968029853164, 3.056740086520575]);

    // PyTorch's dampening equal to the momentum makes an exponential average whose first value is the first gradient: M6.
    [Fact]
    public void Dampened_momentum_is_the_exponential_average() => Check(new EmaMomentum(0.1), 0.1, [0.9923300562424943, -2.0005761196394993, 2.2399061321817366]);

    [Fact]
    public void Adagrad() => Check(new AdaGrad(1e-10), 0.3, [1.0, -1.815304053700681, 1.9407516552964683]);

    [Fact]
    public void Rmsprop() => Check(new RmsProp(0.9), 0.02, [0.999991932137211, -0.6065260161539039, 0.13892684517906234]);

    [Fact]
    public void Adam() => Check(new Adam(), 0.1, [0.9726832739617172, -2.1918773343081965, 2.7700605052661693]);

    [Fact]
    public void Adam_with_other_constants() => Check(new Adam(0.8, 0.9, 1e-3), 0.05, [1.0028965660342284, -1.6816005785426051, 1.3603915515029201]);

    [Fact]
    public void Amsgrad_with_bias_correction() => Check(new AmsGrad(Corrected: true), 0.1, [0.972696534750374, -2.1916333728787647, 2.7699432135478785]);
}
