namespace Descent.Rules;

/// <summary>The state of a rule under which a coordinate without a gradient stands still,
/// so that a step can be taken on the support of the gradient alone.</summary>
/// <typeparam name="T">Element type.</typeparam>
public interface ISupportState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Moves the listed coordinates of <paramref name="w"/>; equal to a whole step whose gradient is zero elsewhere.</summary>
    /// <param name="w">Iterate.</param>
    /// <param name="indices">Distinct coordinates.</param>
    /// <param name="g">Their gradients.</param>
    /// <param name="stepSize">η_t.</param>
    void Touch(Span<T> w, ReadOnlySpan<int> indices, ReadOnlySpan<T> g, double stepSize);
}
