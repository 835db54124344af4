namespace Descent.Algorithms;

/// <summary>Which average of the iterates a run reports (catalogue M4).</summary>
public enum AverageKind
{
    /// <summary>The plain mean of w₁ … w_T (Polyak and Ruppert).</summary>
    Uniform,

    /// <summary>The mean weighted by the step sizes η_t (W 2.5): of the iterates after their steps.</summary>
    StepSizeWeighted,

    /// <summary>One iterate drawn uniformly at random (C 2.4), by reservoir sampling.</summary>
    RandomIterate,

    /// <summary>The mean of the last iterates, w_s … w_T with s the largest power of two ≤ T/2 (suffix averaging):
    /// never fewer than half of them, nor more than 3T/4 + 1.</summary>
    Suffix,

    /// <summary>The mean of w₁ … w_T with the method's own weights: d_t for D-Adaptation; equal ones where the method has none.</summary>
    OwnWeights,

    /// <summary>Exponential moving average of the iterates after their steps, from the first one on.</summary>
    Exponential,

    /// <summary>Polynomial-decay average of the iterates after their steps (Shamir and Zhang 2013); γ = 0 is the plain mean.</summary>
    Polynomial,

    /// <summary>Mean of the iterates at the ends of cycles (stochastic weight averaging, Izmailov et al. 2018).</summary>
    Cyclic,
}
