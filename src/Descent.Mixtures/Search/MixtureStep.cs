namespace Descent.Mixtures.Search;

/// <summary>Told of a step of a search.</summary>
/// <param name="start">Number of the start, from 1.</param>
/// <param name="logLikelihood">ℓ at the iterate.</param>
/// <param name="theta">The iterate, a point of the parameter space; it is overwritten by the next step.</param>
public delegate void MixtureStep(int start, double logLikelihood, ReadOnlySpan<double> theta);
