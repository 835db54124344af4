using Descent.Oracles;

namespace Descent.Models.Linear;

// The Hessian matrix: Σ ωᵢ (diag pᵢ − pᵢpᵢᵀ) ⊗ xᵢxᵢᵀ, one weighted Gram matrix for each pair of classes.
public sealed partial class SoftmaxRisk<T, TRows>
{
    private protected override double CurvatureCore(ReadOnlySpan<T> w, Span<double> gradient, Span<double> hessian)
    {
        double[] wide = new double[Dimension], z = new double[outputs], u = new double[outputs];
        ClassPairs pairs = new(this);
        Vectors.Convert(w, wide);
        double value = 0;
        for (int i = 0; i < Count; i++)
        {
            MarginsOf(i, wide, z);
            double omega = WeightOf(i);
            value += omega * LossAt(i, z, u);
            // The logarithm of the sum of exponentials, by which the reference class has e⁰.
            double total = Probabilities(z);
            pairs.Set(i, omega, z, HasReference ? Elementary.Exp(-total) : 0);
            for (int k = 0; k < outputs; k++)
            {
                rows.AddScaledExact(i, omega * u[k], gradient.Slice(k * Columns, Columns));
                if (HasIntercept) gradient[(outputs * Columns) + k] += omega * u[k];
            }
        }
        workers.Run(pairs, outputs * (outputs + 1) / 2);
        pairs.Hessian.CopyTo(hessian);
        return value;
    }

    /// <summary>A shard a pair of classes: their blocks are disjoint, so the bits do not depend on who computes which.</summary>
    sealed class ClassPairs(SoftmaxRisk<T, TRows> risk) : IShardWork
    {
        const int Block = 1024;
        readonly int n = risk.Count, k = risk.outputs, columns = risk.Columns, d = risk.Dimension;

        // Class by class: p, ωp and 1 − p of every example.
        readonly double[] p = new double[risk.Count * risk.outputs], weighted = new double[risk.Count * risk.outputs],
            rest = new double[risk.Count * risk.outputs];

        public double[] Hessian { get; } = new double[risk.Dimension * risk.Dimension];

        public void Set(int i, double omega, ReadOnlySpan<double> probabilities, double reference)
        {
            for (int a = 0; a < k; a++)
            {
                p[(a * n) + i] = probabilities[a];
                weighted[(a * n) + i] = omega * probabilities[a];
                rest[(a * n) + i] = probabilities[a] > 0.5 ? Others(probabilities, a, reference) : 1 - probabilities[a];
            }
        }

        // 1 − p of a class that is nearly certain, as the sum of the others: what is left of it after a difference is rounding.
        double Others(ReadOnlySpan<double> probabilities, int a, double reference)
        {
            double sum = reference;
            for (int b = 0; b < k; b++)
                if (b != a) sum += probabilities[b];
            return sum;
        }

        public void Run(int shard)
        {
            int a = 0;
            while (shard >= k - a) shard -= k - a++;
            int b = a + shard;
            double[] gram = new double[columns * columns], last = new double[columns], h = new double[Block];
            double corner = 0;
            for (int first = 0; first < n; first += Block)
            {
                Span<double> part = h.AsSpan(0, Math.Min(Block, n - first));
                ReadOnlySpan<double> left = weighted.AsSpan((a * n) + first), right = (a == b ? rest : p).AsSpan((b * n) + first);
                for (int i = 0; i < part.Length; i++) part[i] = a == b ? left[i] * right[i] : -left[i] * right[i];
                risk.rows.AddGram(first, part, gram, columns);
                if (!risk.HasIntercept) continue;
                for (int i = 0; i < part.Length; i++)
                {
                    risk.rows.AddScaledExact(first + i, part[i], last);
                    corner += part[i];
                }
            }
            Place(gram, last, corner, a, b);
        }

        void Place(double[] gram, double[] last, double corner, int a, int b)
        {
            int oa = a * columns, ob = b * columns, ia = (k * columns) + a, ib = (k * columns) + b;
            for (int i = 0; i < columns; i++)
            {
                for (int j = i; j < columns; j++)
                {
                    double g = gram[(i * columns) + j];
                    Hessian[((oa + i) * d) + ob + j] = g;
                    if (a != b) Hessian[((oa + j) * d) + ob + i] = g;
                }
                if (!risk.HasIntercept) continue;
                Hessian[((oa + i) * d) + ib] = last[i];
                if (a != b) Hessian[((ob + i) * d) + ia] = last[i];
            }
            if (risk.HasIntercept) Hessian[(ia * d) + ib] = corner;
        }
    }
}
