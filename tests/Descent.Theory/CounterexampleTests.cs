using Descent.Algorithms;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.TheoryTests;

/// <summary>What must fail, and fails as predicted.</summary>
public class CounterexampleTests
{
    static readonly Separable Bowl = new([0], (x, _) => 0.5 * x * x, (x, _) => x, (_, _) => 1, 1, 1);

    [Theory]
    [InlineData(1.99, true)]
    [InlineData(2.01, false)]
    public void Gradient_descent_diverges_exactly_above_two_over_H(double eta, bool converges)
    {
        Iteration<double> run = Methods.GradientDescent(new Constant(eta)).Start(Bowl, [1], new Draws(1));
        run.Advance(2000);
        // |1 − η|^T.
        Assert.Equal(Math.Pow(Math.Abs(1 - eta), 2000), Math.Abs(run.Point[0]), 1e-6 * Math.Abs(run.Point[0]));
        Assert.Equal(converges, Math.Abs(run.Point[0]) < 1);
    }

    [Fact]
    public void Strongly_convex_steps_as_printed_blow_up_before_they_settle()
    {
        // W 2.7 prints 1/(μ(t+1)), whose first step is κ times too long; with t + κ (G26) nothing grows.
        Quadratic<double> f = new([1, 0.01]);
        double Highest(IStepSize steps)
        {
            Iteration<double> run = Methods.GradientDescent(steps).Start(f, [1, 1], new Draws(1));
            double highest = 0;
            for (int t = 0; t < 200; t++)
            {
                run.Advance();
                highest = Math.Max(highest, f.Value(run.Point));
            }
            return highest;
        }
        Assert.True(Highest(new InverseTime(100, 1)) > 1e20);
        Assert.True(Highest(new StronglyConvex(0.01, 1)) < f.Value([1, 1]));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, -1)]
    public void Adam_goes_the_wrong_way_and_AMSGrad_does_not(bool amsgrad, double end)
    {
        // Reddi, Kale and Kumar 2018, theorem 1: slopes C, −1, −1 in turn on [−1, 1], β₂ = 1/(1 + C²).
        IRule rule = amsgrad ? new AmsGrad(0, 0.1, 0) : new Adam(0, 0.1, 0);
        RuleState<double> state = rule.Start<double>(BlockLayout.Flat(1));
        double[] w = [0];
        for (int t = 0; t < 100_000; t++)
        {
            state.Apply(w, [t % 3 == 0 ? 3 : -1], 0.5 / Math.Sqrt(t + 1), t);
            w[0] = Math.Clamp(w[0], -1, 1);
        }
        Assert.Equal(end, w[0], 0.05);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EMA_norm_keeps_a_noise_floor_unless_corrected(bool corrected)
    {
        double Tail(long steps)
        {
            double sum = 0;
            for (ulong seed = 1; seed <= 40; seed++)
            {
                Sampling draws = new(SampleOrder.Replacement);
                StochasticMethod method = corrected
                    ? Methods.EmaNormCorrected(0.3, 0.9, 1e-3, draws)
                    : Methods.EmaNorm(0.3, 0.9, 1e-3, draws);
                Iteration<double> run = method.Start(new NoisyOracle(Bowl, 1), [1], new Draws(seed));
                run.Advance(steps);
                sum += run.Point[0] * run.Point[0] / 40;
            }
            return sum;
        }
        double early = Tail(300), late = Tail(20_000);
        if (corrected) Assert.True(late < 0.3 * early, $"{early} {late}");
        else Assert.True(late > 0.5 * early && late > 1e-3, $"{early} {late}");
    }

    [Fact]
    public void Sign_descent_finds_the_median_of_the_gradients_not_their_mean()
    {
        // f(w; ξ) = ½w² − ξw with ξ = 3 one time in three and −1.5 else: the mean slope vanishes at 0, the median slope at −1.5.
        SkewedOracle skewed = new();
        double Mean(IMethod<double, IStochasticOracle<double>> m)
        {
            Iteration<double> run = m.Start(skewed, [0.5], new Draws(3));
            run.Advance(20_000);
            double sum = 0;
            for (int t = 0; t < 5000; t++)
            {
                run.Advance();
                sum += run.Point[0] / 5000;
            }
            return sum;
        }
        Sampling one = new(SampleOrder.Replacement);
        Assert.Equal(-1.5, Mean(Methods.SignDescent(new Power(0.1, 0.5), one)), 0.05);
        Assert.Equal(0, Mean(Methods.Sgd(new InverseTime(0.5, 0.5), one)), 0.1);
    }

    sealed class SkewedOracle : IStochasticOracle<double>
    {
        public int Dimension => 1;

        public BlockLayout Layout { get; } = BlockLayout.Flat(1);

        public OracleMeter Meter { get; } = new();

        public int Population => 0;

        public Sets.IProximalMap? NonSmooth => null;

        public double Value(ReadOnlySpan<double> w, Sample sample) => (0.5 * w[0] * w[0]) - (Xi(sample) * w[0]);

        public double Gradient(ReadOnlySpan<double> w, Sample sample, Span<double> g)
        {
            g[0] = w[0] - Xi(sample);
            return Value(w, sample);
        }

        static double Xi(Sample sample) => Philox.Pair((ulong)sample.First, sample.Key).A % 3 == 0 ? 3 : -1.5;
    }
}
