namespace Descent.Diagnosis;

/// <summary>Mean and standard deviation of a column as the method saw it.</summary>
/// <param name="Name">The column.</param>
/// <param name="Mean">Its mean.</param>
/// <param name="Deviation">Its standard deviation.</param>
public sealed record ColumnScale(string Name, double Mean, double Deviation)
{
    /// <summary>Root mean square, which is what the gradient sees.</summary>
    public double Size => Math.Sqrt((Mean * Mean) + (Deviation * Deviation));
}
