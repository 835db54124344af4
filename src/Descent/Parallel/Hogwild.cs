using Descent.Algorithms;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Parallel;

/// <summary>
/// Hogwild! (D2): threads take SGD steps on one set of weights without locks, <c>w_j ← w_j − η g_j</c> coordinate by coordinate, each on
/// its share of every epoch. <b>Not deterministic</b> on more than one thread: which updates a gradient has seen, and which are lost,
/// depends on the machine. Source: C 19, algorithm 14; Recht et al. 2011.
/// </summary>
/// <remarks>
/// On sparse rows a step of one example touches its non-zeros alone; the penalty (λ/2)‖w‖² is shared out among the rows that meet a
/// coordinate, <c>λn/c_j</c> each, taken implicitly, <c>w_j ← w_j/(1 + ηλn/c_j)</c>, and a coordinate that no row meets is put to 0, its
/// optimum, at the start. Everything else takes whole gradients. A run measures itself: how stale gradients were (every 64th step), and how
/// many updates were lost of a counter that every step adds to by the same kind of write as the weights, which is the worst a coordinate
/// can meet. G14 covers it only as far as reads are consistent, which nothing here makes sure. On one thread it is SGD, deterministic, and
/// resumable. Memory: d, and 4n bytes a thread for shuffled orders. Objectives that cannot be replicated run on one thread.
/// </remarks>
/// <param name="StepSize">η_t.</param>
/// <param name="Sampling">Order of visits and batch size B.</param>
/// <param name="Atomic">Whether additions are compare-and-exchange, so that none is lost.</param>
/// <param name="Workers">The threads; null for the calling one.</param>
public sealed record Hogwild(IStepSize StepSize, Sampling Sampling, bool Atomic = false, Workers? Workers = null)
    : IMethod<double, IStochasticOracle<double>>, IMethod<float, IStochasticOracle<float>>
{
    /// <summary>η_t; it may not follow the whole gradient.</summary>
    public IStepSize StepSize { get; } = Guard.Given("The step size", StepSize, nameof(Hogwild)).UsesGradient
        ? throw new ArgumentException("A step size that follows the gradient does not fit Hogwild!; use a schedule.")
        : StepSize;

    /// <inheritdoc/>
    public string Recursion => $"w_j ← w_j − η g_j without locks{(Atomic ? ", by atomic additions" : "")}, "
        + (Workers is { Count: > 1 } ? FormattableString.Invariant($"{Workers.Count} threads: not deterministic") : "one thread")
        + $";  {StepSize}";

    /// <inheritdoc/>
    public Iteration<double> Start(IStochasticOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        new HogwildIteration<double>(this, oracle, start, draws);

    /// <inheritdoc/>
    public Iteration<float> Start(IStochasticOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) =>
        new HogwildIteration<float>(this, oracle, start, draws);
}
