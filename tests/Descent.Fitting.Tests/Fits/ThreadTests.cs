using Descent.Fitting.Mixtures;

namespace Descent.Fitting.Tests.Fits;

/// <summary>
/// One, two, three and eight threads give the same bits: coefficients, certificates, traces, mixtures; on data that are cut into three
/// shards, as many as there are threads at least once.
/// </summary>
public class ThreadTests
{
    const int N = 5_000, D = 25;
    static readonly int[] Several = [2, 3, 8];

    static readonly Lazy<(double[,] X, double[] Margins)> Data = new(() =>
    {
        Draws draws = new(97);
        double[,] x = new double[N, D];
        double[] z = new double[N];
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < D; j++) z[i] += (x[i, j] = draws.NextNormal()) * Math.Sin(j + 1) / 4;
            z[i] += 0.3 * draws.NextNormal();
        }
        return (x, z);
    });

    public static TheoryData<string> Families => ["linear", "logistic", "softmax", "poisson", "huber", "absolute", "svm"];

    [Theory]
    [MemberData(nameof(Families))]
    public void A_family_fitted_by_default_has_the_same_bits(string family)
    {
        (double[,] x, double[] z) = Data.Value;
        Fit Run(int threads)
        {
            FitOptions o = new() { Threads = threads, L2 = family == "svm" ? 0.01 : 0 };
            return family switch
            {
                "linear" => Fit.Linear(x, z, o),
                "logistic" => Fit.Logistic(x, Labels(z, v => v > 0.2 * Math.Sin(1e4 * v) ? 1 : 0), o),
                "softmax" => Fit.Softmax(x, Labels(z, v => v < -0.5 + Math.Sin(1e4 * v) ? 0 : v < 0.5 ? 1 : 2), o),
                "poisson" => Fit.Poisson(x, Labels(z, v => Math.Floor(Math.Exp(Math.Min(v, 4)) + (0.5 * (1 + Math.Sin(1e4 * v))))), o),
                "huber" => Fit.Huber(x, z, o),
                "absolute" => Fit.Absolute(x, z, o),
                _ => Fit.SupportVector(x, Labels(z, v => v > 0.2 * Math.Sin(1e4 * v) ? 1 : 0), o),
            };
        }
        long[] one = Bits(Run(1));
        Assert.True(one.Length > D);
        foreach (int threads in Several) Assert.Equal(one, Bits(Run(threads)));
    }

    public static TheoryData<string> Methods =>
        [.. Catalogue.All.Where(e => e.Races is null && e.Needs != Needs.PiecewiseLinear).Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_method_has_the_same_bits(string method)
    {
        (double[,] x, double[] z) = Data.Value;
        double[] y = Labels(z, v => v > 0.2 * Math.Sin(1e4 * v) ? 1 : 0);
        CatalogueEntry entry = Catalogue.Find(method)!;
        Fit Run(int threads) => Fit.Logistic(x, y, new FitOptions
        {
            Threads = threads,
            L2 = entry.Needs == Needs.Rows ? 0 : 0.01,
            PenaliseIntercept = true,
            Method = new MethodSpec { Name = method, Batch = entry.HasBatches(64) ? 64 : null },
            Budget = new Budget { Steps = entry.CanSample ? 85 : 3 },
        });
        long[] one = Bits(Run(1));
        foreach (int threads in (int[])[3]) Assert.Equal(one, Bits(Run(threads)));
    }

    [Fact]
    public void A_mixture_has_the_same_bits()
    {
        Draws draws = new(3);
        double[][] x = [.. Enumerable.Range(0, 2000).Select(i => new[] { draws.NextNormal() + (i % 3 * 4), draws.NextNormal() - (i % 3) })];
        FittedMixture Run(int threads) => Fit.Mixture(x, 3, new() { Threads = threads });
        FittedMixture one = Run(1);
        foreach (int threads in Several)
        {
            FittedMixture other = Run(threads);
            Assert.Equal(BitConverter.DoubleToInt64Bits(one.LogLikelihood), BitConverter.DoubleToInt64Bits(other.LogLikelihood));
            Assert.Equal(one.Chosen!.Fit.Theta!.Select(BitConverter.DoubleToInt64Bits),
                other.Chosen!.Fit.Theta!.Select(BitConverter.DoubleToInt64Bits));
        }
    }

    static double[] Labels(double[] z, Func<double, double> of) => [.. z.Select(of)];

    // Coefficients with their errors, the certificate, and every value of the trace.
    static long[] Bits(Fit fit) => [.. fit.Coefficients.SelectMany(c => new[] { c.Estimate, c.StandardError })
        .Append(fit.Certificate.Gap).Append(fit.Certificate.LowerBound)
        .Concat(fit.Trace.SelectMany(p => new[] { p.Value, p.GradientNorm, p.Step }))
        .Select(BitConverter.DoubleToInt64Bits)];
}
