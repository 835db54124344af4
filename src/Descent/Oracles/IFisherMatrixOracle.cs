namespace Descent.Oracles;

/// <summary>A negative log-likelihood whose Fisher information can be formed: for moderate d.</summary>
/// <typeparam name="T">Element type of the iterate.</typeparam>
public interface IFisherMatrixOracle<T> : IGradientOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Writes ∇F(w) and the upper triangle of <c>I(w) = E ∇²F(w)</c> (row-major, d×d), the mean over the targets that the model with the
    /// parameters w expects, both in double precision, and returns F(w); +∞ where w gives means outside their range.
    /// I(w) is positive semidefinite wherever F is finite, convex or not.
    /// </summary>
    double Information(ReadOnlySpan<T> w, Span<double> gradient, Span<double> information);
}
