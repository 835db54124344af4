namespace Descent.Fitting.Mixtures;

/// <summary>Something that a family says of its estimate.</summary>
/// <param name="Name">A word for the margin.</param>
/// <param name="Text">The rest of the sentence.</param>
/// <param name="Key">Its name in JSON.</param>
/// <param name="Value">Its number.</param>
sealed record MixtureRemark(string Name, string Text, string Key, double Value);
