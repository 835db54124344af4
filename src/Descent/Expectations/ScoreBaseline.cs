namespace Descent.Expectations;

/// <summary>
/// What is taken off f before it is multiplied by the score. Each leaves the estimate unbiased: a draw's baseline does not see the draw.
/// </summary>
public enum ScoreBaseline
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The mean of f over the other draws of the sample.</summary>
    LeaveOneOut,

    /// <summary>
    /// For each coordinate <c>Σ f s² / Σ s²</c> over the other draws, the constant of least variance. It is known well
    /// from some hundred draws only: with fewer its own noise costs more than it gains over the mean of the others.
    /// </summary>
    Optimal,
}
