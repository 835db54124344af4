namespace Descent.Autodiff.Operations;

/// <summary>Puts each entry where the largest of its line was, zeros elsewhere: the adjoint of <see cref="Largest{T}"/>.
/// The second input says where.</summary>
sealed class LargestPlaced<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly LargestPlaced<T> Instance = new();

    public override string Name => "Max, adjoint";

    public static Var<T> Of(Var<T> entries, Var<T> whole, int dimension) =>
        entries.Tape.Apply(Instance, entries, whole, whole.Shape, dimension);

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> entries = tape.ValueOf(node.First), x = tape.ValueOf(node.Second);
        Lines lines = new(node.Shape, (int)node.Number);
        value.Clear();
        for (int q = 0; q < entries.Length; q++) value[lines.Best(x, q)] = entries[q];
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        if (sink.Wants(n.First)) sink.Add(n.First, LargestTaken<T>.Of(cotangent, node.Tape.At(n.Second), (int)n.Number));
    }
}
