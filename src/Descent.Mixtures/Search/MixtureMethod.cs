namespace Descent.Mixtures.Search;

/// <summary>How a start is led to a local maximum of the likelihood.</summary>
public enum MixtureMethod
{
    /// <summary>EM as it stands.</summary>
    Em,

    /// <summary>EM with squared extrapolation, taken back where it lowers the likelihood.</summary>
    Squarem,

    /// <summary>EM with Anderson's extrapolation of depth 5, taken back where it lowers the likelihood.</summary>
    Anderson,

    /// <summary>Conditional maximisations of Q, for laws whose M-step comes in parts: <see cref="StudentT.StudentTMixture"/>.</summary>
    Ecm,

    /// <summary>Conditional maximisations, the last on the likelihood itself: <see cref="StudentT.StudentTMixture"/>.</summary>
    Ecme,

    /// <summary>Online EM over mini-batches, the average of the path: <see cref="Latent.OnlineEm"/>.</summary>
    Online,

    /// <summary>Maximisers of drawn complete data, averaged: <see cref="Latent.StochasticEm"/>.</summary>
    Stochastic,

    /// <summary>Averaged stochastic gradients of the likelihood with drawn z: <see cref="Latent.LatentObjective"/>.</summary>
    Sgd,
}
