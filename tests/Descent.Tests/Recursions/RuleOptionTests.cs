using System.Reflection;
using Descent.Algorithms;
using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;

namespace Descent.Tests.Recursions;

/// <summary>Every option of every rule, also those that no entry of the catalogue sets,
/// away from its default against the recursion written out.</summary>
public class RuleOptionTests
{
    static readonly (IRule Rule, double Eta, Func<Feed, IEnumerable<double[]>> Recursion)[] Rules =
    [
        (new Sgd(), 0.1, Momentum.Sgd),
        (new SignDescent(), 0.01, Norms.Sign),
        (new HeavyBall(0.6), 0.1, f => Momentum.HeavyBall(f, 0.6)),
        (new EmaMomentum(0.3), 0.1, f => Momentum.Ema(f, 0.3)),
        (new Nesterov(0.6), 0.1, f => Momentum.Nesterov(f, 0.6)),
        (new Nesterov(null), 0.1, f => Momentum.Fista(f, false)),
        (new Nesterov(null, true), 0.4, f => Momentum.Fista(f, true)),
        (new LinearCoupling(7), 0.1, f => Momentum.Coupling(f, 7)),
        (new AdaGradNorm(0.5, true), 0.4, f => Norms.AdaGradNorm(f, 0.5, true)),
        (new EmaNorm(0.8, 0.3, true), 0.4, f => Norms.EmaNorm(f, 0.8, 0.3, true)),
        (new Normalised(0.3), 0.05, f => Norms.Normalised(f, 0.3)),
        (new AdaGrad(0.2, true, 0.3), 0.3, f => Coordinates.AdaGrad(f, 0.2, true, 0.3)),
        (new RmsProp(0.7, 0.02), 0.02, f => Coordinates.RmsProp(f, 0.7, 0.02)),
        (new Adam(0.8, 0.95, 0.05, true, 0.4), 0.05, f => Coordinates.Adam(f, 0.8, 0.95, 0.05, true, 0.4)),
        (new AmsGrad(0.8, 0.9, 0.03, true), 0.05, f => Coordinates.AmsGrad(f, 0.8, 0.9, 0.03, true)),
        (new AdamW(0.8, 0.95, 0.03, 0.2), 0.05, f => Coordinates.Adam(f, 0.8, 0.95, 0.03, decay: 0.2)),
        (new NAdam(0.8, 0.95, 0.03, 0.1), 0.05, f => Coordinates.NAdam(f, 0.8, 0.95, 0.03, 0.1)),
        (new RAdam(0.8, 0.95, 0.03), 0.05, f => Coordinates.RAdam(f, 0.8, 0.95, 0.03)),
        (new Adadelta(0.7, 1e-3), 1, f => Coordinates.Adadelta(f, 0.7, 1e-3)),
        (new Adopt(0.8, 0.95, 0.3), 0.05, f => Coordinates.Adopt(f, 0.8, 0.95, 0.3)),
        (new AdEmaMix(0.8, 0.95, 0.98, 3, 20, 0.03, 0.2), 0.05, f => Coordinates.AdEmaMix(f, 0.8, 0.95, 0.98, 3, 20, 0.03, 0.2)),
        (new Adan(0.9, 0.8, 0.95, 0.03, 0.2), 0.05, f => Coordinates.Adan(f, 0.9, 0.8, 0.95, 0.03, 0.2)),
        (new Lion(0.8, 0.9, 0.3), 0.02, f => Coordinates.Lion(f, 0.8, 0.9, 0.3)),
        (new FtrlProximal(0.2, 0.3, 0.5), 0.3, f => Coordinates.Ftrl(f, 0.2, 0.3, 0.5)),
        (new Clipped(new HeavyBall(0.6), 0.5, 0.2), 0.1, f => Momentum.HeavyBall(Norms.Clip(f, 0.5, 0.2), 0.6)),
        (new Lookahead(new Adam(), 4, 0.3), 0.05, f => Momentum.Lookahead(Coordinates.Adam(f, 0.9, 0.999, 1e-8), f.First, 4, 0.3)),
        (new DoG(0.05, 0.5), 1, f => Free.DoG(f, 0.05, 0.5)),
        (new DAdaptation(0.02, 1.1), 1, f => Free.DAdaptation(f, 0.02, 1.1)),
        (new Prodigy(0.8, 0.95, 0.03, 0.2, 0.02, 1.05), 1, f => Free.Prodigy(f, 0.8, 0.95, 0.03, 0.2, 0.02, 1.05)),
        (new ScheduleFreeSgd(0.7), 0.2, f => Free.ScheduleFreeSgd(f, 0.7)),
        (new ScheduleFreeAdamW(0.8, 0.95, 0.03, 0.2), 0.05, f => Free.ScheduleFreeAdamW(f, 0.8, 0.95, 0.03, 0.2)),
        (new Lars(0.6), 0.02, f => Layers.Lars(f, 0.6)),
        (new Lars(0.6, true, 0.2), 0.02, f => Layers.LarsPublished(f, 0.6, 0.2)),
        (new Lamb(0.8, 0.95, 0.03, 0.2), 0.02, f => Layers.Lamb(f, 0.8, 0.95, 0.03, 0.2)),
        (new Adafactor(0.4, 0.6, 0.01, 0.3), 0.2, f => Layers.Adafactor(f, 0.4, 0.6, 0.01, 0.3)),
        (new Muon(0.8, 0.3, 3), 0.03, f => Layers.Muon(f, 0.8, 0.3, 3)),
        (new Shampoo(0.05, 3, 2), 0.2, f => Layers.Shampoo(f, 0.05, 3, 2)),
        (new Soap(0.8, 0.9, 0.85, 0.03, 0.2, 4, 2), 0.05, f => Layers.Soap(f, 0.8, 0.9, 0.85, 0.03, 0.2, 4, 2)),
    ];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Rules.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Follows_its_published_recursion_with_every_option_set(int index)
    {
        var (rule, eta, recursion) = Rules[index];
        Sampling sampling = new(SampleOrder.Shuffle, 4);
        Plain plain = Plain.Blocks();
        double[] start = [.. Enumerable.Range(0, plain.Dimension).Select(j => j >= 12 ? 0 : Math.Sin(2 * j) + 0.1)];
        Iteration<double> run = new StochasticMethod(rule, new Power(eta, 0.3), new Minibatch(sampling))
            .Start(new PlainOracle(plain), start, new Draws(9));
        Feed feed = new(plain, start, t => eta * Math.Pow(t + 1, -0.3), sampling, 9);
        int t = 0;
        foreach (double[] expected in recursion(feed).Take(60))
        {
            run.Advance();
            CatalogueRecursionTests.Same(expected, run.Point, 1e-12, $"{rule}, step {++t}");
        }
    }

    // Wrappers that change nothing of the recursion within them.
    internal static bool IsRule(Type t) => t.IsAssignableTo(typeof(IRule)) && !t.IsInterface && t.Name is not ("Sharded" or "Recorded");

    [Fact]
    public void No_rule_and_no_option_is_left_out()
    {
        foreach (Type type in typeof(IRule).Assembly.GetExportedTypes().Where(IsRule))
        {
            IRule[] own = [.. Rules.Select(r => r.Rule).Where(r => r.GetType() == type)];
            Assert.True(own.Length > 0, $"{type.Name} has no recursion here.");
            foreach (ParameterInfo p in type.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters()
                .Where(p => p.HasDefaultValue))
                Assert.True(own.Any(r => !Equals(type.GetProperty(p.Name!)!.GetValue(r), p.DefaultValue)),
                    $"{type.Name}.{p.Name} always has its default here.");
        }
    }
}
