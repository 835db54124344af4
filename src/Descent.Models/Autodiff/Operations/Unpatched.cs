namespace Descent.Models.Autodiff.Operations;

/// <summary>Adds patches back to where they were seen; the adjoint of <see cref="Patches{T}"/>.</summary>
sealed class Unpatched<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly Unpatched<T> Instance = new();

    public override string Name => "Convolve, adjoint";

    public static Var<T> Of(Var<T> patches, Shape images, int k) => patches.Tape.Apply(Instance, patches, default, images, k);

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> x = tape.ValueOf(node.First);
        Shape s = node.Shape;
        int k = (int)node.Number, at = 0;
        value.Clear();
        for (int n = 0; n < s[0]; n++)
            for (int i = 0; i + k <= s[1]; i++)
                for (int j = 0; j + k <= s[2]; j++)
                    for (int a = 0; a < k; a++, at += k * s[3]) Vectors.AddScaled(T.One, x.Slice(at, k * s[3]), value.Slice(Patches<T>.Begin(s, n, i + a, j), k * s[3]));
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        if (sink.Wants(n.First)) sink.Add(n.First, Patches<T>.Of(cotangent, (int)n.Number));
    }
}
