namespace Descent;

public static partial class Catalogue
{
    // Roots, optima without gradients, estimating equations, diffusions: M32, M34, M35.
    static Procedure[] Approximation => [];
}
