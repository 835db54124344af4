namespace Descent.StepSizes;

/// <summary>
/// Stochastic Polyak step size, <c>η_t = min((f(w;ξ) − f*)/(c‖g‖²), η_max)</c>: no smoothness needed,
/// only a lower bound on the sampled losses (0 for most). With c = 1, η_max = ∞ and full gradients it is Polyak's own step.
/// Source: Loizou, Vaswani, Laradji and Lacoste-Julien 2021 (SPS_max, c = ½); Polyak 1987.
/// </summary>
/// <param name="C">c &gt; 0.</param>
/// <param name="Least">f*, a lower bound on every sampled loss.</param>
/// <param name="Max">η_max &gt; 0.</param>
public sealed record Polyak(double C = 0.5, double Least = 0, double Max = 1) : IStepSize
{
    /// <summary>c.</summary>
    public double C { get; } = Guard.Positive("c", C, nameof(Polyak));

    /// <summary>f*.</summary>
    public double Least { get; } = double.IsFinite(Least)
        ? Least
        : throw new ArgumentOutOfRangeException(null, FormattableString.Invariant($"f* must be finite; got {Least} (Polyak)."));

    /// <summary>η_max; ∞ for none.</summary>
    public double Max { get; } = Max > 0
        ? Max
        : throw new ArgumentOutOfRangeException(null, FormattableString.Invariant($"η_max must be positive; got {Max} (Polyak)."));

    /// <inheritdoc/>
    public bool UsesGradient => true;

    /// <inheritdoc/>
    public double Next(in StepInfo now) => now.SquaredNorm > 0
        ? Math.Min(Math.Max(0, now.Value - Least) / (C * now.SquaredNorm), Max)
        : double.IsNaN(now.SquaredNorm) ? Max : 0;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"Polyak η_t = min((f − {Least:G6})/({C:G6}‖g‖²), {Max:G6})");
}
