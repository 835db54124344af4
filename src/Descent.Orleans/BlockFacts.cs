namespace Descent.Orleans;

/// <summary>What a block has seen since its model began.</summary>
/// <param name="Version">Pushes that its weights contain.</param>
/// <param name="Pushes">Pushes that it has accepted; in synchronous rounds some of them wait for the end of theirs.</param>
/// <param name="Repeated">Pushes that came again, because an answer was lost; none was applied twice.</param>
/// <param name="Missed">Sum, over the accepted pushes, of the pushes that their weights had missed.</param>
/// <param name="MostMissed">The most that any had missed.</param>
public readonly record struct BlockFacts(long Version, long Pushes, long Repeated, long Missed, long MostMissed);
