namespace Descent.Autodiff.Operations;

/// <summary>Dimensions in another order, a view; the order is packed into the node's number, three bits a dimension.</summary>
sealed class Permuted<T> : View<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly Permuted<T> Instance = new();

    public override string Name => "Permute";

    public static Var<T> Of(Var<T> x, ReadOnlySpan<int> order)
    {
        Shape s = x.Shape;
        Span<int> sizes = stackalloc int[Shape.MostDimensions], strides = stackalloc int[Shape.MostDimensions];
        Strides lie = x.Strides;
        int seen = 0, packed = 0;
        bool same = true;
        for (int i = 0; i < order.Length; i++)
        {
            if (order.Length != s.Rank || order[i] < 0 || order[i] >= s.Rank || (seen & (1 << order[i])) != 0)
                throw new ArgumentException(
                    $"Permute: shape {s} needs each of its {s.Rank} dimensions once; got ({string.Join(", ", order.ToArray())}).");
            seen |= 1 << order[i];
            packed |= order[i] << (3 * i);
            sizes[i] = s[order[i]];
            strides[i] = lie[order[i]];
            same &= order[i] == i;
        }
        if (order.Length != s.Rank)
            throw new ArgumentException(
                $"Permute: shape {s} needs each of its {s.Rank} dimensions once; got ({string.Join(", ", order.ToArray())}).");
        return same ? x : x.Tape.View(Instance, x, new Shape(sizes[..s.Rank]), new Strides(strides[..s.Rank]), 0, packed);
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
