namespace Descent.Mixtures;

/// <summary>The gradient of a log-likelihood in free coordinates about a point, which itself has the coordinates zero.</summary>
interface ILocalScore
{
    /// <summary>Free coordinates.</summary>
    int Length { get; }

    /// <summary>θ at coordinates.</summary>
    double[] At(ReadOnlySpan<double> coordinates);

    /// <summary>∇ℓ at coordinates. False outside the parameter space.</summary>
    bool Gradient(ReadOnlySpan<double> coordinates, Span<double> gradient);
}
