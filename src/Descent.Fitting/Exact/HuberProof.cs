namespace Descent.Fitting.Exact;

/// <summary>Huber's loss, written without cases: ½r² − ½max(0, |r| − δ)².</summary>
sealed class HuberProof : ProofLoss
{
    public override string? Wrong(ProofProblem p) => p.Parameter > 0 && double.IsFinite(p.Parameter) ? null : "a δ that is not above 0.";

    public override (Ball Loss, Ball Excess) At(ProofProblem p, int i, Ball z, Ball u)
    {
        Ball r = z - Ball.Of(p.Labels[i]), beyond = (r.Abs - Ball.Of(p.Parameter)).Positive, loss = ((r * r) - (beyond * beyond)) * 0.5;
        return (loss, loss + (u * u * 0.5) - (u * r));
    }

    public override (Ball? Low, Ball? High) Slopes(ProofProblem p, int i) => (-Ball.Of(p.Parameter), Ball.Of(p.Parameter));

    public override (double Low, double High) Ends(ProofProblem p, int i) => (-p.Parameter, p.Parameter);

    public override double Slope(ProofProblem p, double z, double y) => Math.Clamp(z - y, -p.Parameter, p.Parameter);
}
