namespace Descent.Mixtures.Chains;

/// <summary>
/// The law of an output given the hidden state of a chain, <c>p(y_t | z_t = k)</c>, with its own block of θ and of the statistics.
/// </summary>
public interface IEmission
{
    /// <summary>Number of outputs, over all sequences.</summary>
    int Count { get; }

    /// <summary>Length of the block of θ for K states.</summary>
    int Parameters(int states);

    /// <summary>Length of the block of statistics for K states.</summary>
    int Statistics(int states);

    /// <summary>Whether the block is inside the parameter space.</summary>
    bool IsValid(ReadOnlySpan<double> theta);

    /// <summary>Writes <c>log p(y_t | z_t = k)</c> for the K states.</summary>
    void LogDensities(ReadOnlySpan<double> theta, int t, Span<double> densities);

    /// <summary>Adds output t with the weights <c>P(z_t = k | y)</c> to the statistics.</summary>
    void Add(int t, ReadOnlySpan<double> weights, Span<double> statistics);

    /// <summary>Maximises the expected log-likelihood of the outputs; false where there is no maximiser.</summary>
    bool Maximise(ReadOnlySpan<double> statistics, Span<double> theta);
}
