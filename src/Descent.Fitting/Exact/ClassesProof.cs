namespace Descent.Fitting.Exact;

/// <summary>log Σ e^z − z_y with probabilities q: excess <c>φ + Σ q ln q − Σ (q − e_y)z</c>.</summary>
sealed class ClassesProof(int classes) : ProofLoss
{
    public override bool ByClass => true;

    public override int NeedsClasses => classes;

    // The probability of another class.
    public override (double Low, double High) Ends(ProofProblem p, int i) => (0, double.PositiveInfinity);

    public override (Ball Loss, Ball Excess) At(ProofProblem p, int i, Ball z, Ball u) =>
        throw new InvalidOperationException("A loss of several margins has no slope of one.");

    public override double Slope(ProofProblem p, double z, double y) =>
        throw new InvalidOperationException("A loss of several margins has no slope of one.");

    public static (Ball Loss, Ball Excess) Of(int label, ReadOnlySpan<Ball> z, ReadOnlySpan<Ball> q)
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
