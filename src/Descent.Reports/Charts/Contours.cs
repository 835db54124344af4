namespace Descent.Reports.Charts;

/// <summary>Level lines of a function of two variables.</summary>
/// <param name="Function">The function.</param>
/// <param name="Levels">The levels.</param>
public sealed record Contours(Func<double, double, double> Function, IReadOnlyList<double> Levels);
