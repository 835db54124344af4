using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Descent.Numerics;

// The logistic loss and its slope together, and single values.
public static partial class Elementary
{
    /// <summary>For each margin z and label y ∈ [0, 1]: softplus(z) − y·z and σ(z) − y, the logistic loss and its derivative.</summary>
    /// <param name="z">Margins; overwritten by the derivatives.</param>
    /// <param name="y">Labels.</param>
    /// <param name="value">Losses.</param>
    public static void Logistic(Span<double> z, ReadOnlySpan<double> y, Span<double> value)
    {
        if (y.Length != z.Length || value.Length != z.Length)
            throw new ArgumentException($"{z.Length} margins need as many labels and losses; got {y.Length} and {value.Length}.");
        ref double z0 = ref MemoryMarshal.GetReference(z);
        ref double y0 = ref MemoryMarshal.GetReference(y);
        ref double v0 = ref MemoryMarshal.GetReference(value);
        nuint n = (nuint)z.Length, i = 0;
        if (Vector512.IsHardwareAccelerated) Sweep<Lane512<double>>(ref z0, ref y0, ref v0, ref i, n);
        if (Vector256.IsHardwareAccelerated) Sweep<Lane256<double>>(ref z0, ref y0, ref v0, ref i, n);
        if (Vector128.IsHardwareAccelerated) Sweep<Lane128<double>>(ref z0, ref y0, ref v0, ref i, n);
        Sweep<Lane1<double>>(ref z0, ref y0, ref v0, ref i, n);
    }

    /// <summary>The logistic loss of one example with the bits of <see cref="Logistic"/>; returns the derivative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LogisticOne(double z, double y, out double value)
    {
        LogisticLane(new Lane1<double>(z), new Lane1<double>(y), out Lane1<double> v, out Lane1<double> d);
        value = v.Value;
        return d.Value;
    }

    /// <summary>The derivative of the logistic loss alone, <c>σ(z) − y</c>, with the bits of <see cref="Logistic"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LogisticDerivative(double z, double y) =>
        Slope(new Lane1<double>(z), new Lane1<double>(y), Exp(new Lane1<double>(-Math.Abs(z)))).Value;

    /// <summary>e^x for a whole vector, in place.</summary>
    public static void Exp(Span<double> x) => ElementaryFunctions.Exp<double>(x, x);

    /// <summary>e^x of one number with the bits of the vector form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Exp(double x) => Exp(new Lane1<double>(x)).Value;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Sweep<V>(ref double z, ref double y, ref double value, ref nuint start, nuint n)
        where V : struct, IBitLane<V, double>
    {
        nuint i = start, step = (nuint)V.Count;
        for (; i + step <= n; i += step)
        {
            LogisticLane(V.Load(ref z, i), V.Load(ref y, i), out V v, out V d);
            v.Store(ref value, i);
            d.Store(ref z, i);
        }
        start = i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void LogisticLane<V>(V z, V y, out V value, out V derivative)
        where V : struct, IBitLane<V, double>
    {
        V e = Exp(-V.Abs(z));
        derivative = Slope(z, y, e);
        // max(z,0) − y·z is exact for y ∈ {0, 1}, so a well-classified example keeps its tiny loss.
        value = LogOnePlus(e) + (V.IfAtLeast(z, V.All(0), z, V.All(0)) - (y * z));
    }

    // σ(z) − y = ((1 − y) − y·e)/(1 + e) for z ≥ 0 and (e·(1 − y) − y)/(1 + e) below, e = e^(−|z|):
    // no difference of nearly equal numbers, so that a well-classified example keeps its tiny slope ∓σ(∓z), however large its margin.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Slope<V>(V z, V y, V e)
        where V : struct, IBitLane<V, double>
    {
        V one = V.All(1), rest = one - y;
        return V.IfAtLeast(z, V.All(0), rest - (y * e), (e * rest) - y) / (one + e);
    }
}
