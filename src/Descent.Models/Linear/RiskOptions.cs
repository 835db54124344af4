namespace Descent.Models.Linear;

/// <summary>What an empirical risk adds to model and data.</summary>
public sealed record RiskOptions
{
    /// <summary>Whether a constant is added to the margin, as the last parameter, without penalty.</summary>
    public bool Intercept { get; init; } = true;

    /// <summary>λ ≥ 0 of the penalty (λ/2)‖w‖² on the mean loss.</summary>
    public double L2 { get; init; }

    /// <summary>λ₁ ≥ 0 of the penalty λ₁‖w‖₁ on the mean loss.</summary>
    public double L1 { get; init; }

    /// <summary>Whether the intercept is penalised too.</summary>
    public bool PenaliseIntercept { get; init; }

    /// <summary>
    /// Factor s_j by which column j has been divided beforehand, when penalties are meant for the undivided columns:
    /// then λ becomes λ/s_j² and λ₁ becomes λ₁/s_j, which leaves the minimisation problem as it was. Null for none.
    /// </summary>
    public double[]? ColumnScales { get; init; }

    /// <summary>Weights of the examples, n of them, ≥ 0 with a positive sum; null for equal ones.
    /// The loss is their weighted mean.</summary>
    public double[]? Weights { get; init; }

    /// <summary>
    /// What is added to the margins of the examples beside <c>x·w + b</c>, n finite numbers, as the logarithm of an exposure is;
    /// null for nothing. For losses of one margin.
    /// </summary>
    public double[]? Offsets { get; init; }

    /// <summary>Draws the start of parameters that cannot start at 0.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads that share full passes; null for the calling one. Results do not depend on them.</summary>
    public Workers? Workers { get; init; }
}
