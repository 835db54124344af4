namespace Descent.Fitting.Formulas;

/// <summary>A formula with the columns of its training data and what it took from them.</summary>
sealed record LearnedFormula(BoundFormula Bound, Learned Learned)
{
    /// <summary>The offset in the formula's words; null without one.</summary>
    public string? OffsetWords => Bound.OffsetWords;

    /// <summary>What the predictions are of, where that is not the target's own scale; null where it is.</summary>
    public string? Scale => Bound.TargetClass is null && Bound.IsTransformed
        ? $"predictions are of {Bound.Target}, on the scale of the transformed target" : null;
}
