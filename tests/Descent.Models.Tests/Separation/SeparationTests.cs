using Descent.Models.Losses;
using Descent.Models.Separation;

namespace Descent.Models.Tests.Separation;

public class SeparationTests
{
    // Small integer designs, decided exactly: with columns of full rank the cone {v : Av ≥ 0} is pointed,
    // so it is spanned by its extreme rays, each the null vector of p − 1 rows (integer minors).
    // The separated rows are those that some ray makes strict.
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
        .Sum(c => m[0][c] == 0
            ? 0
            : ((c & 1) == 0 ? 1 : -1) * m[0][c] * Determinant([.. m.Skip(1).Select(row => (long[])[.. row.Where((_, k) => k != c)])]));

    static long Rank(long[][] a, int p) => Enumerable.Range(1, p).LastOrDefault(size => Subsets(a.Length, size).Any(rows =>
        Subsets(p, size).Any(columns => Determinant([.. rows.Select(r => (long[])[.. columns.Select(c => a[r][c])])]) != 0)));

    static (DenseRows<double> Rows, double[] Labels, long[][] Inequalities, int P) Draw(ulong seed, string model, int classes)
    {
        Draws draws = new(seed, 7);
        int d = 1 + draws.NextIndex(classes > 2 ? 1 : 3), n = 3 + draws.NextIndex(classes > 2 ? 4 : 9), range = 1 + draws.NextIndex(3),
            k = Math.Max(1, classes - 1), width = d + 1;
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
            SeparationAnalysis found = SeparationAnalysis.Of(rows,
                model switch { "softmax" => SeparationKind.Classes, "poisson" => SeparationKind.Counts, _ => SeparationKind.TwoClasses },
                labels, null, true, classes);
            Verdict right = strict.Any(s => s) ? Verdict.Separated : Verdict.Finite;
            Assert.True(found.Verdict == right, $"seed {seed}: {found.Verdict}, not {right}");
            Assert.Equal(strict.All(s => s), found.IsComplete);
            if (right == Verdict.Finite) finite++;
            else if (found.IsComplete) complete++;
            else quasi++;
            if (model != "softmax") continue;
            Assert.Equal(strict.Count(s => s), found.Pairs.Sum(q => q.Separated));
        }
        Assert.True(finite > 10 && quasi > 10 && complete + (model == "poisson" ? 20 : 0) > 10,
            $"{finite} finite, {quasi} quasi, {complete} complete");
    }

    static (double[] X, double[] Y) Overlapping(int n, int d, ulong seed)
    {
        Draws draws = new(seed, 3);
        double[] x = new double[n * d], y = new double[n];
        for (int i = 0; i < n; i++)
        {
            double z = 0;
            for (int j = 0; j < d; j++) z += x[(i * d) + j] = draws.NextNormal();
            y[i] = draws.NextDouble() < 1 / (1 + Math.Exp(-z)) ? 1 : 0;
        }
        return (x, y);
    }

    // One row of class 0 at ε overlaps rows of class 1 at 1 and more:
    // the maximum is finite for every ε > 0, with an estimate of order log(1/ε)/… and next to no curvature; at ε = 0 it is not.
    [Theory]
    [InlineData(1e-2, Verdict.Finite)]
    [InlineData(1e-6, Verdict.Finite)]
    [InlineData(1e-9, Verdict.Finite)]
    [InlineData(0, Verdict.Separated)]
    [InlineData(-1e-9, Verdict.Separated)]
    public void A_direction_that_is_nearly_flat_is_still_finite(double overlap, Verdict right)
    {
        var (x, y) = Overlapping(300, 3, 1);
        for (int i = 0; i < 300; i++) x[i * 3] = 0;
        int[] positive = [.. Enumerable.Range(0, 300).Where(i => y[i] > 0).Take(3)];
        for (int k = 0; k < 3; k++) x[positive[k] * 3] = k + 1;
        x[Array.IndexOf(y, 0) * 3] = overlap;
        SeparationAnalysis found = SeparationAnalysis.Of(new DenseRows<double>(x, 300, 3), SeparationKind.TwoClasses, y, null, true, 2);
        Assert.Equal(right, found.Verdict);
        if (right == Verdict.Separated) Assert.NotEqual(0, found.Direction[0]);
    }

    // Sparse rows, columns with an offset of 10⁸ and rows of weight 0 are the same problem; the weight-0 rows alone would overlap.
    [Fact]
    public void Storage_offsets_and_weights_of_zero_do_not_change_the_answer()
    {
        var (x, y) = Overlapping(80, 2, 2);
        double[] level = [.. Enumerable.Range(0, 80).Select(i => i < 15 ? 1.0 : 0)], weights = new double[80];
        List<int> indices = [];
        List<double> values = [];
        long[] starts = new long[81];
        double[] dense = new double[240], moved = new double[240];
        for (int i = 0; i < 80; i++)
        {
            // All rows of the level are of class 1, but for three without weight.
            if (i < 15) y[i] = i < 3 ? 0 : 1;
            weights[i] = i < 3 ? 0 : 1 + (i % 2);
            for (int j = 0; j < 3; j++)
            {
                double v = j < 2 ? x[(i * 2) + j] : level[i];
                dense[(i * 3) + j] = v;
                moved[(i * 3) + j] = j < 2 ? v + 1e8 : v;
                if (v == 0) continue;
                indices.Add(j);
                values.Add(v);
            }
            starts[i + 1] = indices.Count;
        }
        SeparationAnalysis a = SeparationAnalysis.Of(new DenseRows<double>(dense, 80, 3), SeparationKind.TwoClasses, y, weights, true, 2),
            b = SeparationAnalysis.Of(new CsrRows<double>(starts, [.. indices], [.. values], 3), SeparationKind.TwoClasses, y,
                weights, true, 2),
            c = SeparationAnalysis.Of(new DenseRows<double>(moved, 80, 3), SeparationKind.TwoClasses, y, weights, true, 2),
            unweighted = SeparationAnalysis.Of(new DenseRows<double>(dense, 80, 3), SeparationKind.TwoClasses, y, null, true, 2);
        Assert.Equal(Verdict.Finite, unweighted.Verdict);
        foreach (SeparationAnalysis found in new[] { a, b, c })
        {
            Assert.Equal(Verdict.Separated, found.Verdict);
            Assert.Equal(Enumerable.Range(3, 12), found.SeparatedRows);
            Assert.Equal([0, 0], found.Direction[..2]);
            Assert.True(found.Direction[2] > 0 && found.Directions.Single().IsOneSided);
            Assert.Equal(a.Infimum, found.Infimum, 1e-9);
        }
        // What is left is the fit of the rows outside the level, their losses divided by the weight of all.
        Assert.Equal(65, a.LimitRows);
        Assert.Equal(3, a.LimitRank);
        Assert.InRange(a.Infimum - a.LowerBound, 0, 1e-13);
    }

    // Along the direction F falls to the infimum and not below the bound.
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(40)]
    public void F_falls_to_the_infimum_along_the_direction(double margin)
    {
        double[] x = [.. Enumerable.Range(0, 40).Select(i => i < 10 ? 0.0 : i < 20 ? 1 : 2)],
            y = [.. Enumerable.Range(0, 40).Select(i => i < 20 ? (double)(i % 3) : 0)];
        double[] columns = [.. x.SelectMany(v => (double[])[v == 1 ? 1 : 0, v == 2 ? 1 : 0])];
        DenseRows<double> rows = new(columns, 40, 2);
        SeparationAnalysis found = SeparationAnalysis.Of(rows, SeparationKind.Counts, y, null, true, 1);
        Descent.Models.Linear.EmpiricalRisk<double> risk = Descent.Models.Linear.Risk.Of<double, DenseRows<double>>(LossKind.Poisson, rows,
            y, new(), double.NaN, 1);
        double f = risk.Value(found.PointNearInfimum(margin));
        Assert.InRange(f - found.Infimum, -1e-15, 0.5 * Math.Exp(-margin) + 1e-15);
        Assert.True(f >= found.LowerBound);
        // Two groups of ten with 9 and 10 in all: Σ (m − m log m), m = 0.9 and 1, a quarter each.
        Assert.Equal((0.9 - (0.9 * Math.Log(0.9)) + 1) / 4, found.Infimum, 1e-14);
    }

    // Any w gives an upper bound: the lower bound stays below F at random points and close to F at the optimum.
    [Fact]
    public void The_bound_is_tight_for_finite_problems_too()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var (x, y) = Overlapping(60, 3, seed);
            DenseRows<double> rows = new(x, 60, 3);
            SeparationAnalysis found = SeparationAnalysis.Of(rows, SeparationKind.TwoClasses, y, null, true, 2, default, true);
            if (found.Verdict != Verdict.Finite) continue;
            double f = Descent.Models.Linear.Risk.Of<double, DenseRows<double>>(LossKind.Logistic, rows, y, new()).Value(found.Limit);
            Assert.InRange(f - found.LowerBound, 0, 1e-13);
        }
    }

    // The point that a fit hands over only shortens the way: any point, good or bad, leaves the verdict.
    [Fact]
    public void A_starting_point_does_not_decide()
    {
        for (ulong seed = 1; seed <= 60; seed++)
        {
            var (rows, labels, a, p) = Draw(seed, "logistic", 2);
            if (Rank(a, p) < p) continue;
            Verdict right = Exactly(a, p).Any(s => s) ? Verdict.Separated : Verdict.Finite;
            Draws draws = new(seed, 13);
            foreach (double size in (double[])[0.1, 1, 50])
            {
                double[] point = [.. Enumerable.Range(0, p).Select(_ => size * draws.NextNormal())];
                Assert.Equal(right, SeparationAnalysis.Of(rows, SeparationKind.TwoClasses, labels, null, true, 2, point).Verdict);
            }
        }
    }
}
