namespace Descent.Maps;

/// <summary>When the search for a fixed point ends.</summary>
/// <param name="Tolerance">Ends as converged when ‖x − G(x)‖₂ ≤ this; finite, ≥ 0.</param>
/// <param name="MostMaps">Ends as budget spent before this many applications of G are exceeded; ≥ 1.</param>
public sealed record MapOptions(double Tolerance = 1e-10, long MostMaps = 10_000);
