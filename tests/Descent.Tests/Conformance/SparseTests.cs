using Descent.Algorithms;
using Descent.Estimators;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Tests.Conformance;

/// <summary>Lazy steps on the non-zeros against eager steps on every coordinate.</summary>
public partial class SparseTests
{
    const int N = 60, D = 25;

    static LinearRisk<double, CsrRows<double>, LogisticLoss> Problem(double l1, double l2, bool intercept)
    {
        Draws draws = new(12);
        List<int> indices = [];
        List<double> values = [];
        long[] starts = new long[N + 1];
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < D; j++)
            {
                if (draws.NextDouble() > 0.15) continue;
                indices.Add(j);
                values.Add(draws.NextNormal());
            }
            starts[i + 1] = indices.Count;
        }
        double[] y = [.. Enumerable.Range(0, N).Select(_ => draws.NextDouble() < 0.5 ? 0.0 : 1)];
        double[] weights = [.. Enumerable.Range(0, N).Select(_ => 0.5 + draws.NextDouble())];
        return Risk.Of<double, CsrRows<double>, LogisticLoss>(new CsrRows<double>(starts, [.. indices], [.. values], D), y, default,
            new RiskOptions { L1 = l1, L2 = l2, Intercept = intercept, Weights = weights });
    }

    static void Same(IRule rule, IStepSize eta, int batch, double l1, double l2, bool intercept)
    {
        var risk = Problem(l1, l2, intercept);
        Sampling sampling = new(SampleOrder.Shuffle, batch);
        Iteration<double> lazy = new StochasticMethod(rule, eta, new Minibatch(sampling))
            .Start(risk, new double[risk.Dimension], new Draws(4));
        Iteration<double> eager = new StochasticMethod(rule, eta, new Minibatch(sampling))
            .Start(new Plain(risk), new double[risk.Dimension], new Draws(4));
        Assert.NotEqual(lazy.GetType(), eager.GetType());
        for (int k = 0; k < 6; k++)
        {
            lazy.Advance(97);
            eager.Advance(97);
            for (int j = 0; j < risk.Dimension; j++) Assert.Equal(eager.Point[j], lazy.Point[j], 1e-12);
            if (l1 > 0) Assert.Equal(eager.Point.Count(0), lazy.Point.Count(0));
        }
    }

    [Theory]
    [InlineData(1, 0, 0.01)]
    [InlineData(4, 0, 0.01)]
    [InlineData(1, 0.02, 0)]
    [InlineData(1, 0.02, 0.03)]
    [InlineData(5, 0.01, 0.03)]
    public void Sgd_decays_and_truncates_exactly(int batch, double l1, double l2)
    {
        Same(new Sgd(), new Power(0.3), batch, l1, l2, true);
        Same(new Sgd(), new Constant(0.2), batch, l1, l2, false);
    }

    // A decay of 1 − ηλ = 0 or below makes the scale useless; it is then put into the vector at once.
    [Fact]
    public void Sgd_survives_a_decay_of_everything() => Same(new Sgd(), new Constant(2), 1, 0.01, 0.5, true);

    [Fact]
    public void Adagrad_touches_the_support_alone() => Same(new AdaGrad(), new Constant(0.3), 1, 0, 0, true);

    [Fact]
    public void Sign_descent_touches_the_support_alone() => Same(new SignDescent(), new Power(0.02), 1, 0, 0, true);

    [Fact]
    public void Ftrl_touches_the_support_alone() => Same(new FtrlProximal(0.05, 0.1), new Constant(0.5), 1, 0, 0, true);

    // Rules under which a coordinate moves without a gradient are not offered the short way.
    [Fact]
    public void Adam_stays_dense()
    {
        var risk = Problem(0, 0, true);
        Iteration<double> adam = Methods.Adam(new Constant(0.1)).Start(risk, new double[risk.Dimension], new Draws(4));
        Assert.IsType<FirstOrderIteration<double>>(adam);
    }

    [Fact]
    public void A_step_on_the_support_allocates_nothing()
    {
        var risk = Problem(0, 0, true);
        foreach (IRule rule in new IRule[] { new AdaGrad(), new FtrlProximal() })
        {
            Iteration<double> run = new StochasticMethod(rule, new Constant(0.1), new Minibatch(new Sampling()))
                .Start(risk, new double[risk.Dimension], new Draws(4));
            run.Advance(200);
            Assert.Equal(0, AllocationCheck.Bytes(() => run.Advance(300)));
        }
    }

    /// <summary>The same objective with its short ways hidden.</summary>
    class Plain(IFiniteSumOracle<double> inner) : IFiniteSumOracle<double>
    {
        public int Dimension => inner.Dimension;

        public int Count => inner.Count;

        public int Population => inner.Population;

        public BlockLayout Layout => inner.Layout;

        public OracleMeter Meter => inner.Meter;

        public Descent.Sets.IProximalMap? NonSmooth => inner.NonSmooth;

        public double Value(ReadOnlySpan<double> w) => inner.Value(w);

        public double Value(ReadOnlySpan<double> w, Sample sample) => inner.Value(w, sample);

        public double Gradient(ReadOnlySpan<double> w, Span<double> g) => inner.Gradient(w, g);

        public double Gradient(ReadOnlySpan<double> w, Sample sample, Span<double> g) => inner.Gradient(w, sample, g);
    }
}
