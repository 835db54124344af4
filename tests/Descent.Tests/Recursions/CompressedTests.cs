using Descent.Algorithms;
using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;
using Descent.Tests.Conformance;

namespace Descent.Tests.Recursions;

/// <summary>Compressed gradients: what a message holds, the law of error feedback, and that ranks change no bit.</summary>
public class CompressedTests
{
    static readonly double[] vector = [0.5, -3, 0, 2, -0.25, 3, 1, -1];

    // By hand: the three largest of {0.5, 3, 0, 2, 0.25, 3, 1, 1}; ‖p‖₁/d = 10.75/8.
    [Fact]
    public void Messages_hold_what_their_sources_say()
    {
        Assert.Equal([0, -3, 0, 2, 0, 3, 0, 0], Through(new TopK(3 / 8.0), vector, 3 * 12));
        // Of the two of size 1 the one with the lower number.
        Assert.Equal([0, -3, 0, 2, 0, 3, 1, 0], Through(new TopK(0.5), vector, 4 * 12));
        double s = 10.75 / 8;
        Assert.Equal([s, -s, s, s, -s, s, s, -s], Through(new ScaledSign(), vector, 8 + 1));
        Assert.Equal(vector, Through(new HalfPrecision(), vector, 4 + 16));
        // Between two numbers of eleven bits, far from what sixteen bits reach unscaled.
        double odd = 1e30 * (1 + (1.0 / 3 / 1024));
        double[] half = Through(new HalfPrecision(), [odd, odd / 1024, 0], 4 + 6);
        Assert.InRange(Math.Abs(half[0] / odd - 1), 1e-6, 1.0 / 2048);
        Assert.InRange(Math.Abs((half[1] * 1024 / odd) - 1), 0, 1.0 / 2048);
    }

    [Theory]
    [InlineData("topk:0.25")]
    [InlineData("sign")]
    [InlineData("half")]
    public void What_is_no_number_does_not_get_lost(string text)
    {
        double[] bad = (double[])vector.Clone();
        bad[4] = double.NaN;
        GradientCompression c = GradientCompression.Parse(text)!;
        Assert.Equal(text, c.ToString());
        Assert.Contains(Through(c, bad, c.Start<double>(8).Bytes), double.IsNaN);
        Assert.All(Through(c, new double[8], c.Start<double>(8).Bytes), x => Assert.Equal(0, x));
    }

    [Fact]
    public void Words_that_are_no_compression_are_refused()
    {
        foreach (string text in new[] { "top", "topk:", "topk:a", "sign:2" }) Assert.Null(GradientCompression.Parse(text));
        foreach (string text in new[] { "topk:0", "topk:1.5", "topk:NaN" })
            Assert.Throws<ArgumentOutOfRangeException>(() => GradientCompression.Parse(text));
    }

    // The identity of Stich and Karimireddy: w_t − η ē_t moves by η times the mean of the g_k(w_t), exactly but for rounding.
    [Theory]
    [InlineData("topk:0.2", 1)]
    [InlineData("topk:0.2", 4)]
    [InlineData("sign", 4)]
    [InlineData("half", 3)]
    public void The_virtual_point_moves_by_the_whole_gradients(string text, int parts)
    {
        const double Eta = 0.05;
        var (_, _, dense) = Plain.Linear(0.1, 24);
        Sampling sampling = new(SampleOrder.Shuffle, 12);
        Iteration<double> run = Begin(dense, text, parts, sampling, Eta);
        SampleStream samples = new(sampling, 24, new Draws(5));
        double[] point = new double[5], g = new double[5], moved = new double[5];
        for (int t = 0; t < 40; t++)
        {
            dense.Gradient(run.Point, samples.Next(), g);
            for (int j = 0; j < 5; j++) point[j] -= Eta * g[j];
            run.Advance(1);
            double[] errors = Errors(run, parts * 5);
            for (int j = 0; j < 5; j++)
            {
                double mean = 0;
                for (int k = 0; k < parts; k++) mean += errors[(k * 5) + j] / parts;
                moved[j] = run.Point[j] - (Eta * mean);
            }
            CatalogueRecursionTests.Same(point, moved, 1e-12, $"{text}, step {t}");
        }
    }

    // Karimireddy et al. 2019, counterexample 3: f = ½Σ⟨a_i, w⟩², a = ±(1, −1) + ½(1, 1). Every sign is ±(1, −1), so that w₁ + w₂ stays
    // what it was, 2, and F = ½ + ½(w₁ − w₂)² for ever; with what was lost kept, the optimum 0 is reached.
    [Fact]
    public void Without_feedback_sign_stays_away_from_the_optimum_that_it_reaches_with_it()
    {
        TwoRows oracle = new();
        double With(bool feedback, out double sum)
        {
            Iteration<double> run = new StochasticMethod(new Sgd(), new Constant(0.02), new Compressed(new Sampling(SampleOrder.Shuffle, 1),
                new ScaledSign(), Feedback: feedback)).Start(oracle, [1, 1], new Draws(3));
            run.Advance(6000);
            sum = run.Point[0] + run.Point[1];
            return oracle.Value(run.Point);
        }
        double away = With(false, out double kept);
        Assert.Equal(2, kept, 1e-9);
        Assert.True(away >= 0.5 - 1e-12);
        Assert.InRange(With(true, out _), 0, 1e-10);
    }

    // Targets without residuals: the noise vanishes at the optimum, which is known, so that a constant step gets there.
    [Theory]
    [InlineData("topk:0.2")]
    [InlineData("sign")]
    [InlineData("half")]
    public void With_feedback_every_compression_reaches_the_optimum(string text)
    {
        Exact oracle = new(40, 10);
        Iteration<double> run = Begin(oracle, text, 4, new Sampling(SampleOrder.Shuffle, 20), 0.01);
        run.Advance(20_000);
        double[] w = run.Point.ToArray();
        CatalogueRecursionTests.Same(oracle.Truth, w, 1e-8, text);
    }

    [Theory]
    [InlineData("topk:0.2", 2)]
    [InlineData("sign", 3)]
    [InlineData("half", 4)]
    public void Ranks_share_the_parts_and_give_the_bits_of_one_process(string text, int ranks)
    {
        Sampling sampling = new(SampleOrder.Shuffle, 12);
        Iteration<double> alone = Begin(Plain.Linear(0.1, 24).Item3, text, 5, sampling, 0.05);
        alone.Advance(30);
        StateBox[] kept = [.. Enumerable.Range(0, ranks).Select(_ => new StateBox())];
        long small = 0;
        LocalRanks.Run(ranks, group =>
        {
            CountedRanks counted = new(group);
            using Descent.Numerics.Workers workers = new(1, counted, fastSum: true);
            Iteration<double> run = Begin(Plain.Linear(0.1, 24).Item3, text, 5, sampling, 0.05, workers);
            run.Advance(15);
            Interlocked.Add(ref small, counted.Given);
            run.Visit(kept[group.Rank]);
            run.Advance(15);
            Assert.Equal(alone.Point.ToArray(), run.Point.ToArray());
        });
        // 15 steps of five messages and five values.
        Assert.Equal(15 * 5 * (8 + GradientCompression.Parse(text)!.Start<double>(5).Bytes), small);
        // One process goes on from what rank 0 kept: all errors are there.
        Iteration<double> resumed = Begin(Plain.Linear(0.1, 24).Item3, text, 5, sampling, 0.05);
        kept[0].Restoring = true;
        resumed.Visit(kept[0]);
        resumed.Advance(15);
        Assert.Equal(alone.Point.ToArray(), resumed.Point.ToArray());
    }

    static Iteration<double> Begin(IStochasticOracle<double> oracle, string text, int parts, Sampling sampling, double eta,
        Descent.Numerics.Workers? ranks = null) =>
        new StochasticMethod(new Sgd(), new Constant(eta), new Compressed(sampling, GradientCompression.Parse(text)!, parts, ranks))
            .Start(oracle, new double[oracle.Dimension], new Draws(5));

    static double[] Through(GradientCompression compression, double[] v, int bytes)
    {
        GradientCodec<double> codec = compression.Start<double>(v.Length);
        Assert.Equal(bytes, codec.Bytes);
        byte[] message = new byte[bytes];
        double[] read = [.. v.Select(_ => 7.0)];
        codec.Encode(v, message);
        codec.Decode(message, read);
        return read;
    }

    static double[] Errors(Iteration<double> run, int count)
    {
        ErrorReader reader = new(count);
        run.Visit(reader);
        return reader.Errors;
    }

    sealed class ErrorReader(int count) : IStateVisitor
    {
        public double[] Errors { get; } = new double[count];

        public void Buffer<T>(string name, Span<T> values)
            where T : unmanaged
        {
            if (!name.EndsWith("errors", StringComparison.Ordinal)) return;
            System.Runtime.InteropServices.MemoryMarshal.Cast<T, double>(values).CopyTo(Errors);
        }

        public void Number(string name, ref double value)
        {
        }

        public void Number(string name, ref long value)
        {
        }
    }

    sealed class TwoRows : Rows
    {
        public TwoRows()
            : base([[1.5, -0.5], [-0.5, 1.5]], [0, 0])
        {
        }
    }

    sealed class Exact : Rows
    {
        public Exact(int n, int d)
            : this(Make(n, d), [.. Enumerable.Range(1, d).Select(j => j / (double)d)])
        {
        }

        Exact(double[][] x, double[] truth)
            : base(x, [.. x.Select(r => r.Zip(truth, (a, b) => a * b).Sum())]) => Truth = truth;

        public double[] Truth { get; }

        static double[][] Make(int n, int d)
        {
            Draws draws = new(9);
            return [.. Enumerable.Range(0, n).Select(_ => Enumerable.Range(0, d).Select(_ => draws.NextNormal()).ToArray())];
        }
    }

    // ½(⟨x_i, w⟩ − y_i)², mean over the sample.
    class Rows(double[][] x, double[] y) : IStochasticOracle<double>
    {
        readonly RowSampler sampler = new(x.Length);

        public int Dimension => x[0].Length;

        public int Population => x.Length;

        public BlockLayout Layout => BlockLayout.Flat(Dimension);

        public OracleMeter Meter { get; } = new();

        public double Value(ReadOnlySpan<double> w)
        {
            double sum = 0;
            for (int i = 0; i < x.Length; i++) sum += Residual(w, i) * Residual(w, i) / 2;
            return sum / x.Length;
        }

        public double Value(ReadOnlySpan<double> w, Sample sample) => Gradient(w, sample, new double[Dimension]);

        public double Gradient(ReadOnlySpan<double> w, Sample sample, Span<double> g)
        {
            Meter.CountGradients(sample.Count);
            g.Clear();
            double value = 0;
            foreach (int i in sampler.Resolve(sample))
            {
                double z = Residual(w, i);
                value += z * z / 2 / sample.Count;
                for (int j = 0; j < g.Length; j++) g[j] += z * x[i][j] / sample.Count;
            }
            return value;
        }

        double Residual(ReadOnlySpan<double> w, int i)
        {
            double z = -y[i];
            for (int j = 0; j < w.Length; j++) z += x[i][j] * w[j];
            return z;
        }
    }
}
