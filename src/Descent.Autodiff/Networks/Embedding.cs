using Descent.Autodiff;

namespace Descent.Autodiff.Networks;

/// <summary>Each number 0 … <paramref name="Vocabulary"/> − 1 of an example becomes a row of a table: (k) becomes (k, size).
/// The numbers are read as they are, no gradient goes through them.</summary>
/// <param name="Vocabulary">Rows of the table.</param>
/// <param name="Size">Length of a row.</param>
public sealed record Embedding(int Vocabulary, int Size) : ILayer
{
    /// <inheritdoc/>
    public string Description => $"embedding of {Vocabulary} in {Size}";

    /// <inheritdoc/>
    public Shape Outputs(Shape inputs) => new(inputs.Length, Size);

    /// <inheritdoc/>
    public IReadOnlyList<LayerBlock> Blocks(Shape inputs) => [new("E", Vocabulary, Size)];

    /// <inheritdoc/>
    public Var<T> Evaluate<T>(ReadOnlySpan<Var<T>> own, Var<T> x, Pass pass)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> values = x.Value;
        int[] rows = new int[values.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            double v = double.CreateTruncating(values[i]);
            if (v != Math.Floor(v) || !(v >= 0 && v < Vocabulary))
                throw new ArgumentException(
                    FormattableString.Invariant($"Embedding: found {v}, expected a whole number from 0 to {Vocabulary - 1}."));
            rows[i] = (int)v;
        }
        return own[0].Reshape(new Shape(Vocabulary, Size)).Gather(rows)
            .Reshape(new Shape(x.Shape[0], rows.Length / Math.Max(1, x.Shape[0]), Size));
    }
}
