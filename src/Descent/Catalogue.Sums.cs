using Descent.Algorithms;
using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;

namespace Descent;

// Variance reduction on finite sums: M22 and its relatives.
public static partial class Catalogue
{
    // Tight enough for coefficients to four digits on problems with a condition number like n.
    const double SumGap = 3e-13;

    static double Chance(MethodSettings s) =>
        s["probability"] > 0 ? s["probability"] : s.Samples.Batch / ((double)s.Count + s.Samples.Batch);

    static CatalogueEntry[] Sums =>
    [
        new("svrg", "M22", "SVRG", "g = ∇f(w;ξ) − ∇f(v;ξ) + ∇F(v)", Needs.FiniteSum, "2B gradients, n a period",
            "C alg. 17; Johnson and Zhang 2013", [])
        {
            Rank = 8,
            Step = DefaultStep.Fraction(1.0 / 3), Batch = 1, Lazy = CatalogueEntry.OneExampleNoL1, Order = SampleOrder.Replacement,
            Proximal = true, GradientsPerExample = 3, Gap = SumGap,
            Make = s => new FiniteSumMethod(new Sgd(), s.StepSize, new Svrg(s.Samples)),
        },
        new("loopless-svrg", "§ 8", "Loopless SVRG", "SVRG whose anchor is renewed with probability B/n", Needs.FiniteSum,
            "2B gradients, n now and then", "Kovalev et al. 2020", ["l-svrg"])
        {
            Step = DefaultStep.Fraction(1.0 / 6), Batch = 1, Lazy = CatalogueEntry.OneExampleNoL1, Order = SampleOrder.Replacement,
            Proximal = true, GradientsPerExample = 3, Gap = SumGap,
            Parameters = [new("probability", "p", 0, 0, 1, "of a new anchor; 0 stands for B/n", false)],
            Make = s => new FiniteSumMethod(new Sgd(), s.StepSize, new LooplessSvrg(s.Samples, s["probability"])),
        },
        new("sag", "§ 8", "SAG", "g = mean of the gradients last seen", Needs.FiniteSum, "B gradients", "Schmidt et al. 2017", [])
        {
            // The theory has 1/(16L); 1/L is what its authors and scikit-learn use.
            Step = DefaultStep.InverseSmoothness, Batch = 1, Lazy = CatalogueEntry.OneExampleNoL1, Order = SampleOrder.Replacement,
            Gap = SumGap,
            Make = s => new FiniteSumMethod(new Sgd(), s.StepSize, new Saga(s.Samples, true)),
        },
        new("saga", "§ 8", "SAGA", "g = ∇f(w;ξ) − g_ξ + mean of the gradients last seen", Needs.FiniteSum, "B gradients",
            "Defazio, Bach and Lacoste-Julien 2014", [])
        {
            Rank = 9,
            Step = DefaultStep.Fraction(1.0 / 3), Batch = 1, Lazy = CatalogueEntry.OneExampleNoL1, Order = SampleOrder.Replacement,
            Proximal = true, Gap = SumGap,
            Make = s => new FiniteSumMethod(new Sgd(), s.StepSize, new Saga(s.Samples)),
        },
        new("sarah", "§ 8", "SARAH", "v ← v + ∇f(w;ξ) − ∇f(w₋;ξ), ∇F(w) every n/B steps", Needs.FiniteSum, "2B gradients, n a period",
            "Nguyen et al. 2017", [])
        {
            Step = DefaultStep.Fraction(1.0 / 2), Batch = 1, Order = SampleOrder.Replacement, Proximal = true, GradientsPerExample = 3,
            Gap = SumGap,
            Make = s => new FiniteSumMethod(new Sgd(), s.StepSize, new Sarah(s.Samples)),
        },
        new("page", "§ 8", "PAGE", "∇F(w) with probability p, else v ← v + ∇f(w;ξ) − ∇f(w₋;ξ)", Needs.FiniteSum, "pn + 2B gradients",
            "Li et al. 2021", [])
        {
            Step = new(s => 1 / (s.Smoothness * (1 + Math.Sqrt((1 - Chance(s)) / (Chance(s) * s.Samples.Batch)))),
                "1/(H(1 + √((1−p)/(pB))))", true),
            Order = SampleOrder.Replacement, Proximal = true, GradientsPerExample = 3, Gap = SumGap,
            Parameters = [new("probability", "p", 0, 0, 1, "of a full gradient; 0 stands for B/(n+B)", false)],
            Make = s => new FiniteSumMethod(new Sgd(), s.StepSize, new Page(s.Samples, s["probability"])),
        },
        new("katyusha", "§ 8", "Katyusha", "x = τ₁z + ½v + (½−τ₁)y;  z ← z − αg;  y ← x + τ₁(z − z₋)", Needs.FiniteSum,
            "2B gradients, n a period", "Allen-Zhu 2017", [])
        {
            Rank = 11,
            Batch = 1, Order = SampleOrder.Replacement, Proximal = true, GradientsPerExample = 2.5, Gap = SumGap, NeedsSmoothness = true,
            // Where nothing is curved, any L will do.
            Make = s => new Katyusha(s.Smoothness == 0 ? 1 : s.Smoothness, s.StrongConvexity, s.Samples),
        },
        new("sdca", "§ 8", "Stochastic dual coordinate ascent", "uᵢ ← argmax of the dual along uᵢ;  w = −Σωᵢuᵢxᵢ/λ", Needs.FiniteSum,
            "1 gradient", "Shalev-Shwartz and Zhang 2013", [])
        {
            Rank = 10,
            Batch = 1, TakesOne = true, Gap = SumGap, Lazy = CatalogueEntry.Always,
            Make = s => new Sdca(s.Samples.Order),
        },
    ];
}
