namespace Descent.Fitting.Families;

/// <summary>What a family needs to know of a fit to say in words what the model is.</summary>
/// <param name="Target">Name of the target.</param>
/// <param name="Classes">Names of the classes; null for numbers.</param>
/// <param name="Intercept">Whether there is a constant.</param>
/// <param name="IsPenalised">Whether there is a penalty.</param>
/// <param name="Own">The family's own number; NaN where it has none.</param>
readonly record struct ModelWords(string Target, IReadOnlyList<string>? Classes, bool Intercept, bool IsPenalised, double Own);
