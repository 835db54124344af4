using Descent.Oracles;

namespace Descent.Estimators;

/// <summary>What SARAH and PAGE share: <c>v ← v + ∇f(w; ξ) − ∇f(w₋; ξ)</c>, or the full gradient when it is due.</summary>
sealed class RecursiveEstimation<T>(IFiniteSumOracle<T> oracle, Sampling sampling, Draws draws, Func<long, bool> due) : Estimation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly SampleStream samples = new(sampling, oracle.Population, draws);
    readonly T[] v = new T[oracle.Dimension], previous = new T[oracle.Dimension], scratch = new T[oracle.Dimension];
    long taken;

    public override double Estimate(ReadOnlySpan<T> w, Span<T> g)
    {
        double value;
        if (taken == 0 || due(taken))
        {
            value = oracle.Gradient(w, v);
        }
        else
        {
            Sample sample = samples.Next();
            value = oracle.Gradient(w, sample, g);
            oracle.Gradient(previous, sample, scratch);
            for (int i = 0; i < v.Length; i++) v[i] += g[i] - scratch[i];
        }
        taken++;
        w.CopyTo(previous);
        v.AsSpan().CopyTo(g);
        return value;
    }

    public override void Visit(IStateVisitor visitor)
    {
        samples.Visit(visitor);
        visitor.Buffer<T>("v", v);
        visitor.Buffer<T>("previous", previous);
        visitor.Number("taken", ref taken);
    }
}
