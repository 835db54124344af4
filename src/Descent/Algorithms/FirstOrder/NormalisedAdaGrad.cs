using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Algorithms;

/// <summary>
/// AdaGrad on columns in units of their own, one row a step, as Vowpal Wabbit learns by default. With sⱼ the largest |xⱼ| so far,
/// <c>qⱼ ← Σ(φ′xⱼ/sⱼ)²</c> and <c>ρ² = t/Σ‖x/s‖²</c>, both sums weighted by the importance h of their rows, a step is
/// <c>wⱼ ← wⱼ + a·xⱼ/(sⱼ²√qⱼ)</c>; where sⱼ grows, wⱼ shrinks in proportion before.
/// </summary>
/// <remarks>
/// Predictions do not depend on the units of the columns. With <c>a = −ηhρφ′</c> it is the published normalised step. Aware of importance,
/// as by default, a is what takes the margin as far as following the loss for the time <c>ηhρΣxⱼ²/(sⱼ²√qⱼ)</c> does: a row of more
/// importance follows its loss for longer, and passes its minimum only where a column meets a value larger than all before. A row without
/// a slope changes nothing. Penalties have no part in it.
/// Cost: a single gradient and the entries of a row; memory 3d. Deterministic.
/// Source: Ross, Mineiro and Langford 2013, algorithm NAG; Karampatziakis and Langford 2011.
/// </remarks>
/// <param name="StepSize">η_t, without a unit.</param>
/// <param name="Order">Order of visits.</param>
/// <param name="IsAware">Whether steps follow the loss along the row, rather than its slope.</param>
public sealed record NormalisedAdaGrad(IStepSize StepSize, SampleOrder Order = SampleOrder.Shuffle, bool IsAware = true)
    : IMethod<double, IRowOracle<double>>, IMethod<float, IRowOracle<float>>
{
    /// <inheritdoc/>
    public string Recursion => IsAware
        ? "s ← max(s, |x|);  q ← q + (φ′x/s)²;  w ← w + a x/(s²√q), a so that x·w follows φ for ηρ Σx²/(s²√q)"
        : "s ← max(s, |x|);  q ← q + (φ′x/s)²;  w ← w − ηρφ′ x/(s²√q)";

    /// <inheritdoc/>
    public Iteration<double> Start(IRowOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        new NormalisedIteration<double>(oracle, this, start, draws);

    /// <inheritdoc/>
    public Iteration<float> Start(IRowOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) =>
        new NormalisedIteration<float>(oracle, this, start, draws);
}
