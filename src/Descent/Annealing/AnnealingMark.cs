namespace Descent;

/// <summary>The state of one chain of an annealing run at one moment.</summary>
/// <param name="Evaluation">Evaluations spent.</param>
/// <param name="Temperature">1/J.</param>
/// <param name="Current">The function at the chain's point.</param>
/// <param name="Best">The best value so far, of all chains.</param>
/// <param name="Acceptance">Share of the chain's proposals accepted so far.</param>
/// <param name="Point">The chain's point.</param>
/// <param name="Chain">Which chain: 0 for the only one, or the coldest of parallel tempering.</param>
public sealed record AnnealingMark(
    int Evaluation, double Temperature, double Current, double Best, double Acceptance, double[] Point, int Chain = 0)
{
    /// <summary>Most moments of a run that are kept.</summary>
    internal const int Most = 500;
}
