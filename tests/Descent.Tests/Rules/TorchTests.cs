using Descent.Algorithms;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Tests.Rules;

/// <summary>Fifty steps against PyTorch 1.13.0 (torch.optim, double precision; tests/golden/torch/goldens.py) on ½Σh(w − c)²,
/// h = (1, 4, ¼), c = (1, −2, 3), from (½, ½, −1), and on Rosenbrock's function from (−1.2, 1).</summary>
public class TorchTests
{
    static void Check(IRule rule, double eta, double[] torch)
    {
        IGradientOracle<double> f = torch.Length == 3 ? new Quadratic<double>([1, 4, 0.25], [1, -2, 3]) : new Rosenbrock<double>();
        double[] start = torch.Length == 3 ? [0.5, 0.5, -1.0] : [-1.2, 1];
        Iteration<double> run = new GradientMethod(rule, new Constant(eta)).Start(f, start, new Draws(1));
        run.Advance(50);
        for (int i = 0; i < torch.Length; i++) Assert.Equal(torch[i], run.Point[i], 1e-10 * Math.Abs(torch[i]));
    }

    [Fact]
    public void Sgd()
    {
        Check(new Sgd(), 0.05, [0.9615275123616435, -1.9999643188076823, 0.8673715121658452]);
        Check(new Sgd(), 0.0005, [-1.012501088334314, 1.033147338500034]);
    }

    [Fact]
    public void Momentum()
    {
        Check(new HeavyBall(0.9), 0.02, [0.9630311909351718, -2.0273968029853164, 3.056740086520575]);
        Check(new HeavyBall(0.9), 0.0002, [-0.8899058402629939, 0.8281169026695874]);
    }

    // PyTorch's dampening equal to the momentum makes an exponential average whose first value is the first gradient: M6.
    [Fact]
    public void Dampened()
    {
        Check(new EmaMomentum(0.1), 0.1, [0.9923300562424943, -2.0005761196394993, 2.2399061321817366]);
        Check(new EmaMomentum(0.1), 0.001, [-0.12105621849918446, 0.0437483413778413]);
    }

    // PyTorch keeps the look-ahead point; its golden is one gradient step behind it (goldens.py).
    [Fact]
    public void Nesterov()
    {
        Check(new Nesterov(0.9), 0.02, [0.9767512711096713, -1.9951317697217863, 2.983408292481673]);
        Check(new Nesterov(0.9), 0.0002, [-0.9451947407563163, 0.9015089262070475]);
    }

    [Fact]
    public void Adagrad()
    {
        Check(new AdaGrad(1e-10), 0.3, [1.0, -1.815304053700681, 1.9407516552964683]);
        Check(new AdaGrad(1e-10), 0.05, [-1.0530675597118566, 1.1152547011545826]);
    }

    [Fact]
    public void Rmsprop()
    {
        Check(new RmsProp(0.9), 0.02, [0.999991932137211, -0.6065260161539039, 0.13892684517906234]);
        Check(new RmsProp(0.9), 0.01, [-1.0382235412062077, 1.0842755462496758]);
    }

    [Fact]
    public void Adadelta()
    {
        Check(new Adadelta(), 1.0, [0.661798702961536, 0.31838254278273687, -0.8164221808967951]);
        Check(new Adadelta(), 1.0, [-1.0928550025168093, 1.1089500515456634]);
    }

    [Fact]
    public void Adam()
    {
        Check(new Adam(), 0.1, [0.9726832739617172, -2.1918773343081965, 2.7700605052661693]);
        Check(new Adam(), 0.02, [-1.0350822608802157, 1.0999209678273656]);
    }

    [Fact]
    public void AdamOther()
    {
        Check(new Adam(0.8, 0.9, 1e-3), 0.05, [1.0028965660342284, -1.6816005785426051, 1.3603915515029201]);
        Check(new Adam(0.8, 0.9, 1e-3), 0.02, [-1.0159254981241337, 1.0389233353550313]);
    }

    // PyTorch corrects the bias after the maximum; as published there is no correction.
    [Fact]
    public void Amsgrad()
    {
        Check(new AmsGrad(Corrected: true), 0.1, [0.972696534750374, -2.1916333728787647, 2.7699432135478785]);
        Check(new AmsGrad(Corrected: true), 0.02, [-1.0350892628122157, 1.099935488125537]);
    }

    [Fact]
    public void AdamW()
    {
        Check(new AdamW(Decay: 0.05), 0.1, [0.9723094687603197, -2.0547457174911297, 2.5609488477604474]);
        Check(new AdamW(Decay: 0.05), 0.02, [-0.9985843529609532, 1.0281726071562303]);
    }

    // PyTorch 1.13 multiplies the product of momenta by the newest one twice;
    // the golden is from its source with that corrected, as later versions have it.
    [Fact]
    public void NAdam()
    {
        Check(new NAdam(), 0.1, [0.9999941846610795, -2.003706511104688, 2.340670063381632]);
        Check(new NAdam(), 0.02, [-1.047531969917137, 1.1033726040521545]);
    }

    [Fact]
    public void RAdam()
    {
        Check(new RAdam(), 0.1, [1.0047558353939614, -2.3561420647926004, -0.07724487361803603]);
        Check(new RAdam(), 0.0002, [-1.0426104710109985, 1.0653408188647089]);
    }

    // The two-loop recursion is the same; PyTorch's line search interpolates otherwise,
    // so the iterates differ on the way and agree at the end.
    [Fact]
    public void LBfgs()
    {
        Iteration<double> quadratic = Methods.LBfgs()
            .Start(new Quadratic<double>([1, 4, 0.25], [1, -2, 3]), [0.5, 0.5, -1.0], new Draws(1));
        Iteration<double> rosenbrock = Methods.LBfgs().Start(new Rosenbrock<double>(), [-1.2, 1], new Draws(1));
        quadratic.Advance(100);
        rosenbrock.Advance(100);
        double[] torch = [0.9999999998708885, -2.000000000378151, 2.999999997094146], valley = [0.9999999998806195, 0.9999999997461748];
        for (int i = 0; i < 3; i++) Assert.Equal(torch[i], quadratic.Point[i], 1e-8);
        for (int i = 0; i < 2; i++) Assert.Equal(valley[i], rosenbrock.Point[i], 1e-8);
    }
}
