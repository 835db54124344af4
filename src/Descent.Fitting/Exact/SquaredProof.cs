namespace Descent.Fitting.Exact;

/// <summary>½(z − y)²; excess ½(r − u)².</summary>
sealed class SquaredProof : ProofLoss
{
    public override (Ball Loss, Ball Excess) At(ProofProblem p, int i, Ball z, Ball u)
    {
        Ball r = z - Ball.Of(p.Labels[i]);
        return (r * r * 0.5, (r - u) * (r - u) * 0.5);
    }

    public override double Slope(ProofProblem p, double z, double y) => z - y;
}
