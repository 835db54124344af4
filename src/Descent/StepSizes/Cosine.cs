namespace Descent.StepSizes;

/// <summary>S8: <c>η_t = η_min + ½(η_max − η_min)(1 + cos(πt/T))</c>, η_min from step T on.
/// Source: C 8.1; Loshchilov and Hutter 2017.</summary>
/// <param name="Max">η_max &gt; 0.</param>
/// <param name="Min">η_min ≥ 0.</param>
/// <param name="Horizon">T ≥ 1 steps.</param>
public sealed record Cosine(double Max, double Min, double Horizon) : IStepSize
{
    /// <summary>η_max.</summary>
    public double Max { get; } = Guard.StepSize("η_max", Max, nameof(Cosine));

    /// <summary>η_min.</summary>
    public double Min { get; } = Guard.StepSize("η_min", Min, nameof(Cosine));

    /// <summary>T.</summary>
    public double Horizon { get; } = Guard.Length("The horizon", Horizon, nameof(Cosine));

    /// <inheritdoc/>
    public double DecayPower => Min > 0 ? 0 : double.PositiveInfinity;

    /// <inheritdoc/>
    public double Next(in StepInfo now) => Min + (0.5 * (Max - Min) * (1 + Math.Cos(Math.PI * Math.Min(1, now.Step / Horizon))));

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"cosine from {Max:G6} to {Min:G6} over {Horizon:G6} steps");
}
