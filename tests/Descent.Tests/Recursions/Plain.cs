using Descent.Models.Linear;
using Descent.Models.Losses;

namespace Descent.Tests.Recursions;

/// <summary>
/// Logistic regression in plain scalar arithmetic: <c>F(w) = mean of v(log(1 + e^z) − yz) + Σ (λⱼ/2)wⱼ² + b Σ cos wⱼ</c>, z = xᵀw,
/// the weights v with mean 1. The last term, where b &gt; 0, bends it so that eigenvalues turn negative. No kernel of the library is used.
/// </summary>
sealed class Plain(double[][] x, double[] y, double[] ridge, BlockLayout layout, double bend = 0, double[]? weights = null)
{
    readonly double[] share = weights is null ? [.. x.Select(_ => 1.0)] : [.. weights.Select(v => v * x.Length / weights.Sum())];

    public int Count => x.Length;

    public int Dimension => ridge.Length;

    public BlockLayout Layout => layout;

    public double[] Ridge => ridge;

    public double[] Row(int i) => x[i];

    public double Label(int i) => y[i];

    public int[] All { get; } = [.. Enumerable.Range(0, x.Length)];

    /// <summary>Matrices 2×3 and 3×2 and a vector of two, so that rules that look at blocks have something to see.</summary>
    public static Plain Blocks(double bend = 0, double scale = 1)
    {
        BlockLayout layout = new(new Block("W", 0, 2, 3), new Block("V", 6, 3, 2), new Block("b", 12, 1, 2));
        Draws draws = new(17);
        double[][] x = [.. Enumerable.Range(0, 11).Select(_ => Enumerable.Range(0, 14).Select(_ => scale * draws.NextNormal()).ToArray())];
        return new Plain(x, [.. Enumerable.Range(0, 11).Select(i => (double)(i * 7 % 3 == 0 ? 1 : 0))],
            [.. Enumerable.Range(0, 14).Select(j => 0.05 + (0.02 * j))], layout, bend);
    }

    /// <summary>Weighted sparse rows of four columns and an intercept without penalty, and the same as risks of the library:
    /// their fused and lazy paths meet the same recursions.</summary>
    public static (Plain Plain, LinearRisk<double, CsrRows<double>, LogisticLoss> Sparse,
        LinearRisk<double, DenseRows<double>, LogisticLoss> Dense) Linear(double l2, int n = 11, bool weighted = true)
    {
        Draws draws = new(23);
        double[][] x = [.. Enumerable.Range(0, n)
            .Select(i => Enumerable.Range(0, 5).Select(j => j == 4 ? 1 : (i + (2 * j)) % 3 == 0 ? 0 : draws.NextNormal()).ToArray())];
        double[] y = [.. Enumerable.Range(0, n).Select(i => (double)(i * 5 % 4 < 2 ? 1 : 0))];
        double[]? weights = weighted ? [.. Enumerable.Range(0, n).Select(i => 0.5 + (i % 4))] : null;
        RiskOptions options = new() { L2 = l2, Weights = weights };
        return (new Plain(x, y, [l2, l2, l2, l2, 0], new BlockLayout(new Block("weights", 0, 1, 4), new Block("intercept", 4, 1, 1)),
            0, weights),
            Risk.Of<double, CsrRows<double>, LogisticLoss>(Csr(x, 4), y, default, options),
            Risk.Of<double, DenseRows<double>, LogisticLoss>(new DenseRows<double>([.. x.SelectMany(r => r[..4])], n, 4), y,
                default, options));
    }

    /// <summary>The non-zeros of the first columns.</summary>
    public static CsrRows<double> Csr(double[][] x, int columns)
    {
        List<double> values = [];
        List<int> indices = [];
        List<long> starts = [0];
        foreach (double[] row in x)
        {
            for (int j = 0; j < columns; j++)
            {
                if (row[j] == 0) continue;
                values.Add(row[j]);
                indices.Add(j);
            }
            starts.Add(values.Count);
        }
        return new CsrRows<double>([.. starts], [.. indices], [.. values], columns);
    }

    public double Value(double[] w, int[] rows)
    {
        double sum = 0, penalty = 0;
        foreach (int i in rows)
        {
            double z = Margin(w, i);
            sum += share[i] * ((z > 0 ? z + Math.Log(1 + Math.Exp(-z)) : Math.Log(1 + Math.Exp(z))) - (y[i] * z));
        }
        for (int j = 0; j < w.Length; j++) penalty += (0.5 * ridge[j] * w[j] * w[j]) + (bend * Math.Cos(w[j]));
        return (sum / rows.Length) + penalty;
    }

    public double[] Gradient(double[] w, int[] rows)
    {
        double[] g = new double[w.Length];
        foreach (int i in rows)
        {
            double slope = share[i] * (Sigmoid(Margin(w, i)) - y[i]);
            for (int j = 0; j < g.Length; j++) g[j] += slope * x[i][j];
        }
        for (int j = 0; j < g.Length; j++) g[j] = (g[j] / rows.Length) + (ridge[j] * w[j]) - (bend * Math.Sin(w[j]));
        return g;
    }

    public double[,] Hessian(double[] w)
    {
        double[,] h = new double[w.Length, w.Length];
        for (int i = 0; i < Count; i++)
        {
            double p = Sigmoid(Margin(w, i));
            for (int j = 0; j < w.Length; j++)
                for (int k = 0; k < w.Length; k++) h[j, k] += share[i] * p * (1 - p) * x[i][j] * x[i][k] / Count;
        }
        for (int j = 0; j < w.Length; j++) h[j, j] += ridge[j] - (bend * Math.Cos(w[j]));
        return h;
    }

    public double Margin(double[] w, int i)
    {
        double z = 0;
        for (int j = 0; j < w.Length; j++) z += x[i][j] * w[j];
        return z;
    }

    static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));
}
