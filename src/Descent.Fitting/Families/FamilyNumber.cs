namespace Descent.Fitting.Families;

/// <summary>The number that a family of models has of its own.</summary>
public enum FamilyNumber
{
    /// <summary>None.</summary>
    None,

    /// <summary>τ of a quantile, in (0, 1).</summary>
    Quantile,

    /// <summary>α above 0 of the variance μ + αμ² of counts; estimated where it is not given.</summary>
    Overdispersion,

    /// <summary>p in (1, 2) of a variance in proportion to μ^p.</summary>
    Power,

    /// <summary>δ above 0, where a loss turns from squares to absolute values.</summary>
    Threshold,

    /// <summary>K ≥ 0, numbers a column of a factorisation machine.</summary>
    Rank,
}
