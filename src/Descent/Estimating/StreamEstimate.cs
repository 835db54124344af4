using Descent.Approximation;

namespace Descent.Estimating;

/// <summary>An estimate from a stream, with what its own path says of its error.</summary>
/// <param name="Value">θ̂, in the unit that its estimator names.</param>
/// <param name="StandardError">Its standard error; NaN where the numbers give none.</param>
/// <param name="Low">Lower end of the interval; −∞ where the numbers give none.</param>
/// <param name="High">Upper end; ∞ where the numbers give none.</param>
/// <param name="Rows">Numbers that it rests on.</param>
public sealed record StreamEstimate(double Value, double StandardError, double Low, double High, long Rows)
{
    /// <summary><c>θ̂ ∓ t·σ̂</c>, Student's t of ν degrees of freedom; no bounds with ν &lt; 1.</summary>
    internal static StreamEstimate Of(double value, double error, double degrees, double level, long rows)
    {
        if (degrees < 1) return new(value, double.NaN, double.NegativeInfinity, double.PositiveInfinity, rows);
        double half = StandardNormal.StudentTwoSided(level, (int)Math.Min(degrees, int.MaxValue)) * error;
        return new(value, error, value - half, value + half, rows);
    }
}
