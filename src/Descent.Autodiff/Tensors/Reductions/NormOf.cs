namespace Descent.Autodiff.Operations;

/// <summary>‖x‖₂ over the last dimension, without overflow; its derivative is x/‖x‖, and 0 at 0.</summary>
sealed class NormOf<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly NormOf<T> Instance = new();

    public override string Name => "Norm";

    public static Var<T> Of(Var<T> x) => x.Tape.Apply(Instance, x, default, x.Shape.WithLast(-1));

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> x = tape.ValueOf(node.First);
        int n = tape.NodeAt(node.First).Shape[-1];
        for (int i = 0; i < value.Length; i++) value[i] = T.CreateTruncating(Vectors.Norm(x.Slice(i * n, n)));
    }

    // x/‖x‖ is 0 where x is: the subgradient of least norm at 0, and no 0/0 in any derivative of it.
    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        int first = node.Tape.NodeAt(node.Index).First;
        if (!sink.Wants(first)) return;
        Var<T> x = node.Tape.At(first);
        Shape column = x.Shape.WithLast(1);
        sink.Add(first, Guarded.Product(cotangent.Reshape(column), Guarded.Quotient(x, node.Reshape(column))));
    }
}
