namespace Descent.Autodiff.Operations;

/// <summary>Matrix products along the last two dimensions for every index of the others;
/// flags as in <see cref="MatrixProduct{T}"/>.</summary>
sealed class BatchedProduct<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly BatchedProduct<T> Instance = new();

    public override string Name => "MatMul";

    public static Var<T> Of(Var<T> a, Var<T> b, bool ta, bool tb)
    {
        Shape sa = a.Shape, sb = b.Shape;
        if (sa.Rank < 2 || sb.Rank < 2)
            throw new ArgumentException($"MatMul: matrices are needed in the last two dimensions; got shapes {sa} and {sb}.");
        if (sa[ta ? -2 : -1] != sb[tb ? -1 : -2])
            throw new ArgumentException($"MatMul: shapes {sa}{(ta ? "ᵀ" : "")} and {sb}{(tb ? "ᵀ" : "")} do not match; "
                + $"{sa[ta ? -2 : -1]} columns meet {sb[tb ? -1 : -2]} rows.");
        Shape batch = Shape.Broadcast(Leading(sa), Leading(sb), "MatMul");
        a = a.BroadcastTo(Join(batch, sa[-2], sa[-1]));
        b = b.BroadcastTo(Join(batch, sb[-2], sb[-1]));
        return a.Tape.Apply(Instance, a, b, Join(batch, sa[ta ? -1 : -2], sb[tb ? -2 : -1]), (ta ? 1 : 0) + (tb ? 2 : 0));
    }

    static Shape Leading(Shape s)
    {
        Span<int> sizes = stackalloc int[Shape.MostDimensions];
        for (int i = 0; i < s.Rank - 2; i++) sizes[i] = s[i];
        return new Shape(sizes[..(s.Rank - 2)]);
    }

    static Shape Join(Shape batch, int rows, int columns)
    {
        Span<int> sizes = stackalloc int[Shape.MostDimensions + 2];
        for (int i = 0; i < batch.Rank; i++) sizes[i] = batch[i];
        (sizes[batch.Rank], sizes[batch.Rank + 1]) = (rows, columns);
        return new Shape(sizes[..(batch.Rank + 2)]);
    }

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        int flags = (int)node.Number;
        bool ta = (flags & 1) != 0, tb = (flags & 2) != 0;
        int m = node.Shape[-2], n = node.Shape[-1], k = tape.NodeAt(node.First).Shape[ta ? -2 : -1], size = m * n;
        Matrices<T> a = Matrices<T>.Of(tape, node.First, ta), b = Matrices<T>.Of(tape, node.Second, tb);
        for (int i = 0; size > 0 && i * size < value.Length; i++)
            tape.Products.Multiply(a.Memory[a.Begin(i)..], a.IsTransposed, a.Far, b.Memory[b.Begin(i)..], b.IsTransposed, b.Far,
                value.Slice(i * size, size), m, k, n);
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        Var<T> a = node.Tape.At(n.First), b = node.Tape.At(n.Second);
        bool ta = ((int)n.Number & 1) != 0, tb = ((int)n.Number & 2) != 0;
        if (sink.Wants(n.First)) sink.Add(n.First, ta ? Of(b, cotangent, tb, true) : Of(cotangent, b, false, !tb));
        if (sink.Wants(n.Second)) sink.Add(n.Second, tb ? Of(cotangent, a, true, ta) : Of(a, cotangent, !ta, false));
    }
}
