namespace Descent.Fitting.Fits;

/// <summary>Whether a term, a column or all levels of a factor, can be left out of a fit.</summary>
/// <param name="Name">The column.</param>
/// <param name="Degrees">Coefficients of the term.</param>
/// <param name="Wald">bᵀV⁻¹b of its estimates, over the degrees where the dispersion is estimated.</param>
/// <param name="WaldP">Its tail: of χ², or of F.</param>
/// <param name="Ratio">Twice the log-likelihood, or the deviance, that the fit without it loses; over the degrees and the deviance's own
/// dispersion where that is estimated (R's drop1). NaN where there is no likelihood.</param>
/// <param name="RatioP">Its tail.</param>
/// <param name="Inflation">The generalised variance-inflation factor det R₁₁ det R₂₂/det R, R the correlations of the estimates without the
/// intercept: 1 for a term that is orthogonal to the others. Source: Fox and Monette 1992.</param>
sealed record TermTest(string Name, int Degrees, double Wald, double WaldP, double Ratio, double RatioP, double Inflation);
