namespace Descent.Fitting.Mixtures;

/// <summary>Where a search is.</summary>
/// <param name="Components">k.</param>
/// <param name="Start">Number of the start, from 1.</param>
/// <param name="Starts">Starts in all for this k.</param>
/// <param name="LogLikelihood">ℓ at the iterate.</param>
readonly record struct MixtureProgress(int Components, int Start, int Starts, double LogLikelihood);
