namespace Descent.Autodiff.Operations;

/// <summary>The same entries in another shape: a view.</summary>
sealed class Reshaped<T> : View<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly Reshaped<T> Instance = new();

    public override string Name => "Reshape";

    public static Var<T> Of(Var<T> x, Shape shape)
    {
        if (x.Shape == shape) return x;
        if (x.Shape.Length != shape.Length)
            throw new ArgumentException($"Reshape: shape {x.Shape} has {x.Shape.Length} entries, {shape} has {shape.Length}.");
        _ = x.Value; // Entries in row-major order can be read in any shape.
        return x.Tape.View(Instance, x, shape, Strides.RowMajor(shape));
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        int first = node.Tape.NodeAt(node.Index).First;
        if (sink.Wants(first)) sink.Add(first, cotangent.Reshape(node.Tape.NodeAt(first).Shape));
    }
}
