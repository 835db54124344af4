using Descent.Models.Separation;

namespace Descent.Models.Tests;

public class SeparationTests
{
    // Small integer designs, decided exactly: with columns of full rank the cone {v : Av ≥ 0} is pointed, so it is spanned by its extreme rays, each the null vector of
    // p − 1 rows (integer minors). The separated rows are those that some ray makes strict.
    static bool[] Exactly(long[][] a, int p)
    {
        bool[] strict = new bool[a.Length];
        foreach (int[] pick in Subsets(a.Length, p - 1))
        {
            long[] ray = new long[p];
            for (int j = 0; j < p; j++)
                ray[j] = ((j & 1) == 0 ? 1 : -1) * Determinant([.. pick.Select(r => (long[])[.. a[r].Where((_, c) => c != j)])]);
            if (ray.All(v => v == 0)) continue;
            foreach (int sign in (int[])[1, -1])
            {
                long[] s = [.. a.Select(row => sign * row.Zip(ray, (x, v) => x * v).Sum())];
                if (s.Any(v => v < 0)) continue;
                for (int r = 0; r < s.Length; r++) strict[r] |= s[r] > 0;
            }
        }
        return strict;
    }

    static IEnumerable<int[]> Subsets(int n, int size)
    {
        if (size == 0) return [[]];
        return Enumerable.Range(0, n).SelectMany(last => Subsets(last, size - 1).Select(s => (int[])[.. s, last]));
    }

    static long Determinant(long[][] m) => m.Length == 0 ? 1 : Enumerable.Range(0, m.Length)
        .Sum(c => m[0][c] == 0 ? 0 : ((c & 1) == 0 ? 1 : -1) * m[0][c] * Determinant([.. m.Skip(1).Select(row => (long[])[.. row.Where((_, k) => k != c)])]));

    static long Rank(long[][] a, int p) => Enumerable.Range(1, p).LastOrDefault(size => Subsets(a.Length, size).Any(rows =>
        Subsets(p, size).Any(columns => Determinant([.. rows.Select(r => (long[])[.. columns.Select(c => a[r][c])])]) != 0)));

    static (DenseRows<double> Rows, double[] Labels, long[][] Inequalities, int P) Draw(ulong seed, string model, int classes)
    {
        Draws draws = new(seed, 7);
        int d = 1 + draws.NextIndex(classes > 2 ? 1 : 3), n = 3 + draws.NextIndex(classes > 2 ? 4 : 9), range = 1 + draws.NextIndex(3), k = Math.Max(1, classes - 1), width = d + 1;
        double[] x = new double[n * d], y = new double[n];
        List<long[]> a = [];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < d; j++) x[(i * d) + j] = draws.NextIndex((2 * range) + 1) - range;
            y[i] = draws.NextIndex(model == "poisson" ? 3 : classes);
            long[] row = [.. x.AsSpan(i * d, d).ToArray().Select(v => (long)v), 1];
            if (model == "poisson")
            {
                a.Add([.. row.Select(v => -v)]);
                if (y[i] > 0) a.Add(row);
                continue;
            }
            for (int c = 0; c < classes; c++)
            {
                if (c == (int)y[i]) continue;
                long[] full = new long[k * width];
                for (int j = 0; j < width; j++)
                {
                    // Logistic: class 1 owns the margin.
                    if (y[i] > 0) full[(((int)y[i] - 1) * width) + j] += row[j];
                    if (c > 0) full[((c - 1) * width) + j] -= row[j];
                }
                a.Add(full);
            }
        }
        return (new DenseRows<double>(x, n, d), y, [.. a], k * width);
    }

    [Theory]
    [InlineData("logistic", 2, 250)]
    [InlineData("poisson", 2, 250)]
    [InlineData("softmax", 3, 150)]
    public void Verdicts_on_integer_designs_are_those_of_exact_arithmetic(string model, int classes, int seeds)
    {
        int finite = 0, complete = 0, quasi = 0;
        for (ulong seed = 1; seed <= (ulong)seeds; seed++)
        {
            var (rows, labels, a, p) = Draw(seed, model, classes);
            if (Rank(a, p) < p) continue;
            bool[] strict = Exactly(a, p);
            SeparationAnalysis found = SeparationAnalysis.Of(rows, model, labels, null, true, classes);
            Verdict right = strict.Any(s => s) ? Verdict.Separated : Verdict.Finite;
            Assert.True(found.Verdict == right, $"seed {seed}: {found.Verdict}, not {right}");
            Assert.Equal(strict.All(s => s), found.IsComplete);
            if (right == Verdict.Finite) finite++;
            else if (found.IsComplete) complete++;
            else quasi++;
            if (model != "softmax") continue;
            Assert.Equal(strict.Count(s => s), found.Pairs.Sum(q => q.Separated));
        }
        Assert.True(finite > 10 && quasi > 10 && complete + (model == "poisson" ? 20 : 0) > 10, $"{finite} finite, {quasi} quasi, {complete} complete");
    }
}
