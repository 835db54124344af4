namespace Descent.Autodiff.Operations;

/// <summary>Rows of the first dimension by number; the adjoint of <see cref="Scattered{T}"/>.</summary>
sealed class Gathered<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly Gathered<T> Instance = new();

    public override string Name => "Gather";

    public static Var<T> Of(Var<T> x, int[] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (x.Shape.Rank == 0) throw new ArgumentException("Gather: a tensor with a first dimension is needed; got a scalar.");
        foreach (int r in rows)
            if (r < 0 || r >= x.Shape[0]) throw new ArgumentException($"Gather: row {r} of shape {x.Shape} does not exist.");
        return x.Tape.Apply(Instance, x, default, Scattered<T>.WithFirst(x.Shape, rows.Length), 0, rows);
    }

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> x = tape.ValueOf(node.First);
        int rows = node.Indices!.Length, size = rows == 0 ? 0 : value.Length / rows;
        for (int k = 0; k < rows; k++) x.Slice(node.Indices[k] * size, size).CopyTo(value[(k * size)..]);
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        if (sink.Wants(n.First)) sink.Add(n.First, Scattered<T>.Of(cotangent, n.Indices!, node.Tape.NodeAt(n.First).Shape));
    }
}
