namespace Descent.Fitting.Exact;

/// <summary>max(0, 1 − sz), s = ±1; slopes between −s and 0.</summary>
sealed class HingeProof : ProofLoss
{
    public override string? Wrong(ProofProblem p) => p.Labels.Any(y => y is not (0 or 1)) ? "a label that is neither class." : null;

    public override (Ball Loss, Ball Excess) At(ProofProblem p, int i, Ball z, Ball u)
    {
        Ball s = (Ball.Of(p.Labels[i]) * 2) - Ball.One, loss = (Ball.One - (s * z)).Positive;
        return (loss, loss + (s * u) - (u * z));
    }

    public override (Ball? Low, Ball? High) Slopes(ProofProblem p, int i) => p.Labels[i] == 1 ? (-Ball.One, Ball.Zero)
        : (Ball.Zero, Ball.One);

    public override (double Low, double High) Ends(ProofProblem p, int i) => p.Labels[i] == 1 ? (-1, 0) : (0, 1);

    public override double Slope(ProofProblem p, double z, double y) => ((2 * y) - 1) * z < 1 ? 1 - (2 * y) : 0;

    public override double OfPiece(ProofProblem p, int i, double variable) => -((2 * p.Labels[i]) - 1) * variable;
}
