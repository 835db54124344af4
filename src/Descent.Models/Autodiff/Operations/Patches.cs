namespace Descent.Models.Autodiff.Operations;

/// <summary>
/// The patches that a k×k window sees on images of shape (n, height, width, channels), one row a position: (n·h′·w′, k·k·channels), so that a convolution is a matrix product. The
/// adjoint is <see cref="Unpatched{T}"/>. Stride one, no padding; the node's number is k.
/// </summary>
sealed class Patches<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly Patches<T> Instance = new();

    public override string Name => "Convolve";

    public static Var<T> Of(Var<T> x, int k)
    {
        Shape s = x.Shape;
        if (s.Rank != 4) throw new ArgumentException($"Convolve: images of shape (n, height, width, channels) are needed; got {s}.");
        if (k < 1 || k > s[1] || k > s[2]) throw new ArgumentException($"Convolve: a window of {k}×{k} does not fit into images of shape {s}.");
        return x.Tape.Apply(Instance, x, default, new Shape(s[0] * (s[1] - k + 1) * (s[2] - k + 1), k * k * s[3]), k);
    }

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> x = tape.ValueOf(node.First);
        Shape s = tape.NodeAt(node.First).Shape;
        int k = (int)node.Number, at = 0;
        for (int n = 0; n < s[0]; n++)
            for (int i = 0; i + k <= s[1]; i++)
                for (int j = 0; j + k <= s[2]; j++)
                    for (int a = 0; a < k; a++, at += k * s[3]) x.Slice(Begin(s, n, i + a, j), k * s[3]).CopyTo(value[at..]);
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        if (sink.Wants(n.First)) sink.Add(n.First, Unpatched<T>.Of(cotangent, node.Tape.NodeAt(n.First).Shape, (int)n.Number));
    }

    internal static int Begin(Shape s, int n, int i, int j) => ((((n * s[1]) + i) * s[2]) + j) * s[3];
}
