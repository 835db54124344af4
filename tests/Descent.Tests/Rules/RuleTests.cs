using Descent.Rules;

namespace Descent.Tests.Rules;

public class RuleTests
{
    // The recursion of Kingma and Ba written out, with both moments corrected; PyTorch's own numbers are in TorchTests.
    [Fact]
    public void Adam_follows_its_recursion_by_hand()
    {
        RuleState<double> state = new Adam().Start<double>(BlockLayout.Flat(1));
        double[] w = [1], gradients = [1, -2, 0.5];
        double m = 0, v = 0, expected = 1;
        for (int t = 1; t <= 3; t++)
        {
            double g = gradients[t - 1];
            m = (0.9 * m) + (0.1 * g);
            v = (0.999 * v) + (0.001 * g * g);
            expected -= 0.1 * (m / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(v / (1 - Math.Pow(0.999, t))) + 1e-8);
            state.Apply(w, [g], 0.1, t - 1);
            Assert.Equal(expected, w[0], 1e-13);
        }
        // The first step of Adam has length η whatever the gradient.
        double[] first = [1];
        new Adam().Start<double>(BlockLayout.Flat(1)).Apply(first, [123.0], 0.1, 0);
        Assert.Equal(0.9, first[0], 1e-9);
    }

    [Fact]
    public void Heavy_ball_effective_step_is_eta_over_one_minus_beta()
    {
        // R: with a constant gradient the velocity tends to −ηg/(1−β).
        RuleState<double> state = new HeavyBall(0.9).Start<double>(BlockLayout.Flat(1));
        double[] w = [0];
        double before = 0;
        for (int t = 0; t < 400; t++)
        {
            before = w[0];
            state.Apply(w, [1.0], 0.01, t);
        }
        Assert.Equal(-0.1, w[0] - before, 1e-12);
    }

    [Fact]
    public void Nesterov_is_the_two_step_integrator()
    {
        // v ← βv − ηg(w + βv), w ← w + v on F = ½·3w², β = 0.8, η = 0.1.
        RuleState<double> state = new Nesterov(0.8).Start<double>(BlockLayout.Flat(1));
        double[] w = [2];
        double u = 2, v = 0;
        for (int t = 0; t < 60; t++)
        {
            double look = state.QueryPoint(w)[0];
            Assert.Equal(u + (0.8 * v), look, 1e-12);
            state.Apply(w, [3 * look], 0.1, t);
            v = (0.8 * v) - (0.1 * 3 * (u + (0.8 * v)));
            u += v;
            Assert.Equal(u, w[0], 1e-12);
        }
    }

    [Fact]
    public void Convex_momentum_sequence_is_that_of_the_notes()
    {
        // β_t = (α_{t−1} − 1)/α_t with α₁ = 1, α_{t+1} = (1 + √(1+4α_t²))/2 and β₁ = 0 (catalogue M8).
        RuleState<double> state = new Nesterov(null).Start<double>(BlockLayout.Flat(1));
        double[] w = [1];
        double alpha = 1, previous = 1;
        Assert.Equal(1, state.QueryPoint(w)[0]);
        state.Apply(w, [1.0], 0.1, 0);
        for (int t = 1; t < 20; t++)
        {
            double next = (1 + Math.Sqrt(1 + (4 * alpha * alpha))) / 2, expected = w[0] + ((alpha - 1) / next * (w[0] - previous));
            Assert.Equal(expected, state.QueryPoint(w)[0], 1e-13);
            (alpha, previous) = (next, w[0]);
            state.Apply(w, [1.0], 0.1, t);
        }
    }

    [Fact]
    public void Velocity_that_dies_out_becomes_zero_and_not_subnormal()
    {
        RuleState<float> state = new HeavyBall(0.9).Start<float>(BlockLayout.Flat(16));
        float[] w = new float[16], g = new float[16];
        Array.Fill(g, 1f);
        state.Apply(w, g, 0.1, 0);
        Array.Clear(g);
        Probe probe = new();
        for (int t = 1; t < 2000; t++)
        {
            state.Apply(w, g, 0.1, t);
            state.Visit(probe);
            Assert.All(probe.Last, x => Assert.True(x == 0 || Math.Abs(x) >= 1e-30f));
        }
        Assert.All(probe.Last, x => Assert.Equal(0, x));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Momentum_out_of_range_is_named(double beta)
    {
        ArgumentOutOfRangeException e = Assert.Throws<ArgumentOutOfRangeException>(() => new HeavyBall(beta));
        Assert.Equal(FormattableString.Invariant($"Momentum must lie in [0, 1); got {beta} (HeavyBall)."), e.Message);
    }

    sealed class Probe : IStateVisitor
    {
        public float[] Last { get; private set; } = [];

        public void Buffer<T>(string name, Span<T> values)
            where T : unmanaged => Last = (float[])(object)values.ToArray();

        public void Number(string name, ref double value)
        {
        }

        public void Number(string name, ref long value)
        {
        }
    }
}
