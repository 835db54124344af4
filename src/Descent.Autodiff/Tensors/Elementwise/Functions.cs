using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Descent.Autodiff.Operations;

readonly struct ExpOf<T> : IUnary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "Exp";

    public static T Invoke(T x) => T.Exp(x);

    public static void Map<F>(ReadOnlySpan<T> x, Span<T> y)
        where F : struct, IUnary<T> => ElementaryFunctions.Exp(x, y);

    public static Var<T>? Derivative(Var<T> x, Var<T> y) => y;
}

readonly struct LogOf<T> : IUnary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "Log";

    public static T Invoke(T x) => T.Log(x);

    public static void Map<F>(ReadOnlySpan<T> x, Span<T> y)
        where F : struct, IUnary<T> => ElementaryFunctions.Log(x, y);

    public static Var<T>? Derivative(Var<T> x, Var<T> y) => 1 / x;
}

readonly struct SqrtOf<T> : IUnary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "Sqrt";

    public static T Invoke(T x) => T.Sqrt(x);

    public static Var<T>? Derivative(Var<T> x, Var<T> y) => 0.5 / y;
}

readonly struct TanhOf<T> : IUnary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "Tanh";

    public static T Invoke(T x) => T.Tanh(x);

    public static void Map<F>(ReadOnlySpan<T> x, Span<T> y)
        where F : struct, IUnary<T> => ElementaryFunctions.Tanh(x, y);

    public static Var<T>? Derivative(Var<T> x, Var<T> y) => 1 - (y * y);
}

readonly struct SigmoidOf<T> : IUnary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "Sigmoid";

    // e^(−|x|) does not overflow, and both branches keep full relative precision.
    public static T Invoke(T x)
    {
        T e = T.Exp(-T.Abs(x));
        return x >= T.Zero ? T.One / (T.One + e) : e / (T.One + e);
    }

    public static void Map<F>(ReadOnlySpan<T> x, Span<T> y)
        where F : struct, IUnary<T> => ElementaryFunctions.Sigmoid(x, y);

    public static Var<T>? Derivative(Var<T> x, Var<T> y) => y * (1 - y);
}

readonly struct SoftplusOf<T> : IUnary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "Softplus";

    public static T Invoke(T x) => T.Max(x, T.Zero) + ElementaryFunctions.LogOnePlus(T.Exp(-T.Abs(x)));

    public static void Map<F>(ReadOnlySpan<T> x, Span<T> y)
        where F : struct, IUnary<T> => ElementaryFunctions.Softplus(x, y);

    public static Var<T>? Derivative(Var<T> x, Var<T> y) => x.Sigmoid();
}

readonly struct ReluOf<T> : IUnary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "Relu";

    // Comparing so lets a NaN through.
    public static T Invoke(T x) => x <= T.Zero ? T.Zero : x;

    public static void Map<F>(ReadOnlySpan<T> x, Span<T> y)
        where F : struct, IUnary<T>
    {
        int i = 0, lanes = Vector512<T>.Count;
        Vector512<T> zero = Vector512<T>.Zero;
        ref T from = ref MemoryMarshal.GetReference(x);
        ref T to = ref MemoryMarshal.GetReference(y);
        for (; i + lanes <= y.Length; i += lanes)
        {
            Vector512<T> v = Vector512.LoadUnsafe(ref from, (nuint)i);
            Vector512.ConditionalSelect(Vector512.LessThanOrEqual(v, zero), zero, v).StoreUnsafe(ref to, (nuint)i);
        }
        for (; i < y.Length; i++) y[i] = F.Invoke(x[i]);
    }

    public static Var<T>? Derivative(Var<T> x, Var<T> y) => x.Step();

    public static Var<T>? Pull<F>(Var<T> cotangent, Var<T> x, Var<T> y)
        where F : struct, IUnary<T> => Gated<T>.Of(cotangent, x);
}

readonly struct StepOf<T> : IUnary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "Step";

    public static T Invoke(T x) => x > T.Zero ? T.One : T.Zero;

    public static void Map<F>(ReadOnlySpan<T> x, Span<T> y)
        where F : struct, IUnary<T>
    {
        int i = 0, lanes = Vector512<T>.Count;
        Vector512<T> zero = Vector512<T>.Zero, one = Vector512<T>.One;
        ref T from = ref MemoryMarshal.GetReference(x);
        ref T to = ref MemoryMarshal.GetReference(y);
        for (; i + lanes <= y.Length; i += lanes)
            Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.LoadUnsafe(ref from, (nuint)i), zero), one, zero)
                .StoreUnsafe(ref to, (nuint)i);
        for (; i < y.Length; i++) y[i] = F.Invoke(x[i]);
    }

    public static Var<T>? Derivative(Var<T> x, Var<T> y) => null;
}

readonly struct AbsOf<T> : IUnary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "Abs";

    public static T Invoke(T x) => T.Abs(x);

    public static Var<T>? Derivative(Var<T> x, Var<T> y) => x.Step() - (-x).Step();
}

readonly struct SinOf<T> : IUnary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "Sin";

    public static T Invoke(T x) => T.Sin(x);

    public static Var<T>? Derivative(Var<T> x, Var<T> y) => x.Cos();
}

readonly struct CosOf<T> : IUnary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "Cos";

    public static T Invoke(T x) => T.Cos(x);

    public static Var<T>? Derivative(Var<T> x, Var<T> y) => -x.Sin();
}
