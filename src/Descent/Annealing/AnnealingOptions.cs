namespace Descent;

/// <summary>What annealing may spend and how it cools.</summary>
public sealed record AnnealingOptions
{
    /// <summary>Evaluations of the function, those of the local polish included; null: 40 000·d.</summary>
    public int? Evaluations { get; init; }

    /// <summary>The evaluations in d coordinates: <see cref="Evaluations"/>, else 40 000·d, at most the largest int.</summary>
    public int BudgetFor(int dimension) => Evaluations ?? (int)Math.Min(int.MaxValue, 40_000L * dimension);

    /// <summary>Seed of every draw: the same seed gives the same bits.</summary>
    public ulong Seed { get; init; }

    /// <summary>How a cycle cools.</summary>
    public Cooling Cooling { get; init; }

    /// <summary>c of the logarithmic and the constant schedule, in units of the function; null: the mean rise over 2·d moves from the
    /// first point.</summary>
    public double? Depth { get; init; }

    /// <summary>The temperatures of parallel tempering; null: one chain that cools.</summary>
    public Ladder? Ladder { get; init; }

    /// <summary>Ends as soon as a value at most this is met; −∞: the whole budget is spent.</summary>
    public double Target { get; init; } = double.NegativeInfinity;

    /// <summary>Coordinates that hold integers, counted from 0.</summary>
    public IReadOnlyList<int> Integers { get; init; } = [];

    /// <summary>Whether trials are improved by a local search, quasi-Newton on differences, and at the ends of long cycles a compass
    /// search. False: Metropolis' chain alone.</summary>
    public bool Polish { get; init; } = true;

    /// <summary>Asked before every evaluation; once cancelled, the best point so far is the answer.</summary>
    public CancellationToken Cancellation { get; init; }
}
