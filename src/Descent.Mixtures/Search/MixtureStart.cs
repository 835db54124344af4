using Descent.Runs;

namespace Descent.Mixtures.Search;

/// <summary>What one start came to.</summary>
/// <param name="Number">1, 2, ….</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="LogLikelihood">At its end; NaN where it has none.</param>
/// <param name="Passes">Passes over the rows.</param>
/// <param name="Fallbacks">Extrapolations taken back.</param>
/// <param name="Degeneracy">Why its end is no estimate; null where it is one.</param>
/// <param name="Trace">Log-likelihood after each step, the start first.</param>
public sealed record MixtureStart(
    int Number, Outcome Outcome, double LogLikelihood, long Passes, long Fallbacks, string? Degeneracy, IReadOnlyList<double> Trace);
