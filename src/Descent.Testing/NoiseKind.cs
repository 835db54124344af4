namespace Descent.Testing;

/// <summary>Which distribution the noise of a <see cref="NoisyOracle"/> has; all have mean 0 and total variance σ².</summary>
public enum NoiseKind
{
    /// <summary>Normal, the same variance in every coordinate.</summary>
    Normal,

    /// <summary>±σ in the first coordinate: bounded, and at the variance limit in every draw.</summary>
    Sign,

    /// <summary>0 nearly always, and ±σ/√p with probability p = 0.02 in the first coordinate.</summary>
    Rare,
}
