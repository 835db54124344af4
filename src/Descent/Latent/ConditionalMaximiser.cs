namespace Descent.Latent;

/// <summary>
/// Maximises over one block of θ with the others held where they are; <paramref name="theta"/> holds the values of the earlier steps
/// and receives the block's new ones. False where there is no maximiser (a scatter that is not positive definite, an empty state).
/// </summary>
/// <param name="statistics">Expected sufficient statistics of the cycle's E-step, in the model's layout.</param>
/// <param name="theta">Parameters, in the model's layout.</param>
public delegate bool ConditionalMaximiser(ReadOnlySpan<double> statistics, Span<double> theta);
