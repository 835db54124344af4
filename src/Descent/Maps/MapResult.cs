using Descent.Runs;

namespace Descent.Maps;

/// <summary>What a search for a fixed point ended with.</summary>
/// <param name="Point">x.</param>
/// <param name="Outcome">How it ended, with a sentence.</param>
/// <param name="Maps">Applications of G, those of steps that were taken back included.</param>
/// <param name="Residual">‖x − G(x)‖₂ at the point.</param>
/// <param name="Fallbacks">Steps that were taken back in favour of a plain application.</param>
/// <param name="Merits">M(x) after every step, the start first; empty for a map without merit.</param>
public sealed record MapResult(double[] Point, Outcome Outcome, long Maps, double Residual, long Fallbacks, IReadOnlyList<double> Merits);
