namespace Descent.Autodiff.Operations;

/// <summary>xᵖ for a fixed p, kept in the node's number.</summary>
sealed class PowerOf<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly PowerOf<T> Instance = new();

    public override string Name => "Power";

    public static Var<T> Of(Var<T> x, double p) => x.Tape.Apply(Instance, x, default, x.Shape, p);

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> x = tape.ValueOf(node.First);
        T p = T.CreateTruncating(node.Number);
        for (int i = 0; i < value.Length; i++) value[i] = T.Pow(x[i], p);
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        int first = node.Tape.NodeAt(node.Index).First;
        double p = node.Tape.NodeAt(node.Index).Number;
        if (sink.Wants(first) && p != 0) sink.Add(first, Guarded.Times(cotangent, p * Of(node.Tape.At(first), p - 1)));
    }
}
