namespace Descent.Fitting.Exact;

/// <summary>e^z − yz; conjugate (u + y) log(u + y) − (u + y) for u ≥ −y.</summary>
sealed class PoissonProof : ProofLoss
{
    public override string? Wrong(ProofProblem p) => p.Labels.Any(y => !(y >= 0)) ? "a count below 0." : null;

    public override (Ball Loss, Ball Excess) At(ProofProblem p, int i, Ball z, Ball u)
    {
        Ball y = Ball.Of(p.Labels[i]), rate = u + y, loss = BallFunctions.Exp(z) - (y * z);
        return (loss, loss + BallFunctions.XLogX(rate) - rate - (u * z));
    }

    public override (Ball? Low, Ball? High) Slopes(ProofProblem p, int i) => (-Ball.Of(p.Labels[i]), null);

    public override (double Low, double High) Ends(ProofProblem p, int i) => (-p.Labels[i], double.PositiveInfinity);

    public override double Slope(ProofProblem p, double z, double y) => Math.Max(-y, Math.Exp(z) - y);
}
