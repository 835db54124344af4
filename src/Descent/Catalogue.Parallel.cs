using Descent.Estimators;
using Descent.Parallel;
using Descent.Rules;

namespace Descent;

// Several workers on one objective: D1 to D5.
public static partial class Catalogue
{
    static CatalogueEntry[] Concurrent =>
    [
        new("local-sgd", "D1", "Local SGD", "w_r ← w_r − η g(w_r; ξ_r);  w ← mean w_r every H steps", Needs.Samples, "B gradients",
            "Stich 2019; Douillard et al. 2024 for the outer momentum", ["diloco"])
        {
            Step = DefaultStep.InverseSmoothness, Lazy = CatalogueEntry.Always, Batch = 1, Decays = true,
            Parameters = [Replicas(),
                new("every", "H", double.NaN, 1, 1e9, "steps of a replica between averages; eight averages an epoch unless given"),
                new("outer", "γ", 1, 1e-300, double.PositiveInfinity, "outer step"), Momentum(0)],
            Make = s => new LocalSgd(s.StepSize, s.Samples, (int)s["replicas"], double.IsNaN(s["every"]) ? 0 : s["every"], s["outer"],
                s["momentum"], s.Workers),
        },
        new("one-shot-averaging", "D1", "One-shot averaging", "w_r ← w_r − η g(w_r; ξ_r);  w = mean w_r at the end", Needs.Samples,
            "B gradients", "Zinkevich et al. 2010", [])
        {
            Step = DefaultStep.InverseSmoothness, Lazy = CatalogueEntry.Always, Batch = 1, Decays = true, Parameters = [Replicas()],
            Make = s => new LocalSgd(s.StepSize, s.Samples, (int)s["replicas"], double.PositiveInfinity, Workers: s.Workers),
        },
        new("hogwild", "D2", "Hogwild!", "w_j ← w_j − η g_j, threads without locks", Needs.Samples, "B gradients",
            "C alg. 14; Recht et al. 2011", [])
        {
            Step = DefaultStep.InverseSmoothness, Lazy = CatalogueEntry.OneExampleNoL1, Batch = 1, Decays = true,
            Races = "which updates a gradient has seen, and which are lost, depends on when threads run",
            Parameters = [new("atomic", "a", 0, 0, 1, "1 for additions of which none is lost", false)],
            Make = s => new Hogwild(s.StepSize, s.Samples, s["atomic"] >= 0.5, s.Workers),
        },
        new("coordinate-sgd", "D3", "SGD on one random coordinate", "w_j ← w_j − η d g_j, j uniform", Needs.Samples, "B gradients",
            "C alg. 15 (the factor d is missing there)", ["hogwild-coordinate"])
        {
            Step = new(s => HalfStable(0) / (s.Smoothness * s.Dimension), "1/(dH)", true),
            StableStep = s => 2 / (s.Smoothness * s.Dimension),
            Parameters = [new("delay", "τ", 0, 0, 1e6, "largest delay, uniform on 0 … τ")],
            Make = s => new Delayed(new Sgd(), s.StepSize, new OneCoordinate(s.Samples), new UniformDelay((int)s["delay"])),
        },
        new("delayed-sgd", "D4", "SGD with delayed gradients", "w ← w − η g(w_{t−τ_t}; ξ_t)", Needs.Samples, "B gradients", "C 19", [])
        {
            Step = new(s => HalfStable(s["delay"]) / s.Smoothness, "sin(π/(2(2τ+1)))/H, half of what a constant delay allows", true),
            StableStep = s => 2 * HalfStable(s["delay"]) / s.Smoothness,
            Parameters = [new("delay", "τ", 8, 0, 1e6, "largest delay in steps"),
                new("law", "ℓ", 0, 0, 2, "0 for τ always, 1 for uniform on 0 … τ, 2 for 0, 1, …, τ in turn", false)],
            Make = s => new Delayed(new Sgd(), s.StepSize, new Minibatch(s.Samples), Law((int)s["law"], (int)s["delay"])),
        },
        new("parameter-server", "D5", "Parameter server", "M workers: g(w_{k(t)}; ξ_t), clocks at most s apart;  w ← w + v, v ← βv − ηg",
            Needs.Samples, "B gradients", "C 19.1; Li et al. 2014; Ho et al. 2013", [])
        {
            Step = new(s => (1 - s["momentum"]) * HalfStable(s["slack"] > 0 ? Others(s) : 0) / s.Smoothness,
                "(1−β) sin(π/(2(2τ+1)))/H, τ = M−1 unless synchronous", true),
            StableStep = s => 2 * HalfStable(s["slack"] > 0 ? Others(s) : 0) / s.Smoothness,
            Parameters = [new("workers", "M", 4, 1, 4096, "simulated workers", false) { Unless = "servers" },
                new("slack", "s", 2, 0, double.PositiveInfinity, "gradients that a worker may be ahead; 0 for synchronous rounds", false),
                new("shards", "S", 1, 1, 4096, "shards of the server", false), Momentum(0),
                new("lag", "a", 0, 0, 1e6, "how much longer the last worker takes, relative to the others") { Unless = "servers" },
                new("jitter", "c", 0.1, 0, 1e6, "mean random part of a worker's time") { Unless = "servers" },
                new("failures", "p", 0, 0, 0.9, "probability that a worker is lost in a gradient") { Unless = "servers" },
                new("repair", "R", 10, 0, 1e9, "time until a lost worker is back") { Unless = "servers" },
                new("servers", "K", 0, 0, 4096, "ranks that serve, of a job of mpirun or srun; 0 simulates the workers", false)],
            Make = s => new ServerMethod(s["momentum"] > 0 ? new HeavyBall(s["momentum"]) : new Sgd(), s.StepSize, s.Samples,
                (int)s["workers"], s["slack"], (int)s["shards"],
                new WorkerTimes(s["lag"], s["jitter"], s["failures"], s["repair"]), s.Workers, (int)s["servers"]),
        },
    ];

    // Half of the largest ηh that is stable under a constant delay: 1 without one.
    static double HalfStable(double delay) => Delayed.StabilityLimit((int)delay) / 2;

    // Workers beside a worker of the parameter server.
    static double Others(MethodSettings s) =>
        Math.Max(0, (s["servers"] > 0 && s.Workers?.Ranks is { } g ? g.Size - s["servers"] : s["workers"]) - 1);

    internal static IDelayLaw Law(int law, int delay) => law switch
    {
        0 => new ConstantDelay(delay),
        1 => new UniformDelay(delay),
        _ => new SawtoothDelay(delay),
    };

    static MethodParameter Replicas() =>
        new("replicas", "R", 8, 1, 4096, "replicas of the weights; fixed, whatever the number of threads", false);
}
