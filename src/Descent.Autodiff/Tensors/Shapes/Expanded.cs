namespace Descent.Autodiff.Operations;

/// <summary>Repeats along dimensions of size 1 or missing: a view that stands still along them;
/// the adjoint of <see cref="Summed{T}"/>.</summary>
sealed class Expanded<T> : View<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly Expanded<T> Instance = new();

    public override string Name => "BroadcastTo";

    public static Var<T> Of(Var<T> x, Shape shape)
    {
        if (x.Shape == shape) return x;
        if (Shape.Broadcast(x.Shape, shape, "BroadcastTo") != shape)
            throw new ArgumentException($"BroadcastTo: shape {x.Shape} cannot be repeated to {shape}.");
        return x.Tape.View(Instance, x, shape, x.Strides.Stretch(x.Shape, shape));
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        int first = node.Tape.NodeAt(node.Index).First;
        if (sink.Wants(first)) sink.Add(first, cotangent.SumTo(node.Tape.NodeAt(first).Shape));
    }
}
