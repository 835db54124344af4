namespace Descent;

/// <summary>The best point that was met. Nothing certifies that it is a global minimum.</summary>
/// <param name="Point">The best point.</param>
/// <param name="Value">The function there.</param>
/// <param name="Evaluations">Evaluations spent, the local searches included.</param>
/// <param name="BestAt">The evaluation, counted from 1, at which the best point was met.</param>
/// <param name="Acceptance">Share of the chain's proposals that were accepted; NaN when there was none.</param>
/// <param name="Trace">The chain, or each chain of a ladder, at 500 moments at most, evenly over the budget.</param>
/// <param name="Interrupted">Whether it was cancelled before its budget was spent or its target met.</param>
public sealed record AnnealingResult(
    double[] Point, double Value, int Evaluations, int BestAt, double Acceptance, IReadOnlyList<AnnealingMark> Trace, bool Interrupted)
{
    /// <summary>The chains of parallel tempering, coldest first; empty for one chain that cools.</summary>
    public IReadOnlyList<LadderRung> Rungs { get; init; } = [];
}
