namespace Descent.Fitting.Mixtures;

/// <summary>A number of a component that has a standard error.</summary>
/// <param name="Component">Component, from 0.</param>
/// <param name="Name">What it is, with its column.</param>
sealed record MixtureQuantity(int Component, string Name);
