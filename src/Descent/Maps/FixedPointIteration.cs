using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Maps;

/// <summary>
/// M33: <c>x ← (1 − η_t)x + η_t G(x)</c>; η = 1 is Picard's iteration, a constant η in (0, 1) Krasnoselskii and Mann's.
/// One application a step, 4d numbers. A contraction with factor α is reached at the rate <c>1 − η(1 − α)</c>. Source: W (12).
/// </summary>
public sealed class FixedPointIteration : MapIteration
{
    readonly IStepSize? stepSize;
    long step;

    /// <summary>Starts at a point; without a step size η = 1.</summary>
    public FixedPointIteration(IFixedPointMap map, ReadOnlySpan<double> start, IStepSize? stepSize = null)
        : base(map, start) => this.stepSize = stepSize;

    /// <inheritdoc/>
    public override int MapsOfStep => stepSize is null ? 1 : 2;

    /// <inheritdoc/>
    public override void Visit(IStateVisitor visitor)
    {
        base.Visit(visitor);
        visitor.Number("step", ref step);
    }

    private protected override void Advance()
    {
        double eta = stepSize?.Next(new StepInfo(step)) ?? 1;
        step++;
        if (eta == 1)
        {
            TakePlain();
            return;
        }
        for (int i = 0; i < Candidate.Length; i++) Candidate[i] = ((1 - eta) * Point[i]) + (eta * Image[i]);
        if (!TryCandidate(double.PositiveInfinity)) TakePlain();
    }
}
