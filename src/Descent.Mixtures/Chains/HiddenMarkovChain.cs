using Descent.Latent;

namespace Descent.Mixtures.Chains;

/// <summary>
/// Sequences of outputs from a hidden Markov chain with K states and a free initial law. θ = (initial law π, transitions A row-major, block
/// of the outputs); statistics in the same order: expected starts, expected transitions, and those of the outputs. EM on it is Baum–Welch.
/// </summary>
/// <remarks>
/// E-step: scaled forward–backward, O(T·K²) time and O(T·K) memory for a sequence of length T. Each output's densities are divided by their
/// largest and each forward vector by its sum, so that neither long chains nor far outputs underflow.
/// Source: Baum, Petrie, Soules and Weiss 1970; Rabiner 1989.
/// </remarks>
public sealed partial class HiddenMarkovChain
{
    readonly IEmission emission;
    readonly int states;
    readonly int[] starts;

    /// <summary>K = <paramref name="states"/> over sequences of these lengths, one after the other in the outputs;
    /// one sequence without lengths.</summary>
    public HiddenMarkovChain(IEmission emission, int states, params ReadOnlySpan<int> lengths)
    {
        if (states < 1 || states > emission.Count)
            throw new ArgumentException($"The number of states must lie between 1 and the {emission.Count} outputs; got {states}.");
        (this.emission, this.states) = (emission, states);
        starts = lengths.IsEmpty ? [0, emission.Count] : Starts(lengths, emission.Count);
    }

    HiddenMarkovChain(int states, IEmission emission, ReadOnlySpan<int> lengths)
    {
        (this.emission, this.states) = (emission, states);
        starts = lengths.IsEmpty ? [0, emission.Count] : Starts(lengths, emission.Count);
    }

    /// <summary>Sequences to be read under a law that is known: they may be shorter than states.</summary>
    /// <param name="emission">The outputs.</param>
    /// <param name="states">K ≥ 1.</param>
    /// <param name="lengths">Lengths of the sequences; none for one.</param>
    /// <exception cref="ArgumentException">Lengths that do not add up to the outputs.</exception>
    public static HiddenMarkovChain Of(IEmission emission, int states, ReadOnlySpan<int> lengths)
    {
        ArgumentNullException.ThrowIfNull(emission);
        return new HiddenMarkovChain(states, emission, lengths);
    }

    /// <inheritdoc/>
    public int Parameters => states + (states * states) + emission.Parameters(states);

    /// <inheritdoc/>
    public int Statistics => states + (states * states) + emission.Statistics(states);

    /// <inheritdoc/>
    public int Count => starts.Length - 1;

    int Head => states + (states * states);

    /// <inheritdoc/>
    public double Expect(ReadOnlySpan<double> theta, int first, int count, Span<double> statistics)
    {
        if (!IsValid(theta)) return double.NaN;
        double sum = 0;
        for (int s = first; s < first + count; s++)
        {
            ForwardBackward pass = new(emission, states, starts[s], starts[s + 1] - starts[s]);
            double value = pass.Forward(theta);
            if (!double.IsFinite(value)) return double.NaN;
            sum += value;
            pass.Backward(theta, statistics);
        }
        return sum;
    }

    /// <inheritdoc/>
    public bool Maximise(ReadOnlySpan<double> statistics, Span<double> theta) =>
        Simplex.Shares(statistics[..states], theta[..states], states)
        && Transitions(statistics[states..Head], theta[states..Head])
        && emission.Maximise(statistics[Head..], theta[Head..]);

    /// <inheritdoc/>
    public bool IsValid(ReadOnlySpan<double> theta) => Simplex.Holds(theta[..Head], states) && emission.IsValid(theta[Head..]);

    /// <inheritdoc/>
    public double LogDensity(ReadOnlySpan<double> theta, int row) =>
        IsValid(theta) ? new ForwardBackward(emission, states, starts[row], starts[row + 1] - starts[row]).Forward(theta) : double.NaN;

    /// <summary>The one step of Baum–Welch: everything on Q.</summary>
    public IReadOnlyList<ConditionalStep> BaumWelch() => [new("initial law, transitions and outputs", StepObjective.Expected, Maximise)];

    /// <summary>Writes <c>P(z_t = k | y)</c> of a sequence, T rows of K, and returns its log-likelihood.</summary>
    public double Posterior(ReadOnlySpan<double> theta, int sequence, Span<double> posterior)
    {
        if (!IsValid(theta)) return double.NaN;
        int length = starts[sequence + 1] - starts[sequence];
        if (posterior.Length != length * states)
            throw new ArgumentException($"The posterior needs {length * states} numbers (outputs × states); got {posterior.Length}.");
        ForwardBackward pass = new(emission, states, starts[sequence], length);
        double value = pass.Forward(theta);
        pass.Backward(theta, new double[Statistics]);
        pass.Posterior.CopyTo(posterior);
        return value;
    }

    /// <summary>
    /// Writes <c>log p(y_t | y_1 … y_{t−1})</c> of a sequence, whose sum is its log-likelihood, and returns the sum.
    /// </summary>
    public double Predictive(ReadOnlySpan<double> theta, int sequence, Span<double> logs)
    {
        int length = starts[sequence + 1] - starts[sequence];
        if (logs.Length != length)
            throw new ArgumentException($"The densities need length {length} (the outputs of the sequence); got {logs.Length}.");
        return IsValid(theta) ? new ForwardBackward(emission, states, starts[sequence], length).Forward(theta, logs) : double.NaN;
    }

    // A state that is only ever a sequence's last has no transitions: its row keeps what it was, on which the likelihood does not depend.
    bool Transitions(ReadOnlySpan<double> counts, Span<double> rows)
    {
        for (int k = 0; k < states; k++) Simplex.Shares(counts.Slice(k * states, states), rows.Slice(k * states, states), states);
        return true;
    }

    static int[] Starts(ReadOnlySpan<int> lengths, int outputs)
    {
        int[] starts = new int[lengths.Length + 1];
        for (int s = 0; s < lengths.Length; s++)
        {
            if (lengths[s] < 1)
                throw new ArgumentException($"Sequence {s + 1} has length {lengths[s]}; a sequence needs at least one output.");
            starts[s + 1] = starts[s] + lengths[s];
        }
        if (starts[^1] != outputs)
            throw new ArgumentException($"The lengths of the sequences add up to {starts[^1]}; there are {outputs} outputs.");
        return starts;
    }
}
