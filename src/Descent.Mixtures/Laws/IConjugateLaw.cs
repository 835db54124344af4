namespace Descent.Mixtures.Laws;

/// <summary>A law whose blocks can be drawn given the rows of their component.</summary>
public interface IConjugateLaw : IComponentLaw
{
    /// <summary>Draws <c>block ∝ μ(block) Π f(x_i; block)^{r_i}</c>, μ being flat in the parameters; false where that is no law.</summary>
    bool Draw(ReadOnlySpan<double> statistics, Draws draws, Span<double> block);
}
