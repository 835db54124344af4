namespace Descent.Models.Linear;

/// <summary>Something that can add one of its data rows, with the constant of the intercept, to a vector.</summary>
interface IRowSource
{
    /// <summary><c>target ← target + a·(x_i, 1)</c>.</summary>
    void AddRow(int i, double a, Span<double> target);
}
