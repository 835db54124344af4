using Descent.Algorithms;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Tests.Algorithms;

/// <summary>Averages against their definitions, summed here from the iterates of the same run.</summary>
public class AveragingTests
{
    static readonly Constant Eta = new(0.05);

    static (List<double[]> Iterates, Iteration<double> Run) Start(IRule rule, Averaging averaging, int steps)
    {
        Quadratic<double> f = new([1, 4, 0.25], [1, -2, 3]);
        IMethod<double, IGradientOracle<double>> method = new GradientMethod(rule, Eta);
        Iteration<double> plain = method.Start(f, [0.5, 0.5, -1.0], new Draws(1));
        List<double[]> iterates = [plain.Point.ToArray()];
        for (int t = 0; t < steps; t++)
        {
            plain.Advance();
            iterates.Add(plain.Point.ToArray());
        }
        return (iterates, new Averaged<double, IGradientOracle<double>>(method, averaging).Start(f, [0.5, 0.5, -1.0], new Draws(1)));
    }

    // w_s … w_T with s the largest power of two ≤ T/2: never fewer than half, at powers of two and everywhere else.
    [Fact]
    public void A_suffix_is_never_less_than_half_of_the_run()
    {
        (List<double[]> w, Iteration<double> run) = Start(new HeavyBall(0.5), AverageKind.Suffix, 130);
        for (int total = 1; total <= 130; total++)
        {
            run.Advance();
            int s = 1;
            while (2 * s <= total / 2) s *= 2;
            int count = total - s + 1;
            Assert.True(2 * count >= total);
            for (int j = 0; j < 3; j++)
            {
                double sum = 0;
                for (int t = s; t <= total; t++) sum += w[t - 1][j];
                Assert.Equal(sum / count, run.Point[j], 1e-12);
            }
        }
    }

    [Fact]
    public void A_suffix_goes_on_after_a_pause_as_if_there_had_been_none()
    {
        (_, Iteration<double> whole) = Start(new Sgd(), AverageKind.Suffix, 1);
        (_, Iteration<double> parts) = Start(new Sgd(), AverageKind.Suffix, 1);
        whole.Advance(77);
        foreach (int n in new[] { 15, 1, 1, 30, 30 }) parts.Advance(n);
        Assert.Equal(whole.Point.ToArray(), parts.Point.ToArray());
    }

    // Defazio and Mishchenko 2023, algorithm 1, as scalars: x̂ = Σd_k x_k/Σd_k.
    [Fact]
    public void D_adaptation_reports_its_published_average()
    {
        double[] h = [1, 4, 0.25], c = [1, -2, 3], x0 = [0.5, 0.5, -1], x = (double[])x0.Clone(), s = new double[3], sum = new double[3];
        double d = 1e-2, squares = 0, weighted = 0, weights = 0;
        Averaging own = Catalogue.Find("d-adaptation")!.Average!;
        Iteration<double> run = new Averaged<double, IGradientOracle<double>>(new GradientMethod(new DAdaptation(1e-2), new Constant(1)),
            own).Start(new Quadratic<double>(h, c), x0, new Draws(1));
        for (int k = 0; k < 60; k++)
        {
            double[] g = [.. h.Select((v, j) => v * (x[j] - c[j]))];
            double square = g.Sum(v => v * v), gamma = 1 / Math.Sqrt(squares > 0 ? squares : square);
            for (int j = 0; j < 3; j++)
            {
                sum[j] += d * x[j];
                s[j] += d * g[j];
            }
            weights += d;
            weighted += gamma * d * d * square;
            squares += square;
            double next = 1 / Math.Sqrt(squares), norm = Math.Sqrt(s.Sum(v => v * v));
            for (int j = 0; j < 3; j++) x[j] = x0[j] - (next * s[j]);
            d = Math.Max(d, ((next * norm * norm) - weighted) / (2 * norm));
            run.Advance();
            for (int j = 0; j < 3; j++) Assert.Equal(sum[j] / weights, run.Point[j], 1e-12);
        }
        Assert.True(d > 0.1);
    }

    [Fact]
    public void Averages_refuse_numbers_that_make_none()
    {
        foreach (Func<Averaging> make in new Func<Averaging>[]
        {
            () => new(AverageKind.Exponential, 1), () => new(AverageKind.Exponential, double.NaN), () => new(AverageKind.Exponential),
            () => new(AverageKind.Polynomial, -1), () => new(AverageKind.Uniform, double.NaN), () => new(AverageKind.Suffix, 2),
            () => new(AverageKind.Cyclic, 0), () => new(AverageKind.Cyclic, 2, -1),
        })
            Assert.Throws<ArgumentOutOfRangeException>(() => { make(); });
    }
}
