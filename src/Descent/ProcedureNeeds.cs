namespace Descent;

/// <summary>What a procedure asks of its object.</summary>
public enum ProcedureNeeds
{
    /// <summary>Noisy observations of a function whose root is wanted.</summary>
    Observations,

    /// <summary>Values of a function, noisy or exact; no gradients.</summary>
    Values,

    /// <summary>A map whose fixed point is wanted.</summary>
    Map,

    /// <summary>An estimating function of single rows.</summary>
    EstimatingFunction,

    /// <summary>A latent-variable model: expectations, maximisations, draws.</summary>
    LatentModel,

    /// <summary>Gradients of an objective, and the covariance of their noise.</summary>
    NoisyGradients,
}
