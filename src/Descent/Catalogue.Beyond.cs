using Descent.Algorithms;
using Descent.Estimators;
using Descent.Rules;

namespace Descent;

// Beyond the notes: Adam's relatives, averaging, freedom from parameters, wrappers.
public static partial class Catalogue
{
    static CatalogueEntry[] Beyond =>
    [
        new("adamw", "§ 8", "AdamW", "w ← (1−ηλ)w − η m̂/(√v̂ + ε)", Needs.SamplesOrGradient, "B gradients",
            "Loshchilov and Hutter 2019", [])
        {
            Step = DefaultStep.Published(1e-3), Parameters = [Beta1(), Beta2(), Epsilon(), Decay(0.01)],
            Make = s => s.Drive(new AdamW(s["beta1"], s["beta2"], s["eps"], s["weight-decay"])),
        },
        new("nadam", "§ 8", "NAdam", "Adam with Nesterov momentum", Needs.SamplesOrGradient, "B gradients", "Dozat 2016", [])
        {
            Step = DefaultStep.Published(2e-3),
            Parameters = [Beta1(), Beta2(), Epsilon(),
                new("momentum-decay", "ψ", 0.004, 0, double.PositiveInfinity, "how fast the momentum reaches β₁")],
            Make = s => s.Drive(new NAdam(s["beta1"], s["beta2"], s["eps"], s["momentum-decay"])),
        },
        new("radam", "§ 8", "RAdam", "w ← w − η r m̂/√v̂, r rectifies the variance", Needs.SamplesOrGradient, "B gradients",
            "Liu et al. 2020", [])
        {
            Step = DefaultStep.Published(1e-3), Parameters = [Beta1(), Beta2(), Epsilon()],
            Make = s => s.Drive(new RAdam(s["beta1"], s["beta2"], s["eps"])),
        },
        new("adadelta", "§ 8", "Adadelta", "Δ = g √(u+ε)/√(s+ε);  w ← w − ηΔ", Needs.SamplesOrGradient, "B gradients", "Zeiler 2012", [])
        {
            Step = DefaultStep.Published(1, "1, as published: the step has the unit of the parameters by itself"),
            Parameters = [new("rho", "ρ", 0.9, 0, 1, "decay of both means"),
                new("eps", "ε", 1e-6, 1e-300, double.PositiveInfinity, "inside the roots")],
            Make = s => s.Drive(new Adadelta(s["rho"], s["eps"])),
        },
        new("adopt", "§ 8", "ADOPT", "m ← β₁m + (1−β₁) clip(g/√v₋);  w ← w − ηm", Needs.SamplesOrGradient, "B gradients",
            "Taniguchi et al. 2024", [])
        {
            Step = DefaultStep.Published(1e-3),
            Parameters = [Beta1(), Beta2(0.9999), new("eps", "ε", 1e-6, 1e-300, double.PositiveInfinity, "least denominator")],
            Make = s => s.Drive(new Adopt(s["beta1"], s["beta2"], s["eps"])),
        },
        new("ademamix", "§ 8", "AdEMAMix", "w ← w − η (m̂ + α m_slow)/(√v̂ + ε)", Needs.SamplesOrGradient, "B gradients",
            "Pagliardini et al. 2024", [])
        {
            Step = DefaultStep.Published(1e-3),
            Parameters = [Beta1(), Beta2(), new("beta3", "β₃", 0.9999, 0, 1, "decay of the slow moment"),
                new("alpha", "α", 5, 0, double.PositiveInfinity, "weight of the slow moment"),
                new("warmup", "T_α", 0, 0, double.PositiveInfinity, "steps over which α and β₃ grow"), Epsilon(), Decay(0)],
            Make = s => s.Drive(
                new AdEmaMix(s["beta1"], s["beta2"], s["beta3"], s["alpha"], (long)s["warmup"], s["eps"], s["weight-decay"])),
        },
        new("adan", "§ 8", "Adan", "w ← (w − η (m̂ + β₂v̂)/(√n̂ + ε))/(1+ηλ), v an average of g − g₋", Needs.SamplesOrGradient,
            "B gradients", "Xie et al. 2022", [])
        {
            Step = DefaultStep.Published(1e-3),
            Parameters = [Beta1(0.98), Beta2(0.92), new("beta3", "β₃", 0.99, 0, 1, "decay of the square"), Epsilon(), Decay(0)],
            Make = s => s.Drive(new Adan(s["beta1"], s["beta2"], s["beta3"], s["eps"], s["weight-decay"])),
        },
        new("lion", "§ 8", "Lion", "w ← (1−ηλ)w − η sign(β₁m + (1−β₁)g);  m ← β₂m + (1−β₂)g", Needs.SamplesOrGradient, "B gradients",
            "Chen et al. 2023", [])
        {
            Step = DefaultStep.Published(1e-4, "published default: how far every coordinate moves"),
            Parameters = [Beta1(), Beta2(0.99), Decay(0)],
            Make = s => s.Drive(new Lion(s["beta1"], s["beta2"], s["weight-decay"])),
        },
        new("sophia", "§ 8", "Sophia", "w ← w − η clip(m/max(γh, ε), ±1), h the Hessian's diagonal", Needs.Samples,
            "B gradients, 2B every 10", "Liu et al. 2024", [])
        {
            Step = DefaultStep.Published(1e-3, "largest move of a coordinate"), Subgradients = false, GradientsPerExample = 1.1,
            Parameters = [Beta1(0.965), Beta2(0.99), new("gamma", "γ", 0.01, 1e-300, double.PositiveInfinity, "scale of the curvature"),
                Decay(0), Every()],
            Make = s => new Sophia(s.StepSize, s.Samples, s["beta1"], s["beta2"], s["gamma"], s["weight-decay"], (int)s["every"]),
        },
        new("schedule-free-sgd", "§ 8", "Schedule-free SGD", "y = (1−β)z + βx;  z ← z − η g(y);  x ← mean of z", Needs.SamplesOrGradient,
            "B gradients", "Defazio et al. 2024", ["schedule-free"])
        {
            Step = DefaultStep.InverseSmoothness, Parameters = [Momentum()],
            Make = s => s.Drive(new ScheduleFreeSgd(s["momentum"])),
        },
        new("schedule-free-adamw", "§ 8", "Schedule-free AdamW", "z ← z − η g(y)/(√v̂ + ε);  x ← mean of z", Needs.SamplesOrGradient,
            "B gradients", "Defazio et al. 2024", [])
        {
            Step = DefaultStep.Published(2.5e-3), Parameters = [Beta1(), Beta2(), Epsilon(), Decay(0)],
            Make = s => s.Drive(new ScheduleFreeAdamW(s["beta1"], s["beta2"], s["eps"], s["weight-decay"])),
        },
        new("d-adaptation", "§ 8", "D-Adaptation", "s ← s + dg;  w ← w₀ − s/√Σ‖g‖²;  d ← max(d, (γ‖s‖² − Σγd²‖g‖²)/(2‖s‖))",
            Needs.SamplesOrGradient, "B gradients", "Defazio and Mishchenko 2023", ["dadapt"])
        {
            Step = Free, Parameters = [First()], Average = AverageKind.OwnWeights,
            Make = s => s.Drive(new DAdaptation(s["d0"])),
        },
        new("prodigy", "§ 8", "Prodigy", "Adam with η = d, d learnt", Needs.SamplesOrGradient, "B gradients",
            "Mishchenko and Defazio 2023", [])
        {
            Step = Free, Parameters = [Beta1(), Beta2(), Epsilon(), Decay(0), First()],
            Make = s => s.Drive(new Prodigy(s["beta1"], s["beta2"], s["eps"], s["weight-decay"], s["d0"])),
        },
        new("dog", "§ 8", "DoG, distance over gradients", "η_t = max‖w−w₀‖/√Σ‖g‖²", Needs.SamplesOrGradient, "B gradients",
            "Ivgi et al. 2023", [])
        {
            Step = Free, Parameters = [new("first", "r", 1e-6, 1e-300, double.PositiveInfinity, "first distance relative to 1 + ‖w₀‖")],
            Average = AverageKind.Polynomial,
            Make = s => s.Drive(new DoG(s["first"])),
        },
        new("sps", "§ 8", "Stochastic Polyak step size", "η = min((f − f*)/(c‖g‖²), η_max)", Needs.SamplesOrGradient, "B gradients",
            "Loizou et al. 2021", ["polyak"])
        {
            Proximal = true,
            Parameters = [new("c", "c", 0.5, 1e-300, double.PositiveInfinity, "divisor"),
                new("least", "f*", 0, double.NegativeInfinity, double.PositiveInfinity, "lower bound on the sampled losses"),
                new("max", "η_max", 1, 1e-300, double.PositiveInfinity, "largest step")],
            Make = s => (s with { StepSize = new StepSizes.Polyak(s["c"], s["least"], s["max"]) }).Drive(new Sgd()),
        },
        new("sls", "§ 8", "Stochastic line search", "largest η with f(w−ηg;ξ) ≤ f(w;ξ) − cη‖g‖²", Needs.Samples,
            "B gradients, a few values", "Vaswani et al. 2019", ["stochastic-line-search"])
        {
            Subgradients = false,
            Parameters = [new("c", "c", 0.1, 0, 1, "part of the decrease that is asked"),
                new("shrink", "s", 0.9, 1e-3, 1, "factor of a backtrack"),
                new("growth", "γ", 2, 1, double.PositiveInfinity, "factor by which steps may grow in an epoch"),
                new("initial", "η₀", 1, 1e-300, double.PositiveInfinity, "first step tried")],
            Make = s => new StochasticLineSearch(s.Samples, s["initial"], s["c"], s["shrink"], s["growth"]),
        },
        new("sam", "§ 8", "Sharpness-aware minimisation", "gradient at w + ρ g/‖g‖, same sample", Needs.Samples, "2B gradients",
            "Foret et al. 2021", [])
        {
            Step = DefaultStep.InverseSmoothness, GradientsPerExample = 2,
            Parameters = [new("rho", "ρ", 0.05, 0, double.PositiveInfinity, "radius")],
            Make = s => new StochasticMethod(new Sgd(), s.StepSize, new Sam(s.Samples, s["rho"])),
        },
        new("ftrl", "§ 8", "FTRL-proximal", "w = −(z − sign(z)λ₁)/((β+√n)/η + λ₂)", Needs.SamplesOrGradient, "B gradients",
            "McMahan et al. 2013", ["ftrl-proximal"])
        {
            Step = DefaultStep.Published(0.1, "η, usual default; its scale is that of the parameters, not of the smoothness"),
            Lazy = CatalogueEntry.OneExampleNoPenalty, Batch = 1,
            Parameters = [new("l1", "λ₁", 0, 0, double.PositiveInfinity, "of the sum of losses"),
                new("l2", "λ₂", 0, 0, double.PositiveInfinity, "of the sum of losses"),
                new("beta", "β", 1, 0, double.PositiveInfinity, "shift of the root")],
            Make = s => s.Drive(new FtrlProximal(s["l1"], s["l2"], s["beta"])),
        },
        new("lookahead", "§ 8", "Lookahead around SGD with momentum", "every k steps slow ← slow + α(w − slow), w ← slow",
            Needs.SamplesOrGradient, "B gradients", "Zhang et al. 2019", [])
        {
            Step = DefaultStep.Momentum,
            Parameters = [Momentum(), Every(5), new("alpha", "α", 0.5, 1e-3, 1, "step of the slow weights", false)],
            Make = s => s.Drive(new Lookahead(new HeavyBall(s["momentum"]), (int)s["every"], s["alpha"])),
        },
        new("clipped-sgd", "§ 8", "SGD with gradient clipping", "g ← clip(g, ±c) min(1, C/‖g‖);  w ← w − ηg", Needs.SamplesOrGradient,
            "B gradients", "Pascanu et al. 2013", ["clip"])
        {
            Step = DefaultStep.InverseSmoothness, Proximal = true,
            Parameters = [new("norm", "C", 1, 1e-300, double.PositiveInfinity, "norm at which gradients are cut", false),
                new("value", "c", double.PositiveInfinity, 1e-300, double.PositiveInfinity, "value at which entries are cut", false)],
            Make = s => s.Drive(new Clipped(new Sgd(), s["norm"], s["value"])),
        },
        new("accumulated-sgd", "§ 8", "SGD with gradient accumulation", "g = mean over k batches at one point", Needs.Samples,
            "kB gradients", "folklore", ["accumulate"])
        {
            Step = DefaultStep.InverseSmoothness, Proximal = true, GradientsPerExample = 4, Parameters = [Every(4)],
            NeedsManyRows = true,
            Make = s => new StochasticMethod(new Sgd(), s.StepSize, new Accumulated(s.Samples, (int)s["every"])),
        },
    ];

    static DefaultStep Free { get; } = DefaultStep.Published(1, "1, as published: the method learns its scale");

    static MethodParameter First() =>
        new("d0", "d₀", 1e-6, 1e-300, double.PositiveInfinity, "first estimate, below the distance to the minimiser");

    static MethodParameter Every(int by = 10) => new("every", "k", by, 1, 1e9, "period in steps");
}
