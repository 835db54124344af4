namespace Descent.Algorithms;

/// <summary>Which average of the iterates is reported, with its number.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Parameter">β of an exponential average, γ of a polynomial one, period in steps of a cyclic one; 0 otherwise.</param>
/// <param name="From">First step that counts, for the cyclic average.</param>
public sealed record Averaging(AverageKind Kind, double Parameter = 0, long From = 0)
{
    /// <summary>The number; 0 where the kind has none.</summary>
    public double Parameter { get; } = Kind switch
    {
        AverageKind.Exponential => Guard.Inside("β of an exponential average", Parameter, nameof(Averaging)),
        AverageKind.Polynomial => Guard.Within("γ of a polynomial average", Parameter, 0, double.PositiveInfinity, nameof(Averaging)),
        AverageKind.Cyclic => Math.Floor(Guard.Length("The period of a cyclic average", Parameter, nameof(Averaging))),
        _ when Parameter == 0 => 0,
        _ => throw new ArgumentOutOfRangeException(null, FormattableString.Invariant(
            $"An average of kind {Kind} has no number; got {Parameter} (Averaging). Leave it at 0.")),
    };

    /// <summary>First step that counts.</summary>
    public long From { get; } = Guard.AtLeast("The first step of a cyclic average", From, 0, nameof(Averaging));

    /// <summary>β of the exponential average.</summary>
    public const double DefaultDecay = 0.999;

    /// <summary>γ of the polynomial-decay average (Shamir and Zhang 2013; 8 as for DoG).</summary>
    public const double DefaultPower = 8;

    /// <summary>What is reported, in words.</summary>
    public string Description => Kind switch
    {
        AverageKind.Uniform => "mean of w₁ … w_T",
        AverageKind.StepSizeWeighted => "mean weighted by η_t",
        AverageKind.RandomIterate => "a uniformly random iterate",
        AverageKind.Exponential => FormattableString.Invariant($"x ← {Parameter:G6} x + {1 - Parameter:G6} w"),
        AverageKind.Polynomial => FormattableString.Invariant($"x ← x + (1+γ)/(t+γ) (w − x), γ = {Parameter:G6}"),
        AverageKind.Cyclic => FormattableString.Invariant($"mean of every {Parameter:G6}th iterate from step {From} on"),
        AverageKind.OwnWeights => "mean of w₁ … w_T with the method's own weights",
        _ => "mean of the last half to three quarters of the iterates",
    };

    /// <summary>An average by its kind alone, with the usual number.</summary>
    public static implicit operator Averaging(AverageKind kind) => FromKind(kind);

    /// <summary>An average by its kind alone, with the usual number.</summary>
    public static Averaging FromKind(AverageKind kind) => new(kind, kind switch
    {
        AverageKind.Exponential => DefaultDecay,
        AverageKind.Polynomial => DefaultPower,
        AverageKind.Cyclic => 1,
        _ => 0,
    });
}
