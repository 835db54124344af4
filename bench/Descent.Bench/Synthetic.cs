using System.Text;

namespace Descent.Bench;

/// <summary>The synthetic data of the benchmarks:
/// splitmix64, integer and IEEE arithmetic only, so that any language can make the same bytes.</summary>
sealed class Synthetic(ulong state)
{
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9UL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebUL;
        return z ^ (z >> 31);
    }

    public double Uniform()
    {
        state += 0x9e3779b97f4a7c15UL;
        return (Mix(state) >> 11) * (1.0 / (1L << 53));
    }

    /// <summary>Power-law sparse rows of unit length: 50 to 100 features a row, P(rank r) ∝ r^(−3/4), 10 % flipped labels.</summary>
    public static (CsrRows<float> Rows, double[] Labels) Sparse(int n, int d, ulong seed)
    {
        Synthetic s = new(seed);
        List<int> indices = new(n * 76);
        List<float> values = new(n * 76);
        long[] starts = new long[n + 1];
        double[] labels = new double[n];
        SortedDictionary<int, double> row = [];
        for (int i = 0; i < n; i++)
        {
            row.Clear();
            int k = 50 + (int)(51 * s.Uniform());
            while (row.Count < k)
            {
                double u = s.Uniform();
                long r = (long)(d * (u * u * u * u));
                double a = 1 + (long)(1000 * s.Uniform());
                row.TryAdd((int)((((ulong)r * 387420489UL) + 12345UL) % (ulong)d), a);
            }
            double norm = Math.Sqrt(row.Values.Sum(a => a * a)), m = 0;
            foreach (var (j, a) in row)
            {
                long q = Math.Max(1, (long)((a / norm * 1e6) + 0.5));
                ulong h = Mix((ulong)j + 1 + 0x9e3779b97f4a7c15UL);
                if ((h & 7) == 0) m += ((((h >> 11) * (1.0 / (1L << 53))) * 2) - 1) * (q * 1e-6);
                indices.Add(j);
                values.Add((float)(q * 1e-6));
            }
            bool y = m > 0;
            if (s.Uniform() < 0.10) y = !y;
            labels[i] = y ? 1 : 0;
            starts[i + 1] = indices.Count;
        }
        return (new CsrRows<float>(starts, [.. indices], [.. values], d), labels);
    }

    /// <summary>Dense rows, column j scaled by 1/(1 + j/10), 10 % flipped labels.</summary>
    public static (double[] X, double[] Labels) Dense(int n, int d, ulong seed)
    {
        Synthetic s = new(seed);
        double Normal() => (s.Uniform() + s.Uniform() + s.Uniform() + s.Uniform() - 2) * Math.Sqrt(3);
        double[] w = new double[d], x = new double[(long)n * d], y = new double[n];
        for (int j = 0; j < d; j++) w[j] = Normal();
        for (int i = 0; i < n; i++)
        {
            double m = 0;
            for (int j = 0; j < d; j++)
            {
                double v = Normal() / (1 + (0.1 * j));
                x[((long)i * d) + j] = v;
                m += v * w[j];
            }
            double c = m > 0 ? 1 : 0;
            if (s.Uniform() < 0.10) c = 1 - c;
            y[i] = c;
            Normal();
        }
        return (x, y);
    }

    /// <summary>Rows as LIBSVM text with six decimals.</summary>
    public static void Write(string path, CsrRows<float> rows, double[] labels)
    {
        using StreamWriter w = new(path, false, new UTF8Encoding(false), 1 << 20);
        StringBuilder line = new();
        for (int i = 0; i < rows.Count; i++)
        {
            line.Clear().Append(labels[i] > 0 ? "+1" : "-1");
            ReadOnlySpan<int> j = rows.IndicesOf(i);
            ReadOnlySpan<float> v = rows.ValuesOf(i);
            for (int k = 0; k < j.Length; k++)
                line.Append(' ').Append(j[k] + 1).Append(':')
                    .Append(v[k].ToString("0.000000", System.Globalization.CultureInfo.InvariantCulture));
            w.Write(line.Append('\n'));
        }
    }
}
