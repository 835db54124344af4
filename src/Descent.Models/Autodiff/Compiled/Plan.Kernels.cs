using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Descent.Models.Autodiff.Compiled;

// Loops over the lanes of one column, or of a few.
sealed partial class Plan<T>
{
    // y_j = Σ_k x_k W[k, j]: the weights stay in registers as broadcasts, rows are the lanes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Linear(PlanStep s, ReadOnlySpan<T> w, int n)
    {
        PlanStep x = steps[s.A];
        int start = steps[s.B].Start, width = s.Width, inner = x.Width;
        ref T x0 = ref values[x.Start * Block];
        for (int j = 0; j < width; j++)
        {
            ref T y = ref values[(s.Start + j) * Block];
            for (nuint i = 0; i < (nuint)n; i += (nuint)Lanes)
            {
                Vector512<T> sum = s.Bias < 0 ? default : Vector512.Create(w[s.Bias + j]);
                ref T xi = ref x0;
                for (int k = 0; k < inner; k++)
                {
                    T weight = w[start + (s.Flag ? (j * inner) + k : (k * width) + j)];
                    sum = Add(Vector512.Create(weight), Vector512.LoadUnsafe(ref xi, i), sum);
                    xi = ref Unsafe.Add(ref xi, Block);
                }
                sum.StoreUnsafe(ref y, i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void BackLinear(PlanStep s, ReadOnlySpan<T> w, int n)
    {
        PlanStep x = steps[s.A];
        int start = steps[s.B].Start, width = s.Width, inner = x.Width;
        bool through = Open(s.A, n);
        for (int j = 0; s.Bias >= 0 && j < width; j++) gradient[s.Bias + j] += Total(ref cotangents[(s.Start + j) * Block], n);
        for (int k = 0; k < inner; k++)
        {
            ref T xk = ref values[(x.Start + k) * Block];
            ref T dk = ref cotangents[(x.Start + k) * Block];
            for (int j = 0; j < width; j++)
            {
                int at = start + (s.Flag ? (j * inner) + k : (k * width) + j);
                ref T cj = ref cotangents[(s.Start + j) * Block];
                Vector512<T> weight = Vector512.Create(w[at]), sum = default;
                for (nuint i = 0; i < (nuint)n; i += (nuint)Lanes)
                {
                    Vector512<T> c = Vector512.LoadUnsafe(ref cj, i);
                    sum = Add(c, Vector512.LoadUnsafe(ref xk, i), sum);
                    if (through) Add(c, weight, Vector512.LoadUnsafe(ref dk, i)).StoreUnsafe(ref dk, i);
                }
                gradient[at] += double.CreateTruncating(Vector512.Sum(sum));
            }
        }
    }

    static double Total(ref T c, int n)
    {
        Vector512<T> sum = default;
        for (nuint i = 0; i < (nuint)n; i += (nuint)Lanes) sum += Vector512.LoadUnsafe(ref c, i);
        return double.CreateTruncating(Vector512.Sum(sum));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> Add(Vector512<T> a, Vector512<T> b, Vector512<T> c) => typeof(T) == typeof(double)
        ? Vector512.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
        : Vector512.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();

    static void Apply(string name, ReadOnlySpan<T> x, Span<T> y)
    {
        switch (name)
        {
            case "Exp":
                ElementaryFunctions.Exp(x, y);
                break;
            case "Log":
                ElementaryFunctions.Log(x, y);
                break;
            case "Tanh":
                ElementaryFunctions.Tanh(x, y);
                break;
            case "Sigmoid":
                ElementaryFunctions.Sigmoid(x, y);
                break;
            case "Softplus":
                ElementaryFunctions.Softplus(x, y);
                break;
            case "Relu":
                // Comparing so lets a NaN through.
                for (int i = 0; i < y.Length; i += Lanes) Put(y, i, Vector512.ConditionalSelect(Vector512.LessThanOrEqual(At(x, i), Vector512<T>.Zero), Vector512<T>.Zero, At(x, i)));
                break;
            case "Abs":
                for (int i = 0; i < y.Length; i += Lanes) Put(y, i, Vector512.Abs(At(x, i)));
                break;
            default:
                for (int i = 0; i < y.Length; i += Lanes) Put(y, i, Vector512.Sqrt(At(x, i)));
                break;
        }
    }

    // d ← d + c·f′, by the value y where that is simpler than by x.
    void AddSlope(string name, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> c, Span<T> d)
    {
        Vector512<T> one = Vector512<T>.One, zero = Vector512<T>.Zero;
        switch (name)
        {
            case "Exp":
                AddProduct(y, c, d);
                break;
            case "Tanh":
                for (int i = 0; i < d.Length; i += Lanes) Put(d, i, Add(At(c, i), one - (At(y, i) * At(y, i)), At(d, i)));
                break;
            case "Sigmoid":
                for (int i = 0; i < d.Length; i += Lanes) Put(d, i, Add(At(c, i), At(y, i) * (one - At(y, i)), At(d, i)));
                break;
            case "Softplus":
                Span<T> e = room.AsSpan(0, x.Length);
                ElementaryFunctions.Sigmoid(x, e);
                AddProduct(e, c, d);
                break;
            case "Relu":
                for (int i = 0; i < d.Length; i += Lanes) Put(d, i, At(d, i) + Vector512.ConditionalSelect(Vector512.GreaterThan(At(y, i), zero), At(c, i), zero));
                break;
            case "Log":
                for (int i = 0; i < d.Length; i += Lanes) Put(d, i, At(d, i) + (At(c, i) / At(x, i)));
                break;
            case "Sqrt":
                for (int i = 0; i < d.Length; i += Lanes) Put(d, i, At(d, i) + (At(c, i) / (At(y, i) + At(y, i))));
                break;
            default:
                for (int i = 0; i < d.Length; i += Lanes)
                {
                    Vector512<T> v = At(x, i), ci = At(c, i);
                    Put(d, i, At(d, i) + Vector512.ConditionalSelect(Vector512.GreaterThan(v, zero), ci, Vector512.ConditionalSelect(Vector512.LessThan(v, zero), -ci, zero)));
                }
                break;
        }
    }

    void Combine(PlanStep s, ReadOnlySpan<T> w, int f, int n)
    {
        PlanStep a = steps[s.A], b = steps[s.B];
        Span<T> y = Values(s, f, n);
        if (a.IsRow && b.IsRow) Pairwise(s.Operation, Values(a, f, n), Values(b, f, n), y);
        else if (a.IsRow) Pairwise(s.Operation, Values(a, f, n), Same(b, f, w), y);
        else
        {
            y.Fill(Same(a, f, w));
            Pairwise(s.Operation, y, Values(b, f, n), y);
        }
    }

    // The operation is chosen once a column, not once a vector.
    static void Pairwise(string name, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    {
        switch (name)
        {
            case "+":
                for (int i = 0; i < y.Length; i += Lanes) Put(y, i, At(a, i) + At(b, i));
                break;
            case "×":
                for (int i = 0; i < y.Length; i += Lanes) Put(y, i, At(a, i) * At(b, i));
                break;
            case "÷":
                for (int i = 0; i < y.Length; i += Lanes) Put(y, i, At(a, i) / At(b, i));
                break;
            default:
                Subtract(a, b, y);
                break;
        }
    }

    static void Pairwise(string name, ReadOnlySpan<T> a, T b, Span<T> y)
    {
        Vector512<T> same = Vector512.Create(b);
        switch (name)
        {
            case "+":
                for (int i = 0; i < y.Length; i += Lanes) Put(y, i, At(a, i) + same);
                break;
            case "×":
                for (int i = 0; i < y.Length; i += Lanes) Put(y, i, At(a, i) * same);
                break;
            case "÷":
                for (int i = 0; i < y.Length; i += Lanes) Put(y, i, At(a, i) / same);
                break;
            default:
                for (int i = 0; i < y.Length; i += Lanes) Put(y, i, At(a, i) - same);
                break;
        }
    }

    static void Scale(T factor, ReadOnlySpan<T> x, Span<T> y)
    {
        Vector512<T> f = Vector512.Create(factor);
        for (int i = 0; i < y.Length; i += Lanes) Put(y, i, f * At(x, i));
    }

    static void Subtract(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    {
        for (int i = 0; i < y.Length; i += Lanes) Put(y, i, At(a, i) - At(b, i));
    }

    static void Larger(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i += Lanes) Put(y, i, Vector512.Max(At(x, i), At(y, i)));
    }

    static void AddProduct(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    {
        for (int i = 0; i < y.Length; i += Lanes) Put(y, i, Add(At(a, i), At(b, i), At(y, i)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> At(ReadOnlySpan<T> x, int i) => Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(x), (nuint)i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Put(Span<T> y, int i, Vector512<T> v) => v.StoreUnsafe(ref MemoryMarshal.GetReference(y), (nuint)i);
}
