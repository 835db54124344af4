namespace Descent.Models.Autodiff.Operations;

/// <summary>Dimensions in another order; the order is packed into the node's number, three bits a dimension.</summary>
sealed class Permuted<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly Permuted<T> Instance = new();

    public override string Name => "Permute";

    public static Var<T> Of(Var<T> x, ReadOnlySpan<int> order)
    {
        Shape s = x.Shape;
        Span<int> sizes = stackalloc int[Shape.MostDimensions];
        int seen = 0, packed = 0;
        bool same = true;
        for (int i = 0; i < order.Length; i++)
        {
            if (order.Length != s.Rank || order[i] < 0 || order[i] >= s.Rank || (seen & (1 << order[i])) != 0)
                throw new ArgumentException($"Permute: shape {s} needs each of its {s.Rank} dimensions once; got ({string.Join(", ", order.ToArray())}).");
            seen |= 1 << order[i];
            packed |= order[i] << (3 * i);
            sizes[i] = s[order[i]];
            same &= order[i] == i;
        }
        if (order.Length != s.Rank) throw new ArgumentException($"Permute: shape {s} needs each of its {s.Rank} dimensions once; got ({string.Join(", ", order.ToArray())}).");
        return same ? x : x.Tape.Apply(Instance, x, default, new Shape(sizes[..s.Rank]), packed);
    }

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> x = tape.ValueOf(node.First);
        Shape from = tape.NodeAt(node.First).Shape, to = node.Shape;
        int rank = to.Rank, packed = (int)node.Number;
        if (value.IsEmpty) return;
        Span<int> strides = stackalloc int[Shape.MostDimensions], at = stackalloc int[Shape.MostDimensions];
        for (int i = 0; i < rank; i++)
        {
            int d = (packed >> (3 * i)) & 7, stride = 1;
            for (int k = d + 1; k < rank; k++) stride *= from[k];
            strides[i] = stride;
        }
        at.Clear();
        int offset = 0, last = to[-1], step = strides[rank - 1];
        for (int i = 0; i < value.Length; i += last)
        {
            for (int j = 0; j < last; j++) value[i + j] = x[offset + (j * step)];
            for (int d = rank - 2; d >= 0; d--)
            {
                offset += strides[d];
                if (++at[d] < to[d]) break;
                offset -= strides[d] * to[d];
                at[d] = 0;
            }
        }
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        if (!sink.Wants(n.First)) return;
        Span<int> inverse = stackalloc int[Shape.MostDimensions];
        for (int i = 0; i < n.Shape.Rank; i++) inverse[((int)n.Number >> (3 * i)) & 7] = i;
        sink.Add(n.First, Of(cotangent, inverse[..n.Shape.Rank]));
    }
}
