using Descent.Algorithms;
using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;
using Descent.Sets;
using Descent.StepSizes;

namespace Descent.Tests.Recursions;

/// <summary>Projections and proximal maps after a step, each from its definition and not by the library's way.</summary>
public class SetRecursionTests
{
    static readonly (IProximalMap Map, Func<double[], double, double[]> Definition)[] Maps =
    [
        (new Ball(0.9), (w, _) => Math.Sqrt(Norms.Square(w)) is > 0.9 and var n ? [.. w.Select(x => 0.9 * x / n)] : w),
        (new Box(0.3), (w, _) => [.. w.Select(x => Math.Min(0.3, Math.Max(-0.3, x)))]),
        (new NonNegative(), (w, _) => [.. w.Select(x => Math.Max(0, x))]),
        (new Simplex(1.5), (w, _) => Simplex(w, 1.5)),
        (new L1Penalty([.. Enumerable.Range(0, 14).Select(j => 0.02 * j)]), (w, eta) => [.. w.Select((x, j) => Soft(x, eta * 0.02 * j))]),
        (new ElasticNetPenalty(0.1, 0.7), (w, eta) => [.. w.Select(x => Soft(x, eta * 0.1) / (1 + (eta * 0.7)))]),
        (new GroupPenalty((0, 6, 0.5), (7, 3, 2), (12, 2, 0.1)), Groups),
    ];

    public static TheoryData<int, bool> Cases
    {
        get
        {
            TheoryData<int, bool> data = [];
            for (int i = 0; i < Maps.Length; i++)
            {
                data.Add(i, false);
                data.Add(i, true);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Follows_every_step(int index, bool accelerated)
    {
        var (map, definition) = Maps[index];
        Plain plain = Plain.Blocks();
        double[] start = [.. Enumerable.Range(0, plain.Dimension).Select(j => 2 * Math.Sin(3 * j))];
        static double Eta(int t) => 0.2 / (1 + (0.05 * t));
        Sampling sampling = new(SampleOrder.Shuffle, 4);
        IRule rule = accelerated ? new Nesterov(null, true) : new HeavyBall(0.5);
        Iteration<double> run = new StochasticMethod(rule, new InverseTime(0.2, 0.05), new Minibatch(sampling), map)
            .Start(new PlainOracle(plain), start, new Draws(3));
        Iteration<double> carried = new StochasticMethod(rule, new InverseTime(0.2, 0.05), new Minibatch(sampling))
            .Start(new PlainOracle(plain, map), start, new Draws(3));
        Feed feed = new(plain, start, Eta, sampling, 3);
        int t = 0;
        foreach (double[] expected in Momentum.Then(accelerated ? Momentum.Fista(feed, true) : Momentum.HeavyBall(feed, 0.5),
            (w, s) => definition((double[])w.Clone(), Eta(s)).CopyTo(w, 0)).Take(60))
        {
            run.Advance();
            carried.Advance();
            CatalogueRecursionTests.Same(expected, run.Point, 1e-12, $"{map.Description}, step {++t}");
            Assert.Equal(run.Point.ToArray(), carried.Point.ToArray());
        }
    }

    static double Soft(double x, double threshold) => Math.Abs(x) <= threshold ? 0 : x - (Math.Sign(x) * threshold);

    static double[] Groups(double[] w, double eta)
    {
        foreach (var (start, length, lambda) in new[] { (0, 6, 0.5), (7, 3, 2.0), (12, 2, 0.1) })
        {
            double norm = Math.Sqrt(Norms.Square(w[start..(start + length)]));
            for (int j = start; j < start + length; j++) w[j] = norm <= eta * lambda ? 0 : w[j] * (1 - (eta * lambda / norm));
        }
        return w;
    }

    // max(w − τ, 0) with the τ that makes the sum right, by halving.
    static double[] Simplex(double[] w, double total)
    {
        double low = w.Min() - total, high = w.Max();
        for (int k = 0; k < 200; k++)
        {
            double middle = (low + high) / 2;
            if (w.Sum(x => Math.Max(0, x - middle)) > total) low = middle;
            else high = middle;
        }
        return [.. w.Select(x => Math.Max(0, x - high))];
    }
}
