namespace Descent.Mixtures.Search;

/// <summary>How a mixture is searched for.</summary>
/// <param name="Restarts">Starts drawn by k-means++, ≥ 1.</param>
/// <param name="Method">How each is improved.</param>
/// <param name="Tolerance">A start has converged when one more EM step moves θ by at
/// most this much in the units of <see cref="IMixture.Distance"/>; &gt; 0.</param>
/// <param name="MostPasses">Passes over the rows that a start may take, ≥ 4.</param>
/// <param name="Seed">Seed of the starts: the same seed gives the same bits, whatever the number of threads.</param>
public sealed record MixtureOptions(
    int Restarts = 10, MixtureMethod Method = MixtureMethod.Em, double Tolerance = 1e-9, long MostPasses = 10_000, ulong Seed = 1)
{
    /// <exception cref="ArgumentException">A number outside its range.</exception>
    internal void Check()
    {
        if (Restarts < 1) throw new ArgumentException($"A search needs at least 1 start; got {Restarts}.");
        if (!(Tolerance > 0) || !double.IsFinite(Tolerance))
            throw new ArgumentException(FormattableString.Invariant($"The tolerance must be positive and finite; got {Tolerance}."));
        if (MostPasses < 4) throw new ArgumentException($"A start needs at least 4 passes; got {MostPasses}.");
    }
}
