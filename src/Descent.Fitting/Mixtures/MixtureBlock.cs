namespace Descent.Fitting.Mixtures;

/// <summary>A block of a mixture's parameters.</summary>
/// <param name="Name">Its name in model files.</param>
/// <param name="Length">Numbers of it that each component has.</param>
sealed record MixtureBlock(string Name, int Length);
