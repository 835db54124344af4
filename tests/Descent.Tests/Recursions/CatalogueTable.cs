using Descent.Parallel;

namespace Descent.Tests.Recursions;

/// <summary>The published recursion of each entry of the catalogue.</summary>
static class CatalogueTable
{
    /// <summary>Every number of every entry, away from its default.</summary>
    public static Dictionary<string, double> Off { get; } = new()
    {
        ["momentum"] = 0.7,
        ["beta1"] = 0.8,
        ["beta2"] = 0.93,
        ["beta3"] = 0.97,
        ["rho"] = 0.8,
        ["eps"] = 0.03,
        ["weight-decay"] = 0.3,
        ["radius"] = 0.8,
        ["momentum-decay"] = 0.05,
        ["alpha"] = 0.7,
        ["warmup"] = 25,
        ["gamma"] = 0.4,
        ["every"] = 3,
        ["d0"] = 0.02,
        ["first"] = 0.01,
        ["c"] = 0.3,
        ["least"] = 0.1,
        ["max"] = 0.4,
        ["shrink"] = 0.6,
        ["growth"] = 3,
        ["initial"] = 5,
        ["l1"] = 0.2,
        ["l2"] = 0.7,
        ["beta"] = 0.5,
        ["norm"] = 0.6,
        ["value"] = 0.25,
        ["clip"] = 0.5,
        ["ratio"] = 0.4,
        ["memory"] = 3,
        ["J"] = 2,
        ["most"] = 5,
        ["tolerance"] = 1e-3,
        ["probability"] = 0.4,
        ["replicas"] = 3,
        ["outer"] = 0.6,
        ["atomic"] = 1,
        ["aware"] = 0,
        ["delay"] = 5,
        ["law"] = 1,
        ["workers"] = 3,
        ["slack"] = 1,
        ["shards"] = 2,
        ["lag"] = 1.5,
        ["jitter"] = 0.4,
        ["failures"] = 0.2,
        ["repair"] = 4,
    };

    /// <summary>Step sizes that move these problems by about one in sixty steps.</summary>
    public static double Eta(string name) => name switch
    {
        "d-adaptation" or "prodigy" or "dog" or "adadelta" => 1,
        "katyusha" or "sdca" => 1,
        "muon" or "lars" or "lamb" or "lars-published" or "lion" or "sign" or "sophia" => 0.02,
        _ => 0.1,
    };

    /// <summary>How far the objective is bent: methods for objectives that are not convex meet one that is not.</summary>
    public static double Bend(string name) => name switch
    {
        "cubic-newton" or "cubic-newton-krylov" or "negative-curvature" => 1.5,
        "almost-convex" => 0.07,
        _ => 0,
    };

    public static bool StartsAtZero(string name) => name is "sdca";

    /// <summary>Whether the step size that was asked for is the one of the recursion.</summary>
    public static bool TakesGivenSteps(CatalogueEntry e) => e.Step is not null;

    /// <summary>How near the two must stay, relative to the largest coordinate.
    /// A single eigenvector is only as certain as its gap to the next.</summary>
    public static double Accuracy(string name) => name == "negative-curvature" ? 1e-10 : name == "sophia" ? 1e-10 : 1e-12;

    /// <summary>Gradient steps beside a saddle part from each other as the objective falls away there:
    /// rounding grows with every one of them.</summary>
    public static int Steps(string name) => name == "negative-curvature" ? 15 : 60;

    public static Estimator? EstimatorOf(Case c)
    {
        bool whole = c.Variant < 3;
        return c.Name switch
        {
            "storm" => Sums.Storm(1 - c["momentum"]),
            "sam" => Sums.Sam(c["rho"]),
            "accumulated-sgd" => Sums.Accumulated((int)c["every"]),
            "svrg" => Sums.Svrg(0, true),
            "loopless-svrg" => Sums.LooplessSvrg(c["probability"]),
            "sag" => Sums.Sag(whole),
            "saga" => Sums.Saga(whole),
            "sarah" => Sums.Sarah(0),
            "page" => Sums.Page(c["probability"]),
            _ => null,
        };
    }

    public static IEnumerable<double[]> Recursion(Case c, Feed f, Func<double> taken) => c.Name switch
    {
        "gd" or "sgd" or "averaged-sgd" or "svrg" or "loopless-svrg" or "sag" or "saga" or "sarah" or "page" or "sam"
            or "accumulated-sgd" => Momentum.Sgd(f),
        "line-search" => Curved.Armijo(f, 1, 0.5, 1e-4),
        "exact-line-search" => Curved.Exact(f),
        "heavy-ball" => Momentum.HeavyBall(f, c["momentum"]),
        "ema-momentum" => Momentum.Ema(f, 1 - c["momentum"]),
        "nesterov" => Momentum.Nesterov(f, c["momentum"]),
        "fista" => Momentum.Fista(f, true),
        "linear-coupling" => Momentum.Coupling(f, 0),
        "accelerated" => Momentum.Nesterov(f, Momentum.Beta(Case.Mu, Case.H)),
        "accelerated-restarts" => Momentum.Coupling(f, (long)Math.Ceiling(Math.Sqrt(8 * Case.H / Case.Mu))),
        "almost-convex" =>
            Curved.AlmostConvex(f, double.IsNaN(c["gamma"]) ? Case.H / 100 : c["gamma"], Case.H, c.Has("tolerance") ? c["tolerance"] : 0),
        "projected-sgd" => Momentum.Then(Momentum.Sgd(new Feed(f.Problem, f.First, t => 1 / (Case.Mu * (t + 1)), f.Sampling, f.Draws.Seed)),
            Ball(c["radius"])),
        "adagrad-norm" => Norms.AdaGradNorm(f, c["eps"], false),
        "adagrad-norm-delayed" => Norms.AdaGradNorm(f, double.IsNaN(c["eps"]) ? Case.H : c["eps"], true),
        "ema-norm" => Norms.EmaNorm(f, c["beta2"], c["eps"], false),
        "ema-norm-corrected" => Norms.EmaNorm(f, c["beta2"], c["eps"], true),
        "adaptive-ball" => Momentum.Then(Norms.AdaGradNorm(Constant(f, Math.Sqrt(2) * c["radius"]), 0, false), Ball(c["radius"])),
        "adagrad" => Coordinates.AdaGrad(f, c["eps"], false, 0),
        "adagrad-box" => Momentum.Then(Coordinates.AdaGrad(Constant(f, Math.Sqrt(2) * c["radius"]), 0, true, 0), Box(c["radius"])),
        "rmsprop" => Coordinates.RmsProp(f, c["rho"], c["eps"]),
        "adam" => Coordinates.Adam(f, c["beta1"], c["beta2"], c["eps"]),
        "amsgrad" => Coordinates.AmsGrad(f, c["beta1"], c["beta2"], c["eps"], false),
        "sign" => Norms.Sign(f),
        "normalised" => Norms.Normalised(f, 1 - c["momentum"]),
        "storm" => Norms.Normalised(f, 1),
        "adamw" => Coordinates.Adam(f, c["beta1"], c["beta2"], c["eps"], decay: c["weight-decay"]),
        "nadam" => Coordinates.NAdam(f, c["beta1"], c["beta2"], c["eps"], c["momentum-decay"]),
        "radam" => Coordinates.RAdam(f, c["beta1"], c["beta2"], c["eps"]),
        "adadelta" => Coordinates.Adadelta(f, c["rho"], c["eps"]),
        "adopt" => Coordinates.Adopt(f, c["beta1"], c["beta2"], c["eps"]),
        "ademamix" =>
            Coordinates.AdEmaMix(f, c["beta1"], c["beta2"], c["beta3"], c["alpha"], (long)c["warmup"], c["eps"], c["weight-decay"]),
        "adan" => Coordinates.Adan(f, c["beta1"], c["beta2"], c["beta3"], c["eps"], c["weight-decay"]),
        "lion" => Coordinates.Lion(f, c["beta1"], c["beta2"], c["weight-decay"]),
        "sophia" => Ascent.Sophia(f, c["beta1"], c["beta2"], c["gamma"], c["weight-decay"], (int)c["every"]),
        "schedule-free-sgd" => Free.ScheduleFreeSgd(f, c["momentum"]),
        "schedule-free-adamw" => Free.ScheduleFreeAdamW(f, c["beta1"], c["beta2"], c["eps"], c["weight-decay"]),
        "d-adaptation" => Free.DAdaptation(f, c["d0"], double.PositiveInfinity, c.OwnWeights),
        "prodigy" => Free.Prodigy(f, c["beta1"], c["beta2"], c["eps"], c["weight-decay"], c["d0"], double.PositiveInfinity),
        "dog" => Free.DoG(f, c["first"], 1e-8),
        "sps" => Norms.Polyak(f, c["c"], c["least"], c["max"]),
        "sls" => Ascent.LineSearch(f, c["initial"], c["c"], c["shrink"], c["growth"]),
        "ftrl" => Coordinates.Ftrl(f, c["l1"], c["l2"], c["beta"]),
        "lookahead" => Momentum.Lookahead(Momentum.HeavyBall(f, c["momentum"]), f.First, (int)c["every"], c["alpha"]),
        "clipped-sgd" => Momentum.Sgd(Norms.Clip(f, c["norm"], c["value"])),
        "lars" => Layers.Lars(f, c["momentum"]),
        "lars-published" => Layers.LarsPublished(f, c["momentum"], c["weight-decay"]),
        "lamb" => Layers.Lamb(f, c["beta1"], c["beta2"], c["eps"], c["weight-decay"]),
        "adafactor" => Layers.Adafactor(f, c["clip"], 0.8, 1e-30, 1e-3),
        "muon" => Layers.Muon(f, c["momentum"], c["ratio"], 5),
        "shampoo" => Layers.Shampoo(f, c["eps"], (int)c["every"], 1024),
        "soap" => Layers.Soap(f, c["beta1"], c["beta2"], c["beta3"], c["eps"], c["weight-decay"], (int)c["every"], 1024),
        "katyusha" => Ascent.Katyusha(f, Case.H, Case.Mu),
        "newton" => Curved.Newton(f),
        "coordinate-descent" => Curved.Coordinates(f),
        "bfgs" => Quasi.Follow(f, null, taken),
        "lbfgs" => Quasi.Follow(f, (int)c["memory"], taken),
        "cubic-newton" => Curved.Cubic(f, Given(c["J"])),
        "cubic-newton-krylov" => Curved.Cubic(f, Given(c["J"]), Curved.Krylov(f, (int)c["most"])),
        "negative-curvature" => Curved.NegativeCurvature(f, Given(c["J"]), c["tolerance"]),
        // Eight averages an epoch are one after every step where an epoch has less than 8·R·B examples.
        "local-sgd" => Workers.Local(f, (int)c["replicas"], double.IsNaN(c["every"]) ? 1 : (long)c["every"], c["outer"], c["momentum"]),
        "one-shot-averaging" => Workers.Local(f, (int)c["replicas"], long.MaxValue / 100, 1, 0),
        "hogwild" => c.Variant == 3 ? Workers.Rows(f) : Momentum.Sgd(f),
        "coordinate-sgd" => Workers.Stale(f, (int)c["delay"], 1, true),
        "delayed-sgd" => Workers.Stale(f, (int)c["delay"], (int)c["law"], false),
        "parameter-server" => Workers.Server(f, (int)c["workers"], c["slack"], c["momentum"],
            new WorkerTimes(c["lag"], c["jitter"], c["failures"], c["repair"])),
        _ => throw new ArgumentException($"{c.Name} has no recursion here: write down the one of its paper."),
    };

    static double? Given(double number) => double.IsNaN(number) ? null : number;

    static Feed Constant(Feed f, double eta) => new(f.Problem, f.First, _ => eta, f.Sampling, f.Draws.Seed);

    public static Action<double[], int> Ball(double radius) => (w, _) =>
    {
        double norm = Math.Sqrt(Norms.Square(w));
        for (int i = 0; i < w.Length && norm > radius; i++) w[i] *= radius / norm;
    };

    public static Action<double[], int> Box(double half) => (w, _) =>
    {
        for (int i = 0; i < w.Length; i++) w[i] = Math.Clamp(w[i], -half, half);
    };
}
