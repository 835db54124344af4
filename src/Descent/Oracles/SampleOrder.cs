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
}
