using System.Runtime.CompilerServices;

namespace Descent.Models.Autodiff.Operations;

/// <summary>An elementwise function of two tensors, broadcast.</summary>
sealed class Binary<T, F> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where F : struct, IBinary<T>
{
    const int Row = 256;
    static readonly Binary<T, F> Instance = new();

    public override string Name => F.Name;

    public static Var<T> Of(Var<T> a, Var<T> b) => a.Tape.Apply(Instance, a, b, Shape.Broadcast(a.Shape, b.Shape, F.Name));

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> a = tape.ValueOf(node.First), b = tape.ValueOf(node.Second);
        Shape sa = tape.NodeAt(node.First).Shape, sb = tape.NodeAt(node.Second).Shape;
        if (sa == sb)
        {
            a.CopyTo(value);
            Elementwise.Apply(default(Kernel), value, b);
        }
        else if (b.Length == 1 && a.Length == value.Length)
            for (int i = 0; i < value.Length; i++) value[i] = F.Invoke(a[i], b[0]);
        else if (a.Length == value.Length && IsTail(sb, sa))
        {
            a.CopyTo(value);
            // A short row is repeated first: one call for many rows.
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
        else
            General(a, sa, b, sb, node.Shape, value);
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

    static void General(ReadOnlySpan<T> a, Shape sa, ReadOnlySpan<T> b, Shape sb, Shape shape, Span<T> value)
    {
        Odometer first = new(sa, shape), second = new(sb, shape);
        for (int i = 0; i < value.Length; i++)
        {
            value[i] = F.Invoke(a[first.Offset], b[second.Offset]);
            first.Next();
            second.Next();
        }
    }
}
