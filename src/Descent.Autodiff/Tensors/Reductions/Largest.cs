namespace Descent.Autodiff.Operations;

/// <summary>The largest entry along one dimension, which is dropped and is the node's number.</summary>
sealed class Largest<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly Largest<T> Instance = new();

    public override string Name => "Max";

    public static Var<T> Of(Var<T> x, int dimension)
    {
        if (x.Shape[dimension] == 0) throw new ArgumentException($"Max: dimension {dimension} of shape {x.Shape} has no entries.");
        return x.Tape.Apply(Instance, x, default, x.Shape.Without(dimension), dimension);
    }

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> x = tape.ValueOf(node.First);
        Lines lines = new(tape.NodeAt(node.First).Shape, (int)node.Number);
        for (int q = 0; q < value.Length; q++) value[q] = x[lines.Best(x, q)];
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        if (sink.Wants(n.First)) sink.Add(n.First, LargestPlaced<T>.Of(cotangent, node.Tape.At(n.First), (int)n.Number));
    }
}
