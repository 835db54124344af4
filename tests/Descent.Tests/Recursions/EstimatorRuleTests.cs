using Descent.Algorithms;
using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;

namespace Descent.Tests.Recursions;

/// <summary>Any estimator goes with any rule: the products of recursions,
/// with batches of 4, 4 and 3, periods and chances away from their defaults.</summary>
public class EstimatorRuleTests
{
    static readonly Sampling Sampling = new(SampleOrder.Shuffle, 4);

    static readonly (object Estimator, Estimator Recursion)[] Estimators =
    [
        (new Minibatch(Sampling), Sums.Minibatch),
        (new Storm(Sampling, 0.3), Sums.Storm(0.3)),
        (new Sam(Sampling, 0.2), Sums.Sam(0.2)),
        (new Accumulated(Sampling, 2), Sums.Accumulated(2)),
        (new Svrg(Sampling, 5), Sums.Svrg(5, true)),
        (new Svrg(Sampling, 5, false), Sums.Svrg(5, false)),
        (new Svrg(Sampling), Sums.Svrg(0, true)),
        (new LooplessSvrg(Sampling, 0.3), Sums.LooplessSvrg(0.3)),
        (new LooplessSvrg(Sampling), Sums.LooplessSvrg(0)),
        (new Saga(Sampling), Sums.Saga(true)),
        (new Saga(Sampling, true), Sums.Sag(true)),
        (new Sarah(Sampling, 7), Sums.Sarah(7)),
        (new Sarah(Sampling), Sums.Sarah(0)),
        (new Page(Sampling, 0.4), Sums.Page(0.4)),
        (new Page(Sampling), Sums.Page(0)),
    ];

    static readonly (IRule Rule, double Eta, Func<Feed, IEnumerable<double[]>> Recursion)[] Rules =
    [
        (new Sgd(), 0.1, Momentum.Sgd),
        (new Nesterov(0.8), 0.05, f => Momentum.Nesterov(f, 0.8)),
        (new AdamW(), 0.03, f => Coordinates.Adam(f, 0.9, 0.999, 1e-8, decay: 0.01)),
        (new ScheduleFreeSgd(), 0.1, f => Free.ScheduleFreeSgd(f, 0.9)),
        (new Normalised(1), 0.05, f => Norms.Normalised(f, 1)),
    ];

    public static TheoryData<int, int> Pairs
    {
        get
        {
            TheoryData<int, int> data = [];
            for (int e = 0; e < Estimators.Length; e++)
                for (int r = 0; r < Rules.Length; r++) data.Add(e, r);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Follow_their_recursions_together(int e, int r)
    {
        Plain plain = Plain.Blocks();
        double[] start = [.. Enumerable.Range(0, plain.Dimension).Select(j => Math.Cos(3 * j))];
        var (rule, eta, recursion) = Rules[r];
        PlainOracle oracle = new(plain);
        Constant steps = new(eta);
        Iteration<double> run = Estimators[e].Estimator switch
        {
            StochasticEstimator s => new StochasticMethod(rule, steps, s).Start(oracle, start, new Draws(4)),
            FiniteSumEstimator s => new FiniteSumMethod(rule, steps, s).Start(oracle, start, new Draws(4)),
            _ => throw new InvalidOperationException(),
        };
        int t = 0;
        foreach (double[] expected in recursion(new Feed(plain, start, _ => eta, Sampling, 4, Estimators[e].Recursion)).Take(60))
        {
            run.Advance();
            CatalogueRecursionTests.Same(expected, run.Point, 1e-12, $"{rule} on {Estimators[e].Estimator}, step {++t}");
        }
    }
}
