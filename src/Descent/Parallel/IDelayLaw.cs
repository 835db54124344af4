namespace Descent.Parallel;

/// <summary>How old the weights are at which the gradient of a step was asked: <c>τ_t = t − k(t)</c> in steps, a function of the step
/// and a key
/// alone, and so independent of the samples.</summary>
public interface IDelayLaw
{
    /// <summary>τ, the largest delay it can give.</summary>
    int Largest { get; }

    /// <summary>The law in words, as printed in results.</summary>
    string Description { get; }

    /// <summary>τ_t, at least 0 and at most <see cref="Largest"/>; a run has no weights older than its start, and cuts it at t.</summary>
    /// <param name="step">t, from 0.</param>
    /// <param name="key">Key of the run's random numbers.</param>
    int At(long step, ulong key);
}
