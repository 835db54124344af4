namespace Descent.Fitting;

/// <summary>What may be asked of a fit beside its data and its family. The defaults are those of the command line.</summary>
public sealed record FitOptions
{
    /// <summary>λ ≥ 0 of (λ/2)‖w‖² on the mean loss.</summary>
    public double L2 { get; init; }

    /// <summary>λ₁ ≥ 0 of λ₁‖w‖₁ on the mean loss.</summary>
    public double L1 { get; init; }

    /// <summary>Whether there is a constant.</summary>
    public bool Intercept { get; init; } = true;

    /// <summary>Whether penalties apply to the constant too.</summary>
    public bool PenaliseIntercept { get; init; }

    /// <summary>Whether columns are centred and scaled; penalties then apply to the scaled ones.</summary>
    public bool Standardise { get; init; }

    /// <summary>τ in (0, 1) of quantile regression.</summary>
    public double Quantile { get; init; } = 0.5;

    /// <summary>δ above 0 of Huber's regression, in the unit of the target.</summary>
    public double Threshold { get; init; } = 1.345;

    /// <summary>Weights of classes: balanced, or LEVEL:WEIGHT,LEVEL:WEIGHT; null for none.</summary>
    public string? ClassWeights { get; init; }

    /// <summary>Column of example weights ≥ 0 in a table; null for none.</summary>
    public string? WeightColumn { get; init; }

    /// <summary>Columns of a table to leave out.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Columns of a table whose numbers are names of levels.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>Missing values in a table: fail, skip the row, or mean.</summary>
    public string Missing { get; init; } = "fail";

    /// <summary>The method.</summary>
    public MethodSpec Method { get; init; } = new();

    /// <summary>When to stop.</summary>
    public Budget Budget { get; init; } = new();

    /// <summary>Part of the rows that is held out and measured on, from 0 to below 1.</summary>
    public double HoldOut { get; init; }

    /// <summary>Seed of everything that is drawn.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; 0 chooses. Results do not depend on it.</summary>
    public int Threads { get; init; }

    internal IEnumerable<string> Faults()
    {
        if (!(L2 >= 0 && double.IsFinite(L2))) yield return FormattableString.Invariant($"L2 is {L2}; expected a number ≥ 0.");
        if (!(L1 >= 0 && double.IsFinite(L1))) yield return FormattableString.Invariant($"L1 is {L1}; expected a number ≥ 0.");
        if (!(Quantile > 0 && Quantile < 1)) yield return FormattableString.Invariant($"Quantile is {Quantile}; expected a number between 0 and 1.");
        if (!(Threshold > 0 && double.IsFinite(Threshold))) yield return FormattableString.Invariant($"Threshold is {Threshold}; expected a number above 0, in the unit of the target.");
        if (!(HoldOut >= 0 && HoldOut < 1)) yield return FormattableString.Invariant($"HoldOut is {HoldOut}; expected a part of the rows from 0 to below 1.");
        if (Missing is not ("fail" or "skip" or "mean")) yield return $"Missing is '{Missing}'; expected fail, skip or mean.";
        if (Threads < 0) yield return $"Threads is {Threads}; expected a number ≥ 0.";
        foreach (string fault in Method.Faults().Concat(Budget.Faults())) yield return fault;
    }
}
