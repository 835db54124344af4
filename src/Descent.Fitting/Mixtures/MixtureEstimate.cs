namespace Descent.Fitting.Mixtures;

/// <summary>A number of a component with its standard error.</summary>
sealed record MixtureEstimate
{
    /// <summary>Component, from 1.</summary>
    public required int Component { get; init; }

    public required string Name { get; init; }

    public required double Estimate { get; init; }

    public double? StandardError { get; init; }
}
