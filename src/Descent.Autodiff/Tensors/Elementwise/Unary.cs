namespace Descent.Autodiff.Operations;

/// <summary>An elementwise function.</summary>
sealed class Unary<T, F> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where F : struct, IUnary<T>
{
    static readonly Unary<T, F> Instance = new();

    public override string Name => F.Name;

    public static Var<T> Of(Var<T> x) => x.Tape.Apply(Instance, x, default, x.Shape);

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> x = tape.ValueOf(node.First);
        F.Map<F>(x, value);
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        int first = node.Tape.NodeAt(node.Index).First;
        if (sink.Wants(first) && F.Pull<F>(cotangent, node.Tape.At(first), node) is { } c) sink.Add(first, c);
    }
}
