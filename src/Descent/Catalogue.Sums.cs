using Descent.Algorithms;
using Descent.Estimators;
using Descent.Rules;

namespace Descent;

// Variance reduction on finite sums: M22 and its relatives.
public static partial class Catalogue
{
    // Tight enough for coefficients to four digits on problems with a condition number like n.
    const double SumGap = 3e-13;

    static CatalogueEntry[] Sums =>
    [
        new("svrg", "M22", "SVRG", "g = ∇f(w;ξ) − ∇f(v;ξ) + ∇F(v)", "finite sum", "2B gradients, n a period", "C alg. 17; Johnson and Zhang 2013", [])
        {
            Step = DefaultStep.Fraction(1.0 / 3), Batch = 1, Proximal = true, GradientsPerExample = 3, Gap = SumGap,
            Make = s => new FiniteSumMethod(new Sgd(), s.StepSize, new Svrg(s.Samples)),
        },
    ];
}
