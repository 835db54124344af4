namespace Descent.Oracles;

/// <summary>
/// A finite sum with one quadratic penalty λ on every parameter, <c>F(w) = Σ ωᵢφᵢ(xᵢ·w) + (λ/2)‖w‖²</c>, that can maximise its Fenchel dual along one coordinate:
/// <c>w = −(1/λ) Σ ωᵢuᵢxᵢ</c> is kept.
/// </summary>
/// <typeparam name="T">Element type of the iterate.</typeparam>
public interface IDualCoordinateOracle<T> : IFiniteSumOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>λ; 0 when the objective has no such form (a parameter without the penalty).</summary>
    double DualPenalty { get; }

    /// <summary>
    /// Maximises the dual along uᵢ exactly, <c>uᵢ ← φᵢ′(z)</c> at the root of <c>z + qφᵢ′(z) = xᵢ·w + q·uᵢ</c>, <c>q = ωᵢ‖xᵢ‖²/λ</c>, and moves w with it; returns the loss
    /// before the step. Cost: the entries of one row.
    /// </summary>
    double DualStep(int example, Span<T> w, ref double u);
}
