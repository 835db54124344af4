using Descent.Oracles;

namespace Descent.Maps;

/// <summary>
/// Halpern's iteration <c>x ← x₀/(t + 2) + (1 − 1/(t + 2))G(x)</c>, t from 0: for a map that does not expand distances ‖x_t − G(x_t)‖ ≤
/// 2‖x₀ − x*‖/(t + 1), where Picard's need not converge. One application a step, 5d numbers. Source: Halpern (1967); Lieder (2021).
/// </summary>
public sealed class Halpern : MapIteration
{
    readonly double[] anchor;
    long step;

    /// <summary>Starts at the anchor x₀.</summary>
    public Halpern(IFixedPointMap map, ReadOnlySpan<double> start)
        : base(map, start) => anchor = start.ToArray();

    /// <inheritdoc/>
    public override int MapsOfStep => 2;

    /// <inheritdoc/>
    public override void Visit(IStateVisitor visitor)
    {
        base.Visit(visitor);
        visitor.Buffer<double>("anchor", anchor);
        visitor.Number("step", ref step);
    }

    private protected override void Advance()
    {
        double share = 1.0 / (step++ + 2);
        for (int i = 0; i < anchor.Length; i++) Candidate[i] = (share * anchor[i]) + ((1 - share) * Image[i]);
        if (!TryCandidate(double.PositiveInfinity)) TakePlain();
    }
}
