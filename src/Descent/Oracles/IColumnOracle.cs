namespace Descent.Oracles;

/// <summary>
/// A generalised linear sum whose data can be read by columns, <c>f(w) = Σ ωᵢφᵢ(zᵢ) + Σ (λⱼ/2)wⱼ²</c>, <c>z = Xw + b</c>:
/// what lets a method move one coordinate at the cost of one column, and prove from slopes which coordinates are zero at the optimum.
/// </summary>
/// <typeparam name="T">Element type of the iterate.</typeparam>
public interface IColumnOracle<T> : IHessianMatrixOracle<T>, IFiniteSumOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The columns of X; made anew at every call, at the cost of two passes over the data.</summary>
    CscColumns ByColumn();

    /// <summary>Where the intercept b stands in w: the last place; −1 without one.</summary>
    int InterceptIndex { get; }

    /// <summary>λⱼ ≥ 0 of every parameter.</summary>
    ReadOnlySpan<double> Ridge { get; }

    /// <summary>sup φ″; +∞ when there is none.</summary>
    double LossSmoothness { get; }

    /// <summary>Whether φ″ is constant, so that a quadratic model is exact.</summary>
    bool IsQuadratic { get; }

    /// <summary>
    /// Returns <c>Σ ωᵢφᵢ(zᵢ)</c> and writes <c>ωᵢφᵢ′(zᵢ)</c> and curvatures for a quadratic model: <c>ωᵢφᵢ″(zᵢ)</c>,
    /// or ωᵢ·sup φ″ where φ″ jumps. All have length n; empty spans are not written.
    /// </summary>
    double MarginLoss(ReadOnlySpan<double> z, Span<double> slopes, Span<double> curvatures);

    /// <summary><c>Σ ωᵢφᵢ*(s·slopeᵢ/ωᵢ)</c>, slopes as <see cref="MarginLoss"/> writes them; +∞ outside the domain.</summary>
    double MarginConjugate(ReadOnlySpan<double> slopes, double scale);

    /// <summary>Writes the weights ωᵢ, n of them.</summary>
    void ExampleWeights(Span<double> weights);
}
