namespace Descent.Latent;

/// <summary>What a run of conditional maximisations found.</summary>
/// <param name="Theta">The last θ with a finite log-likelihood, in the model's layout.</param>
/// <param name="LogLikelihood">Its observed log-likelihood.</param>
/// <param name="Cycles">Cycles that raised the log-likelihood by at least the tolerance.</param>
/// <param name="Expectations">E-steps, each one pass over the data.</param>
/// <param name="Ending">How it ended.</param>
/// <param name="Sentence">The ending in words, with the numbers found.</param>
public sealed record EcmFit(double[] Theta, double LogLikelihood, int Cycles, int Expectations, EcmEnding Ending, string Sentence);
