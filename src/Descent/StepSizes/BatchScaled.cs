namespace Descent.StepSizes;

/// <summary>S11, linear batch scaling: <c>η_t·B/B₀</c> for a schedule tuned at batch B₀, when epochs are kept.
/// Source: C 8.1, 8.2; Goyal et al. 2017.</summary>
/// <remarks>With η ≤ 1/(2HB) one step of batch B and B single steps part by at most <c>2σ/(H√B) + (ηB/2)‖∇F‖</c> in mean;
/// beyond that, warm up first.</remarks>
/// <param name="Inner">The schedule at batch B₀.</param>
/// <param name="From">B₀ &gt; 0.</param>
/// <param name="To">B &gt; 0.</param>
public sealed record BatchScaled(IStepSize Inner, double From, double To) : IStepSize
{
    /// <summary>The schedule at batch B₀.</summary>
    public IStepSize Inner { get; } = Guard.Given("The schedule", Inner, nameof(BatchScaled));

    /// <summary>B₀.</summary>
    public double From { get; } = Guard.Positive("B₀", From, nameof(BatchScaled));

    /// <summary>B.</summary>
    public double To { get; } = Guard.Positive("B", To, nameof(BatchScaled));

    /// <inheritdoc/>
    public bool UsesGradient => Inner.UsesGradient;

    /// <inheritdoc/>
    public double DecayPower => Inner.DecayPower;

    /// <inheritdoc/>
    public long BestEnd(long steps) => Inner.BestEnd(steps);

    /// <inheritdoc/>
    public double Next(in StepInfo now) => Inner.Next(now) * (To / From);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Inner}, times {To:G6}/{From:G6} for the batch");
}
