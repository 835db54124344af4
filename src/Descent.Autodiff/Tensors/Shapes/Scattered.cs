namespace Descent.Autodiff.Operations;

/// <summary>Adds rows into a tensor of zeros by number; the adjoint of <see cref="Gathered{T}"/>.</summary>
sealed class Scattered<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly Scattered<T> Instance = new();

    public override string Name => "Scatter";

    public static Var<T> Of(Var<T> x, int[] rows, Shape shape) => x.Tape.Apply(Instance, x, default, shape, 0, rows);

    public static Shape WithFirst(Shape shape, int rows)
    {
        Span<int> size = stackalloc int[Shape.MostDimensions];
        for (int i = 0; i < shape.Rank; i++) size[i] = i == 0 ? rows : shape[i];
        return new Shape(size[..shape.Rank]);
    }

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> x = tape.ValueOf(node.First);
        int rows = node.Indices!.Length, size = rows == 0 ? 0 : x.Length / rows;
        value.Clear();
        for (int k = 0; k < rows; k++) Vectors.AddScaled(T.One, x.Slice(k * size, size), value.Slice(node.Indices[k] * size, size));
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        if (sink.Wants(n.First)) sink.Add(n.First, Gathered<T>.Of(cotangent, n.Indices!));
    }
}
