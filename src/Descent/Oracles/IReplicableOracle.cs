namespace Descent.Oracles;

/// <summary>An objective that several threads may ask at once, each through a replica of its own.</summary>
/// <typeparam name="T">Element type of the iterate.</typeparam>
public interface IReplicableOracle<T> : IStochasticOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The same objective over the same data for another caller, with working memory and a meter of its own; samples, blocks
    /// of steps and slopes have the same bits. Full passes of a replica run on its caller's thread.</summary>
    IStochasticOracle<T> Replicate();
}
