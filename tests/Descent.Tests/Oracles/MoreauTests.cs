using System.Numerics;
using Descent.Oracles;
using Descent.Runs;
using Descent.Sets;
using Descent.StepSizes;

namespace Descent.Tests.Oracles;

/// <summary>O10 against closed forms and a search over the definition.</summary>
public class MoreauTests
{
    /// <summary>−‖w‖: its proximal map steps away from 0, <c>p = w(1 + η/‖w‖)</c>.</summary>
    sealed class NegativeNorm : IProximalMap
    {
        public bool IsProjection => false;

        public string Description => "−‖w‖";

        public void Apply<T>(Span<T> w, double stepSize)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            double norm = Vectors.Norm<T>(w);
            if (norm == 0) w[0] = T.CreateTruncating(stepSize);
            else Vectors.Scale(T.CreateTruncating(1 + (stepSize / norm)), w);
        }

        public double Value<T>(ReadOnlySpan<T> w)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => -Vectors.Norm(w);
    }

    // Huber with threshold 1/H: (H/2)x² inside, |x| − 1/(2H) outside.
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(8)]
    public void The_envelope_of_an_absolute_value_is_hubers_loss(double h)
    {
        MoreauEnvelope<double> e = new(new L1Penalty([1]), h, 1);
        double[] g = new double[1];
        for (int k = -40; k <= 40; k++)
        {
            double x = k / 8.0, huber = Math.Abs(x) <= 1 / h ? h / 2 * x * x : Math.Abs(x) - (1 / (2 * h)),
                slope = Math.Clamp(h * x, -1, 1);
            Assert.Equal(huber, e.Gradient([x], g), 1e-14);
            Assert.Equal(huber, e.Value([x]), 1e-14);
            Assert.Equal(slope, g[0], 1e-14);
            Assert.InRange(Math.Abs(x) - huber, 0, MoreauEnvelope<double>.LargestGap(1, h) + 1e-15);
        }
    }

    public static TheoryData<string, IProximalMap> Maps => new()
    {
        { "elastic net", new ElasticNetPenalty(0.7, 0.3) }, { "group", new GroupPenalty((0, 2, 0.9)) }, { "ball", new Ball(0.8) },
        { "box", new Box(0.5) },
        { "orthant", new NonNegative() }, { "simplex", new Simplex() }, { "L1", new L1Penalty([0.4, 1.1]) },
    };

    // inf over a grid of y that covers the set, and the gradient by differences of the value: H-smooth and convex along lines.
    [Theory]
    [MemberData(nameof(Maps))]
    public void It_is_the_infimum_of_its_definition(string name, IProximalMap map)
    {
        const double H = 1.5;
        MoreauEnvelope<double> e = new(map, H, 2);
        double[] g = new double[2], near = new double[2];
        foreach (double[] w in new double[][] { [0.9, -1.2], [0.1, 0.2], [2, 2], [-0.6, 0.4] })
        {
            double value = e.Gradient(w, g), least = double.PositiveInfinity;
            for (int a = -30; a <= 30; a++)
                for (int b = -30; b <= 30; b++)
                {
                    double[] y = [a * 0.1, b * 0.1];
                    if (map.IsProjection) map.Apply(y.AsSpan(), 1);
                    least = Math.Min(least,
                        map.Value<double>(y) + (H / 2 * (((w[0] - y[0]) * (w[0] - y[0])) + ((w[1] - y[1]) * (w[1] - y[1])))));
                }
            Assert.InRange(least - value, -1e-12, 0.15);
            for (int j = 0; j < 2; j++)
            {
                w.CopyTo(near, 0);
                near[j] += 1e-6;
                double up = e.Value(near);
                near[j] -= 2e-6;
                Assert.Equal((up - e.Value(near)) / 2e-6, g[j], 1e-5);
            }
        }
        Assert.NotEmpty(name);
    }

    // Without convexity the kink stays: −‖w‖ − 1/(2H), slopes ∓1 on the two sides of 0.
    [Fact]
    public void The_envelope_of_a_concave_norm_keeps_its_kink()
    {
        const double H = 4;
        MoreauEnvelope<double> e = new(new NegativeNorm(), H, 1);
        double[] g = new double[1];
        foreach (double x in new[] { -2, -1e-9, 1e-9, 0.5 })
        {
            Assert.Equal(-Math.Abs(x) - (1 / (2 * H)), e.Gradient([x], g), 1e-12);
            Assert.Equal(-Math.Sign(x), g[0], 1e-6);
        }
        Assert.Equal(-1 / (2 * H), e.Value([0]), 1e-15);
    }

    [Fact]
    public void Gradient_descent_on_it_finds_the_minimum_of_the_function()
    {
        MoreauEnvelope<double> e = new(new L1Penalty([1, 2]), 3, 2);
        RunResult<double> run = new Problem<double, IGradientOracle<double>>(e).Minimize(Methods.GradientDescent(new Constant(1.0 / 3)),
            new RunOptions<double> { Start = new double[] { 5, -3 }, MaxSteps = 60 });
        Assert.Equal(0, run.Trace[^1].Value, 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MoreauEnvelope<double>(new Ball(1), 0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MoreauEnvelope<double>(new Ball(1), double.NaN, 2));
    }
}
