using System.Diagnostics;
using System.Globalization;

namespace Descent.Bench;

/// <summary>Dense products, float: what part of the machine's peak they reach,
/// the peak measured in the same rounds, and what a second thread brings.</summary>
static class Products
{
    const int Rounds = 9;

    public static void Run()
    {
        Console.WriteLine("| product | GFLOP/s | of the peak | two threads × |\n|---|---|---|---|");
        using Workers two = new(2);
        Gemm<float> gemm = new(), shared = new() { Workers = two };
        foreach (var (m, k, n, ta) in new[] { (64, 784, 128, false), (784, 64, 128, true), (64, 128, 10, false), (128, 64, 10, true),
            (512, 512, 512, false), (1024, 1024, 1024, false) })
        {
            float[] a = new float[m * k], b = new float[k * n], c = new float[m * n];
            Array.Fill(a, 0.5f);
            Array.Fill(b, 0.25f);
            double work = 2.0 * m * k * n;
            int repeat = (int)Math.Max(1, 2e9 / work);
            double[] rates = new double[Rounds], parts = new double[Rounds], together = new double[Rounds];
            for (int r = -1; r < Rounds; r++)
            {
                double peak = Peak.Operations / Seconds(() => Peak.Round());
                double one = Seconds(() => Repeat(gemm, repeat)), both = Seconds(() => Repeat(shared, repeat));
                if (r >= 0) (rates[r], parts[r], together[r]) = (work * repeat / one / 1e9, work * repeat / one / peak, one / both);
            }
            string name = $"{(ta ? "Aᵀ: " : "")}{m}×{k} · {k}×{n}";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {Median(rates):0} | {Median(parts):0.00} | {Median(together):0.00} |"));

            void Repeat(Gemm<float> g, int times)
            {
                for (int q = 0; q < times; q++) g.Multiply(a, ta, b, false, c, m, k, n);
            }
        }
    }

    static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    static double Seconds(Action work)
    {
        Stopwatch watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }
}
