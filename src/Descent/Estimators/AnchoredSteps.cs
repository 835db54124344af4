using Descent.Oracles;

namespace Descent.Estimators;

/// <summary>SVRG and its loopless form on sparse rows: <c>δ = ℓ′ᵢ(w) − ℓ′ᵢ(v)</c>,
/// and the drift is the loss gradient at the anchor v.</summary>
/// <param name="oracle">The objective.</param>
/// <param name="samples">The order of visits.</param>
/// <param name="renews">Whether the t-th step begins with a new anchor.</param>
/// <param name="period">Steps between anchors that are means of iterates; 0 when the iterate itself becomes the anchor.</param>
sealed class AnchoredSteps<T>(ISupportOracle<T> oracle, SampleStream samples, Func<long, bool> renews, long period) : SparseEstimation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly T[] anchor = new T[oracle.Dimension];
    long taken;

    public override SampleStream Samples => samples;

    public override T[] Drift { get; } = new T[oracle.Dimension];

    public override double DriftFactor => 1;

    public override bool SumsIterates => period > 0;

    public override bool WantsIterate => renews(taken);

    public override void Renew(ReadOnlySpan<T> w, ReadOnlySpan<double> iterateSum)
    {
        if (taken == 0 || period == 0) w.CopyTo(anchor);
        else
            for (int j = 0; j < anchor.Length; j++) anchor[j] = T.CreateTruncating(iterateSum[j] / period);
        oracle.Gradient(anchor, Drift);
        // The penalty is taken exactly, at the iterate.
        T lambda = T.CreateTruncating(oracle.CommonPenalty);
        for (int j = 0; j < anchor.Length; j++)
            if (j != oracle.InterceptIndex) Drift[j] -= lambda * anchor[j];
    }

    public override double Change(ReadOnlySpan<T> w, int example, out double value)
    {
        taken++;
        return oracle.Slope(w, example, out value) - oracle.Slope(anchor, example, out _);
    }

    public override void Visit(IStateVisitor visitor)
    {
        samples.Visit(visitor);
        visitor.Buffer<T>("anchor", anchor);
        visitor.Buffer<T>("drift", Drift);
        visitor.Number("taken", ref taken);
    }
}
