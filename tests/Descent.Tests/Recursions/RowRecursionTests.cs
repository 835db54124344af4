using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Tests.Recursions;

/// <summary>Steps along rows against the algorithm as Ross, Mineiro and Langford print it: G the sum of squared gradients in the unit of
/// the data, nothing divided before it has to be; the loss followed by ten thousand small steps where the method has a formula.</summary>
public class RowRecursionTests
{
    const int Steps = 60;

    public static TheoryData<bool, bool, bool> Cases => new()
    {
        { true, true, true }, { true, false, false }, { false, true, true }, { false, false, true }, { false, true, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Follows_its_published_recursion(bool aware, bool sparse, bool weighted)
    {
        var (plain, csr, dense) = Plain.Linear(0, weighted: weighted);
        EmpiricalRisk<double> risk = sparse ? csr : dense;
        double[] start = [0.3, -0.2, 0.1, 0, 0.05];
        Iteration<double> run = Start(risk, start, aware, 9);
        int t = 0;
        foreach (double[] expected in Published(new Feed(plain, start, _ => 0.4, new Sampling(SampleOrder.Shuffle), 9), weighted, aware))
        {
            run.Advance();
            // The followed loss is as good as its ten thousand steps.
            CatalogueRecursionTests.Same(expected, run.Point, aware ? 2e-7 : 1e-12, $"step {++t}");
            if (t == Steps) break;
        }
    }

    static Iteration<double> Start(EmpiricalRisk<double> risk, double[] start, bool aware, ulong seed)
    {
        MethodSettings settings = new(Catalogue.Find("normalised-adagrad")!)
        {
            StepSize = new Constant(0.4),
            Sampling = new Sampling(SampleOrder.Shuffle),
            Given = aware ? new() : new Dictionary<string, double> { ["aware"] = 0 },
        };
        return ((IMethod<double, IRowOracle<double>>)settings.Build()).Start(risk.Find<IRowOracle<double>>()!, start, new Draws(seed));
    }

    static IEnumerable<double[]> Published(Feed f, bool weighted, bool aware)
    {
        double[] w = f.Start(), s = new double[w.Length], g = new double[w.Length];
        double total = 0, n = 0, mean = Enumerable.Range(0, f.Problem.Count).Average(i => 0.5 + (i % 4));
        for (int t = 0; ; t++)
        {
            int i = f.Next().Single();
            double[] x = f.Problem.Row(i);
            double y = f.Problem.Label(i), h = weighted ? (0.5 + (i % 4)) / mean : 1, z = x.Zip(w, (a, b) => a * b).Sum(),
                slope = (1 / (1 + Math.Exp(-z))) - y, reach = 0;
            for (int j = 0; j < x.Length; j++)
            {
                if (x[j] == 0) continue;
                if (Math.Abs(x[j]) > s[j]) (w[j], s[j]) = (w[j] * s[j] / Math.Abs(x[j]), Math.Abs(x[j]));
                g[j] += h * slope * slope * x[j] * x[j];
                n += h * x[j] * x[j] / (s[j] * s[j]);
                reach += x[j] * x[j] / (s[j] * Math.Sqrt(g[j]));
            }
            total += h;
            double rate = Math.Sqrt(total / n), move = -f.Eta(t) * h * slope * rate;
            if (aware) move = Followed(z, y, f.Eta(t) * h * rate * reach) / reach;
            for (int j = 0; j < x.Length; j++)
                if (x[j] != 0) w[j] += move * x[j] / (s[j] * Math.Sqrt(g[j]));
            yield return w;
        }
    }

    // dz/dt = −φ′(z) by Heun's steps.
    static double Followed(double z, double y, double time)
    {
        const int Parts = 10_000;
        double at = z, dt = time / Parts;
        double Slope(double m) => (1 / (1 + Math.Exp(-m))) - y;
        for (int k = 0; k < Parts; k++)
        {
            double first = Slope(at);
            at -= dt * (first + Slope(at - (dt * first))) / 2;
        }
        return at - z;
    }

    // The same rows in other units: coefficients in inverse units, predictions as they were.
    [Theory]
    [InlineData(1e-160)]
    [InlineData(1e6)]
    [InlineData(1e150)]
    public void Units_of_columns_change_no_prediction(double unit)
    {
        Draws draws = new(3);
        double[] x = [.. Enumerable.Range(0, 90).Select(_ => draws.NextNormal())],
            scaled = [.. x.Select((v, k) => k % 3 == 1 ? v * unit : v)],
            y = [.. Enumerable.Range(0, 30).Select(i => (double)(i % 2))];
        double[] Run(double[] rows)
        {
            var risk = Risk.Of<double, DenseRows<double>, LogisticLoss>(new DenseRows<double>(rows, 30, 3), y, default, new RiskOptions());
            Iteration<double> run = Start(risk, new double[4], true, 5);
            run.Advance(200);
            return run.Point.ToArray();
        }
        double[] own = Run(x), other = Run(scaled);
        for (int j = 0; j < own.Length; j++) Assert.Equal(1, other[j] * (j == 1 ? unit : 1) / own[j], 1e-11);
    }

    // A step on one row knows nothing of the edge of another's loss.
    [Fact]
    public void A_loss_that_is_infinite_beyond_a_margin_is_refused()
    {
        var risk = Risk.Of<double, DenseRows<double>, GammaInverseLoss>(new DenseRows<double>([1, 2], 2, 1), [1, 3], default,
            new RiskOptions());
        Iteration<double> run = Start(risk, [0, 1], true, 1);
        Assert.Contains("full gradients", Assert.Throws<ArgumentException>(() => run.Advance()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_penalty_is_refused()
    {
        var risk = Risk.Of<double, DenseRows<double>, SquaredLoss>(new DenseRows<double>([1, 2], 2, 1), [1, 0], default,
            new RiskOptions { L2 = 0.1 });
        Assert.Contains("no penalty", Assert.Throws<ArgumentException>(() => Start(risk, new double[2], true, 1)).Message,
            StringComparison.Ordinal);
    }
}
