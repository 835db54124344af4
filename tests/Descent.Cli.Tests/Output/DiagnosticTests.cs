namespace Descent.Cli.Tests.Output;

/// <summary>ROC curves, leverages and normal scores against second ways of reckoning and R.</summary>
public class DiagnosticTests
{
    // P(score of the second class > score of the first) + ½ P(equal), over all pairs.
    static double ByPairs(double[] s, double[] y, double[] w)
    {
        double sum = 0, total = 0;
        for (int i = 0; i < s.Length; i++)
            for (int j = 0; j < s.Length; j++)
            {
                if (y[i] != 1 || y[j] != 0) continue;
                total += w[i] * w[j];
                sum += w[i] * w[j] * (s[i] > s[j] ? 1 : s[i] == s[j] ? 0.5 : 0);
            }
        return sum / total;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_area_under_the_curve_is_the_share_of_pairs_in_order(bool weighted)
    {
        Draws draws = new(11);
        int n = 90;
        double[] y = [.. Enumerable.Range(0, n).Select(_ => draws.NextDouble() < 0.4 ? 1.0 : 0)];
        // Few distinct scores, so that many pairs tie.
        double[] s = [.. y.Select(c => Math.Round((4 * draws.NextDouble()) + c) / 2)],
            w = [.. y.Select(_ => weighted ? Math.Floor(3 * draws.NextDouble()) : 1)];
        RocCurve roc = RocCurve.Of(s, y, weighted ? w : null)!;
        Assert.Equal(ByPairs(s, y, w), roc.Auc, 1e-14);
        Assert.Equal((0.0, 0.0, 1.0, 1.0), (roc.FalsePositives[0], roc.TruePositives[0], roc.FalsePositives[^1], roc.TruePositives[^1]));
        Assert.Equal(s.Distinct().Count() + 1, roc.TruePositives.Length);
        for (int k = 1; k < roc.TruePositives.Length; k++)
            Assert.True(roc.TruePositives[k] >= roc.TruePositives[k - 1] && roc.FalsePositives[k] >= roc.FalsePositives[k - 1]);
    }

    [Fact]
    public void Scores_the_wrong_way_round_have_no_area_and_one_class_has_no_curve()
    {
        Assert.Equal(0, RocCurve.Of([1, 2, 3, 4], [1, 1, 0, 0], null)!.Auc);
        Assert.Equal(1, RocCurve.Of([1, 2, double.PositiveInfinity, 4], [0, 0, 1, 1], null)!.Auc);
        Assert.Null(RocCurve.Of([1, 2], [1, 1], null));
        Assert.Null(RocCurve.Of([1, 2], [1, 0], [1, 0]));
        Assert.Null(RocCurve.Of([1, double.NaN], [1, 0], null));
    }

    static (double[] X, double[] Y) Stackloss()
    {
        double[][] rows = [.. File.ReadLines(Data("stackloss.csv")).Skip(1).Select(l => l.Split(',').Select(double.Parse).ToArray())];
        return ([.. rows.SelectMany(r => r[1..])], [.. rows.Select(r => r[0])]);
    }

    internal static string Data(string name) => Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", name);

    // R 4.2: hatvalues(lm(STACKLOSS ~ ., weights = …)).
    [Theory]
    [InlineData(true, false, 0.301555468936, 0.412123497858, 0.284533462725)]
    [InlineData(true, true, 0.158384034790, 0.443096218152, 0.372107573493)]
    [InlineData(false, false, 0.2980961809143, 0.0624648109226, 0.2741306752111)]
    public void Leverages_are_those_of_r(bool intercept, bool weighted, double first, double seventeenth, double last)
    {
        (double[] x, _) = Stackloss();
        double[]? w = weighted ? [.. Enumerable.Range(0, 21).Select(i => (i % 3) + 1.0)] : null;
        double[] h = Leverage.Of(x, 3, [.. Enumerable.Range(0, 21)], [0, 1, 2], w, intercept)!;
        Assert.Equal(first, h[0], 1e-11);
        Assert.Equal(seventeenth, h[16], 1e-11);
        Assert.Equal(last, h[20], 1e-11);
        Assert.Equal(intercept ? 4 : 3, h.Sum(), 1e-12);
    }

    // diag X(XᵀX)⁻¹Xᵀ with the inverse by Gauss–Jordan, on two of three columns and some of the rows.
    [Fact]
    public void Leverages_are_the_diagonal_of_the_hat_matrix()
    {
        (double[] x, _) = Stackloss();
        int[] rows = [.. Enumerable.Range(0, 21).Where(i => i % 4 != 1)];
        double[][] design = [.. rows.Select(i => new[] { 1, x[3 * i], x[(3 * i) + 2] })];
        double[,] inverse = Inverse(design);
        double[] h = Leverage.Of(x, 3, rows, [0, 2], null, true)!;
        for (int i = 0; i < rows.Length; i++)
        {
            double own = 0;
            for (int j = 0; j < 3; j++)
                for (int k = 0; k < 3; k++) own += design[i][j] * inverse[j, k] * design[i][k];
            Assert.Equal(own, h[i], 1e-10);
        }
    }

    [Fact]
    public void Columns_that_depend_on_one_another_have_no_leverages() =>
        Assert.Null(Leverage.Of(new double[] { 1, 2, 2, 4, 3, 6, 5, 10 }, 2, [0, 1, 2, 3], [0, 1], null, false));

    [Fact]
    public void A_shift_of_a_column_by_a_hundred_million_changes_no_leverage()
    {
        (double[] x, _) = Stackloss();
        int[] rows = [.. Enumerable.Range(0, 21)];
        double[] far = [.. x.Select(v => v + 1e8)], near = Leverage.Of(x, 3, rows, [0, 1, 2], null, true)!,
            h = Leverage.Of(far, 3, rows, [0, 1, 2], null, true)!;
        for (int i = 0; i < 21; i++) Assert.Equal(near[i], h[i], 1e-7);
    }

    // R 4.2: sort(qqnorm(c(5, 1, 3, 2, 4))$x), qqnorm(1:12)$x[1:3], and the line of qqline.
    [Fact]
    public void Normal_scores_and_their_line_are_those_of_r()
    {
        double[] five = NormalScores.Of(5), twelve = NormalScores.Of(12);
        double[] expected5 = [-1.179761117612, -0.497200570682, 0, 0.497200570682, 1.179761117612],
            expected12 = [-1.73166439612, -1.15034938038, -0.81221780150];
        for (int i = 0; i < 5; i++) Assert.Equal(expected5[i], five[i], 1e-10);
        for (int i = 0; i < 3; i++) Assert.Equal(expected12[i], twelve[i], 1e-10);
        (double a, double b) = NormalScores.QuartileLine([-1, 0.2, 3.1, 4, 9]);
        Assert.Equal(2.81694421516, b, 1e-10);
        Assert.Equal(2.1, a, 1e-10);
    }

    static double[,] Inverse(double[][] design)
    {
        int p = design[0].Length;
        double[,] a = new double[p, 2 * p];
        for (int j = 0; j < p; j++)
        {
            for (int k = 0; k < p; k++) a[j, k] = design.Sum(r => r[j] * r[k]);
            a[j, p + j] = 1;
        }
        for (int c = 0; c < p; c++)
        {
            double pivot = a[c, c];
            for (int k = 0; k < 2 * p; k++) a[c, k] /= pivot;
            for (int r = 0; r < p; r++)
            {
                if (r == c) continue;
                double factor = a[r, c];
                for (int k = 0; k < 2 * p; k++) a[r, k] -= factor * a[c, k];
            }
        }
        double[,] inverse = new double[p, p];
        for (int j = 0; j < p; j++)
            for (int k = 0; k < p; k++) inverse[j, k] = a[j, p + k];
        return inverse;
    }
}
