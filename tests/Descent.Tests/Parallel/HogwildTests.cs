using Descent.Algorithms;
using Descent.Oracles;
using Descent.Parallel;
using Descent.StepSizes;

namespace Descent.Tests.Parallel;

/// <summary>Hogwild!: SGD on one thread; on several its counts must add up, and its end must be SGD's to a per cent.</summary>
public class HogwildTests
{
    // Every row adds exactly 1 to each of its coordinates, so that weights count updates: by atomic additions none is lost,
    // by plain ones the counts can only be smaller.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Weights_count_the_updates(bool atomic)
    {
        using Workers workers = new(4);
        CountingOracle oracle = new(64, 4000);
        Iteration<double> run = Methods.Hogwild(1, atomic ? 1 : 0, new Sampling(SampleOrder.Sequential), workers)
            .Start(oracle, new double[65], new Draws(1));
        for (int k = 0; k < 20; k++) run.Advance(4000);
        long kept = 0, expected = 20L * 4000 * 3;
        foreach (double w in run.Point)
        {
            Assert.Equal(Math.Floor(w), w);
            kept += (long)w;
        }
        if (atomic) Assert.Equal(expected, kept);
        else Assert.InRange(kept, expected / 10, expected);
        string told = run.Conclude()!;
        Assert.Matches(atomic ? "4 threads, not deterministic: .* 0 of 80000 updates were lost"
            : "not deterministic: .* of 80000 updates were lost", told);
        Assert.Equal(80_000, oracle.Meter.Gradients);
    }

    [Fact]
    public void On_one_thread_it_is_sgd_to_the_bit()
    {
        var (_, _, dense) = Recursions.Plain.Linear(0.1, 200);
        Sampling sampling = new(SampleOrder.Shuffle, 3);
        Iteration<double> sgd = Methods.Sgd(new Power(0.5, 0.5), sampling).Start(dense, new double[5], new Draws(5)),
            hogwild = Methods.Hogwild(new Power(0.5, 0.5), sampling: sampling).Start(dense, new double[5], new Draws(5));
        sgd.Advance(700);
        hogwild.Advance(700);
        Assert.Equal(sgd.Point.ToArray(), hogwild.Point.ToArray());
        Assert.Equal("Hogwild! on one thread is SGD: nothing was lost, nothing was stale, and the run is deterministic.",
            hogwild.Conclude());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void On_four_threads_it_ends_where_sgd_does_to_a_per_cent(double atomic)
    {
        var risk = Sparse.Logistic(4000, 400, 1e-3);
        using Workers workers = new(4);
        StronglyConvex steps = new(1e-3, 8);
        double At(IMethod<double, IFiniteSumOracle<double>> method)
        {
            Iteration<double> run = method.Start(risk, new double[risk.Dimension], new Draws(3));
            for (int e = 0; e < 40; e++) run.Advance(4000);
            return risk.Value(run.Point);
        }
        Assert.Equal(1, At(Methods.Hogwild(steps, atomic, threads: workers)) / At(Methods.Sgd(steps)), 0.01);
    }

    [Fact]
    public void A_coordinate_that_no_row_meets_is_put_to_its_optimum()
    {
        var (_, csr, _) = Recursions.Plain.Linear(0.1, 2);
        double[] start = [1, 1, 1, 1, 1];
        Iteration<double> run = Methods.Hogwild(0.1).Start(csr, start, new Draws(1));
        run.Advance(1);
        for (int j = 0; j < 4; j++)
            if (csr.IndicesOf(0).IndexOf(j) < 0 && csr.IndicesOf(1).IndexOf(j) < 0) Assert.Equal(0, run.Point[j]);
    }

    // 12 rows of 3 ones each; the slope is −1 whatever the weights are.
    sealed class CountingOracle(int columns, int count) : ISupportOracle<double>, IReplicableOracle<double>
    {
        readonly RowSampler rows = new(count);
        int[] support = new int[3];

        public int Dimension => columns + 1;

        public int Count => count;

        public int Population => count;

        public BlockLayout Layout => BlockLayout.Flat(columns + 1);

        public OracleMeter Meter { get; } = new();

        public bool SupportOnly => true;

        public double CommonPenalty => 0;

        public int InterceptIndex => -1;

        public bool IsPenalised => false;

        public RowLook Look(ReadOnlySpan<double> w, int example) => new(0, 0, -1, 1);

        public double Follow(int example, double margin, double time) => time;

        public IStochasticOracle<double> Replicate() => new CountingOracle(columns, count);

        public ReadOnlySpan<int> Examples(Sample sample) => rows.Resolve(sample);

        public void Ahead(ReadOnlySpan<int> examples, int k)
        {
        }

        public ReadOnlySpan<int> IndicesOf(int example)
        {
            (support[0], support[1], support[2]) = (0, 1 + (example % (columns - 2)), columns);
            return support;
        }

        public ReadOnlySpan<double> ValuesOf(int example) => new double[] { 1, 1, 1 };

        public double Slope(ReadOnlySpan<double> w, int example, out double value)
        {
            Meter.CountGradients(1);
            value = 0;
            return -1;
        }

        public double Value(ReadOnlySpan<double> w) => 0;

        public double Gradient(ReadOnlySpan<double> w, Span<double> g) => 0;

        public double Value(ReadOnlySpan<double> w, Sample sample) => 0;

        public double Gradient(ReadOnlySpan<double> w, Sample sample, Span<double> g) => throw new InvalidOperationException("Rows only.");
    }
}
