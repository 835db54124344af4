namespace Descent.Autodiff.Operations;

/// <summary>A tensor as a range of zeros along one dimension; the adjoint of <see cref="Sliced{T}"/>.</summary>
sealed class Embedded<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly Embedded<T> Instance = new();

    public override string Name => "Embed";

    public static Var<T> Of(Var<T> x, Shape whole, double packed) => x.Tape.Apply(Instance, x, default, whole, packed);

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> x = tape.ValueOf(node.First);
        var (outer, inner, whole, first) = Sliced<T>.Layout(node.Shape, tape.NodeAt(node.First).Shape, node.Number);
        value.Clear();
        for (int i = 0; i < outer && inner > 0; i++) x.Slice(i * inner, inner).CopyTo(value[((i * whole) + first)..]);
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        if (!sink.Wants(n.First)) return;
        int dimension = (int)((long)n.Number % 8), first = (int)((long)n.Number / 8);
        sink.Add(n.First, Sliced<T>.Of(cotangent, dimension, first, node.Tape.NodeAt(n.First).Shape[dimension]));
    }
}
