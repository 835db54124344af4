using Descent.Oracles;

namespace Descent.Mixtures.Search;

/// <summary>How a mixture is searched for.</summary>
/// <param name="Restarts">Starts drawn by k-means++, ≥ 1.</param>
/// <param name="Method">How each is improved.</param>
/// <param name="Tolerance">A start has converged when one more EM step moves θ by at
/// most this much in the units of <see cref="IMixture.Distance"/>; &gt; 0.</param>
/// <param name="MostPasses">Passes over the rows that a start may take, ≥ 4; null: 10 000, or 100 for methods that sample rows.</param>
/// <param name="Seed">Seed of the starts: the same seed gives the same bits, whatever the number of threads.</param>
public sealed record MixtureOptions(
    int Restarts = 10, MixtureMethod Method = MixtureMethod.Em, double Tolerance = 1e-9, long? MostPasses = null, ulong Seed = 1)
{
    /// <summary>Rows of a mini-batch of the methods that sample rows, ≥ 1; null: a tenth of the rows, at most 256, and for stochastic EM
    /// all, at most 4096: its maximisers are biased by 1/B.</summary>
    public int? Batch { get; init; }

    /// <summary>How the methods that sample rows visit them in a pass: shuffle, blocks (for rows that lie on a disk) or sequential; null
    /// for shuffle.</summary>
    public SampleOrder? Order { get; init; }

    /// <summary>Whether standard errors are by supplemented EM (<see cref="IMixture.Supplement"/>) where the model has them.</summary>
    public bool Supplemented { get; init; }

    /// <summary>Whether the method takes rows in mini-batches, ends with its passes and not with a tolerance.</summary>
    public bool Samples => Method is MixtureMethod.Online or MixtureMethod.Stochastic or MixtureMethod.Sgd;

    /// <summary>The most passes: <see cref="MostPasses"/>, or what stands for null.</summary>
    public long Limit => MostPasses ?? (Samples ? 100 : 10_000);

    /// <summary>Rows of a mini-batch of n rows.</summary>
    public int BatchOf(int rows) =>
        Math.Min(rows, Batch ?? (Method == MixtureMethod.Stochastic ? 4096 : Math.Clamp(rows / 10, 1, 256)));

    /// <exception cref="ArgumentException">A number outside its range.</exception>
    internal void Check()
    {
        if (Restarts < 1) throw new ArgumentException($"A search needs at least 1 start; got {Restarts}.");
        if (!(Tolerance > 0) || !double.IsFinite(Tolerance))
            throw new ArgumentException(FormattableString.Invariant($"The tolerance must be positive and finite; got {Tolerance}."));
        if (Limit < 4) throw new ArgumentException($"A start needs at least 4 passes; got {MostPasses}.");
        if (Batch < 1) throw new ArgumentException($"A mini-batch needs at least 1 row; got {Batch}.");
    }
}
