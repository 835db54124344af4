using Descent.Algorithms;
using Descent.Estimators;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Tests.Conformance;

// Variance-reduced steps whose other coordinates wait.
public partial class SparseTests
{
    static readonly Sampling One = new(SampleOrder.Replacement, 1);

    static readonly string[] Names = ["svrg", "svrg, short periods", "svrg, last anchor", "loopless", "saga", "sag"];

    public static TheoryData<string> Estimators => [.. Names];

    static FiniteSumEstimator Estimator(string name) => name switch
    {
        "svrg" => new Svrg(One),
        "svrg, short periods" => new Svrg(new Sampling(SampleOrder.Shuffle, 1), 7),
        "svrg, last anchor" => new Svrg(One, 0, false),
        "loopless" => new LooplessSvrg(One, 0.05),
        "saga" => new Saga(One),
        _ => new Saga(new Sampling(SampleOrder.Shuffle, 1), true),
    };

    // Without a penalty, with one, with a decay to nothing (ηλ = 1) and beyond (ηλ = 1.2), where nothing can wait;
    // over more steps than coordinates wait for at most.
    [Theory]
    [MemberData(nameof(Estimators))]
    public void Variance_reduced_steps_wait_exactly(string name)
    {
        foreach (var (l2, eta, steps, intercept) in new (double, IStepSize, int, bool)[]
        {
            (0, new Constant(0.05), 300, true),
            (0.03, new Constant(0.1), 10_000, true),
            (0.03, new Power(0.3), 300, false),
            (0.5, new Constant(2), 60, true),
            (0.5, new Constant(2.4), 60, false),
        })
        {
            var risk = Problem(0, l2, intercept);
            Iteration<double> lazy = new FiniteSumMethod(new Sgd(), eta, Estimator(name))
                .Start(risk, new double[risk.Dimension], new Draws(4));
            Iteration<double> eager = new FiniteSumMethod(new Sgd(), eta, Estimator(name))
                .Start(new Composed(risk), new double[risk.Dimension], new Draws(4));
            Assert.IsType<SparseIteration<double>>(lazy);
            Assert.IsType<FirstOrderIteration<double>>(eager);
            for (int k = 0; k < 3; k++)
            {
                lazy.Advance(steps / 3);
                eager.Advance(steps / 3);
                for (int j = 0; j < risk.Dimension; j++)
                    Assert.Equal(eager.Point[j], lazy.Point[j], 1e-12 * (1 + Math.Abs(eager.Point[j])));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Looks_and_saves_change_nothing(string name)
    {
        var risk = Problem(0, 0.02, true);
        Iteration<double> Make() =>
            new FiniteSumMethod(new Sgd(), new Constant(0.1), Estimator(name)).Start(risk, new double[risk.Dimension], new Draws(4));
        Iteration<double> straight = Make(), looked = Make(), restored = Make();
        straight.Advance(500);
        double seen = 0;
        StateBox box = new();
        for (int k = 0; k < 500; k++)
        {
            looked.Advance();
            seen += looked.Point[0];
            if (k == 216) looked.Visit(box);
        }
        Assert.True(double.IsFinite(seen));
        Assert.Equal(straight.Point.ToArray(), looked.Point.ToArray());
        box.Restoring = true;
        restored.Visit(box);
        restored.Advance(283);
        Assert.Equal(straight.Point.ToArray(), restored.Point.ToArray());
    }

    [Fact]
    public void Waiting_steps_allocate_nothing()
    {
        foreach (string name in Names)
        {
            var risk = Problem(0, 0.02, true);
            Iteration<double> run = new FiniteSumMethod(new Sgd(), new Constant(0.1), Estimator(name))
                .Start(risk, new double[risk.Dimension], new Draws(4));
            // Room for the longest run of draws is made once.
            run.Advance(5000);
            Assert.Equal(0, AllocationCheck.Bytes(() => run.Advance(5000)));
        }
    }

    // An L1 part, batches and other rules are left to the eager form.
    [Fact]
    public void What_cannot_wait_is_eager()
    {
        static Iteration<double> Of(IRule rule, int batch, double l1) => new FiniteSumMethod(rule, new Constant(0.1),
            new Saga(new Sampling(SampleOrder.Replacement, batch)))
            .Start(Problem(l1, 0, true), new double[D + 1], new Draws(1));
        Assert.IsType<SparseIteration<double>>(Of(new Sgd(), 1, 0));
        Assert.IsType<FirstOrderIteration<double>>(Of(new Sgd(), 2, 0));
        Assert.IsType<FirstOrderIteration<double>>(Of(new Sgd(), 1, 0.01));
        Assert.IsType<FirstOrderIteration<double>>(Of(new HeavyBall(), 1, 0));
    }

    /// <summary>The same objective with slopes, but without its rows:
    /// what SAG and SAGA keep a table of numbers for, and step on every coordinate.</summary>
    sealed class Composed(LinearRisk<double, CsrRows<double>, LogisticLoss> inner) : Plain(inner), ISlopeOracle<double>
    {
        public int Outputs => 1;

        public ReadOnlySpan<int> Examples(Sample sample) => inner.Examples(sample);

        public double Slopes(ReadOnlySpan<double> w, ReadOnlySpan<int> examples, Span<double> slopes) => inner.Slopes(w, examples, slopes);

        public void AddRows(ReadOnlySpan<int> examples, ReadOnlySpan<double> u, Span<double> g) => inner.AddRows(examples, u, g);

        public void AddPenalty(ReadOnlySpan<double> w, Span<double> g) => inner.AddPenalty(w, g);
    }
}
