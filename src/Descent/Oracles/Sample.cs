namespace Descent.Oracles;

/// <summary>The replayable identity of a sample ξ: not the rows, but what determines them.
/// Can be asked again at another point, or by another process.</summary>
/// <param name="Order">How positions map to examples.</param>
/// <param name="Key">Key of the permutation, or of the stream of independent draws.</param>
/// <param name="First">First position: within the epoch, or within the stream.</param>
/// <param name="Count">Number of examples.</param>
public readonly record struct Sample(SampleOrder Order, ulong Key, long First, int Count);
