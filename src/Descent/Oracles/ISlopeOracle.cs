namespace Descent.Oracles;

/// <summary>
/// A finite sum of generalised linear terms, <c>f(w; zᵢ) = ℓᵢ(Xᵢw) + penalty(w)</c>:
/// the gradient of an example is its row times a few slopes, so a table of gradients needs K numbers an example instead of d.
/// </summary>
/// <typeparam name="T">Element type of the iterate.</typeparam>
public interface ISlopeOracle<T> : IFiniteSumOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Slopes an example: 1, or the number of classes.</summary>
    int Outputs { get; }

    /// <summary>The examples of a sample, valid until the next call.</summary>
    ReadOnlySpan<int> Examples(Sample sample);

    /// <summary>Writes the slopes ∂ℓᵢ of some examples at w, weighted so that their mean over all examples gives the loss gradient;
    /// returns the mean loss of the examples, with the penalty.</summary>
    double Slopes(ReadOnlySpan<T> w, ReadOnlySpan<int> examples, Span<double> slopes);

    /// <summary><c>g ← g + Σ uᵢ ⊗ (xᵢ, 1)</c> over the examples.</summary>
    void AddRows(ReadOnlySpan<int> examples, ReadOnlySpan<double> u, Span<T> g);

    /// <summary><c>g ← g + ∇penalty(w)</c>.</summary>
    void AddPenalty(ReadOnlySpan<T> w, Span<T> g);
}
