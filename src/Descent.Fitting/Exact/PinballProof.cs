namespace Descent.Fitting.Exact;

/// <summary>max(τ(y − z), (1 − τ)(z − y)), or |z − y|: the larger of two lines.</summary>
sealed class PinballProof(bool isMedian) : ProofLoss
{
    public override string? Wrong(ProofProblem p) => isMedian || (p.Parameter > 0 && p.Parameter < 1) ? null : "a τ outside (0, 1).";

    public override (Ball Loss, Ball Excess) At(ProofProblem p, int i, Ball z, Ball u)
    {
        (Ball? low, Ball? high) = Slopes(p, i);
        Ball r = z - Ball.Of(p.Labels[i]), loss = Ball.Max(low!.Value * r, high!.Value * r);
        return (loss, loss - (u * r));
    }

    public override (Ball? Low, Ball? High) Slopes(ProofProblem p, int i) => isMedian ? (-Ball.One, Ball.One)
        : (-Ball.Of(p.Parameter), Ball.One - Ball.Of(p.Parameter));

    public override (double Low, double High) Ends(ProofProblem p, int i) => isMedian ? (-1, 1) : (-p.Parameter, 1 - p.Parameter);

    public override double Slope(ProofProblem p, double z, double y)
    {
        (double low, double high) = Ends(p, 0);
        return z < y ? low : z > y ? high : 0;
    }
}
