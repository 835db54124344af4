namespace Descent.Fitting.Proofs;

/// <summary>The losses φ and their Fenchel–Young excess <c>φ(z) + φ*(u) − uz ≥ 0</c> at one example, in balls.</summary>
static class ProofLoss
{
    /// <summary>A loss of one margin.</summary>
    public static (Ball Loss, Ball Excess) One(ProofProblem p, int i, Ball z, Ball u)
    {
        Ball y = Ball.Of(p.Labels[i]), r = z - y;
        switch (p.Model)
        {
            case "linear":
                return (r * r * 0.5, (r - u) * (r - u) * 0.5);
            case "huber":
                // ½r² − ½max(0, |r| − δ)², which needs no case.
                Ball beyond = (r.Abs - Ball.Of(p.Parameter)).Positive, huber = ((r * r) - (beyond * beyond)) * 0.5;
                return (huber, huber + (u * u * 0.5) - (u * r));
            case "absolute" or "quantile":
                (Ball? low, Ball? high) = p.SlopesOf(i);
                Ball pinball = Ball.Max(low!.Value * r, high!.Value * r);
                return (pinball, pinball - (u * r));
            case "hinge":
                Ball s = (y * 2) - Ball.One, hinge = (Ball.One - (s * z)).Positive;
                return (hinge, hinge + (s * u) - (u * z));
            case "poisson":
                Ball rate = u + y, loss = BallFunctions.Exp(z) - (y * z);
                return (loss, loss + BallFunctions.XLogX(rate) - rate - (u * z));
            default:
                throw new ProofException($"the model '{p.Model}', which is not known.");
        }
    }

    /// <summary>log Σ e^z − z_y with probabilities q: excess <c>φ + Σ q ln q − Σ (q − e_y)z</c>.</summary>
    public static (Ball Loss, Ball Excess) ByClass(int label, ReadOnlySpan<Ball> z, ReadOnlySpan<Ball> q)
    {
        Ball top = z[0], sum = default, entropy = default, inner = default;
        foreach (Ball v in z) top = v.Mid > top.Mid ? v : top;
        top = new(top.Mid, 0);
        for (int k = 0; k < z.Length; k++)
        {
            sum += BallFunctions.Exp(z[k] - top);
            entropy += BallFunctions.XLogX(q[k]);
            inner += q[k] * z[k];
        }
        Ball total = BallFunctions.Log(sum) + top;
        return (total - z[label], total + entropy - inner);
    }
}
