using Descent.Estimators;
using Descent.Rules;

namespace Descent;

// Step sizes that follow the gradients: M11–M20, M23, M24.
public static partial class Catalogue
{
    static MethodParameter Floor() => new("eps", "ε", 1e-4, 1e-300, double.PositiveInfinity, "ε² is added to the sum of squared norms");

    static CatalogueEntry[] Adaptive =>
    [
        new("adagrad-norm", "M11", "AdaGrad-norm", "η_t = c/√(ε² + Σ‖g‖²)", Needs.SamplesOrGradient, "B gradients", "C alg. 7", [])
        {
            Step = DefaultStep.Published(1, "c, in the unit of the parameters"), Proximal = true, Parameters = [Floor()],
            Make = s => s.Drive(new AdaGradNorm(s["eps"])),
        },
        new("adagrad-norm-delayed", "M12", "AdaGrad-norm, delayed", "the sum stops at t − 1", Needs.SamplesOrGradient, "B gradients",
            "C 9.1", [])
        {
            Step = DefaultStep.Published(1, "c, in the unit of the parameters"), Proximal = true,
            Parameters = [new("eps", "ε", double.NaN, 1e-300, double.PositiveInfinity,
                "the first step divides by it alone; default H, which makes that step c/H")],
            // Where nothing is curved, any ε will do.
            Make = s => s.Drive(new AdaGradNorm(double.IsNaN(s["eps"]) ? s.Smoothness == 0 ? 1 : s.Smoothness : s["eps"], true)),
        },
        new("ema-norm", "M13", "EMA-norm (need not converge)", "A ← βA + ‖g‖²;  η_t = c/√(ε² + A)", Needs.SamplesOrGradient, "B gradients",
            "C alg. 8", [])
        {
            Step = DefaultStep.Published(1, "c, in the unit of the parameters"), Proximal = true, Parameters = [Beta2(), Floor()],
            Make = s => s.Drive(new EmaNorm(s["beta2"], s["eps"])),
        },
        new("ema-norm-corrected", "M14", "Corrected EMA-norm", "B ← max(B, tA);  η_t = c/√B", Needs.SamplesOrGradient, "B gradients",
            "C alg. 9", [])
        {
            Step = DefaultStep.Published(1, "c, in the unit of the parameters"), Proximal = true, Parameters = [Beta2(), Floor()],
            Make = s => s.Drive(new EmaNorm(s["beta2"], s["eps"], true)),
        },
        new("adaptive-ball", "M15", "Adaptive steps with projection onto a ball", "w ← Π(w − √2 D₂ g/√Σ‖g‖²)", Needs.Samples, "B gradients",
            "C thm 16.2", [])
        {
            Parameters = [Radius()],
            Make = s => Methods.AdaptiveBall(s["radius"], s.Samples),
        },
        new("adagrad", "M16", "AdaGrad, diagonal", "s ← s + g²;  w ← w − c g/(√s + ε)", Needs.SamplesOrGradient, "B gradients",
            "C thm 16.3; P; Duchi et al. 2011", [])
        {
            Rank = 14,
            Step = DefaultStep.Published(0.1, "c, usual default; its scale is that of the parameters, not of the smoothness"),
            Parameters = [Epsilon()], Lazy = CatalogueEntry.OneExampleNoPenalty,
            Make = s => s.Drive(new AdaGrad(s["eps"])),
        },
        new("normalised-adagrad", "M16", "AdaGrad in units of the columns (Vowpal Wabbit's default)",
            "s ← max(s, |x|);  q ← q + (φ′x/s)²;  w ← w + a x/(s²√q)", Needs.Rows, "1 gradient",
            "Ross, Mineiro and Langford 2013; Karampatziakis and Langford 2011", ["normalized-adagrad"])
        {
            Step = DefaultStep.Published(0.5, "η, without a unit"), KeepsColumns = true, Batch = 1, TakesOne = true,
            Lazy = CatalogueEntry.Always,
            Parameters = [new("aware", "aware", 1, 0, 1, "1: a takes the margin along the loss for ηhρ Σx²/(s²√q), h the row's importance, "
                + "and not past its minimum; 0: a = −ηhρφ′", false)],
            Make = s => new Algorithms.NormalisedAdaGrad(s.StepSize, s.Samples.Order, s["aware"] >= 0.5),
        },
        new("adagrad-box", "M16", "AdaGrad with projection onto a box", "w ← Π(w − √2 D∞ g/√s)", Needs.Samples, "B gradients",
            "C thm 16.3", [])
        {
            IsInBox = true, Parameters = [new("radius", "D∞", 10, 1e-300, double.PositiveInfinity,
                "half-width of the box about the origin; it must hold the minimiser")],
            Make = s => Methods.AdaGradBox(s["radius"], s.Samples),
        },
        new("rmsprop", "M17", "RMSprop", "s ← ρs + (1−ρ)g²;  w ← w − ηg/(√s + ε)", Needs.SamplesOrGradient, "B gradients",
            "P; Tieleman and Hinton 2012", [])
        {
            Step = DefaultStep.Published(1e-3), Parameters = [new("rho", "ρ", 0.9, 0, 1, "decay of the second moment"), Epsilon()],
            Make = s => s.Drive(new RmsProp(s["rho"], s["eps"])),
        },
        new("adam", "M18", "Adam", "w ← w − η m̂/(√v̂ + ε)", Needs.SamplesOrGradient, "B gradients", "P; C alg. 12; Kingma and Ba 2015", [])
        {
            Step = DefaultStep.Published(1e-3), Parameters = [Beta1(), Beta2(), Epsilon()],
            Make = s => s.Drive(new Adam(s["beta1"], s["beta2"], s["eps"])),
        },
        new("amsgrad", "M19", "AMSGrad", "v̂ ← max(v̂, v);  w ← w − η m/(√v̂ + ε)", Needs.SamplesOrGradient, "B gradients",
            "Reddi et al. 2018; C 17.2", [])
        {
            Step = DefaultStep.Published(1e-3), Parameters = [Beta1(), Beta2(), Epsilon()],
            Make = s => s.Drive(new AmsGrad(s["beta1"], s["beta2"], s["eps"])),
        },
        new("sign", "M20", "Sign descent", "w ← w − η sign(g)", Needs.SamplesOrGradient, "B gradients", "C 17.2", ["sign-descent"])
        {
            Step = DefaultStep.Published(1e-3, "usual default: how far every coordinate moves"), Lazy = CatalogueEntry.OneExampleNoPenalty,
            Make = s => s.Drive(new SignDescent()),
        },
        new("normalised", "M23", "Normalised SGD with momentum", "w ← w − η m/‖m‖", Needs.SamplesOrGradient, "B gradients", "C 24",
            ["normalized"])
        {
            Step = DefaultStep.Published(1e-2, "length of every step"), Parameters = [Momentum()],
            Make = s => s.Drive(new Normalised(1 - s["momentum"])),
        },
        new("storm", "M24", "Normalised SGD, variance-reduced momentum (STORM)",
            "m ← (1−α)(m + ∇f(w;ξ) − ∇f(w₋;ξ)) + α∇f(w;ξ);  w ← w − η m/‖m‖", Needs.Samples, "2B gradients",
            "C 24.1; Cutkosky and Orabona 2019", ["normalised-storm"])
        {
            Step = DefaultStep.Published(1e-2, "length of every step"), Parameters = [Momentum()], GradientsPerExample = 2,
            Make = s => new Algorithms.StochasticMethod(new Normalised(1), s.StepSize, new Storm(s.Samples, 1 - s["momentum"])),
        },
    ];
}
