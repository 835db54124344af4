using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Descent.Numerics;

/// <summary>Drivers that run a kernel over whole vectors: widest lanes first, then narrower ones, then single elements.</summary>
/// <remarks>Same bits at every width, no allocation. All spans of one call have the length of <c>w</c>.</remarks>
public static class Elementwise
{
    /// <summary>Runs a kernel without state.</summary>
    public static void Apply<T, K>(K kernel, Span<T> w, ReadOnlySpan<T> g)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where K : struct, IKernel<T>
    {
        Check(w.Length, g.Length);
        ref T w0 = ref MemoryMarshal.GetReference(w);
        ref T g0 = ref MemoryMarshal.GetReference(g);
        nuint i = 0, n = (nuint)w.Length;
        if (Vector512.IsHardwareAccelerated) Run<T, K, Lane512<T>>(kernel, ref w0, ref g0, ref i, n);
        if (Vector256.IsHardwareAccelerated) Run<T, K, Lane256<T>>(kernel, ref w0, ref g0, ref i, n);
        if (Vector128.IsHardwareAccelerated) Run<T, K, Lane128<T>>(kernel, ref w0, ref g0, ref i, n);
        Run<T, K, Lane1<T>>(kernel, ref w0, ref g0, ref i, n);
    }

    /// <summary>Runs a kernel with one state vector.</summary>
    public static void Apply<T, K>(K kernel, Span<T> w, ReadOnlySpan<T> g, Span<T> s)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where K : struct, IKernel1<T>
    {
        Check(w.Length, g.Length);
        Check(w.Length, s.Length);
        ref T w0 = ref MemoryMarshal.GetReference(w);
        ref T g0 = ref MemoryMarshal.GetReference(g);
        ref T s0 = ref MemoryMarshal.GetReference(s);
        nuint i = 0, n = (nuint)w.Length;
        if (Vector512.IsHardwareAccelerated) Run1<T, K, Lane512<T>>(kernel, ref w0, ref g0, ref s0, ref i, n);
        if (Vector256.IsHardwareAccelerated) Run1<T, K, Lane256<T>>(kernel, ref w0, ref g0, ref s0, ref i, n);
        if (Vector128.IsHardwareAccelerated) Run1<T, K, Lane128<T>>(kernel, ref w0, ref g0, ref s0, ref i, n);
        Run1<T, K, Lane1<T>>(kernel, ref w0, ref g0, ref s0, ref i, n);
    }

    /// <summary>Runs a kernel with two state vectors.</summary>
    public static void Apply<T, K>(K kernel, Span<T> w, ReadOnlySpan<T> g, Span<T> s, Span<T> u)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where K : struct, IKernel2<T>
    {
        Check(w.Length, g.Length);
        Check(w.Length, s.Length);
        Check(w.Length, u.Length);
        ref T w0 = ref MemoryMarshal.GetReference(w);
        ref T g0 = ref MemoryMarshal.GetReference(g);
        ref T s0 = ref MemoryMarshal.GetReference(s);
        ref T u0 = ref MemoryMarshal.GetReference(u);
        nuint i = 0, n = (nuint)w.Length;
        if (Vector512.IsHardwareAccelerated) Run2<T, K, Lane512<T>>(kernel, ref w0, ref g0, ref s0, ref u0, ref i, n);
        if (Vector256.IsHardwareAccelerated) Run2<T, K, Lane256<T>>(kernel, ref w0, ref g0, ref s0, ref u0, ref i, n);
        if (Vector128.IsHardwareAccelerated) Run2<T, K, Lane128<T>>(kernel, ref w0, ref g0, ref s0, ref u0, ref i, n);
        Run2<T, K, Lane1<T>>(kernel, ref w0, ref g0, ref s0, ref u0, ref i, n);
    }

    /// <summary>Runs a kernel with three state vectors.</summary>
    public static void Apply<T, K>(K kernel, Span<T> w, ReadOnlySpan<T> g, Span<T> s, Span<T> u, Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where K : struct, IKernel3<T>
    {
        Check(w.Length, g.Length);
        Check(w.Length, s.Length);
        Check(w.Length, u.Length);
        Check(w.Length, x.Length);
        nuint i = 0;
        if (Vector512.IsHardwareAccelerated) Run3<T, K, Lane512<T>>(kernel, w, g, s, u, x, ref i);
        if (Vector256.IsHardwareAccelerated) Run3<T, K, Lane256<T>>(kernel, w, g, s, u, x, ref i);
        if (Vector128.IsHardwareAccelerated) Run3<T, K, Lane128<T>>(kernel, w, g, s, u, x, ref i);
        Run3<T, K, Lane1<T>>(kernel, w, g, s, u, x, ref i);
    }

    /// <summary>Runs a kernel with two state vectors over single elements; tests compare widths with it.</summary>
    public static void ApplyScalar<T, K>(K kernel, Span<T> w, ReadOnlySpan<T> g, Span<T> s, Span<T> u)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where K : struct, IKernel2<T>
    {
        nuint i = 0;
        Run2<T, K, Lane1<T>>(
            kernel,
            ref MemoryMarshal.GetReference(w),
            ref MemoryMarshal.GetReference(g),
            ref MemoryMarshal.GetReference(s),
            ref MemoryMarshal.GetReference(u),
            ref i,
            (nuint)w.Length);
    }

    /// <summary>Runs a kernel on one element, with the bits of the whole-vector form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ApplyOne<T, K>(K kernel, ref T w, T g)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where K : struct, IKernel<T>
    {
        Lane1<T> a = Lane1<T>.All(w);
        kernel.Invoke(ref a, Lane1<T>.All(g));
        a.Store(ref w, 0);
    }

    /// <summary>Runs a kernel with one state on one element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ApplyOne<T, K>(K kernel, ref T w, T g, ref T s)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where K : struct, IKernel1<T>
    {
        Lane1<T> a = Lane1<T>.All(w), b = Lane1<T>.All(s);
        kernel.Invoke(ref a, Lane1<T>.All(g), ref b);
        a.Store(ref w, 0);
        b.Store(ref s, 0);
    }

    /// <summary>Runs a kernel with two states on one element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ApplyOne<T, K>(K kernel, ref T w, T g, ref T s, ref T u)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where K : struct, IKernel2<T>
    {
        Lane1<T> a = Lane1<T>.All(w), b = Lane1<T>.All(s), c = Lane1<T>.All(u);
        kernel.Invoke(ref a, Lane1<T>.All(g), ref b, ref c);
        a.Store(ref w, 0);
        b.Store(ref s, 0);
        c.Store(ref u, 0);
    }

    static void Run<T, K, V>(K kernel, ref T w0, ref T g0, ref nuint start, nuint n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where K : struct, IKernel<T>
        where V : struct, ILane<V, T>
    {
        nuint i = start, step = (nuint)V.Count;
        for (; i + step <= n; i += step)
        {
            V w = V.Load(ref w0, i);
            kernel.Invoke(ref w, V.Load(ref g0, i));
            w.Store(ref w0, i);
        }
        start = i;
    }

    static void Run1<T, K, V>(K kernel, ref T w0, ref T g0, ref T s0, ref nuint start, nuint n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where K : struct, IKernel1<T>
        where V : struct, ILane<V, T>
    {
        nuint i = start, step = (nuint)V.Count;
        for (; i + step <= n; i += step)
        {
            V w = V.Load(ref w0, i), s = V.Load(ref s0, i);
            kernel.Invoke(ref w, V.Load(ref g0, i), ref s);
            w.Store(ref w0, i);
            s.Store(ref s0, i);
        }
        start = i;
    }

    static void Run2<T, K, V>(K kernel, ref T w0, ref T g0, ref T s0, ref T u0, ref nuint start, nuint n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where K : struct, IKernel2<T>
        where V : struct, ILane<V, T>
    {
        nuint i = start, step = (nuint)V.Count;
        for (; i + step <= n; i += step)
        {
            V w = V.Load(ref w0, i), s = V.Load(ref s0, i), u = V.Load(ref u0, i);
            kernel.Invoke(ref w, V.Load(ref g0, i), ref s, ref u);
            w.Store(ref w0, i);
            s.Store(ref s0, i);
            u.Store(ref u0, i);
        }
        start = i;
    }

    static void Run3<T, K, V>(K kernel, Span<T> w, ReadOnlySpan<T> g, Span<T> s, Span<T> u, Span<T> x, ref nuint start)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where K : struct, IKernel3<T>
        where V : struct, ILane<V, T>
    {
        ref T w0 = ref MemoryMarshal.GetReference(w);
        ref T g0 = ref MemoryMarshal.GetReference(g);
        ref T s0 = ref MemoryMarshal.GetReference(s);
        ref T u0 = ref MemoryMarshal.GetReference(u);
        ref T x0 = ref MemoryMarshal.GetReference(x);
        nuint i = start, n = (nuint)w.Length, step = (nuint)V.Count;
        for (; i + step <= n; i += step)
        {
            V a = V.Load(ref w0, i), b = V.Load(ref s0, i), c = V.Load(ref u0, i), d = V.Load(ref x0, i);
            kernel.Invoke(ref a, V.Load(ref g0, i), ref b, ref c, ref d);
            a.Store(ref w0, i);
            b.Store(ref s0, i);
            c.Store(ref u0, i);
            d.Store(ref x0, i);
        }
        start = i;
    }

    static void Check(int expected, int found)
    {
        if (expected != found) throw new ArgumentException($"Vectors of one kernel need one length; got {expected} and {found}.");
    }
}
