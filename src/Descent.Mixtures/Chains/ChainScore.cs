namespace Descent.Mixtures.Chains;

/// <summary>
/// Score of a hidden Markov chain by Fisher's identity: the complete-data score at the expected statistics, in log-ratios of the
/// probabilities and the coordinates of the outputs.
/// </summary>
sealed class ChainScore : ILocalScore
{
    readonly HiddenMarkovChain chain;
    readonly SimplexCoordinates head;
    readonly IEmissionCoordinates outputs;
    readonly int heads;

    public ChainScore(HiddenMarkovChain chain, ReadOnlySpan<double> theta)
    {
        (this.chain, heads) = (chain, chain.Components * (chain.Components + 1));
        head = new SimplexCoordinates(theta[..heads].ToArray(), chain.Components);
        outputs = chain.Emission.Coordinates(theta[heads..], chain.Components);
    }

    public int Length => head.Length + outputs.Length;

    public double[] At(ReadOnlySpan<double> coordinates)
    {
        double[] theta = new double[chain.Parameters];
        head.At(coordinates[..head.Length], theta.AsSpan(0, heads));
        outputs.At(coordinates[head.Length..], theta.AsSpan(heads));
        return theta;
    }

    public bool Surrogate(ReadOnlySpan<double> held, ReadOnlySpan<double> coordinates, Span<double> gradient)
    {
        double[] theta = At(coordinates), statistics = new double[chain.Statistics];
        if (!double.IsFinite(chain.Expect(At(held), 0, chain.Count, statistics))) return false;
        head.Slope(statistics.AsSpan(0, heads), theta.AsSpan(0, heads), gradient[..head.Length]);
        outputs.Slope(statistics.AsSpan(heads), theta.AsSpan(heads), gradient[head.Length..]);
        return true;
    }
}
