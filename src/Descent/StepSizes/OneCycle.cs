namespace Descent.StepSizes;

/// <summary>One cycle: cosine from <c>η/a</c> up to η over a part of the steps, then cosine down to <c>η/(ab)</c>.
/// Source: Smith and Topin 2018; PyTorch's <c>OneCycleLR</c>.</summary>
/// <param name="Max">η &gt; 0.</param>
/// <param name="Steps">Length ≥ 1.</param>
/// <param name="Peak">Part of the steps until the peak, in (0, 1).</param>
/// <param name="Divisor">a ≥ 1.</param>
/// <param name="FinalDivisor">b ≥ 1.</param>
public sealed record OneCycle(double Max, long Steps, double Peak = 0.3, double Divisor = 25, double FinalDivisor = 1e4) : IStepSize
{
    /// <summary>η.</summary>
    public double Max { get; } = Guard.StepSize("η", Max, nameof(OneCycle));

    /// <summary>Length.</summary>
    public long Steps { get; } = Guard.AtLeast("The length", Steps, 1, nameof(OneCycle));

    /// <summary>Part of the steps until the peak.</summary>
    public double Peak { get; } = Guard.Inside("The peak", Peak, nameof(OneCycle));

    /// <summary>a.</summary>
    public double Divisor { get; } = Guard.Length("The divisor of the start", Divisor, nameof(OneCycle));

    /// <summary>b.</summary>
    public double FinalDivisor { get; } = Guard.Length("The divisor of the end", FinalDivisor, nameof(OneCycle));

    /// <inheritdoc/>
    public double DecayPower => 0;

    /// <inheritdoc/>
    public double Next(in StepInfo now)
    {
        double top = (Peak * Steps) - 1, end = Steps - 1, t = Math.Min(now.Step, end);
        // With the peak at the first step (top = 0) there is nothing to climb.
        if (top == 0 && t == 0) return Max;
        return t <= top ? Between(Max / Divisor, Max, t / top) : Between(Max, Max / Divisor / FinalDivisor, (t - top) / (end - top));
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"one cycle up to {Max:G6} over {Steps} steps, peak at {Peak:P0}");

    static double Between(double from, double to, double part) => to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * part)));
}
