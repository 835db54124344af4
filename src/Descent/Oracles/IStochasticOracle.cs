namespace Descent.Oracles;

/// <summary>An objective that is an expectation, of which values and gradients at a sample can be asked,
/// as often as wanted for the same sample.</summary>
/// <typeparam name="T">Element type of the iterate.</typeparam>
public interface IStochasticOracle<T> : IOracle
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Number of examples behind the expectation; 0 when it is not a finite sum.</summary>
    int Population { get; }

    /// <summary>f(w; ξ), the mean over the examples of the sample (penalties included).</summary>
    double Value(ReadOnlySpan<T> w, Sample sample);

    /// <summary>Writes ∇f(w; ξ) to <paramref name="g"/> and returns f(w; ξ).</summary>
    double Gradient(ReadOnlySpan<T> w, Sample sample, Span<T> g);
}
