namespace Descent.Diagnosis;

/// <summary>One thing that went wrong: the name, the evidence, and one remedy.</summary>
/// <param name="Ailment">What it is.</param>
/// <param name="Evidence">The numbers that show it.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Changes">The remedy as options.</param>
public sealed record Finding(Ailment Ailment, string Evidence, string Remedy, IReadOnlyList<SettingChange> Changes)
{
    /// <summary>Name of the ailment in words.</summary>
    public string Name => Ailment switch
    {
        Ailment.WrongHorizon => "wrong schedule horizon",
        Ailment.EdgeOfStability => "oscillating at the edge of stability",
        Ailment.TooSlow => "too slow",
        Ailment.IllConditioned => "ill-conditioned columns",
        Ailment.NoiseFloor => "at the noise floor",
        Ailment.OverFitting => "over-fitting",
        Ailment.DeadUnits => "dead units",
        Ailment.BudgetTooSmall => "budget too small",
        Ailment.Separable => "separable classes",
        _ => "diverged",
    };

    /// <summary>Name, evidence and remedy.</summary>
    public string Sentence => $"{char.ToUpperInvariant(Name[0])}{Name[1..]}: {Evidence} {Remedy}";
}
