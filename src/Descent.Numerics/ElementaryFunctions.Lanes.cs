using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Descent.Numerics;

// The same functions one vector at a time, for code that keeps its values in registers; the bits are those of the spans.
public static partial class ElementaryFunctions
{
    /// <summary>eˣ of eight doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x) => ExpMap.Invoke(x);

    /// <summary>eˣ of sixteen floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) => ExpMap.Invoke(x);

    /// <summary>ln x of eight doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x) => LogMap.Invoke(x);

    /// <summary>ln x of sixteen floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x) => LogMap.Invoke(x);

    /// <summary>tanh x of eight doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Tanh(Vector512<double> x) => TanhMap.Invoke(x);

    /// <summary>tanh x of sixteen floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x) => TanhMap.Invoke(x);

    /// <summary>1/(1 + e⁻ˣ) of eight doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Sigmoid(Vector512<double> x) => SigmoidMap.Invoke(x);

    /// <summary>1/(1 + e⁻ˣ) of sixteen floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => SigmoidMap.Invoke(x);

    /// <summary>ln(1 + eˣ) of eight doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Softplus(Vector512<double> x) => SoftplusMap.Invoke(x);

    /// <summary>ln(1 + eˣ) of sixteen floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softplus(Vector512<float> x) => SoftplusMap.Invoke(x);
}
