using System.Runtime.CompilerServices;

namespace Descent.Autodiff.Operations;

/// <summary>An elementwise function of two tensors, broadcast.</summary>
sealed class Binary<T, F> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where F : struct, IBinary<T>
{
    const int Row = 256, Piece = 1024;
    static readonly Binary<T, F> Instance = new();

    public override string Name => F.Name;

    public static Var<T> Of(Var<T> a, Var<T> b) => a.Tape.Apply(Instance, a, b, Shape.Broadcast(a.Shape, b.Shape, F.Name));

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        Strided<T> a = tape.StridedOf(node.First), b = tape.StridedOf(node.Second);
        if (b.Shape != a.Shape && a.Shape == node.Shape && IsTail(b.Shape, a.Shape) && a.IsContiguous && b.IsContiguous)
            Tail(a.Memory, b.Memory, value);
        else Walk(a.Stretch(node.Shape), b.Stretch(node.Shape), value);
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        Var<T> a = node.Tape.At(n.First), b = node.Tape.At(n.Second);
        if (sink.Wants(n.First)) sink.Add(n.First, F.First(cotangent, a, b).SumTo(a.Shape));
        if (sink.Wants(n.Second)) sink.Add(n.Second, F.Second(cotangent, a, b).SumTo(b.Shape));
    }

    readonly struct Kernel : IKernel<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g)
            where V : struct, ILane<V, T> => F.Invoke(ref w, g);
    }

    // Whether b repeats along the leading dimensions of a alone, as a row of biases does.
    static bool IsTail(Shape b, Shape a)
    {
        if (b.Rank > a.Rank || b.Length == 0) return false;
        for (int i = 1; i <= b.Rank; i++)
            if (b[-i] != a[-i]) return false;
        return true;
    }

    // A short row is repeated first: one call for many rows.
    static void Tail(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> value)
    {
        a.CopyTo(value);
        int repeats = Math.Max(1, Row / b.Length);
        Span<T> room = stackalloc T[Row];
        scoped ReadOnlySpan<T> rows = b;
        if (repeats > 1)
        {
            for (int r = 0; r < repeats; r++) b.CopyTo(room[(r * b.Length)..]);
            rows = room[..(repeats * b.Length)];
        }
        for (int i = 0; i < value.Length; i += rows.Length)
        {
            int take = Math.Min(rows.Length, value.Length - i);
            Elementwise.Apply(default(Kernel), value.Slice(i, take), rows[..take]);
        }
    }

    static void Walk(Strided<T> a, Strided<T> b, Span<T> value)
    {
        Rows rows = new(a.Shape, a.Strides, b.Strides);
        int n = rows.Length, stepA = rows.StepA, stepB = rows.StepB;
        for (int r = 0; r < rows.Count; r++, rows.Next())
        {
            Span<T> to = value.Slice(r * n, n);
            ReadOnlySpan<T> x = a.Memory[rows.A..], y = b.Memory[rows.B..];
            if (stepA == 1 && stepB == 1) Both(x[..n], y[..n], to);
            else if (stepA == 1 && stepB == 0)
            {
                x[..n].CopyTo(to);
                Elementwise.Apply(new SameSecond(y[0]), to, to);
            }
            else if (stepA == 0 && stepB == 1) Elementwise.Apply(new SameFirst(x[0]), to, y[..n]);
            else
                for (int i = 0; i < n; i++) to[i] = F.Invoke(x[i * stepA], y[i * stepB]);
        }
    }

    // In pieces that stay in the first cache.
    static void Both(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> to)
    {
        for (int i = 0; i < to.Length; i += Piece)
        {
            int take = Math.Min(Piece, to.Length - i);
            x.Slice(i, take).CopyTo(to[i..]);
            Elementwise.Apply(default(Kernel), to.Slice(i, take), y.Slice(i, take));
        }
    }

    readonly struct SameSecond(T b) : IKernel<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g)
            where V : struct, ILane<V, T> => F.Invoke(ref w, V.All(b));
    }

    readonly struct SameFirst(T a) : IKernel<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g)
            where V : struct, ILane<V, T>
        {
            w = V.All(a);
            F.Invoke(ref w, g);
        }
    }
}
