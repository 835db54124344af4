namespace Descent.Mixtures;

/// <summary>The gradient of a log-likelihood in free coordinates about a point, which itself has the coordinates zero.</summary>
interface ILocalScore
{
    /// <summary>Free coordinates.</summary>
    int Length { get; }

    /// <summary>θ at coordinates.</summary>
    double[] At(ReadOnlySpan<double> coordinates);

    /// <summary>∇ℓ at coordinates. False outside the parameter space.</summary>
    bool Gradient(ReadOnlySpan<double> coordinates, Span<double> gradient) => Surrogate(coordinates, coordinates, gradient);

    /// <summary>
    /// ∇Q(· | held) at coordinates: the score of the complete data, its expectation taken at other coordinates. By Fisher's identity it is
    /// ∇ℓ where both are the same. False outside the parameter space.
    /// </summary>
    bool Surrogate(ReadOnlySpan<double> held, ReadOnlySpan<double> coordinates, Span<double> gradient);
}
