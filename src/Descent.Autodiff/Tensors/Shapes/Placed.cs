namespace Descent.Autodiff.Operations;

/// <summary>Puts one entry into each row of a tensor of zeros; the adjoint of <see cref="Picked{T}"/>.</summary>
sealed class Placed<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly Placed<T> Instance = new();

    public override string Name => "Place";

    public static Var<T> Of(Var<T> x, int[] entries, Shape shape) => x.Tape.Apply(Instance, x, default, shape, 0, entries);

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> x = tape.ValueOf(node.First);
        int n = node.Shape[-1];
        value.Clear();
        for (int i = 0; i < x.Length; i++) value[(i * n) + node.Indices![i]] = x[i];
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        if (sink.Wants(n.First)) sink.Add(n.First, Picked<T>.Of(cotangent, n.Indices!));
    }
}
