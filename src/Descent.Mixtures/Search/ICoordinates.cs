namespace Descent.Mixtures.Search;

/// <summary>A model whose parameters have free coordinates, in which gradients are followed.</summary>
interface ICoordinates
{
    /// <summary>Writes the coordinates w at θ.</summary>
    void ToCoordinates(ReadOnlySpan<double> theta, Span<double> w);

    /// <summary>Writes θ at the coordinates w.</summary>
    void FromCoordinates(ReadOnlySpan<double> w, Span<double> theta);
}
