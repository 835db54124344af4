namespace Descent.Autodiff.Operations;

/// <summary>The transpose of a matrix: a view.</summary>
sealed class Transposed<T> : View<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly Transposed<T> Instance = new();

    public override string Name => "Transpose";

    public static Var<T> Of(Var<T> x)
    {
        if (x.Shape.Rank != 2) throw new ArgumentException($"Transpose: a matrix is needed; got shape {x.Shape}.");
        Strides s = x.Strides;
        return x.Tape.View(Instance, x, new Shape(x.Shape[1], x.Shape[0]), new Strides(s[1], s[0]));
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        int first = node.Tape.NodeAt(node.Index).First;
        if (sink.Wants(first)) sink.Add(first, cotangent.Transpose());
    }
}
