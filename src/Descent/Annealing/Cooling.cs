namespace Descent;

/// <summary>How the inverse temperature J grows within a cycle of annealing; a new cycle heats up again.</summary>
public enum Cooling
{
    /// <summary><c>J_k = J₀·r^k</c>, from J₀ to 10⁶ J₀ over a cycle. No theorem of convergence covers it.</summary>
    Geometric,

    /// <summary><c>J_k = log(1 + k)/c</c>, k = 1 at the first proposal: Hajek (1988):
    /// on a finite space it converges if and only if c is at least the depth of the deepest local minimum.</summary>
    Logarithmic,

    /// <summary><c>J = 1/c</c> throughout, c being <see cref="AnnealingOptions.Depth"/>: without local search Metropolis' sampler, whose
    /// law
    /// tends to <c>p(x) ∝ e^(−J f(x))</c>.</summary>
    Constant,
}
