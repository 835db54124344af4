namespace Descent.Latent;

/// <summary>
/// Data x₁…x_n with a latent part z, and a law <c>p(x, z | θ)</c> whose complete-data log-likelihood is made of sufficient statistics:
/// all that EM and its family ask. θ is one flat vector in the model's own layout;
/// statistics are sums over rows, so shards and ranks can be added in a fixed order.
/// </summary>
public interface ILatentModel
{
    /// <summary>Length of θ.</summary>
    int Parameters { get; }

    /// <summary>Number of sufficient statistics.</summary>
    int Statistics { get; }

    /// <summary>
    /// Whether each row adds to statistics of its own alone (its responsibilities, where no sum over rows is sufficient): then shards
    /// share one vector of statistics. False for sums over rows.
    /// </summary>
    bool StatisticsPerRow => false;

    /// <summary>
    /// What statistics and M-step take from the rows beside sums over them (an origin, scales): blocks of a stream can be added where it is
    /// the same. Empty where there is nothing.
    /// </summary>
    ReadOnlySpan<double> Frame => [];

    /// <summary>Rows (for a chain: sequences), n.</summary>
    int Count { get; }

    /// <summary>
    /// E-step: adds <c>Σ E[s(x_i, z) | x_i, θ]</c> over the rows first … first + count − 1 to <paramref name="statistics"/> and returns
    /// their observed log-likelihood <c>Σ log p(x_i | θ)</c>, NaN where θ is outside the parameter space.
    /// Called from several threads at once, with disjoint rows. Statistics include the number (weight) of the rows.
    /// </summary>
    double Expect(ReadOnlySpan<double> theta, int first, int count, Span<double> statistics);

    /// <summary>M-step: writes the θ that maximises the complete-data log-likelihood with these statistics.
    /// False where there is none (a variance at zero, an empty component).</summary>
    bool Maximise(ReadOnlySpan<double> statistics, Span<double> theta);

    /// <summary>Whether θ is inside the parameter space.</summary>
    bool IsValid(ReadOnlySpan<double> theta);

    /// <summary>A sentence that says where θ is degenerate (a variance that ran towards zero,
    /// so that the likelihood has no upper bound beside it); null where it is not.</summary>
    string? Degeneracy(ReadOnlySpan<double> theta) => null;

    /// <summary>Log-likelihood of one row, for Fisher's identity, certificates and held-out data.</summary>
    double LogDensity(ReadOnlySpan<double> theta, int row);
}
