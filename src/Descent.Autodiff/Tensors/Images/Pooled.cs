namespace Descent.Autodiff.Operations;

/// <summary>The largest entry of each k×k tile of images of shape (n, height, width, channels);
/// rows and columns that fill no tile are left out. The node's number is k.</summary>
sealed class Pooled<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly Pooled<T> Instance = new();

    public override string Name => "MaxPool";

    public static Var<T> Of(Var<T> x, int k)
    {
        Shape s = x.Shape;
        Check(Instance.Name, s, k);
        return x.Tape.Apply(Instance, x, default, new Shape(s[0], s[1] / k, s[2] / k, s[3]), k);
    }

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> x = tape.ValueOf(node.First);
        Tiles<T>.Largest(x, tape.NodeAt(node.First).Shape, node.Shape, (int)node.Number, value);
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        if (sink.Wants(n.First)) sink.Add(n.First, Unpooled<T>.Of(cotangent, node.Tape.At(n.First), (int)n.Number));
    }

    public static void Check(string operation, Shape s, int k)
    {
        if (s.Rank != 4) throw new ArgumentException($"{operation}: images of shape (n, height, width, channels) are needed; got {s}.");
        if (k < 1 || k > s[1] || k > s[2])
            throw new ArgumentException($"{operation}: tiles of {k}×{k} do not fit into images of shape {s}.");
    }
}
