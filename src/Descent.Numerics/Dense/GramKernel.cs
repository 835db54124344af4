using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Descent.Numerics;

/// <summary>The weighted Gram matrix of dense rows.</summary>
static class GramKernel
{
    /// <summary><c>H ← H + Σ h_k x_k x_kᵀ</c>, upper triangle;
    /// within strips of rows every entry is one fused sum over k in order.</summary>
    /// <remarks>
    /// A strip of rows is copied, padded with zero columns to whole lanes, and stays in the first-level cache while all tiles of
    /// the result pass over it. Tiles are as large as the processor's registers hold; their shape does not change a bit.
    /// </remarks>
    /// <param name="x">Rows, h.Length × d, row-major.</param>
    /// <param name="h">One weight a row.</param>
    /// <param name="d">Number of columns.</param>
    /// <param name="gram">Row-major matrix of which the upper triangle is added to.</param>
    /// <param name="stride">Distance between its rows.</param>
    public static void AddGram(ReadOnlySpan<double> x, ReadOnlySpan<double> h, int d, Span<double> gram, int stride)
    {
        int padded = (d + 7) / 8 * 8, strip = Math.Clamp(2048 / padded, 8, 64);
        double[] packed = System.Buffers.ArrayPool<double>.Shared.Rent(strip * padded),
            scaled = System.Buffers.ArrayPool<double>.Shared.Rent(strip * padded);
        double[] sums = System.Buffers.ArrayPool<double>.Shared.Rent(padded * padded);
        packed.AsSpan().Clear();
        sums.AsSpan(0, padded * padded).Clear();
        for (int first = 0; first < h.Length; first += strip)
        {
            int rows = Math.Min(strip, h.Length - first);
            for (int k = 0; k < rows; k++) x.Slice((first + k) * d, d).CopyTo(packed.AsSpan(k * padded));
            for (int k = 0; k < rows; k++)
                Elementwise.Apply(new ScaleBy(h[first + k]), scaled.AsSpan(k * padded, padded), packed.AsSpan(k * padded, padded));
            AddProduct(ref packed[0], ref scaled[0], rows, padded, ref sums[0]);
        }
        for (int i = 0; i < d; i++) Vectors.AddScaled(1.0, sums.AsSpan((i * padded) + i, d - i), gram.Slice((i * stride) + i, d - i));
        System.Buffers.ArrayPool<double>.Shared.Return(packed);
        System.Buffers.ArrayPool<double>.Shared.Return(scaled);
        System.Buffers.ArrayPool<double>.Shared.Return(sums);
    }

    readonly struct ScaleBy(double h) : IKernel<double>
    {
        readonly double h = h;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g)
            where V : struct, ILane<V, double> => w = V.All(h) * g;
    }

    static void AddProduct(ref double x, ref double scaled, int rows, int padded, ref double sums)
    {
        if (Vector512.IsHardwareAccelerated) GramTiles512.AddProduct(ref x, ref scaled, rows, padded, ref sums);
        else if (Vector256.IsHardwareAccelerated) GramTiles<Lane256<double>>.AddProduct(ref x, ref scaled, rows, padded, ref sums);
        else GramTiles<Lane128<double>>.AddProduct(ref x, ref scaled, rows, padded, ref sums);
    }
}
