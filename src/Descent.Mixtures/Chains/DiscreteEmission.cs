namespace Descent.Mixtures.Chains;

/// <summary>Outputs that are one of M symbols 0 … M − 1 in each state. θ = K rows of M probabilities,
/// statistics = expected counts in the same layout.</summary>
public sealed class DiscreteEmission : IEmission
{
    readonly int[] outputs;
    readonly int symbols;

    /// <summary>Symbols of all sequences, one after the other; <see cref="ArgumentException"/> for one outside 0 … M − 1.</summary>
    public DiscreteEmission(ReadOnlySpan<int> outputs, int symbols)
    {
        if (symbols < 1) throw new ArgumentException($"The number of symbols must be at least 1; got {symbols}.");
        for (int t = 0; t < outputs.Length; t++)
        {
            if (outputs[t] < 0 || outputs[t] >= symbols)
                throw new ArgumentException($"Output {t + 1} is {outputs[t]}; symbols are the whole numbers 0 to {symbols - 1}.");
        }
        this.outputs = outputs.ToArray();
        this.symbols = symbols;
    }

    /// <inheritdoc/>
    public int Count => outputs.Length;

    /// <inheritdoc/>
    public IReadOnlyList<int> Lengths => [symbols];

    /// <inheritdoc/>
    public int FreeParameters => symbols - 1;

    /// <inheritdoc/>
    public string Collapse => "A state lost all its outputs. Take fewer states.";

    /// <inheritdoc/>
    public int Parameters(int states) => states * symbols;

    /// <inheritdoc/>
    public int Statistics(int states) => states * symbols;

    /// <inheritdoc/>
    public bool IsValid(ReadOnlySpan<double> theta) => Simplex.Holds(theta, symbols);

    /// <inheritdoc/>
    public void LogDensities(ReadOnlySpan<double> theta, int t, Span<double> densities)
    {
        for (int k = 0; k < densities.Length; k++) densities[k] = Math.Log(theta[(k * symbols) + outputs[t]]);
    }

    /// <inheritdoc/>
    public void Add(int t, ReadOnlySpan<double> weights, Span<double> statistics)
    {
        for (int k = 0; k < weights.Length; k++) statistics[(k * symbols) + outputs[t]] += weights[k];
    }

    /// <inheritdoc/>
    public bool Maximise(ReadOnlySpan<double> statistics, Span<double> theta) => Simplex.Shares(statistics, theta, symbols);

    /// <summary>The shares of the symbols among all outputs, each times a number from an exponential law, brought to sum 1.</summary>
    public bool Start(Draws draws, int states, Span<double> theta)
    {
        ArgumentNullException.ThrowIfNull(draws);
        double[] counts = new double[symbols], wild = new double[states * symbols];
        Array.Fill(counts, 1.0 / symbols);
        foreach (int y in outputs) counts[y]++;
        for (int i = 0; i < wild.Length; i++) wild[i] = counts[i % symbols] * -Math.Log(1 - draws.NextDouble());
        return Simplex.Shares(wild, theta, symbols);
    }

    /// <inheritdoc/>
    public double Unit(int parameter, int states) => 1;

    /// <inheritdoc/>
    public string? Degeneracy(ReadOnlySpan<double> theta, int state, int states, double outputs) => null;

    /// <summary>Logarithms of ratios of the probabilities.</summary>
    public IEmissionCoordinates Coordinates(ReadOnlySpan<double> theta, int states) => new SimplexCoordinates(theta.ToArray(), symbols);
}
