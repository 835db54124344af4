namespace Descent.Oracles;

/// <summary>In which order examples are visited.</summary>
public enum SampleOrder
{
    /// <summary>Independent uniform draws (catalogue O2). The guarantees speak about this order.</summary>
    Replacement,

    /// <summary>A new random permutation every epoch (O3, random reshuffling); a short last batch is kept.</summary>
    Shuffle,

    /// <summary>One random permutation, used again in every epoch.</summary>
    ShuffleOnce,

    /// <summary>The order of the data, epoch after epoch; one epoch of it is the single pass (O4).</summary>
    Sequential,

    /// <summary>
    /// A new order of blocks of 4096 rows every epoch, eight of which at a time are shuffled together: for rows that are read from a disk,
    /// where every row in its own place would be a wait. Up to 32 768 rows it is as random as a permutation.
    /// </summary>
    Blocks,
}
