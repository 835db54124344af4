namespace Descent.Mixtures.Chains;

/// <summary>
/// The law of an output given the hidden state of a chain, <c>p(y_t | z_t = k)</c>, with its own block of θ and of the statistics. The
/// block of θ is one after the other for each of <see cref="Lengths"/>: K lists of that length, state after state.
/// </summary>
public interface IEmission
{
    /// <summary>Number of outputs, over all sequences.</summary>
    int Count { get; }

    /// <summary>What the parameters are made of: numbers that each state has of every kind.</summary>
    IReadOnlyList<int> Lengths { get; }

    /// <summary>Length of the block of θ for K states.</summary>
    int Parameters(int states);

    /// <summary>Length of the block of statistics for K states.</summary>
    int Statistics(int states);

    /// <summary>Parameters of one state that vary freely.</summary>
    int FreeParameters { get; }

    /// <summary>Whether the block is inside the parameter space.</summary>
    bool IsValid(ReadOnlySpan<double> theta);

    /// <summary>Writes <c>log p(y_t | z_t = k)</c> for the K states.</summary>
    void LogDensities(ReadOnlySpan<double> theta, int t, Span<double> densities);

    /// <summary>Adds output t with the weights <c>P(z_t = k | y)</c> to the statistics.</summary>
    void Add(int t, ReadOnlySpan<double> weights, Span<double> statistics);

    /// <summary>Maximises the expected log-likelihood of the outputs; false where there is no maximiser.</summary>
    bool Maximise(ReadOnlySpan<double> statistics, Span<double> theta);

    /// <summary>Writes a start for K states; the same draws give the same start. False where the draw gave none.</summary>
    bool Start(Draws draws, int states, Span<double> theta);

    /// <summary>The unit in which moves of a number of the block are measured; it follows the units of the outputs.</summary>
    double Unit(int parameter, int states);

    /// <summary>What it means that <see cref="Maximise"/> finds none, in a sentence with a way out.</summary>
    string Collapse { get; }

    /// <summary>Why a state of this block on so many outputs is no estimate; null where it is one.</summary>
    /// <param name="theta">The block.</param>
    /// <param name="state">The state, from 0.</param>
    /// <param name="states">K.</param>
    /// <param name="outputs">Expected outputs of the state.</param>
    string? Degeneracy(ReadOnlySpan<double> theta, int state, int states, double outputs);

    /// <summary>Free coordinates about a block for certificates: which are real numbers, and the slope along them.</summary>
    IEmissionCoordinates Coordinates(ReadOnlySpan<double> theta, int states);
}
