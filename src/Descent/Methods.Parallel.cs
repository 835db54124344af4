using Descent.Estimators;
using Descent.Oracles;
using Descent.Parallel;
using Descent.Rules;
using Descent.StepSizes;

namespace Descent;

// Several workers on one objective: D1 to D5.
public static partial class Methods
{
    /// <summary>Local SGD (D1): <c>w_r ← w_r − η g(w_r; ξ_r);  w ← mean w_r every H steps</c>. A step costs B gradients.
    /// Source: Stich 2019; Douillard et al. 2024 for the outer momentum.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="replicas">R ≥ 1: replicas of the weights; fixed, whatever the number of threads.</param>
    /// <param name="every">H ≥ 1: steps of a replica between averages; null for eight averages an epoch.</param>
    /// <param name="outer">γ &gt; 0: outer step.</param>
    /// <param name="momentum">β in [0, 1): outer Nesterov momentum.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples, shuffled.</param>
    /// <param name="threads">Threads; null for the calling one.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static LocalSgd LocalSgd(IStepSize eta, int replicas = 8, double? every = null, double outer = 1, double momentum = 0,
        Sampling? sampling = null, Workers? threads = null) =>
        new(eta, sampling ?? new Sampling(), replicas, every ?? 0, outer, momentum, threads);

    /// <inheritdoc cref="LocalSgd(IStepSize, int, double?, double, double, Sampling, Workers)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static LocalSgd LocalSgd(double eta, int replicas = 8, double? every = null, double outer = 1, double momentum = 0,
        Sampling? sampling = null, Workers? threads = null) =>
        LocalSgd(new Constant(eta), replicas, every, outer, momentum, sampling, threads);

    /// <summary>One-shot averaging (D1): <c>w_r ← w_r − η g(w_r; ξ_r);  w = mean w_r at the end</c>. A step costs B gradients.
    /// Source: Zinkevich et al. 2010.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="replicas">R ≥ 1: replicas of the weights; fixed, whatever the number of threads.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples, shuffled.</param>
    /// <param name="threads">Threads; null for the calling one.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static LocalSgd OneShotAveraging(IStepSize eta, int replicas = 8, Sampling? sampling = null, Workers? threads = null) =>
        new(eta, sampling ?? new Sampling(), replicas, double.PositiveInfinity, Workers: threads);

    /// <inheritdoc cref="OneShotAveraging(IStepSize, int, Sampling, Workers)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static LocalSgd OneShotAveraging(double eta, int replicas = 8, Sampling? sampling = null, Workers? threads = null) =>
        OneShotAveraging(new Constant(eta), replicas, sampling, threads);

    /// <summary>Hogwild! (D2): <c>w_j ← w_j − η g_j, threads without locks</c>. A step costs
    /// B gradients.
    /// Source: C alg. 14; Recht et al. 2011.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="atomic">At least ½ for additions of which none is lost.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples, shuffled.</param>
    /// <param name="threads">Threads; null for the calling one.</param>
    /// <remarks>On more than one thread it is <b>not deterministic</b>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static Hogwild Hogwild(IStepSize eta, double atomic = 0, Sampling? sampling = null, Workers? threads = null) =>
        new(eta, sampling ?? new Sampling(), atomic >= 0.5, threads);

    /// <inheritdoc cref="Hogwild(IStepSize, double, Sampling, Workers)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static Hogwild Hogwild(double eta, double atomic = 0, Sampling? sampling = null, Workers? threads = null) =>
        Hogwild(new Constant(eta), atomic, sampling, threads);

    /// <summary>SGD on one random coordinate (D3): <c>w_j ← w_j − η d g_j, j uniform</c>. A step costs B gradients.
    /// Source: C alg. 15 (the factor d is missing there).</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="delay">τ ≥ 0: largest delay, uniform on 0 … τ.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples, shuffled.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static Delayed CoordinateSgd(IStepSize eta, int delay = 0, Sampling? sampling = null) =>
        new(new Sgd(), eta, new OneCoordinate(sampling ?? new Sampling()), new UniformDelay(delay));

    /// <inheritdoc cref="CoordinateSgd(IStepSize, int, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static Delayed CoordinateSgd(double eta, int delay = 0, Sampling? sampling = null) =>
        CoordinateSgd(new Constant(eta), delay, sampling);

    /// <summary>SGD with delayed gradients (D4): <c>w ← w − η g(w_{t−τ_t}; ξ_t)</c>. A step costs B gradients.
    /// Source: C 19.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="delay">τ ≥ 0: largest delay in steps.</param>
    /// <param name="law">0 for τ always, 1 for uniform on 0 … τ, 2 for 0, 1, …, τ in turn.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples, shuffled.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static Delayed DelayedSgd(IStepSize eta, int delay = 8, int law = 0, Sampling? sampling = null) =>
        new(new Sgd(), eta, Batches(sampling), Catalogue.Law(law, delay));

    /// <inheritdoc cref="DelayedSgd(IStepSize, int, int, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static Delayed DelayedSgd(double eta, int delay = 8, int law = 0, Sampling? sampling = null) =>
        DelayedSgd(new Constant(eta), delay, law, sampling);

    /// <summary>Parameter server (D5): <c>M workers: g(w_{k(t)}; ξ_t), clocks at most s apart; w ← w + v, v ← βv − ηg</c>. A step costs B
    /// gradients. Source: C 19.1; Li et al. 2014; Ho et al. 2013.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="workers">M ≥ 1: simulated workers.</param>
    /// <param name="slack">s ≥ 0: gradients that a worker may be ahead; 0 for synchronous rounds, ∞ for no bound.</param>
    /// <param name="shards">Shards of the server, at least 1.</param>
    /// <param name="momentum">β in [0, 1) of the heavy ball at the server.</param>
    /// <param name="lag">How much longer the last worker takes, ≥ 0, relative to the others.</param>
    /// <param name="jitter">Mean random part of a worker's time, ≥ 0.</param>
    /// <param name="failures">Probability in [0, 0.9) that a worker is lost in a gradient.</param>
    /// <param name="repair">Time until a lost worker is back, ≥ 0.</param>
    /// <param name="servers">Ranks that serve, of those that <paramref name="threads"/> brings; the others are workers, and nothing is
    /// simulated. 0 simulates.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples, shuffled.</param>
    /// <param name="threads">Threads; null for the calling one.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static ServerMethod ParameterServer(IStepSize eta, int workers = 4, double slack = 2, int shards = 1, double momentum = 0,
        double lag = 0, double jitter = 0.1, double failures = 0, double repair = 10, int servers = 0,
        Sampling? sampling = null, Workers? threads = null) =>
        new(momentum > 0 ? new HeavyBall(momentum) : new Sgd(), eta, sampling ?? new Sampling(), workers, slack, shards,
            new WorkerTimes(lag, jitter, failures, repair), threads, servers);

    /// <inheritdoc cref="ParameterServer(IStepSize, int, double, int, double, double, double, double, double, int, Sampling, Workers)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static ServerMethod ParameterServer(double eta, int workers = 4, double slack = 2, int shards = 1, double momentum = 0,
        double lag = 0, double jitter = 0.1, double failures = 0, double repair = 10, int servers = 0,
        Sampling? sampling = null, Workers? threads = null) =>
        ParameterServer(new Constant(eta), workers, slack, shards, momentum, lag, jitter, failures, repair, servers, sampling, threads);

    /// <summary>A parameter server with simulated workers around any rule (D5). A step costs B gradients. Source: C 19.1.</summary>
    /// <param name="inner">The rule at the server; its state lies at the shards.</param>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="workers">M ≥ 1: simulated workers.</param>
    /// <param name="slack">s ≥ 0: 0 for synchronous rounds, ∞ for no bound.</param>
    /// <param name="shards">Shards of the server, at least 1.</param>
    /// <param name="times">Speeds and losses of the workers; null for equal speeds and none.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples, shuffled.</param>
    /// <param name="threads">Threads; null for the calling one.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static ServerMethod ParameterServer(IRule inner, IStepSize eta, int workers = 4, double slack = 2, int shards = 1,
        WorkerTimes? times = null, Sampling? sampling = null, Workers? threads = null) =>
        new(inner, eta, sampling ?? new Sampling(), workers, slack, shards, times, threads);

    /// <summary>Delayed gradients before any rule and under any law of delays (D4). A step costs B gradients. Source: C 19.</summary>
    /// <param name="inner">The rule that sees the delayed gradient.</param>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="delay">τ_t.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples, shuffled.</param>
    public static Delayed DelayedSgd(IRule inner, IStepSize eta, IDelayLaw delay, Sampling? sampling = null) =>
        new(inner, eta, Batches(sampling), delay);
}
