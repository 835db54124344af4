namespace Descent.Models.Autodiff.Operations;

/// <summary>Repeats along dimensions of size 1 or missing; the adjoint of <see cref="Summed{T}"/>.</summary>
sealed class Expanded<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly Expanded<T> Instance = new();

    public override string Name => "BroadcastTo";

    public static Var<T> Of(Var<T> x, Shape shape)
    {
        if (x.Shape == shape) return x;
        if (Shape.Broadcast(x.Shape, shape, "BroadcastTo") != shape) throw new ArgumentException($"BroadcastTo: shape {x.Shape} cannot be repeated to {shape}.");
        return x.Tape.Apply(Instance, x, default, shape);
    }

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> x = tape.ValueOf(node.First);
        if (x.Length == 1)
        {
            value.Fill(x[0]);
            return;
        }
        Odometer at = new(tape.NodeAt(node.First).Shape, node.Shape);
        for (int i = 0; i < value.Length; i++)
        {
            value[i] = x[at.Offset];
            at.Next();
        }
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        int first = node.Tape.NodeAt(node.Index).First;
        if (sink.Wants(first)) sink.Add(first, cotangent.SumTo(node.Tape.NodeAt(first).Shape));
    }
}
