using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Descent.Numerics;

/// <summary>Vector operations with a fixed order of summation.</summary>
/// <remarks>
/// A sum is always taken as <c>4·(512 bit / element size)</c> partial sums (element <c>i</c> goes to partial sum <c>i mod 4L</c>), folded
/// as <c>((p₀+p₁)+(p₂+p₃))</c> and then halved until one number is left, whatever the machine's vector width. Products are fused. So the
/// bits of a result do not depend on the machine, on the alignment or on the number of threads. No allocation.
/// </remarks>
public static class Vectors
{
    /// <summary>Inner product <c>Σ xᵢyᵢ</c> of two vectors of one length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.Length != y.Length) throw new ArgumentException($"An inner product needs one length; got {x.Length} and {y.Length}.");
        ref T a = ref MemoryMarshal.GetReference(x);
        ref T b = ref MemoryMarshal.GetReference(y);
        if (Vector512.IsHardwareAccelerated) return Sums512.Dot(ref a, ref b, (nuint)x.Length);
        return Vector256.IsHardwareAccelerated ? Sums256.Dot(ref a, ref b, (nuint)x.Length) : Sums128.Dot(ref a, ref b, (nuint)x.Length);
    }

    /// <summary>Four inner products with one right-hand side, each with the bits of <see cref="Dot"/>:
    /// where there are registers enough, the second vector is read once.</summary>
    internal static void Dot4<T>(ref T a0, ref T a1, ref T a2, ref T a3, ref T b, nuint n, out T d0, out T d1, out T d2, out T d3)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Sums512.Dot4(ref a0, ref a1, ref a2, ref a3, ref b, n, out d0, out d1, out d2, out d3);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            d0 = Sums256.Dot(ref a0, ref b, n);
            d1 = Sums256.Dot(ref a1, ref b, n);
            d2 = Sums256.Dot(ref a2, ref b, n);
            d3 = Sums256.Dot(ref a3, ref b, n);
        }
        else
        {
            d0 = Sums128.Dot(ref a0, ref b, n);
            d1 = Sums128.Dot(ref a1, ref b, n);
            d2 = Sums128.Dot(ref a2, ref b, n);
            d3 = Sums128.Dot(ref a3, ref b, n);
        }
    }

    /// <summary><c>Σ xᵢ</c> in the fixed order.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T a = ref MemoryMarshal.GetReference(x);
        if (Vector512.IsHardwareAccelerated) return Sums512.Sum(ref a, (nuint)x.Length);
        return Vector256.IsHardwareAccelerated ? Sums256.Sum(ref a, (nuint)x.Length) : Sums128.Sum(ref a, (nuint)x.Length);
    }

    /// <summary>Squared Euclidean norm <c>Σ xᵢ²</c>.</summary>
    public static T SquaredNorm<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Dot(x, x);

    /// <summary>Euclidean norm as a double. Entries whose squares leave the range are scaled first.</summary>
    public static double Norm<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double s = double.CreateTruncating(Dot(x, x));
        if (s > 1e-280 && s < 1e280 && typeof(T) == typeof(double)) return Math.Sqrt(s);
        double top = double.CreateTruncating(MaxAbs(x));
        if (top == 0 || !double.IsFinite(top)) return top;
        double sum = 0;
        foreach (T v in x)
        {
            double r = double.CreateTruncating(v) / top;
            sum += r * r;
        }
        return top * Math.Sqrt(sum);
    }

    /// <summary>Largest absolute value; NaN if any entry is NaN.</summary>
    public static T MaxAbs<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T top = T.Zero;
        foreach (T v in x)
        {
            T a = T.Abs(v);
            if (a > top || T.IsNaN(a)) top = a;
            if (T.IsNaN(top)) return top;
        }
        return top;
    }

    /// <summary><c>y ← y + a·x</c>, fused.</summary>
    public static void AddScaled<T>(T a, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Elementwise.Apply(new AddScaledKernel<T>(a), y, x);

    /// <summary><c>y ← a·y</c>, entry by entry and in place.</summary>
    public static void Scale<T>(T a, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Elementwise.Apply(new ScaleKernel<T>(a), y, y);

    /// <summary>Converts between element types, rounding to nearest when the target is narrower.</summary>
    public static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to)
        where TFrom : unmanaged, IBinaryFloatingPointIeee754<TFrom>
        where TTo : unmanaged, IBinaryFloatingPointIeee754<TTo>
    {
        for (int i = 0; i < from.Length; i++) to[i] = TTo.CreateTruncating(from[i]);
    }

    readonly struct AddScaledKernel<T>(T a) : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T a = a;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g)
            where V : struct, ILane<V, T> => w = V.FusedMultiplyAdd(V.All(a), g, w);
    }

    readonly struct ScaleKernel<T>(T a) : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T a = a;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g)
            where V : struct, ILane<V, T> => w *= V.All(a);
    }
}
