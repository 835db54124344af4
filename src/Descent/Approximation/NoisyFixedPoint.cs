using Descent.Maps;
using Descent.Oracles;

namespace Descent.Approximation;

/// <summary>
/// The fixed point of a map that is seen through noise, as a root: <c>y = x − G(x; ξ)</c>, so that a step of
/// <see cref="RobbinsMonroProcedure"/> is M33's <c>x ← (1 − η)x + ηG(x; ξ)</c>, with its average, intervals, sets and gains; G27's step is
/// <c>Theory.Find("G27").Prescribe(…).StepSize</c>. One application of the map an observation. Source: W (12), (13).
/// </summary>
/// <param name="map">G with noise of mean zero; its sample is a value, of one draw or of a mini-batch.</param>
public sealed class NoisyFixedPoint(INoisyMap map) : IRootOracle
{
    /// <inheritdoc/>
    public int Dimension { get; } = (map ?? throw new ArgumentNullException(nameof(map))).Dimension;

    /// <inheritdoc/>
    public void Observe(ReadOnlySpan<double> theta, Sample sample, Span<double> y)
    {
        map.Map(theta, sample, y);
        for (int i = 0; i < y.Length; i++) y[i] = theta[i] - y[i];
    }
}
