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
                Vector512<T> sum = default;
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
            default:
                for (int i = 0; i < y.Length; i += Lanes)
                {
                    Vector512<T> v = At(x, i), zero = Vector512<T>.Zero;
                    Put(y, i, name switch
                    {
                        // Comparing so lets a NaN through.
                        "Relu" => Vector512.ConditionalSelect(Vector512.LessThanOrEqual(v, zero), zero, v),
                        "Abs" => Vector512.Abs(v),
                        _ => Vector512.Sqrt(v),
                    });
                }
                break;
        }
    }

    // d ← d + c·f′(x), by the value y where that is simpler.
    void AddSlope(string name, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> c, Span<T> d)
    {
        if (name == "Softplus")
        {
            Span<T> e = room.AsSpan(0, x.Length);
            ElementaryFunctions.Sigmoid(x, e);
            AddProduct(e, c, d);
            return;
        }
        Vector512<T> one = Vector512<T>.One, zero = Vector512<T>.Zero;
        for (int i = 0; i < d.Length; i += Lanes)
        {
            Vector512<T> v = At(y, i), ci = At(c, i), di = At(d, i);
            Put(d, i, name switch
            {
                "Exp" => Add(ci, v, di),
                "Tanh" => Add(ci, one - (v * v), di),
                "Sigmoid" => Add(ci, v * (one - v), di),
                "Relu" => di + Vector512.ConditionalSelect(Vector512.GreaterThan(v, zero), ci, zero),
                "Log" => di + (ci / At(x, i)),
                "Sqrt" => di + (ci / (v + v)),
                _ => di + Vector512.ConditionalSelect(Vector512.GreaterThan(At(x, i), zero), ci, Vector512.ConditionalSelect(Vector512.LessThan(At(x, i), zero), -ci, zero)),
            });
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

    static void Pairwise(string name, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    {
        for (int i = 0; i < y.Length; i += Lanes) Put(y, i, One(name, At(a, i), At(b, i)));
    }

    static void Pairwise(string name, ReadOnlySpan<T> a, T b, Span<T> y)
    {
        Vector512<T> same = Vector512.Create(b);
        for (int i = 0; i < y.Length; i += Lanes) Put(y, i, One(name, At(a, i), same));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> One(string name, Vector512<T> a, Vector512<T> b) => name[0] switch
    {
        '+' => a + b,
        '×' => a * b,
        '÷' => a / b,
        _ => a - b,
    };

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
