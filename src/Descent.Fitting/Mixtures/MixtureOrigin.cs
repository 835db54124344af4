namespace Descent.Fitting.Mixtures;

/// <summary>How a saved mixture was searched for.</summary>
sealed record MixtureOrigin
{
    public required string Method { get; init; }

    public required int Restarts { get; init; }

    public required double Tolerance { get; init; }

    public required long MostPasses { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>The numbers of components that were tried, and what chose among them.</summary>
    public required string Tried { get; init; }

    public required string Criterion { get; init; }

    public required string Command { get; init; }

    public static MixtureOrigin Of(MixtureSpec spec) => new()
    {
        Method = MixtureWords.Of(spec.Search.Method),
        Restarts = spec.Search.Restarts,
        Tolerance = spec.Search.Tolerance,
        MostPasses = spec.Search.Limit,
        Seed = spec.Search.Seed,
        Tried = spec.Components.ToString(),
        Criterion = MixtureWords.Of(spec.Criterion),
        Command = spec.Caller.Text,
    };
}
