using Descent.Rules;

namespace Descent.Runs;

/// <summary>One line of a trace.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Gradients">Single-example gradients asked.</param>
/// <param name="Epochs">Gradients divided by n.</param>
/// <param name="Seconds">Time of the method alone; traces and certificates are outside.</param>
/// <param name="Value">F(w), or the mean sampled loss when F cannot be asked.</param>
/// <param name="GradientNorm">‖∇F(w)‖, NaN when not known.</param>
/// <param name="StepSize">Last step size.</param>
/// <param name="LowerBound">Best proved lower bound on inf F so far; −∞ without one.</param>
public readonly record struct TracePoint(
    long Step, long Gradients, double Epochs, double Seconds, double Value, double GradientNorm, double StepSize, double LowerBound)
{
    /// <summary>Sums over the gradients used so far; null when the method keeps none.</summary>
    public RunSums? Sums { get; init; }

    /// <summary>‖w − reference‖, NaN without a reference.</summary>
    public double Distance { get; init; } = double.NaN;

    /// <summary>Certified upper bound on F(w) − inf F.</summary>
    public double Gap => Math.Max(0, Value - LowerBound);
}
