using Descent.Rules;

namespace Descent.Guarantees;

/// <summary>
/// A bound that a run proves with its own gradients, with no constant but D: for convex F and steps <c>w ← w − η_t g_t</c> (projected
/// or not, on a convex set that holds w*), <c>Ση_t(F(w_t) − F*) ≤ (D² + Ση_t²‖g_t‖²)/2</c>;
/// with sampled g_t, fresh given w_t, and η_t fixed beforehand, the same holds in mean. Source: C 13.1, 15.1.
/// </summary>
public static class RegretBound
{
    /// <summary>The bound on the mean of the gaps of <c>w₁ … w_T</c> weighted by η_t, and so on the gap of that mean of the iterates;
    /// ∞ before the first step.</summary>
    /// <param name="distance">D ≥ ‖w₁ − w*‖.</param>
    /// <param name="sums">Sums of the run.</param>
    public static double Of(double distance, RunSums sums) =>
        sums.StepSizes > 0 ? ((distance * distance) + sums.SquaredMoves) / (2 * sums.StepSizes) : double.PositiveInfinity;
}
