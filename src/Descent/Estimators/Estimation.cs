using Descent.Oracles;

namespace Descent.Estimators;

/// <summary>A gradient estimator during one run: draws its own samples, keeps its own memory.</summary>
/// <typeparam name="T">Element type.</typeparam>
public abstract class Estimation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Writes an estimate of ∇F(w) to <paramref name="g"/>; returns the value of the sample, or of F.</summary>
    public abstract double Estimate(ReadOnlySpan<T> w, Span<T> g);

    /// <summary>Shows every buffer to a visitor.</summary>
    public abstract void Visit(IStateVisitor visitor);
}
