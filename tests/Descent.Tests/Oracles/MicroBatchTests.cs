using Descent.Numerics;
using Descent.Oracles;

namespace Descent.Tests.Oracles;

public class MicroBatchTests
{
    const int N = 40, D = 5;

    // ½(w·xᵢ − yᵢ)² with xᵢⱼ and yᵢ from a fixed sequence, and its own meter.
    sealed class Squares : IFiniteSumOracle<double>
    {
        readonly RowSampler sampler = new(N);

        public int Asked { get; private set; }

        public int Count => N;

        public int Population => N;

        public int Dimension => D;

        public BlockLayout Layout { get; } = BlockLayout.Flat(D);

        public OracleMeter Meter { get; } = new();

        public double Value(ReadOnlySpan<double> w) => Gradient(w, new Sample(SampleOrder.Sequential, 0, 0, N), new double[D]);

        public double Gradient(ReadOnlySpan<double> w, Span<double> g) => Gradient(w, new Sample(SampleOrder.Sequential, 0, 0, N), g);

        public double Value(ReadOnlySpan<double> w, Sample sample) => Gradient(w, sample, new double[D]);

        public double Gradient(ReadOnlySpan<double> w, Sample sample, Span<double> g)
        {
            Asked += sample.Count;
            Meter.CountGradients(sample.Count);
            g.Clear();
            double value = 0;
            foreach (int i in sampler.Resolve(sample))
            {
                double z = -Math.Sin(3 * i);
                for (int j = 0; j < D; j++) z += w[j] * Math.Cos(i + (2 * j));
                value += z * z / 2 / sample.Count;
                for (int j = 0; j < D; j++) g[j] += z * Math.Cos(i + (2 * j)) / sample.Count;
            }
            return value;
        }
    }

    static readonly double[] point = [0.3, -1, 0.5, 2, -0.1];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(64)]
    public void The_parts_give_the_gradient_of_the_whole(int parts)
    {
        Squares whole = new();
        MicroBatches<double> cut = new(new Squares(), parts);
        Sample sample = new(SampleOrder.Shuffle, 9, 4, 17);
        double[] expected = new double[D], g = new double[D];
        double value = whole.Gradient(point, sample, expected);
        Assert.Equal(value, cut.Gradient(point, sample, g), 1e-14);
        Assert.Equal(value, cut.Value(point, sample), 1e-14);
        for (int j = 0; j < D; j++) Assert.Equal(expected[j], g[j], 1e-14);
        Assert.Equal(17, cut.Meter.Gradients);
        Assert.Equal(17, cut.Meter.Values);
    }

    // Each rank computes its parts alone, counts the whole, and has the bits of one process.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Ranks_share_the_parts(int ranks)
    {
        Sample sample = new(SampleOrder.Replacement, 5, 100, 23);
        double[] expected = new double[D];
        double value = new MicroBatches<double>(new Squares(), 6).Gradient(point, sample, expected);
        int asked = 0;
        LocalRanks.Run(ranks, group =>
        {
            using Workers workers = new(1, group);
            Squares inner = new();
            MicroBatches<double> cut = new(inner, 6, workers);
            double[] g = new double[D];
            Assert.Equal(value, cut.Gradient(point, sample, g));
            Assert.Equal(expected, g);
            Assert.Equal(23, cut.Meter.Gradients);
            Interlocked.Add(ref asked, inner.Asked);
        });
        Assert.Equal(23, asked);
    }

    [Fact]
    public void Threads_are_refused()
    {
        using Workers workers = new(2);
        Assert.Throws<ArgumentException>(() => new MicroBatches<double>(new Squares(), 2, workers));
    }
}
