namespace Descent.Fitting.Families;

/// <summary>What the target of a family is.</summary>
public enum LabelKind
{
    /// <summary>Any finite numbers.</summary>
    Numbers,

    /// <summary>Numbers ≥ 0, integers where they are counts.</summary>
    Counts,

    /// <summary>Times above 0 that end with an event or are censored.</summary>
    Times,

    /// <summary>Shares of trials that succeed, in [0, 1].</summary>
    Shares,

    /// <summary>Two classes, or one level against the rest.</summary>
    TwoClasses,

    /// <summary>Two classes or more.</summary>
    Classes,

    /// <summary>Two classes or more that have an order.</summary>
    Ordered,
}
