namespace Descent.Autodiff.Operations;

/// <summary>Takes the entries that lie where the largest of each tile of other images lie:
/// the derivative of max-pooling applied to a tensor; adjoint to <see cref="Unpooled{T}"/>.</summary>
sealed class PooledLike<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly PooledLike<T> Instance = new();

    public override string Name => "MaxPool, derivative";

    public static Var<T> Of(Var<T> x, Var<T> images, Shape tiles, int k) => x.Tape.Apply(Instance, x, images, tiles, k);

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> x = tape.ValueOf(node.First), images = tape.ValueOf(node.Second);
        Tiles<T>.Take(images, tape.NodeAt(node.Second).Shape, node.Shape, (int)node.Number, x, value);
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        if (sink.Wants(n.First)) sink.Add(n.First, Unpooled<T>.Of(cotangent, node.Tape.At(n.Second), (int)n.Number));
    }
}
