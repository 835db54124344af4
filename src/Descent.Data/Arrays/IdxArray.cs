namespace Descent.Data;

/// <summary>An array read from an IDX file.</summary>
/// <param name="Shape">Lengths of its dimensions; the first counts the examples.</param>
/// <param name="Values">Values in row-major order.</param>
/// <param name="IsByte">Whether the file stores unsigned bytes, as images do.</param>
public sealed record IdxArray(int[] Shape, double[] Values, bool IsByte)
{
    /// <summary>Values of one example.</summary>
    public int ExampleLength => Shape.Skip(1).Aggregate(1, (a, b) => a * b);
}
