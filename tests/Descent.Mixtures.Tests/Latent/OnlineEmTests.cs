using Descent.Latent;
using Descent.Maps;
using Descent.Mixtures.Laws;
using Descent.Mixtures.Normals;
using Descent.Numerics;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Mixtures.Tests.Latent;

public class OnlineEmTests
{
    static GaussianMixture Faithful { get; } = new(GaussianMixtureTests.Read("faithful.csv"), 2, 2);

    static double[] FaithfulStart()
    {
        double[] theta = new double[Faithful.Parameters];
        Assert.True(Faithful.Start(new Draws(1), theta));
        Faithful.Order(theta);
        return theta;
    }

    // scikit-learn 1.2: the maximum is −1130.263960185 with shares 0.64413 and 0.35587.
    [Fact]
    public void Two_hundred_passes_over_Old_Faithful_come_to_the_maximum()
    {
        OnlineEm run = new(Faithful, FaithfulStart(), new OnlineEmOptions { AverageAfter = 20 * 272 });
        run.Run(Faithful, 200);
        Assert.Equal(200 * 272, run.Rows);
        double log = new EmMap(Faithful).Merit(run.Average);
        // θ is within 3 standard errors of the maximum for 200·272 rows where 2(ℓ̂ − ℓ)·200 ≤ χ²; 11 parameters: 99.9 % at 31.3.
        Assert.InRange(-1130.263960185 - log, -1e-8, 31.3 / 2 / 200);
        Assert.Equal(0.6441271422818, run.Average[0], 0.01);
    }

    // A stream whose law is known: π = 0.4, λ = (2, 8). R 4.2.2, the Fisher information Σ_x ∇log p ∇log pᵀ p over x = 0 … 200, inverted:
    // diagonal below.
    // Cappé and Moulines (2009), theorem 7: n times the variance of the average.
    [Fact]
    public void The_average_has_the_variance_of_the_Fisher_information()
    {
        const int Runs = 200, Rows = 20_000;
        double[] bound = [0.439195236845737, 11.25921176476601, 22.09847459218197], truth = [0.4, 0.6, 2, 8], sums = new double[4],
            squares = new double[4];
        for (int run = 0; run < Runs; run++)
        {
            FiniteMixture rows = new(new PoissonLaw(Stream(Rows, (ulong)run)), 2);
            OnlineEm online = new(rows, [0.5, 0.5, 1.5, 9], new OnlineEmOptions { AverageAfter = 4000 });
            for (int i = 0; i < Rows; i += 10) online.Take(rows, [.. Enumerable.Range(i, 10)]);
            for (int j = 0; j < 4; j++)
            {
                double gap = online.Average[j] - truth[j];
                sums[j] += gap / Runs;
                squares[j] += gap * gap / Runs;
            }
        }
        for (int j = 0; j < 3; j++)
        {
            int at = j == 0 ? 0 : j + 1;
            double ratio = squares[at] * Rows / bound[j];
            // A variance of 200 runs is known to √(2/200) = 10 %; rows before the average begins are lost: another 25 %.
            Assert.True(ratio is > 0.75 and < 1.5, $"parameter {at}: {ratio} of the bound, mean error {sums[at]}");
        }
    }

    [Fact]
    public void Blocks_of_a_stream_and_rows_of_one_model_are_the_same_run()
    {
        double[] stream = Stream(2000, 7), start = [0.5, 0.5, 1.5, 9];
        FiniteMixture whole = new(new PoissonLaw(stream), 2);
        OnlineEm one = new(whole, start), other = new(whole, start);
        for (int i = 0; i < 2000; i += 50)
        {
            one.Take(whole, [.. Enumerable.Range(i, 50)]);
            other.Take(new FiniteMixture(new PoissonLaw(stream.AsSpan(i, 50)), 2));
        }
        for (int j = 0; j < 4; j++) Assert.Equal(one.Point[j], other.Point[j], 1e-12);
        Assert.Equal(40, other.Steps);
    }

    // One mini-batch of all rows is the same in any order.
    [Theory]
    [InlineData(SampleOrder.Shuffle)]
    [InlineData(SampleOrder.Blocks)]
    [InlineData(SampleOrder.Sequential)]
    public void A_pass_in_any_order_takes_all_rows(SampleOrder order)
    {
        double[] start = [0.5, 0.5, 1.5, 9];
        FiniteMixture model = new(new PoissonLaw(Stream(400, 7)), 2);
        OnlineEm run = new(model, start, new OnlineEmOptions { Order = order }), by = new(model, start);
        run.Run(model, 1, 400);
        by.Take(model, [.. Enumerable.Range(0, 400)]);
        for (int i = 0; i < 4; i++) Assert.Equal(by.Point[i], run.Point[i], 1e-12);
        Assert.Contains("got Replacement", Assert.Throws<ArgumentException>(() =>
            new OnlineEm(model, start, new OnlineEmOptions { Order = SampleOrder.Replacement }).Run(model, 1)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_average_is_the_mean_of_the_path_after_the_rows_set_aside()
    {
        double[] stream = Stream(300, 8);
        OnlineEm run = new(new FiniteMixture(new PoissonLaw(stream), 2), [0.5, 0.5, 1.5, 9], new OnlineEmOptions { AverageAfter = 100 });
        List<double> path = [];
        for (int i = 0; i < 300; i += 50)
        {
            run.Take(new FiniteMixture(new PoissonLaw(stream.AsSpan(i, 50)), 2));
            if (i < 100) Assert.Equal(run.Point.ToArray(), run.Average.ToArray());
            else path.Add(run.Point[3]);
        }
        Assert.Equal(4, path.Count);
        Assert.Equal(path.Average(), run.Average[3], 12);
    }

    [Fact]
    public void A_Gaussian_stream_takes_the_origin_of_its_first_block()
    {
        double[] rows = GaussianMixtureTests.Read("faithful.csv");
        GaussianMixture first = new(rows.AsSpan(0, 200), 2, 2);
        OnlineEm run = new(Faithful, FaithfulStart());
        Assert.Contains("about another origin", Assert.Throws<ArgumentException>(() => run.Take(first)).Message, StringComparison.Ordinal);
        GaussianMixture shifted = new(rows.AsSpan(0, 200), 2, 2, origin: Faithful.Frame);
        run.Take(shifted);
        Assert.Equal(100, run.Rows);
        // The origin changes no likelihood and no M-step.
        double[] theta = FaithfulStart(), a = new double[theta.Length], b = new double[theta.Length];
        Assert.Equal(new EmMap(first).MapWithMerit(theta, a), new EmMap(shifted).MapWithMerit(theta, b), 9);
        for (int i = 0; i < a.Length; i++) Assert.Equal(a[i], b[i], 1e-9 * (1 + Math.Abs(a[i])));
    }

    // The M-step of probit knows the number of its rows: statistics come as sums over as many, whatever the batch. R's glm:
    // −111.33342694524.
    [Fact]
    public void Probit_comes_to_the_maximum()
    {
        double[] all = GaussianMixtureTests.Read("birthwt-probit.csv");
        ProbitModel model = new([.. all.Where((_, i) => i % 4 != 0)], 3, [.. all.Where((_, i) => i % 4 == 0)]);
        OnlineEm run = new(model, model.Start(), new OnlineEmOptions { AverageAfter = 100 * 189 });
        run.Run(model, 300, 8);
        Assert.InRange(-111.33342694524 - new EmMap(model).Merit(run.Average), -1e-8, 0.05);
    }

    // SAEM: draws in place of expectations, the same maximum.
    [Fact]
    public void Drawn_statistics_come_to_the_maximum_too()
    {
        OnlineEm run = new(Faithful, FaithfulStart(), new OnlineEmOptions { Draws = true, AverageAfter = 100 * 272 });
        run.Run(Faithful, 400, 16);
        Assert.InRange(-1130.263960185 - new EmMap(Faithful).Merit(run.Average), -1e-8, 0.2);
    }

    [Fact]
    public void A_run_that_is_put_back_goes_on_with_the_same_bits()
    {
        OnlineEm whole = new(Faithful, FaithfulStart()), first = new(Faithful, FaithfulStart()), second = new(Faithful, FaithfulStart());
        whole.Run(Faithful, 12, 8);
        first.Run(Faithful, 5, 8);
        Store store = new();
        first.Visit(store);
        store.Restoring = true;
        second.Visit(store);
        second.Run(Faithful, 7, 8);
        Assert.Equal(whole.Point.ToArray(), second.Point.ToArray());
        Assert.Equal(whole.Average.ToArray(), second.Average.ToArray());
    }

    // The notes' form with whole batches is SEM: the mean of its path is the maximum to the order of one row (Celeux and Diebolt).
    [Fact]
    public void The_notes_form_averages_maximisers_of_draws()
    {
        StochasticEm sem = new(Faithful, FaithfulStart(), new Constant(1));
        sem.Run(50, 272);
        sem.StartAverage();
        sem.Run(1000, 272);
        Assert.Equal(0, sem.Skipped);
        Assert.InRange(-1130.263960185 - new EmMap(Faithful).Merit(sem.Average), -1e-8, 0.2);
        StochasticEm small = new(Faithful, FaithfulStart());
        small.Run(100, 34);
        Assert.InRange(-1130.263960185 - new EmMap(Faithful).Merit(small.Point), -1e-8, 5);
    }

    // Drawn once with all of η = 1, a step is the complete-data maximum of the drawn labels: shares are whole numbers of rows.
    [Fact]
    public void A_step_is_the_complete_data_maximum()
    {
        FiniteMixture model = new(new PoissonLaw([0, 1, 2, 9, 8, 7]), 2);
        StochasticEm sem = new(model, [0.5, 0.5, 1, 8], new Constant(1), 3);
        sem.Step([0, 1, 2, 3, 4, 5]);
        Assert.Equal([0.5, 0.5, 1, 8], sem.Point.ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
        // Two rows of one component leave the other empty: θ stays.
        sem.Step([0, 1]);
        Assert.Equal(1, sem.Skipped);
        Assert.Equal([0.5, 0.5, 1, 8], sem.Point.ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void What_cannot_run_is_refused_with_a_sentence()
    {
        Assert.Contains("No sum over rows is sufficient", Message(() => new OnlineEm(
            new FiniteMixture(new LogisticRegressionLaw([1, 2, 3, 4], 1, [0, 1, 0, 1]), 1), [1, 0, 0])), StringComparison.Ordinal);
        Assert.Contains("is not one of Robbins and Monro", Message(() => new OnlineEm(Faithful, FaithfulStart(),
            new OnlineEmOptions { Gain = new Constant(0.1) })), StringComparison.Ordinal);
        Assert.Contains("outside the parameter space", Message(() => new OnlineEm(Faithful, new double[Faithful.Parameters])),
            StringComparison.Ordinal);
        Assert.Contains("draws no hidden part", Message(() => new OnlineEm(new MissingNormalModel([1, 2, 3, 1, 5, 2], 2), [0, 0, 1, 0, 0,
            1], new OnlineEmOptions { Draws = true })),
            StringComparison.Ordinal);
        Assert.Contains("must lie in [0, 1]", Assert.Throws<ArgumentException>(() => new StochasticEm(Faithful, FaithfulStart(),
            new Constant(2)).Run(1, 10)).Message, StringComparison.Ordinal);
    }

    static string Message(Func<object> build) => Assert.Throws<ArgumentException>(build).Message;

    // Counts from π = 0.4, λ = (2, 8) by inversion.
    static double[] Stream(int rows, ulong seed)
    {
        Draws draws = new(seed, 99);
        double[] counts = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            double rate = draws.NextDouble() < 0.4 ? 2 : 8, u = draws.NextDouble(), term = Math.Exp(-rate), sum = term;
            while (u > sum && counts[i] < 100) sum += term *= rate / ++counts[i];
        }
        return counts;
    }

    sealed class Store : IStateVisitor
    {
        readonly Dictionary<string, object> kept = [];

        public bool Restoring { get; set; }

        public void Buffer<T>(string name, Span<T> values)
            where T : unmanaged
        {
            if (Restoring) ((T[])kept[name]).CopyTo(values);
            else kept.Add(name, values.ToArray());
        }

        public void Number(string name, ref double value)
        {
            if (Restoring) value = (double)kept[name];
            else kept.Add(name, value);
        }

        public void Number(string name, ref long value)
        {
            if (Restoring) value = (long)kept[name];
            else kept.Add(name, value);
        }
    }
}
