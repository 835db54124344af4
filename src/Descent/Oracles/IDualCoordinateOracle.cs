namespace Descent.Oracles;

/// <summary>
/// A finite sum with one quadratic penalty λ on every parameter, <c>F(w) = Σ ωᵢφᵢ(xᵢ·w) + (λ/2)‖w‖²</c>,
/// that can maximise its Fenchel dual along one coordinate: <c>w = −(1/λ) Σ ωᵢuᵢxᵢ</c> is kept.
/// </summary>
/// <typeparam name="T">Element type of the iterate.</typeparam>
public interface IDualCoordinateOracle<T> : IFiniteSumOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>λ &gt; 0. An objective without such a penalty is no such oracle.</summary>
    double DualPenalty { get; }

    /// <summary>
    /// Maximises the dual along uᵢ exactly, <c>uᵢ ← φᵢ′(z)</c> at the root of <c>z + qφᵢ′(z) = xᵢ·w + q·uᵢ</c>, <c>q = ωᵢ‖xᵢ‖²/λ</c>,
    /// and moves w with it; returns the loss before the step. Cost: the entries of one row.
    /// </summary>
    double DualStep(int example, Span<T> w, ref double u);

    /// <summary>Whether φ is piecewise linear, so that dual variables come to rest at the ends of their intervals
    /// and <see cref="DualPass"/> can set them aside.</summary>
    bool RestsAtBounds { get; }

    /// <summary>
    /// Steps along the given examples one after another, as <see cref="DualStep"/> does. An example whose uᵢ sits at an end of its interval
    /// with a dual slope that leads out by more than <paramref name="seen"/> allows is left alone and moved behind the others;
    /// returns how many of the examples stay in front. Cost: the entries of the rows. Source: Hsieh et al. 2008.
    /// </summary>
    /// <param name="examples">Numbers of examples; rearranged.</param>
    /// <param name="w">w, kept equal to −(1/λ) Σ ωᵢuᵢxᵢ.</param>
    /// <param name="u">All dual variables, n of them.</param>
    /// <param name="seen">Slopes beyond which examples are set aside; those met here are taken up.</param>
    int DualPass(Span<int> examples, Span<T> w, Span<double> u, ref DualSlopes seen);
}
