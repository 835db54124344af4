namespace Descent.Algorithms;

/// <summary>M4: a method that runs another one and reports an average of its iterates; the run itself is unchanged.
/// Source: W 2.5, C 2.4, 3; Polyak and Juditsky 1992.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <typeparam name="TOracle">What the inner method needs.</typeparam>
/// <param name="Inner">The method that moves.</param>
/// <param name="Averaging">Which average is reported.</param>
public sealed record Averaged<T, TOracle>(IMethod<T, TOracle> Inner, Averaging Averaging) : IMethod<T, TOracle>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public string Recursion => $"{Inner.Recursion};  reported: {Averaging.Description}";

    /// <inheritdoc/>
    public Iteration<T> Start(TOracle oracle, ReadOnlySpan<T> start, Draws draws)
    {
        ArgumentNullException.ThrowIfNull(draws);
        return new AveragedIteration<T>(Inner.Start(oracle, start, draws), Averaging, draws.Split(1));
    }
}
