namespace Descent.Models.Inference;

/// <summary>One line of a coefficient table.</summary>
/// <param name="Name">Name of the column, with the class or level where there is one.</param>
/// <param name="Estimate">Fitted value on the original scale.</param>
/// <param name="StandardError">Standard error; NaN when not available.</param>
/// <param name="Statistic">Estimate divided by its standard error.</param>
/// <param name="PValue">Two-sided p-value.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end of the 95 % interval.</param>
public sealed record Coefficient(string Name, double Estimate, double StandardError, double Statistic, double PValue, double Low,
    double High)
{
    /// <summary>
    /// Where the estimate has no finite value: +∞ or −∞, NaN when the sign is open; <see cref="Estimate"/> is then only what the saved
    /// model has. Null for a finite estimate.
    /// </summary>
    public double? Limit { get; init; }

    /// <summary>Whether the column was left out, its coefficient 0 by choice.</summary>
    public bool IsLeftOut { get; init; }

    /// <summary>A line without inference.</summary>
    public static Coefficient Bare(string name, double estimate) =>
        new(name, estimate, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
}
