namespace Descent.Fitting.Mixtures;

/// <summary>A block of a mixture's parameters.</summary>
/// <param name="Name">Its name in model files.</param>
/// <param name="Length">Numbers of each of its lists; 0 where the file says.</param>
/// <param name="Lists">How many lists there are; 0 for one a component.</param>
sealed record MixtureBlock(string Name, int Length, int Lists = 0);
