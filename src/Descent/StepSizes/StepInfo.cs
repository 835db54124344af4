namespace Descent.StepSizes;

/// <summary>What a step-size policy may look at.</summary>
/// <param name="Step">Step number t, from 0.</param>
/// <param name="Value">Value of the estimate f(w; ξ_t), or of F(w).</param>
/// <param name="SquaredNorm">‖g_t‖², when asked for.</param>
public readonly record struct StepInfo(long Step, double Value = double.NaN, double SquaredNorm = double.NaN);
