using Descent.Algorithms;
using Descent.Rules;
using Descent.Sets;
using Descent.StepSizes;

namespace Descent;

// Gradient descent, SGD, momentum, acceleration: M1–M10, M21.
public static partial class Catalogue
{
    static CatalogueEntry[] Classic =>
    [
        new("gd", "M1", "Gradient descent", "w ← w − η ∇F(w)", Needs.Gradient, "n gradients", "all notes", ["gradient-descent"])
        {
            Rank = 7,
            Step = DefaultStep.InverseSmoothness, Proximal = true, Gap = 1e-9,
            Make = s => new GradientMethod(new Sgd(), s.StepSize),
        },
        new("line-search", "M2", "Gradient descent, Armijo backtracking", "largest η with F(w − ηg) ≤ F(w) − cη‖g‖²", Needs.Gradient,
            "n gradients, a few values", "R; Armijo 1966", ["armijo"])
        {
            StartsAtMean = true,
            Gap = 1e-9,
            Make = _ => Methods.LineSearch(),
        },
        new("exact-line-search", "M2", "Gradient descent, exact step of a quadratic", "η = ‖g‖²/(gᵀ∇²F g)", Needs.HessianProduct,
            "n gradients, n products", "R; Cauchy 1847", [])
        {
            Gap = 1e-9, Subgradients = false,
            Make = _ => Methods.ExactLineSearch(),
        },
        new("sgd", "M3", "Stochastic gradient descent", "w ← w − η_t ∇f(w; ξ_t)", Needs.Samples, "B gradients", "all notes", [])
        {
            PlainSamples = true, KeepsColumns = true, Rank = 12,
            Step = DefaultStep.InverseSmoothness, Batch = 1, Proximal = true, Lazy = CatalogueEntry.Always, Decays = true,
            Make = s => s.Drive(new Sgd()),
        },
        new("averaged-sgd", "M4", "SGD, average of the iterates reported", "w̄ = mean of w₁ … w_T", Needs.Samples, "B gradients",
            "W 2.5; C 2.4", ["asgd"])
        {
            PlainSamples = true, AveragedOf = "sgd", Rank = 13,
            Step = DefaultStep.InverseSmoothness, Batch = 1, Proximal = true, Decays = true, Average = AverageKind.Suffix,
            Make = s => s.Drive(new Sgd()),
        },
        new("heavy-ball", "M5", "Heavy-ball momentum", "v ← βv − ηg;  w ← w + v", Needs.SamplesOrGradient, "B gradients",
            "R; P; Polyak 1964", ["momentum"])
        {
            StableStep = s => 2 * (1 + s["momentum"]) / s.Smoothness,
            Step = DefaultStep.Momentum, Proximal = true, Parameters = [Momentum()],
            Make = s => s.Drive(new HeavyBall(s["momentum"])),
        },
        new("ema-momentum", "M6", "Momentum as an exponential average", "m ← (1−α)m + αg;  w ← w − ηm", Needs.SamplesOrGradient,
            "B gradients", "C alg. 16", [])
        {
            StableStep = s => 2 * (1 + s["momentum"]) / (1 - s["momentum"]) / s.Smoothness,
            Step = DefaultStep.InverseSmoothness, Proximal = true, Parameters = [Momentum()],
            Make = s => s.Drive(new EmaMomentum(1 - s["momentum"])),
        },
        new("nesterov", "M7", "Nesterov momentum", "y = w + β(w − w₋);  w ← y − ηg(y)", Needs.SamplesOrGradient, "B gradients",
            "C 14.1; Nesterov 1983", [])
        {
            StableStep = s => 2 * (1 + s["momentum"]) / (1 + (2 * s["momentum"])) / s.Smoothness,
            Step = DefaultStep.Momentum, Proximal = true, Parameters = [Momentum()],
            Make = s => s.Drive(new Nesterov(s["momentum"])),
        },
        new("fista", "M7", "Accelerated (proximal) gradient, restarted", "y = w + ((a₋−1)/a)(w − w₋);  w ← prox(y − ηg(y))", Needs.Gradient,
            "n gradients", "C 15; Beck and Teboulle 2009", ["agd"])
        {
            ScalesColumns = true, StartsAtMean = true, Rank = 4,
            Step = DefaultStep.InverseSmoothness, Proximal = true, Gap = 1e-9,
            Make = s => Methods.Fista(s.StepSize),
        },
        new("linear-coupling", "M8", "Accelerated gradient by linear coupling", "x = (1−1/α)w + y/α;  y ← y − ηα g(x);  w ← x − ηg(x)",
            Needs.Gradient, "n gradients", "C alg. 11; Allen-Zhu and Orecchia 2017", [])
        {
            Rank = 6,
            Step = DefaultStep.InverseSmoothness, Gap = 1e-9,
            Make = s => new GradientMethod(new LinearCoupling(), s.StepSize),
        },
        new("accelerated", "M9", "Accelerated gradient, strongly convex", "y = w + β(w − w₋), β = (√κ−1)/(√κ+1);  w ← y − g(y)/H",
            Needs.Gradient, "n gradients", "C 22; Nesterov 2004", [])
        {
            Rank = 5,
            Step = DefaultStep.InverseSmoothness, Proximal = true, Gap = 1e-9,
            Make = s => new GradientMethod(new Nesterov(Acceleration.Momentum(Known(s), s.Smoothness)), s.StepSize),
        },
        new("accelerated-restarts", "M9", "Accelerated gradient, restarted by the condition number", "M8 begun anew every ⌈√(8κ)⌉ steps",
            Needs.Gradient, "n gradients", "C 22; O'Donoghue and Candès 2015", ["accelerated-by-restarts"])
        {
            Step = DefaultStep.InverseSmoothness, Gap = 1e-9,
            Make = s => new GradientMethod(new LinearCoupling(Acceleration.RestartPeriod(Known(s), s.Smoothness)), s.StepSize),
        },
        new("almost-convex", "M10", "Accelerated descent for almost convex objectives",
            "w ← w + argmin_δ F(w+δ) + γ‖δ‖², inner problem by M9", Needs.Gradient, "n gradients an inner step",
            "C 22; Carmon et al. 2018", [])
        {
            Subgradients = false, Gap = 1e-9,
            Parameters = [new("gamma", "γ", double.NaN, 0, double.PositiveInfinity,
                "almost-convexity: −γ bounds the Hessian's eigenvalues below; default H/100"),
                new("tolerance", "ε", 0, 0, double.PositiveInfinity,
                    "gradient norm at which an inner problem is solved; 0 stands for a tenth of ‖∇F(w)‖")],
            Make = s => new AlmostConvex(double.IsNaN(s["gamma"]) ? s.Smoothness / 100 : s["gamma"], s.Smoothness, s["tolerance"]),
        },
        new("projected-sgd", "M21", "Projected SGD, strongly convex", "w ← Π(w − g/(μt)) onto ‖w‖ ≤ D₂", Needs.Samples, "B gradients",
            "C thm 22.1", [])
        {
            Batch = 1, NeedsManyRows = true, Parameters = [Radius()],
            Make = s => Methods.ProjectedSgd(Known(s), s["radius"], s.Samples),
        },
    ];

    static MethodParameter Radius() =>
        new("radius", "D₂", 10, 1e-300, double.PositiveInfinity, "radius of the ball about the origin; it must hold the minimiser");

    static double Known(MethodSettings s) => s.StrongConvexity > 0
        ? s.StrongConvexity
        : throw new ArgumentException($"{s.Entry.Name} needs strong convexity μ > 0, and none is certain here. "
            + "Give a penalty on all parameters (`L2` with `Intercept = false` or `PenaliseIntercept = true`), or use fista.");
}
