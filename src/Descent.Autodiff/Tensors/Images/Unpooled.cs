namespace Descent.Autodiff.Operations;

/// <summary>Puts each entry where the largest of its tile was; the adjoint of <see cref="Pooled{T}"/>, linear in the entries.
/// The second input says where.</summary>
sealed class Unpooled<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly Unpooled<T> Instance = new();

    public override string Name => "MaxPool, adjoint";

    public static Var<T> Of(Var<T> entries, Var<T> images, int k) => entries.Tape.Apply(Instance, entries, images, images.Shape, k);

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> entries = tape.ValueOf(node.First), x = tape.ValueOf(node.Second);
        Shape tiles = tape.NodeAt(node.First).Shape;
        value.Clear();
        Tiles<T>.Spread(x, node.Shape, tiles, (int)node.Number, entries, value);
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        if (sink.Wants(n.First))
            sink.Add(n.First, PooledLike<T>.Of(cotangent, node.Tape.At(n.Second), node.Tape.NodeAt(n.First).Shape, (int)n.Number));
    }
}
