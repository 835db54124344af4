namespace Descent.Models.Autodiff.Operations;

/// <summary>The transpose of a matrix.</summary>
sealed class Transposed<T> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly Transposed<T> Instance = new();

    public override string Name => "Transpose";

    public static Var<T> Of(Var<T> x)
    {
        if (x.Shape.Rank != 2) throw new ArgumentException($"Transpose: a matrix is needed; got shape {x.Shape}.");
        return x.Tape.Apply(Instance, x, default, new Shape(x.Shape[1], x.Shape[0]));
    }

    public override void Forward(Tape<T> tape, in Node<T> node, Span<T> value)
    {
        ReadOnlySpan<T> x = tape.ValueOf(node.First);
        int rows = node.Shape[0], columns = node.Shape[1];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) value[(i * columns) + j] = x[(j * rows) + i];
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        int first = node.Tape.NodeAt(node.Index).First;
        if (sink.Wants(first)) sink.Add(first, cotangent.Transpose());
    }
}
