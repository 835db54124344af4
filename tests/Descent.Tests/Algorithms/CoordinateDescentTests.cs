using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.Runs;
using Descent.Testing;
using Descent.Tests.Conformance;

namespace Descent.Tests.Algorithms;

/// <summary>Coordinate descent on a formed Hessian (up to 500 parameters) and by columns (here from the second parameter on).</summary>
public partial class CoordinateDescentTests
{
    const int N = 60, D = 24;

    static double[] Cells(bool sparse)
    {
        double[] x = new double[N * D];
        for (int i = 0; i < N; i++)
            for (int j = 0; j < D; j++)
                x[(i * D) + j] = sparse && (i + (3 * j)) % 5 != 0 ? 0 : Math.Sin((1.3 * i) + (0.7 * i * j) + (j * j)) * Math.Pow(2, j % 4);
        return x;
    }

    static CsrRows<double> Sparse(double[] x)
    {
        List<int> at = [];
        List<double> values = [];
        long[] starts = new long[N + 1];
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < D; j++)
            {
                if (x[(i * D) + j] == 0) continue;
                at.Add(j);
                values.Add(x[(i * D) + j]);
            }
            starts[i + 1] = at.Count;
        }
        return new CsrRows<double>(starts, [.. at], [.. values], D);
    }

    static EmpiricalRisk<double> Problem(string model, bool sparse, RiskOptions options)
    {
        double[] x = Cells(sparse), y = new double[N];
        for (int i = 0; i < N; i++)
        {
            double z = (0.8 * x[i * D]) - (0.3 * x[(i * D) + 7]) + 0.2 + (0.5 * Math.Cos(17 * i));
            y[i] = model switch { "logistic" => z > 0 ? 1 : 0, "poisson" => Math.Round(Math.Exp(z / 3)), _ => z };
        }
        return sparse
            ? Risk.Of<double, CsrRows<double>>(Enum.Parse<LossKind>(model, true), Sparse(x), y, options, 0.5)
            : Risk.Of<double, DenseRows<double>>(Enum.Parse<LossKind>(model, true), new DenseRows<double>(x, N, D), y, options, 0.5);
    }

    static RunResult<double> Fit(EmpiricalRisk<double> risk, int largest, long steps = 200) =>
        new Problem<double, EmpiricalRisk<double>>(risk)
            .Minimize(new CoordinateDescent(largest), new RunOptions<double> { MaxSteps = steps });

    // 0 ∈ ∂F, with ∇f by the risk's gradient: how far it is from holding, relative to λ₁.
    static double Violation(EmpiricalRisk<double> risk, double[] w)
    {
        double[] g = new double[w.Length];
        risk.Gradient(w, g);
        double worst = 0;
        for (int j = 0; j < w.Length; j++)
        {
            double l = risk.Lasso.IsEmpty ? 0 : risk.Lasso[j], off = w[j] != 0
                ? Math.Abs(g[j] + (Math.Sign(w[j]) * l))
                : Math.Max(0, Math.Abs(g[j]) - l);
            worst = Math.Max(worst, off);
        }
        return worst;
    }

    public static TheoryData<string, bool, int, double, double> Problems
    {
        get
        {
            TheoryData<string, bool, int, double, double> data = [];
            foreach (string model in new[] { "linear", "logistic", "poisson", "huber" })
                foreach (bool sparse in new[] { false, true })
                    foreach (int largest in new[] { 1, 500 })
                        foreach (double l1 in new[] { 0.3, 0.03, 0.003 }) data.Add(model, sparse, largest, l1, l1 == 0.03 ? 0.01 : 0);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void The_optimality_conditions_hold_at_its_end(string model, bool sparse, int largest, double l1, double l2)
    {
        double[] weights = [.. Enumerable.Range(0, N).Select(i => i == 3 ? 0.0 : 1 + (i % 3))];
        EmpiricalRisk<double> risk = Problem(model, sparse, new RiskOptions { L1 = l1, L2 = l2, Weights = weights });
        RunResult<double> run = Fit(risk, largest);
        Assert.Equal(OutcomeKind.Converged, run.Outcome.Kind);
        Assert.InRange(Violation(risk, run.Point), 0, 1e-7 * Math.Max(1, 1 / l1) * l1);
        Assert.True(run.Steps < 60, run.Outcome.Sentence);
        if (l1 == 0.3) Assert.Contains(0.0, run.Point);
    }

    // Lasso of scikit-learn 1.2.1, alpha = 0.1, fit_intercept = True, tol = 1e-14,
    // on the cells above (dense) and y = 0.8x₀ − 0.3x₇ + 0.2 + cos(17i)/2.
    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    public void Agrees_with_scikit_learns_lasso(int largest)
    {
        double[] w = Fit(Problem("linear", false, new RiskOptions { L1 = 0.1 }), largest).Point;
        double[] expected = [0.0, 0.0, -0.0, 0.0, 0.0, 0.0, -0.0, -0.2995849554963134, 0.0, 0.31799853215860474, 0.005814987908121965, 0.0,
            -0.0, -0.0, 0.0, -0.0, -0.0, -0.0, -0.01695823682394521, -0.0027570540554602975, -0.0, 0.0, -0.0, -0.00412937675980744,
            0.20731007344703906];
        for (int j = 0; j < expected.Length; j++) Assert.Equal(expected[j], w[j], 1e-8);
    }

    // Columns that are orthogonal with Σ x² = n: w = soft(xᵀy/n, λ₁)/(1 + λ₂).
    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    public void Orthogonal_columns_have_a_closed_form(int largest)
    {
        double[] x = [1, 1, 1, 1, -1, -1, -1, 1, -1, -1, -1, 1], y = [3, 1, -2, 0.5];
        var risk = Risk.Of<double, DenseRows<double>, SquaredLoss>(new DenseRows<double>(x, 4, 3), y, default,
            new RiskOptions { Intercept = false, L1 = 0.4, L2 = 0.5 });
        double[] w = Fit(risk, largest).Point;
        for (int j = 0; j < 3; j++)
        {
            double b = Enumerable.Range(0, 4).Sum(i => x[(i * 3) + j] * y[i]) / 4, soft = Math.Sign(b) * Math.Max(0, Math.Abs(b) - 0.4);
            Assert.Equal(soft / 1.5, w[j], 1e-14);
        }
    }

    [Theory]
    [InlineData("logistic", 1)]
    [InlineData("logistic", 500)]
    [InlineData("linear", 1)]
    public void Threads_change_no_bit_and_a_restored_run_goes_on_with_the_same_bits(string model, int largest)
    {
        double[] Run(int threads) =>
            Fit(Problem(model, false, new RiskOptions { L1 = 0.01, Workers = new Workers(threads) }), largest).Point;
        Assert.Equal(Run(1), Run(3));
        EmpiricalRisk<double> risk = Problem(model, true, new RiskOptions { L1 = 0.01 });
        Iteration<double> Begin() => new CoordinateDescent(largest).Start(risk, new double[D + 1], new Draws(1));
        Iteration<double> whole = Begin(), resumed = Begin();
        whole.Advance(1);
        StateBox box = new();
        whole.Visit(box);
        whole.Advance(3);
        box.Restoring = true;
        resumed.Visit(box);
        resumed.Advance(3);
        Assert.Equal(whole.Point.ToArray(), resumed.Point.ToArray());
    }

    [Fact]
    public void A_step_by_columns_allocates_nothing()
    {
        Iteration<double> run = new CoordinateDescent(1)
            .Start(Problem("logistic", true, new RiskOptions { L1 = 0.003 }), new double[D + 1], new Draws(1));
        run.Advance();
        Assert.Equal(0, AllocationCheck.Bytes(() => run.Advance()));
    }

    // Above max|xᵀ(φ′)| of the best intercept the optimum is zero, and below it is not.
    [Fact]
    public void The_largest_penalty_with_a_coefficient_is_met_from_both_sides()
    {
        EmpiricalRisk<double> risk = Problem("logistic", false, new RiskOptions());
        double mean = risk.Labels.ToArray().Average();
        double[] w = new double[D + 1], g = new double[D + 1];
        w[D] = Math.Log(mean / (1 - mean));
        risk.Gradient(w, g);
        double most = g.AsSpan(0, D).ToArray().Max(Math.Abs);
        Assert.All(Fit(Problem("logistic", false, new RiskOptions { L1 = most * 1.0001 }), 1).Point[..D], x => Assert.Equal(0, x));
        Assert.Single(Fit(Problem("logistic", false, new RiskOptions { L1 = most * 0.9999 }), 1).Point[..D], x => x != 0);
    }

    // One step by columns, then what the sphere around its dual point leaves out;
    // the optimum is found with a formed Hessian, which leaves out nothing.
    [Theory]
    [InlineData("linear", 0)]
    [InlineData("logistic", 0)]
    [InlineData("logistic", 0.02)]
    [InlineData("huber", 0)]
    public void What_is_left_out_is_zero_at_the_optimum(string model, double l2)
    {
        int most = 0;
        foreach (double l1 in new[] { 0.5, 0.3, 0.1, 0.03 })
        {
            double[] best = Fit(Problem(model, false, new RiskOptions { L1 = l1, L2 = l2 }), 500).Point;
            Iteration<double> run = new CoordinateDescent(1)
                .Start(Problem(model, false, new RiskOptions { L1 = l1, L2 = l2 }), new double[D + 1], new Draws(1));
            LeftOut seen = new();
            for (int t = 0; t < 3; t++)
            {
                run.Advance();
                run.Visit(seen);
                foreach (int j in seen.Columns) Assert.Equal(0, best[j]);
                most = Math.Max(most, seen.Columns.Count);
            }
        }
        Assert.True(most > 0);
    }

    sealed class LeftOut : IStateVisitor
    {
        public List<int> Columns { get; private set; } = [];

        public void Buffer<T>(string name, Span<T> values)
            where T : unmanaged
        {
            if (name != "left") return;
            Columns = [];
            for (int j = 0; j < values.Length; j++)
                if (!values[j].Equals(default(T))) Columns.Add(j);
        }

        public void Number(string name, ref double value)
        {
        }

        public void Number(string name, ref long value)
        {
        }
    }

    [Fact]
    public void Losses_without_curvature_and_sets_are_refused_by_name()
    {
        EmpiricalRisk<double> hinge = Risk.Of<double, DenseRows<double>>(LossKind.Hinge, new DenseRows<double>([1, 2], 2, 1), [0, 1],
            new RiskOptions());
        Assert.Contains("piecewise linear",
            Assert.Throws<ArgumentException>(() => Methods.CoordinateDescent().Start(hinge, new double[2], new Draws(1))).Message,
            StringComparison.Ordinal);
        Assert.Contains("25",
            Assert.Throws<ArgumentException>(
                () => new CoordinateDescent(1).Start(Problem("linear", false, new RiskOptions()), new double[3], new Draws(1))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_are_the_transpose()
    {
        double[] x = Cells(true), v = [.. Enumerable.Range(0, N).Select(i => Math.Cos(i))];
        CscColumns dense = CscColumns.Of<double, DenseRows<double>>(new DenseRows<double>(x, N, D)),
            sparse = CscColumns.Of<double, CsrRows<double>>(Sparse(x));
        Assert.True(sparse.IsSparse && !dense.IsSparse);
        for (int j = 0; j < D; j++)
        {
            double dot = 0, squares = 0;
            for (int i = 0; i < N; i++)
            {
                dot += x[(i * D) + j] * v[i];
                squares += x[(i * D) + j] * x[(i * D) + j] * v[i];
            }
            foreach (CscColumns c in new[] { dense, sparse })
            {
                Assert.Equal(dot, c.Dot(j, v), 1e-12);
                Assert.Equal(squares, c.WeightedSquares(j, v), 1e-12);
                double[] a = new double[N], b = new double[N];
                c.AddScaled(j, 2, a);
                c.AddScaled(j, 2, v, b);
                for (int i = 0; i < N; i++)
                {
                    Assert.Equal(2 * x[(i * D) + j], a[i]);
                    Assert.Equal(2 * x[(i * D) + j] * v[i], b[i], 1e-15);
                }
            }
        }
        Assert.Equal(x.Count(a => a != 0), sparse.Entries);
    }
}
