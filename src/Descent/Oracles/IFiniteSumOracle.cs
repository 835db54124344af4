namespace Descent.Oracles;

/// <summary>A finite sum <c>F(w) = (1/n) Σ f(w; zᵢ)</c>: both the exact and the sampled gradient can be asked.</summary>
/// <typeparam name="T">Element type of the iterate.</typeparam>
public interface IFiniteSumOracle<T> : IGradientOracle<T>, IStochasticOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Number of examples n.</summary>
    int Count { get; }
}
