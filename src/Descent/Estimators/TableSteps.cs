using Descent.Oracles;

namespace Descent.Estimators;

/// <summary>SAGA and SAG on sparse rows: <c>δ = ℓ′ᵢ(w) − uᵢ</c> with the slope uᵢ last seen,
/// and the drift is the sum of all <c>uᵢ(xᵢ, 1)</c>.</summary>
sealed class TableSteps<T>(ISupportOracle<T> oracle, SampleStream samples, bool biased) : SparseEstimation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly double[] table = new double[oracle.Count];
    readonly byte[] seen = new byte[oracle.Count];
    long met;

    public override SampleStream Samples => samples;

    public override T[] Drift { get; } = new T[oracle.Dimension];

    public override double DriftFactor => 1.0 / (biased ? met : oracle.Count);

    public override DriftChange Changes => biased ? DriftChange.Before : DriftChange.After;

    public override double Change(ReadOnlySpan<T> w, int example, out double value)
    {
        double slope = oracle.Slope(w, example, out value), delta = slope - table[example];
        table[example] = slope;
        met += 1 - seen[example];
        seen[example] = 1;
        return delta;
    }

    public override void Visit(IStateVisitor visitor)
    {
        samples.Visit(visitor);
        visitor.Buffer<double>("table", table);
        visitor.Buffer<byte>("seen", seen);
        visitor.Buffer<T>("drift", Drift);
        visitor.Number("met", ref met);
    }
}
