namespace Descent.Fitting;

/// <summary>A row and how much it holds the fit.</summary>
/// <param name="Row">Its number in the data, from 1: rows that were left out count.</param>
/// <param name="Leverage">hᵢ in [0, 1], the diagonal of the hat matrix.</param>
/// <param name="Standardised">The residual of the deviance over its own standard deviation; NaN at leverage 1.</param>
/// <param name="CooksDistance">By how far the estimates move without the row, in units of their uncertainty; NaN at leverage 1.</param>
/// <param name="Dffits">By how many of its own standard errors the fitted margin moves without the row; NaN at leverage 1.</param>
public readonly record struct InfluentialRow(int Row, double Leverage, double Standardised, double CooksDistance, double Dffits);
