namespace Descent.Oracles;

/// <summary>
/// An objective <c>F(w) = Σ ωᵢ max over u ∈ [l, h] of u·mᵢ(w) + ½ Σ λⱼwⱼ²</c> with affine margins <c>m = c − Aw</c>: hinge, absolute and
/// pinball losses. Its dual is a quadratic programme over the box. The pieces are the n examples, and for an L1 penalty λ₁|wⱼ| two more
/// each, −wⱼ and wⱼ with weight λ₁/(h − l).
/// </summary>
/// <typeparam name="T">Element type of the iterate.</typeparam>
public interface IPiecewiseLinearOracle<T> : IFiniteSumOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Lower slope l ≤ 0.</summary>
    double LowerSlope { get; }

    /// <summary>Upper slope h ≥ 0.</summary>
    double UpperSlope { get; }

    /// <summary>Quadratic penalties λⱼ ≥ 0, length d.</summary>
    ReadOnlySpan<double> Ridge { get; }

    /// <summary>Number of pieces: n, and two for every parameter with an L1 penalty.</summary>
    int Pieces { get; }

    /// <summary>Weight ωᵢ of a piece; those of the examples are divided by their sum.</summary>
    double PieceWeight(int piece);

    /// <summary>Writes the margins <c>m = c − Aw</c>, one a piece. An empty <paramref name="w"/> stands for zero.</summary>
    void PieceMargins(ReadOnlySpan<double> w, Span<double> margins);

    /// <summary>Writes <c>Aᵀu</c>, length d.</summary>
    void PieceAdjoint(ReadOnlySpan<double> u, Span<double> result);

    /// <summary>Adds <c>Aᵀ diag(h) A</c> to the upper triangle of a row-major d×d matrix.</summary>
    void PieceGram(ReadOnlySpan<double> h, Span<double> gram);
}
