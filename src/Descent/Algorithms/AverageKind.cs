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

    /// <summary>The mean over the second half of the run so far, restarted at powers of two (suffix averaging).</summary>
    Suffix,

    /// <summary>Exponential moving average of the iterates after their steps, from the first one on.</summary>
    Exponential,

    /// <summary>Polynomial-decay average of the iterates after their steps (Shamir and Zhang 2013); γ = 0 is the plain mean.</summary>
    Polynomial,

    /// <summary>Mean of the iterates at the ends of cycles (stochastic weight averaging, Izmailov et al. 2018).</summary>
    Cyclic,
}
