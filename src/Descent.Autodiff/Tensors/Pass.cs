namespace Descent.Autodiff;

/// <summary>Whether a computation trains on a sample or evaluates.
/// A sample's randomness is a function of its key, so that the same sample asked again at another point gives the same function.</summary>
/// <param name="IsTraining">Whether samples are drawn: units are dropped, batches normalised by themselves.</param>
/// <param name="Key">Key of the sample's randomness.</param>
public readonly record struct Pass(bool IsTraining, ulong Key)
{
    /// <summary>Evaluation: nothing is random.</summary>
    public static Pass Evaluation => new(false, 0);

    /// <summary>The pass as a layer of its own sees it.</summary>
    public Pass For(int layer) => this with { Key = Philox.Pair((ulong)layer, Key).A };
}
