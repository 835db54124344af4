namespace Descent.Latent;

/// <summary>What a conditional step of ECM or ECME maximises over its block.</summary>
public enum StepObjective
{
    /// <summary>The expected complete-data log-likelihood Q(θ | θ_t), from the statistics of the cycle's E-step.</summary>
    Expected,

    /// <summary>The observed log-likelihood itself, at the values that the earlier steps of the cycle left.</summary>
    Observed,
}
