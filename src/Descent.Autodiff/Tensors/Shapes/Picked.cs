namespace Descent.Autodiff.Operations;

/// <summary>One entry of the last dimension for each of the others; the adjoint of <see cref="Placed{T}"/>.</summary>
sealed class Picked<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly Picked<T> Instance = new();

    public override string Name => "Pick";

    public static Var<T> Of(Var<T> x, int[] entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (x.Shape.Rank == 0 || x.Shape.Length != (long)entries.Length * x.Shape[-1])
            throw new ArgumentException($"Pick: shape {x.Shape} needs one entry for each row of its last dimension; got {entries.Length}.");
        foreach (int e in entries)
            if (e < 0 || e >= x.Shape[-1]) throw new ArgumentException($"Pick: entry {e} of shape {x.Shape} does not exist.");
        return x.Tape.Apply(Instance, x, default, x.Shape.WithLast(-1), 0, entries);
    }

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> x = tape.ValueOf(node.First);
        int n = tape.NodeAt(node.First).Shape[-1];
        for (int i = 0; i < value.Length; i++) value[i] = x[(i * n) + node.Indices![i]];
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        if (sink.Wants(n.First)) sink.Add(n.First, Placed<T>.Of(cotangent, n.Indices!, node.Tape.NodeAt(n.First).Shape));
    }
}
