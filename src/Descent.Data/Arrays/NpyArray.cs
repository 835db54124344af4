namespace Descent.Data;

/// <summary>An array of numbers read from an NPY or NPZ file.</summary>
/// <param name="Shape">Lengths of its dimensions; the first counts the examples.</param>
/// <param name="Values">Values in row-major order, whatever the order in the file.</param>
/// <param name="Type">The type in the file as numpy writes it, <c>&lt;f4</c> for one.</param>
public sealed record NpyArray(int[] Shape, double[] Values, string Type)
{
    /// <summary>Values of one example.</summary>
    public int ExampleLength => Shape.Skip(1).Aggregate(1, (a, b) => a * b);
}
