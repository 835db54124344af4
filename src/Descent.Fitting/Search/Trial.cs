namespace Descent.Fitting.Search;

/// <summary>One setting that was tried, over all folds.</summary>
/// <param name="Values">One value a dimension.</param>
/// <param name="Epochs">Budget of each fit; NaN for the method's own.</param>
/// <param name="Score">Mean over the folds of the held-out mean loss; ∞ when a fit diverged.</param>
/// <param name="Error">Standard error of that mean over the folds; NaN for one fold.</param>
/// <param name="Objective">Mean of F on the training rows.</param>
/// <param name="Gradients">Single gradients spent.</param>
sealed record Trial(double[] Values, double Epochs, double Score, double Error, double Objective, long Gradients)
{
    /// <summary>Whether it diverged.</summary>
    public bool Diverged => !double.IsFinite(Score);
}
