using System.Globalization;
using Descent.Models.Certificates;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Models.Tests.Certificates;
using Descent.Oracles;
using Descent.Runs;
using Descent.Testing;

namespace Descent.Models.Tests.Linear;

/// <summary>
/// The factorisation machine against the double sum over pairs of columns of Rendle 2010, eq. 1, against differences of its own values and
/// gradients, and its optima against scipy's from the same start (machine.py).
/// </summary>
public class FactorisationTests
{
    static (double[] X, double[] Y) Data(ulong seed, int n, int d, bool classes)
    {
        Draws draws = new(seed, 5);
        double[] x = new double[n * d], y = new double[n];
        for (int i = 0; i < x.Length; i++) x[i] = draws.NextDouble() < 0.5 ? 0 : draws.NextNormal();
        for (int i = 0; i < n; i++) y[i] = classes ? draws.NextIndex(2) : draws.NextNormal();
        return (x, y);
    }

    static EmpiricalRisk<double> Make(double[] x, double[] y, int rank, RiskOptions options, bool classes, bool sparse = false)
    {
        int n = y.Length, d = x.Length / n;
        return (classes, sparse) switch
        {
            (false, false) => new FactorisationRisk<DenseRows<double>, SquaredLoss>(new(x, n, d), y, rank, default, options),
            (true, false) => new FactorisationRisk<DenseRows<double>, LogisticLoss>(new(x, n, d), y, rank, default, options),
            (false, true) => new FactorisationRisk<CsrRows<double>, SquaredLoss>(Problems.ToSparse(x, n), y, rank, default, options),
            _ => new FactorisationRisk<CsrRows<double>, LogisticLoss>(Problems.ToSparse(x, n), y, rank, default, options),
        };
    }

    static RiskOptions Options(ulong seed, int n) => new()
    {
        L2 = seed % 3 == 0 ? 0 : 0.05,
        Intercept = seed % 4 != 1,
        PenaliseIntercept = seed % 4 == 2,
        Weights = seed % 2 == 0 ? null : [.. Enumerable.Range(0, n).Select(i => i == 3 ? 0 : 1 + (i % 3))],
        Offsets = seed % 5 == 0 ? [.. Enumerable.Range(0, n).Select(i => 0.1 * (i % 4))] : null,
    };

    static double[] Point(EmpiricalRisk<double> risk, ulong seed)
    {
        Draws draws = new(seed, 6);
        return [.. Enumerable.Range(0, risk.Dimension).Select(_ => draws.NextNormal())];
    }

    static double Pairs(double[] x, int i, int d, int first, int rank, double[] w)
    {
        double sum = 0;
        for (int j = 0; j < d; j++)
            for (int l = j + 1; l < d; l++)
                for (int f = 0; f < rank; f++)
                    sum += w[first + (f * d) + j] * w[first + (f * d) + l] * x[(i * d) + j] * x[(i * d) + l];
        return sum;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Margins_and_values_are_those_of_the_double_sum(bool classes)
    {
        for (ulong seed = 0; seed < 24; seed++)
        {
            int n = 12, d = 1 + (int)(seed % 6), rank = (int)(seed % 5);
            var (x, y) = Data(seed, n, d, classes);
            RiskOptions options = Options(seed, n);
            EmpiricalRisk<double> dense = Make(x, y, rank, options, classes), sparse = Make(x, y, rank, options, classes, true);
            double[] w = Point(dense, seed), z = new double[n], few = new double[n];
            dense.Margins(w, z);
            sparse.Margins(w, few);
            int first = d + (options.Intercept ? 1 : 0);
            Assert.Equal(first + (rank * d), dense.Dimension);
            double total = 0, sum = 0;
            for (int i = 0; i < n; i++)
            {
                double margin = options.Offsets?[i] ?? 0;
                for (int j = 0; j < d; j++) margin += w[j] * x[(i * d) + j];
                if (options.Intercept) margin += w[d];
                margin += Pairs(x, i, d, first, rank, w);
                Assert.Equal(margin, z[i], 1e-12 * (1 + Math.Abs(margin)));
                Assert.Equal(z[i], few[i]);
                double weight = options.Weights?[i] ?? 1;
                total += weight;
                sum += weight * (classes ? Math.Log(1 + Math.Exp(margin)) - (y[i] * margin) : 0.5 * (y[i] - margin) * (y[i] - margin));
            }
            double penalty = 0;
            for (int j = 0; j < w.Length; j++)
                if (j != d || !options.Intercept || options.PenaliseIntercept) penalty += 0.5 * options.L2 * w[j] * w[j];
            Assert.Equal((sum / total) + penalty, dense.Value(w), 1e-12 * (1 + Math.Abs(sum)));
            Assert.Equal(dense.Value(w), sparse.Value(w));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_and_Hessians_are_differences(bool classes)
    {
        for (ulong seed = 0; seed < 12; seed++)
        {
            int n = 14, d = 2 + (int)(seed % 4), rank = 1 + (int)(seed % 3);
            var (x, y) = Data(seed, n, d, classes);
            EmpiricalRisk<double> risk = Make(x, y, rank, Options(seed, n), classes, seed % 2 == 0);
            double[] w = Point(risk, seed);
            Assert.InRange(GradientCheck.Deviation(risk, w), 0, 1e-7);
            Assert.InRange(GradientCheck.Deviation(risk, w, new Sample(SampleOrder.Shuffle, 3, 2, 5)), 0, 1e-7);
            Assert.InRange(GradientCheck.HessianDeviation(risk, w), 0, 1e-7);
            int p = risk.Dimension;
            double[] g = new double[p], other = new double[p], h = new double[p * p], e = new double[p], column = new double[p];
            Assert.Equal(risk.Gradient(w, g), risk.Curvature(w, other, h), 1e-13);
            for (int j = 0; j < p; j++)
            {
                Assert.Equal(g[j], other[j], 1e-13);
                Array.Clear(e);
                e[j] = 1;
                risk.HessianProduct(w, e, column);
                for (int k = 0; k < p; k++) Assert.Equal(column[k], h[(Math.Min(j, k) * p) + Math.Max(j, k)], 1e-12);
            }
        }
    }

    [Fact]
    public void Samples_of_all_rows_have_the_mean_that_the_gradient_is()
    {
        var (x, y) = Data(8, 15, 4, false);
        EmpiricalRisk<double> risk = Make(x, y, 2, Options(7, 15), false);
        double[] w = Point(risk, 1), mean = new double[risk.Dimension], g = new double[risk.Dimension];
        for (int i = 0; i < 15; i++)
        {
            risk.Gradient(w, new Sample(SampleOrder.Sequential, 0, i, 1), g);
            for (int j = 0; j < g.Length; j++) mean[j] += g[j] / 15;
        }
        risk.Gradient(w, g);
        for (int j = 0; j < g.Length; j++) Assert.Equal(g[j], mean[j], 1e-12);
    }

    // Of rank 0 it is ridge regression: (Xᵀ(I − 11ᵀ/n)X/n + λI)w = Xᵀ(I − 11ᵀ/n)y/n, here for one column.
    [Fact]
    public void Of_rank_0_it_is_ridge_regression()
    {
        double[] x = [1, 2, 4, 7, 11], y = [2, 1, 5, 6, 13];
        EmpiricalRisk<double> risk = Make(x, y, 0, new RiskOptions { L2 = 0.5 }, false);
        double[] w = new Problem<double, EmpiricalRisk<double>>(risk).Minimize(Methods.Newton(),
            new RunOptions<double> { MaxSteps = 50 }).Point;
        double mx = x.Average(), my = y.Average(), slope = x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum() / 5
            / ((x.Sum(a => (a - mx) * (a - mx)) / 5) + 0.5);
        Assert.Equal(slope, w[0], 1e-13);
        Assert.Equal(my - (slope * mx), w[1], 1e-12);
    }

    public static TheoryData<int> Cases => [0, 1, 2, 3];

    static readonly ILookup<int, string[]> Known = File.ReadLines(LossTestsFolder("machine.csv")).Skip(1).Select(l => l.Split(','))
        .ToLookup(c => int.Parse(c[0], CultureInfo.InvariantCulture));

    static string LossTestsFolder(string name)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Descent.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "tests", "Descent.Models.Tests", "Linear", name);
    }

    // The data of machine.py, digit for digit.
    static (double[] X, double[] Y) ProblemOf(int n, int d, bool classes)
    {
        double[] x = [.. Enumerable.Range(0, n * d).Select(k => k * 7 % 5 < 2 ? 0 : Math.Round(Math.Sin(1.3 * k) * 2, 3))],
            y = new double[n];
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> r = x.AsSpan(i * d, d);
            y[i] = Math.Round(r[0] - r[1] + (r[0] * r[2]) - (0.5 * r[1] * r[d - 1]) + Math.Cos(3.1 * i), 3);
            if (classes) y[i] = y[i] > 0 ? 1 : 0;
        }
        return (x, y);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Optima_are_those_of_scipy(int at)
    {
        string[][] lines = [.. Known[at]];
        double Number(string s) => double.Parse(s, CultureInfo.InvariantCulture);
        string[] size = lines.Single(l => l[4] == "size");
        bool classes = size[1] == "1";
        int rank = int.Parse(size[2], CultureInfo.InvariantCulture), n = (int)Number(size[5]), d = (int)Number(size[6]);
        var (x, y) = ProblemOf(n, d, classes);
        EmpiricalRisk<double> risk = Make(x, y, rank, new RiskOptions { L2 = Number(size[3]) }, classes, at % 2 == 0);
        double[] start = [.. Enumerable.Range(1, risk.Dimension).Select(k => k <= d + 1 ? 0 : 0.3 * Math.Sin(k))];
        double[] w = new Problem<double, EmpiricalRisk<double>>(risk).Minimize(Methods.LBfgs(), new RunOptions<double>
        {
            Start = start,
            MaxSteps = 5000,
            GradientTolerance = 1e-11,
        }).Point;
        double[] z = new double[n];
        risk.Margins(w, z);
        foreach (string[] l in lines)
        {
            int index = l[4] == "size" ? 0 : int.Parse(l[5], CultureInfo.InvariantCulture);
            double seen = l[4] switch { "F" => risk.Value(w), "weight" => w[index], "margin" => z[index], _ => double.NaN };
            if (!double.IsNaN(seen)) Assert.Equal(Number(l[6]), seen, 1e-8 * Math.Max(1, Math.Abs(Number(l[6]))));
        }
    }

    // Turned factors give the same margins, so that no minimum is alone: what the certificate says.
    [Fact]
    public void Factors_may_be_turned()
    {
        var (x, y) = Data(4, 10, 5, false);
        EmpiricalRisk<double> risk = Make(x, y, 2, new RiskOptions { L2 = 0.1 }, false);
        double[] w = Point(risk, 3), turned = [.. w];
        for (int j = 0; j < 5; j++)
            (turned[6 + j], turned[11 + j]) = ((0.6 * w[6 + j]) - (0.8 * w[11 + j]), (0.8 * w[6 + j]) + (0.6 * w[11 + j]));
        Assert.Equal(risk.Value(w), risk.Value(turned), 1e-12);
    }

    // The gradient in some 30 digits, by the double sum: what is printed as a bound of its norm is one, and no idle one.
    [Fact]
    public void The_bound_on_the_gradient_holds()
    {
        for (ulong seed = 0; seed < 30; seed++)
        {
            int n = 20, d = 4, rank = 2;
            var (x, y) = Data(seed, n, d, false);
            double scale = seed % 3 == 0 ? 1e4 : 1;
            for (int i = 0; i < x.Length; i++) x[i] *= scale;
            EmpiricalRisk<double> risk = Make(x, y, rank, new RiskOptions { L2 = 1 }, false);
            double[] w = new Problem<double, EmpiricalRisk<double>>(risk).Minimize(Methods.LBfgs(), new RunOptions<double>
            {
                Start = risk.NeutralPoint.ToArray(),
                MaxSteps = 2000,
            }).Point;
            string sentence = new StationaryCertifier(risk).Certify(w, default, true).Sentence;
            double bound = double.Parse(sentence.Split("≤ ")[1].Split(',')[0], CultureInfo.InvariantCulture),
                truth = Norm(x, y, n, d, rank, w);
            Assert.True(truth <= bound * 1.001, $"seed {seed}: ‖∇F‖ is {truth:G6}, and the bound {bound:G6}");
            Assert.True(bound <= (10 * truth) + (1e-8 * scale * scale * scale), $"seed {seed}: {bound:G4} for {truth:G4}");
        }
    }

    static double Norm(double[] x, double[] y, int n, int d, int rank, double[] w)
    {
        Wide[] g = new Wide[w.Length];
        for (int j = 0; j < g.Length; j++) g[j] = j == d ? 0 : (Wide)w[j];
        int V(int f, int j) => d + 1 + (f * d) + j;
        for (int i = 0; i < n; i++)
        {
            Wide z = w[d];
            for (int j = 0; j < d; j++)
            {
                z += (Wide)w[j] * x[(i * d) + j];
                for (int l = j + 1; l < d; l++)
                    for (int f = 0; f < rank; f++) z += (Wide)w[V(f, j)] * w[V(f, l)] * x[(i * d) + j] * x[(i * d) + l];
            }
            Wide u = (z - y[i]) / n;
            g[d] += u;
            for (int j = 0; j < d; j++)
            {
                g[j] += u * x[(i * d) + j];
                for (int l = 0; l < d; l++)
                    for (int f = 0; f < rank && l != j; f++) g[V(f, j)] += u * x[(i * d) + j] * x[(i * d) + l] * w[V(f, l)];
            }
        }
        Wide square = 0;
        foreach (Wide t in g) square += t * t;
        return Math.Sqrt((double)square);
    }

    [Theory]
    [InlineData("l1", "without an L1 penalty")]
    [InlineData("rank", "expected a number ≥ 0")]
    public void What_cannot_be_is_refused(string fault, string said)
    {
        RiskOptions options = new() { L1 = fault == "l1" ? 0.1 : 0 };
        Assert.Contains(said, Assert.Throws<ArgumentException>(() =>
            Make([1, 2], [1, 2], fault == "rank" ? -1 : 1, options, false)).Message, StringComparison.Ordinal);
    }
}
