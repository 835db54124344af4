namespace Descent.Autodiff.Operations;

/// <summary>A tensor where another of the same shape is positive (number 0) or is not (number 1), zero elsewhere: one branch of a choice.
/// Linear in the first; by the second its derivative is zero.</summary>
sealed class Chosen<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly Chosen<T> Instance = new();

    public override string Name => "Where";

    public static Var<T> Of(Var<T> branch, Var<T> positive, bool otherwise)
    {
        branch.Tape.HasChoices = true;
        return branch.Tape.Apply(Instance, branch, positive, branch.Shape, otherwise ? 1 : 0);
    }

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> branch = tape.ValueOf(node.First), positive = tape.ValueOf(node.Second);
        bool otherwise = node.Number == 1;
        // A comparison with NaN is false: that is the other branch.
        for (int i = 0; i < value.Length; i++) value[i] = positive[i] > T.Zero != otherwise ? branch[i] : T.Zero;
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        if (sink.Wants(n.First)) sink.Add(n.First, Of(cotangent, node.Tape.At(n.Second), n.Number == 1));
    }
}
