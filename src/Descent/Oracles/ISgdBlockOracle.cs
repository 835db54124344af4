using Descent.StepSizes;

namespace Descent.Oracles;

/// <summary>
/// An objective that can take a block of plain SGD steps <c>w ← w − η_t ∇f(w; ξ_t)</c> in one fused loop, without a dense gradient:
/// on sparse rows a step then costs the non-zeros of its sample, not d.
/// </summary>
/// <typeparam name="T">Element type of the iterate.</typeparam>
public interface ISgdBlockOracle<T> : IStochasticOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether the fused loop pays for batches of this size; otherwise the composed iteration is used.</summary>
    bool PrefersBlocks(int batch);

    /// <summary>Whether the fused loop takes the proximal steps of the objective's own non-smooth part too.</summary>
    bool TruncatesInBlocks { get; }

    /// <summary>Takes <paramref name="count"/> steps from <paramref name="w"/> in place,
    /// sampling from <paramref name="samples"/>.</summary>
    /// <param name="w">Iterate, length d.</param>
    /// <param name="samples">Where the samples come from; it is moved on.</param>
    /// <param name="stepSize">Step size as a function of the step.</param>
    /// <param name="firstStep">Number t of the first step, from 0.</param>
    /// <param name="count">Number of steps.</param>
    /// <returns>
    /// Mean loss of the last step's sample at the iterate before that step, without penalties;
    /// the same however the steps are cut into blocks. 0 for no steps.
    /// </returns>
    double SgdBlock(Span<T> w, SampleStream samples, IStepSize stepSize, long firstStep, long count);
}
