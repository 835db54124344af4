namespace Descent.Autodiff.Operations;

/// <summary>Takes the entries that lie where the largest of each line of another tensor lie:
/// the derivative of <see cref="Largest{T}"/> applied to a tensor.</summary>
sealed class LargestTaken<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly LargestTaken<T> Instance = new();

    public override string Name => "Max, derivative";

    public static Var<T> Of(Var<T> x, Var<T> whole, int dimension) =>
        x.Tape.Apply(Instance, x, whole, whole.Shape.Without(dimension), dimension);

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> x = tape.ValueOf(node.First), whole = tape.ValueOf(node.Second);
        Lines lines = new(tape.NodeAt(node.Second).Shape, (int)node.Number);
        for (int q = 0; q < value.Length; q++) value[q] = x[lines.Best(whole, q)];
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        if (sink.Wants(n.First)) sink.Add(n.First, LargestPlaced<T>.Of(cotangent, node.Tape.At(n.Second), (int)n.Number));
    }
}
