namespace Descent.Fitting.Exact;

/// <summary>Why a proof cannot be made, or does not hold: a sentence without its beginning.</summary>
sealed class ProofException(string message) : Exception(message);
