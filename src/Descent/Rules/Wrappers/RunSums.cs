namespace Descent.Rules;

/// <summary>Sums over the gradients that a run has used so far, of which regret bounds are made.</summary>
/// <param name="Steps">Number of steps T.</param>
/// <param name="StepSizes">Ση_t.</param>
/// <param name="SquaredMoves">Ση_t²‖g_t‖².</param>
/// <param name="SquaredGradients">Σ‖g_t‖².</param>
/// <param name="CoordinateRoots"><c>Σⱼ √(Σ_t g_t[j]²)</c>.</param>
public readonly record struct RunSums(long Steps, double StepSizes, double SquaredMoves, double SquaredGradients, double CoordinateRoots);
