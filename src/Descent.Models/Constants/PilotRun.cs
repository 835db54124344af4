using Descent.Guarantees;

namespace Descent.Models.Constants;

/// <summary>What a look at the optimum has found: constants, and a point near the minimiser with how near it is proved to be.</summary>
/// <param name="Constants">The constants.</param>
/// <param name="Point">The pilot's end, d numbers.</param>
/// <param name="Value">F there.</param>
/// <param name="LowerBound">A certified lower bound on F*; −∞ without one.</param>
/// <param name="Radius">Proved bound on its distance to the minimiser; NaN without one.</param>
public sealed record PilotRun(ProblemConstants Constants, IReadOnlyList<double> Point, double Value, double LowerBound, double Radius);
