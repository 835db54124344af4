namespace Descent.Autodiff.Operations;

/// <summary><c>C = op(A)·op(B)</c>; flags in the node's number: 1 for Aᵀ, 2 for Bᵀ.</summary>
sealed class MatrixProduct<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly MatrixProduct<T> Instance = new();

    public override string Name => "MatMul";

    public static Var<T> Of(Var<T> a, Var<T> b, bool ta, bool tb)
    {
        Shape sa = a.Shape, sb = b.Shape;
        if (sa.Rank != 2 || sb.Rank != 2) throw new ArgumentException($"MatMul: two matrices are needed; got shapes {sa} and {sb}.");
        if (sa[ta ? 0 : 1] != sb[tb ? 1 : 0])
            throw new ArgumentException($"MatMul: shapes {sa}{(ta ? "ᵀ" : "")} and {sb}{(tb ? "ᵀ" : "")} do not match; "
                + $"{sa[ta ? 0 : 1]} columns meet {sb[tb ? 1 : 0]} rows.");
        return a.Tape.Apply(Instance, a, b, new Shape(sa[ta ? 1 : 0], sb[tb ? 0 : 1]), (ta ? 1 : 0) + (tb ? 2 : 0));
    }

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        int flags = (int)node.Number;
        bool ta = (flags & 1) != 0, tb = (flags & 2) != 0;
        int inner = tape.NodeAt(node.First).Shape[ta ? 0 : 1];
        Matrices<T> a = Matrices<T>.Of(tape, node.First, ta), b = Matrices<T>.Of(tape, node.Second, tb);
        tape.Products.Multiply(a.Memory, a.IsTransposed, a.Far, b.Memory, b.IsTransposed, b.Far, value, node.Shape[0], inner,
            node.Shape[1]);
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        Var<T> a = node.Tape.At(n.First), b = node.Tape.At(n.Second);
        bool ta = ((int)n.Number & 1) != 0, tb = ((int)n.Number & 2) != 0;
        if (sink.Wants(n.First)) sink.Add(n.First, ta ? b.MatMul(cotangent, tb, true) : cotangent.MatMul(b, false, !tb));
        if (sink.Wants(n.Second)) sink.Add(n.Second, tb ? cotangent.MatMul(a, true, ta) : a.MatMul(cotangent, !ta));
    }
}
