using Descent.Algorithms;
using Descent.Estimators;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;
using Descent.Tests.Conformance;

namespace Descent.Tests.Estimators;

public class EstimatorTests
{
    static readonly double[] Here = [0.3, -0.2, 0.7], There = [0.1, 0.4, -0.5];

    // In mean over the sample an unbiased estimator gives the gradient, whatever it remembers.
    [Theory]
    [InlineData("svrg")]
    [InlineData("loopless")]
    [InlineData("saga")]
    public void Unbiased_estimators_are_unbiased(string name)
    {
        var (risk, _, _, _) = MethodCase.Consistent();
        Sampling sampling = new(SampleOrder.Replacement, 2);
        FiniteSumEstimator estimator = name switch
        {
            "svrg" => new Svrg(sampling, 1_000_000),
            "loopless" => new LooplessSvrg(sampling, 1e-9),
            _ => new Saga(sampling),
        };
        double[] g = new double[3], mean = new double[3], exact = new double[3];
        risk.Gradient(Here, exact);
        const int Trials = 20_000;
        Estimation<double> run = estimator.Start((IFiniteSumOracle<double>)risk, new Draws(1));
        // Some memory of another point first; then every odd call moves the memory back there.
        for (int t = 0; t < 200; t++) run.Estimate(There, g);
        for (int t = 0; t < Trials; t++)
        {
            run.Estimate(Here, g);
            for (int j = 0; j < 3; j++) mean[j] += g[j] / Trials;
            run.Estimate(There, g);
            run.Estimate(There, g);
        }
        for (int j = 0; j < 3; j++) Assert.Equal(exact[j], mean[j], 0.05);
    }

    // Once every example has been seen at one point, the table is exact: no noise at all there.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_full_table_leaves_no_noise(bool biased)
    {
        var (risk, _, _, _) = MethodCase.Consistent();
        Estimation<double> run = new Saga(new Sampling(SampleOrder.Shuffle, 4), biased).Start((IFiniteSumOracle<double>)risk, new Draws(1));
        double[] g = new double[3], exact = new double[3];
        risk.Gradient(Here, exact);
        for (int t = 0; t < 10; t++) run.Estimate(Here, g);
        run.Estimate(Here, g);
        for (int j = 0; j < 3; j++) Assert.Equal(exact[j], g[j], 1e-13);
    }

    // One number an example or d: the same estimates.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tables_of_slopes_and_of_gradients_agree(bool biased)
    {
        var (risk, _, h, _) = MethodCase.Consistent();
        FiniteSumMethod method = new(new Sgd(), new Constant(0.2 / h), new Saga(new Sampling(SampleOrder.Replacement, 1), biased));
        Iteration<double> slopes = method.Start(risk, new double[3], new Draws(2)),
            gradients = method.Start(new Hidden(risk), new double[3], new Draws(2));
        slopes.Advance(500);
        gradients.Advance(500);
        for (int j = 0; j < 3; j++) Assert.Equal(gradients.Point[j], slopes.Point[j], 1e-12);
    }

    // Tables of either kind under batches with repeats.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tables_agree_on_batches_in_which_examples_repeat(bool biased)
    {
        var (risk, _, h, _) = MethodCase.Consistent(n: 6);
        FiniteSumMethod method = new(new Sgd(), new Constant(0.2 / h), new Saga(new Sampling(SampleOrder.Replacement, 5), biased));
        Iteration<double> slopes = method.Start(risk, new double[3], new Draws(2)),
            gradients = method.Start(new Hidden(risk), new double[3], new Draws(2));
        slopes.Advance(200);
        gradients.Advance(200);
        for (int j = 0; j < 3; j++) Assert.Equal(gradients.Point[j], slopes.Point[j], 1e-12);
    }

    // Three examples, batches of two: all nine batches are met, after every first batch;
    // the mean of the nine estimates is the gradient to the last digits.
    [Fact]
    public void Saga_with_a_gradient_table_is_unbiased_over_all_batches()
    {
        var (risk, _, _, _) = MethodCase.Consistent(n: 3);
        double[] exact = new double[3], g = new double[3];
        risk.Gradient(Here, exact);
        Dictionary<string, Dictionary<string, double[]>> met = [];
        for (ulong seed = 1; seed <= 3000; seed++)
        {
            Asked asked = new(risk);
            Estimation<double> run = new Saga(new Sampling(SampleOrder.Replacement, 2))
                .Start((IFiniteSumOracle<double>)asked, new Draws(seed));
            run.Estimate(There, g);
            string first = asked.Take();
            run.Estimate(Here, g);
            string second = asked.Take();
            if (!met.TryGetValue(first, out var seconds)) met[first] = seconds = [];
            seconds[second] = [.. g];
        }
        Assert.Equal(9, met.Count);
        foreach (var (_, seconds) in met)
        {
            Assert.Equal(9, seconds.Count);
            for (int j = 0; j < 3; j++) Assert.Equal(exact[j], seconds.Values.Average(v => v[j]), 1e-13);
        }
    }

    // At a point that does not move the recursive estimators keep the full gradient they began with.
    [Fact]
    public void Recursive_estimators_add_differences()
    {
        var (risk, _, _, _) = MethodCase.Consistent();
        foreach (FiniteSumEstimator e in new FiniteSumEstimator[] { new Sarah(new Sampling(SampleOrder.Replacement), 1000),
            new Page(new Sampling(SampleOrder.Replacement), 1e-9) })
        {
            Estimation<double> run = e.Start((IFiniteSumOracle<double>)risk, new Draws(1));
            double[] g = new double[3], exact = new double[3], a = new double[3], b = new double[3];
            risk.Gradient(Here, exact);
            for (int t = 0; t < 5; t++) run.Estimate(Here, g);
            Assert.Equal(exact, g);
            long before = risk.Meter.Gradients;
            run.Estimate(There, g);
            Assert.Equal(2, risk.Meter.Gradients - before);
            Assert.NotEqual(exact, g);
        }
    }

    [Fact]
    public void Accumulation_is_the_larger_batch()
    {
        var (risk, _, _, _) = MethodCase.Consistent();
        double[] parts = new double[3], whole = new double[3];
        double value = new Accumulated(new Sampling(SampleOrder.Sequential, 3), 4).Start((IStochasticOracle<double>)risk, new Draws(1))
            .Estimate(Here, parts);
        double expected = new Minibatch(new Sampling(SampleOrder.Sequential, 12)).Start((IStochasticOracle<double>)risk, new Draws(1))
            .Estimate(Here, whole);
        Assert.Equal(expected, value, 1e-13);
        for (int j = 0; j < 3; j++) Assert.Equal(whole[j], parts[j], 1e-13);
    }

    [Fact]
    public void Sam_asks_uphill_at_the_same_sample()
    {
        var (risk, _, _, _) = MethodCase.Consistent();
        double[] g = new double[3], plain = new double[3], expected = new double[3];
        Sample first = new(SampleOrder.Sequential, 0, 0, 5);
        risk.Gradient(Here, first, plain);
        double norm = Vectors.Norm<double>(plain);
        risk.Gradient([.. Here.Zip(plain, (w, p) => w + (0.1 * p / norm))], first, expected);
        new Sam(new Sampling(SampleOrder.Sequential, 5), 0.1).Start((IStochasticOracle<double>)risk, new Draws(1)).Estimate(Here, g);
        for (int j = 0; j < 3; j++) Assert.Equal(expected[j], g[j], 1e-13);
    }

    // The dual never exceeds the primal, and at the end they meet.
    [Fact]
    public void Dual_coordinate_ascent_closes_the_gap()
    {
        foreach (var (model, l2) in new[] { "logistic", "hinge", "linear", "huber", "absolute",
            "poisson" }.SelectMany(m => new[] { (m, 0.1), (m, 1.0 / 50) }))
        {
            Draws draws = new(3);
            double[] x = [.. Enumerable.Range(0, 150).Select(_ => draws.NextNormal())],
                y = [.. Enumerable.Range(0, 50).Select(i => (double)(i % 2))];
            var risk = Risk.Of<double, DenseRows<double>>(Enum.Parse<LossKind>(model, true), new DenseRows<double>(x, 50, 3), y,
                new RiskOptions { Intercept = false, L2 = l2 }, 1, 2);
            Iteration<double> run = Methods.Sdca().Start((IDualCoordinateOracle<double>)risk, new double[3], new Draws(1));
            double Dual()
            {
                double sum = 0;
                for (int i = 0; i < 50; i++) sum -= risk.WeightOf(i) * risk.ConjugateAt(i, run.Dual.Slice(i, 1));
                return sum - (0.5 * l2 * Vectors.SquaredNorm<double>(run.Point));
            }
            double last = double.NegativeInfinity;
            for (int epoch = 0; epoch < 1000; epoch++)
            {
                run.Advance(50);
                double dual = Dual();
                Assert.True(dual >= last - 1e-12 && dual <= risk.Value(run.Point) + 1e-12, model);
                last = dual;
            }
            Assert.True(risk.Value(run.Point) - last < 1e-6, model);
        }
    }

    sealed class Hidden(IFiniteSumOracle<double> inner) : IFiniteSumOracle<double>
    {
        public int Dimension => inner.Dimension;

        public int Count => inner.Count;

        public int Population => inner.Population;

        public BlockLayout Layout => inner.Layout;

        public OracleMeter Meter => inner.Meter;

        public double Value(ReadOnlySpan<double> w) => inner.Value(w);

        public double Value(ReadOnlySpan<double> w, Sample sample) => inner.Value(w, sample);

        public double Gradient(ReadOnlySpan<double> w, Span<double> g) => inner.Gradient(w, g);

        public double Gradient(ReadOnlySpan<double> w, Sample sample, Span<double> g) => inner.Gradient(w, sample, g);
    }

    // Notes which examples are asked for: each draws its own gradient.
    sealed class Asked(IFiniteSumOracle<double> inner) : IFiniteSumOracle<double>
    {
        readonly List<long> examples = [];

        public int Dimension => inner.Dimension;

        public int Count => inner.Count;

        public int Population => inner.Population;

        public BlockLayout Layout => inner.Layout;

        public OracleMeter Meter => inner.Meter;

        public string Take()
        {
            string all = string.Join(',', examples);
            examples.Clear();
            return all;
        }

        public double Value(ReadOnlySpan<double> w) => inner.Value(w);

        public double Value(ReadOnlySpan<double> w, Sample sample) => inner.Value(w, sample);

        public double Gradient(ReadOnlySpan<double> w, Span<double> g) => inner.Gradient(w, g);

        public double Gradient(ReadOnlySpan<double> w, Sample sample, Span<double> g)
        {
            examples.Add(sample.First);
            return inner.Gradient(w, sample, g);
        }
    }
}
