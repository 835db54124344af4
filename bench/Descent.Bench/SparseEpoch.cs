using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Bench;

/// <summary>One epoch of sparse logistic SGD with L2:
/// the library's fused block against a plain loop and against the best hand-written technique on the same layout.</summary>
static class SparseEpoch
{
    const int N = 500_000, D = 1_000_000;

    public static void Run()
    {
        var (rows, labels) = Synthetic.Sparse(N, D, 20250101);
        LinearRisk<float, CsrRows<float>, LogisticLoss> risk = Risk.Of<float, CsrRows<float>, LogisticLoss>(rows, labels, default,
            new RiskOptions { L2 = 1.0 / N, Intercept = false });
        int[] starts = new int[N + 1], indices = new int[rows.Entries];
        float[] values = new float[rows.Entries], w = new float[D];
        for (int i = 0; i < N; i++)
        {
            rows.IndicesOf(i).CopyTo(indices.AsSpan(starts[i]));
            rows.ValuesOf(i).CopyTo(values.AsSpan(starts[i]));
            starts[i + 1] = starts[i] + rows.EntriesOf(i);
        }
        Iteration<float> Make(SampleOrder order) =>
            Methods.Sgd(new Constant(0.5), new Sampling(order)).Start(risk, new float[D], new Draws(1));
        Iteration<float> sequential = Make(SampleOrder.Sequential), shuffled = Make(SampleOrder.Shuffle);
        Console.WriteLine(
            $"n = {N}, d = {D}, {rows.Entries} non-zeros, float, one thread, L2 by scaling; work in million non-zeros a second.\n");
        Interleaved.Run(9, "Mnnz/s", rows.Entries / 1e6,
            ("plain scalar loop, file order", () => Plain(starts, indices, values, labels, w)),
            ("hand-written: 4 partial sums, prefetch 2 rows ahead, file order", () => Tuned(starts, indices, values, labels, w)),
            ("Descent, file order", () => sequential.Advance(N)),
            ("Descent, shuffled every epoch", () => shuffled.Advance(N)));
    }

    // As one would write it first: spans, doubles for the scale, Math.Exp.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Plain(int[] starts, int[] indices, float[] values, double[] labels, float[] w)
    {
        double s = 1;
        for (int i = 0; i < labels.Length; i++)
        {
            float z = 0;
            for (int k = starts[i]; k < starts[i + 1]; k++) z += values[k] * w[indices[k]];
            double g = (1 / (1 + Math.Exp(-s * z))) - labels[i];
            s *= 1 - (0.5 / labels.Length);
            float a = (float)(-0.5 * g / s);
            for (int k = starts[i]; k < starts[i + 1]; k++) w[indices[k]] += a * values[k];
        }
        for (int j = 0; j < w.Length; j++) w[j] *= (float)s;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tuned(int[] starts, int[] indices, float[] values, double[] labels, float[] w)
    {
        double s = 1;
        ref float w0 = ref w[0];
        ref int j0 = ref indices[0];
        ref float x0 = ref values[0];
        for (int i = 0; i < labels.Length; i++)
        {
            if (i + 2 < labels.Length)
                for (int k = starts[i + 2]; k < starts[i + 3]; k++) Prefetch.Read(ref Unsafe.Add(ref w0, Unsafe.Add(ref j0, k)));
            float z0 = 0, z1 = 0, z2 = 0, z3 = 0;
            int at = starts[i], end = starts[i + 1];
            for (; at + 4 <= end; at += 4)
            {
                z0 += Unsafe.Add(ref x0, at) * Unsafe.Add(ref w0, Unsafe.Add(ref j0, at));
                z1 += Unsafe.Add(ref x0, at + 1) * Unsafe.Add(ref w0, Unsafe.Add(ref j0, at + 1));
                z2 += Unsafe.Add(ref x0, at + 2) * Unsafe.Add(ref w0, Unsafe.Add(ref j0, at + 2));
                z3 += Unsafe.Add(ref x0, at + 3) * Unsafe.Add(ref w0, Unsafe.Add(ref j0, at + 3));
            }
            for (; at < end; at++) z0 += Unsafe.Add(ref x0, at) * Unsafe.Add(ref w0, Unsafe.Add(ref j0, at));
            double g = (1 / (1 + Math.Exp(-s * (z0 + z1 + (z2 + z3))))) - labels[i];
            s *= 1 - (0.5 / labels.Length);
            float a = (float)(-0.5 * g / s);
            for (at = starts[i]; at < end; at++) Unsafe.Add(ref w0, Unsafe.Add(ref j0, at)) += a * Unsafe.Add(ref x0, at);
        }
        for (int j = 0; j < w.Length; j++) w[j] *= (float)s;
    }
}
