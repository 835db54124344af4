using Descent.Oracles;

namespace Descent.Approximation;

/// <summary>A function of which only noisy values may be asked, <c>y = f(θ) + noise</c> with mean zero; no gradients.</summary>
public interface INoisyValue
{
    /// <summary>d ≥ 1.</summary>
    int Dimension { get; }

    /// <summary>One noisy value at θ, length d; the noise is a pure function of the sample.</summary>
    double Value(ReadOnlySpan<double> theta, Sample sample);
}
