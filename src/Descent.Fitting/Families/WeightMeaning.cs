namespace Descent.Fitting.Families;

/// <summary>What weights of rows mean, which decides likelihood, degrees of freedom and standard errors; the estimates are the
/// same.</summary>
public enum WeightMeaning
{
    /// <summary>Prior weights, as R's glm and lm have them: the variance of row i is the dispersion over wᵢ. Rows are counted
    /// once.</summary>
    Variance,

    /// <summary>Row i stands for wᵢ equal rows; whole numbers.</summary>
    Frequency,

    /// <summary>Row i matters wᵢ times as much, as with sampling weights: no likelihood, no deviance test, robust standard errors
    /// alone.</summary>
    Importance,
}
