namespace Descent.Latent;

/// <summary>How a run of conditional maximisations ended.</summary>
public enum EcmEnding
{
    /// <summary>A cycle raised the log-likelihood by less than the tolerance.</summary>
    Settled,

    /// <summary>The limit of cycles was reached first.</summary>
    Limit,

    /// <summary>A step had no maximiser, or the log-likelihood was not finite.</summary>
    Degenerate,

    /// <summary>A cycle for which monotonicity is claimed lowered the log-likelihood by more than rounding:
    /// a step does not maximise what it says.</summary>
    Lowered,
}
