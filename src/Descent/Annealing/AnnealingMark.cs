namespace Descent;

/// <summary>The state of an annealing run at one moment.</summary>
/// <param name="Evaluation">Evaluations spent.</param>
/// <param name="Temperature">1/J.</param>
/// <param name="Current">The function at the chain's point.</param>
/// <param name="Best">The best value so far.</param>
/// <param name="Acceptance">Share of the proposals accepted so far.</param>
/// <param name="Point">The chain's point.</param>
public sealed record AnnealingMark(int Evaluation, double Temperature, double Current, double Best, double Acceptance, double[] Point);
