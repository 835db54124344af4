using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Descent.Numerics;

namespace Descent.Bench;

/// <summary>A step of momentum on a perceptron of one hidden layer, written out for it alone: four products, no tape.</summary>
sealed class HandWritten(float[] rows, int[] labels, float[] start, int inputs, int hidden, int outputs, int batch)
{
    readonly Gemm<float> gemm = new();
    readonly float[] w = [.. start], g = new float[start.Length], velocity = new float[start.Length];
    readonly float[] x = new float[batch * inputs], h = new float[batch * hidden], z = new float[batch * outputs],
        dh = new float[batch * hidden];
    readonly int[] order = new int[labels.Length];
    ulong epoch;

    public double Loss { get; private set; }

    public void Epoch(float eta, float beta)
    {
        Permutation.Fill(++epoch, order);
        for (int first = 0; first + batch <= order.Length; first += batch) Step(order.AsSpan(first, batch), eta, beta);
    }

    void Step(ReadOnlySpan<int> picked, float eta, float beta)
    {
        int b1 = inputs * hidden, w2 = b1 + hidden, b2 = w2 + (hidden * outputs);
        for (int k = 0; k < batch; k++) rows.AsSpan(picked[k] * inputs, inputs).CopyTo(x.AsSpan(k * inputs));
        for (int k = 0; k < batch; k++) w.AsSpan(b1, hidden).CopyTo(h.AsSpan(k * hidden));
        gemm.Multiply(x, false, w.AsSpan(0, b1), false, h, batch, inputs, hidden, add: true);
        for (int i = 0; i < h.Length; i += 16) Vector512.Max(At(h, i), Vector512<float>.Zero).StoreUnsafe(ref h[i]);
        for (int k = 0; k < batch; k++) w.AsSpan(b2, outputs).CopyTo(z.AsSpan(k * outputs));
        gemm.Multiply(h, false, w.AsSpan(w2, hidden * outputs), false, z, batch, hidden, outputs, add: true);
        Softmax(picked);
        gemm.Multiply(h, true, z, false, g.AsSpan(w2, hidden * outputs), hidden, batch, outputs);
        Columns(z, outputs, g.AsSpan(b2, outputs));
        gemm.Multiply(z, false, w.AsSpan(w2, hidden * outputs), true, dh, batch, outputs, hidden);
        for (int i = 0; i < dh.Length; i += 16)
            Vector512.ConditionalSelect(Vector512.GreaterThan(At(h, i), Vector512<float>.Zero), At(dh, i), Vector512<float>.Zero)
                .StoreUnsafe(ref dh[i]);
        gemm.Multiply(x, true, dh, false, g.AsSpan(0, b1), inputs, batch, hidden);
        Columns(dh, hidden, g.AsSpan(b1, hidden));
        for (int i = 0; i + 16 <= w.Length; i += 16)
        {
            Vector512<float> v = (At(velocity, i) * beta) - (At(g, i) * eta);
            v.StoreUnsafe(ref velocity[i]);
            (At(w, i) + v).StoreUnsafe(ref w[i]);
        }
        for (int i = w.Length / 16 * 16; i < w.Length; i++) w[i] += velocity[i] = (velocity[i] * beta) - (g[i] * eta);
    }

    // z becomes (softmax − one-hot)/B.
    void Softmax(ReadOnlySpan<int> picked)
    {
        Loss = 0;
        for (int k = 0; k < batch; k++)
        {
            Span<float> row = z.AsSpan(k * outputs, outputs);
            float top = float.NegativeInfinity;
            foreach (float v in row) top = Math.Max(top, v);
            for (int j = 0; j < outputs; j++) row[j] -= top;
        }
        for (int k = 0; k < batch; k++) Loss -= z[(k * outputs) + labels[picked[k]]];
        ElementaryFunctions.Exp<float>(z, z);
        for (int k = 0; k < batch; k++)
        {
            Span<float> row = z.AsSpan(k * outputs, outputs);
            float sum = 0;
            foreach (float v in row) sum += v;
            Loss += Math.Log(sum);
            for (int j = 0; j < outputs; j++) row[j] /= sum * batch;
            row[labels[picked[k]]] -= 1f / batch;
        }
    }

    static void Columns(float[] a, int columns, Span<float> to)
    {
        to.Clear();
        for (int i = 0; i < a.Length; i += columns) Vectors.AddScaled(1f, a.AsSpan(i, columns), to);
    }

    static Vector512<float> At(float[] a, int i) => Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(a), (nuint)i);
}
