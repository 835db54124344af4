using Descent.Algorithms;
using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;
using Descent.Sets;
using Descent.StepSizes;

namespace Descent;

/// <summary>The catalogue of methods: one line an algorithm. Ids M… are those of the documentation's catalogue.</summary>
public static partial class Methods
{
    /// <summary>M1: gradient descent.</summary>
    public static GradientMethod GradientDescent(IStepSize eta, IProximalMap? set = null) => new(new Sgd(), eta, set);

    /// <summary>M2: gradient descent with Armijo backtracking.</summary>
    public static LineSearchDescent LineSearch(double initial = 1) => new(initial);

    /// <summary>M2: gradient descent with the exact step of a quadratic.</summary>
    public static ExactLineSearchDescent ExactLineSearch() => new();

    /// <summary>M3: stochastic gradient descent.</summary>
    public static StochasticMethod Sgd(IStepSize eta, Sampling? sampling = null, IProximalMap? set = null) =>
        new(new Sgd(), eta, Batches(sampling), set);

    /// <summary>M4: the average of another method's iterates.</summary>
    public static Averaged<T, TOracle> Average<T, TOracle>(IMethod<T, TOracle> inner, Averaging? averaging = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(inner, averaging ?? AverageKind.Uniform);

    /// <summary>M5: heavy-ball momentum on sampled gradients.</summary>
    public static StochasticMethod HeavyBall(IStepSize eta, double beta = 0.9, Sampling? sampling = null) =>
        new(new HeavyBall(beta), eta, Batches(sampling));

    /// <summary>M5: heavy-ball momentum on exact gradients.</summary>
    public static GradientMethod HeavyBallFull(IStepSize eta, double beta = 0.9) => new(new HeavyBall(beta), eta);

    /// <summary>M7: Nesterov's momentum on sampled gradients.</summary>
    public static StochasticMethod Nesterov(IStepSize eta, double beta = 0.9, Sampling? sampling = null) =>
        new(new Nesterov(beta), eta, Batches(sampling));

    /// <summary>M7: Nesterov's momentum on exact gradients.</summary>
    public static GradientMethod NesterovFull(IStepSize eta, double beta = 0.9) => new(new Nesterov(beta), eta);

    /// <summary>M7 with the convex momentum sequence, restarted; with a proximal map this is FISTA.</summary>
    public static GradientMethod Fista(IStepSize eta, bool restart = true) => new(new Nesterov(null, restart), eta);

    /// <summary>M8: accelerated gradient by linear coupling.</summary>
    public static GradientMethod LinearCoupling(IStepSize eta) => new(new LinearCoupling(), eta);

    /// <summary>M9: accelerated gradient for μ-strongly convex, H-smooth objectives.</summary>
    public static GradientMethod Accelerated(double mu, double smoothness, IProximalMap? set = null) =>
        new(new Nesterov(Acceleration.Momentum(mu, smoothness)), new Constant(1 / smoothness), set);

    /// <summary>M9 by restarts of M8.</summary>
    public static GradientMethod AcceleratedByRestarts(double mu, double smoothness) =>
        new(new LinearCoupling(Acceleration.RestartPeriod(mu, smoothness)), new Constant(1 / smoothness));

    /// <summary>M10: accelerated descent for γ-almost convex, H-smooth objectives.</summary>
    public static AlmostConvex AlmostConvex(double gamma, double smoothness, double tolerance = 0) => new(gamma, smoothness, tolerance);

    /// <summary>M6: momentum as an exponential average.</summary>
    public static StochasticMethod EmaMomentum(IStepSize eta, double alpha = 0.1, Sampling? sampling = null) =>
        new(new EmaMomentum(alpha), eta, Batches(sampling));

    /// <summary>M11; M12 when delayed: AdaGrad-norm.</summary>
    public static StochasticMethod AdaGradNorm(IStepSize c, double epsilon = 1e-4, bool delayed = false, Sampling? sampling = null) =>
        new(new AdaGradNorm(epsilon, delayed), c, Batches(sampling));

    /// <summary>M13; M14 when corrected: EMA-norm.</summary>
    public static StochasticMethod EmaNorm(IStepSize c, double beta = 0.999, double epsilon = 1e-4, bool corrected = false,
        Sampling? sampling = null) =>
        new(new EmaNorm(beta, epsilon, corrected), c, Batches(sampling));

    /// <summary>M15: adaptive steps with projection onto the ball of radius D₂, c = √2·D₂.</summary>
    public static StochasticMethod AdaptiveBall(double radius, Sampling? sampling = null) =>
        new(new AdaGradNorm(1e-150), new Constant(Math.Sqrt(2) * radius), Batches(sampling), new Ball(radius));

    /// <summary>M16: diagonal AdaGrad.</summary>
    public static StochasticMethod AdaGrad(IStepSize c, Sampling? sampling = null) => new(new AdaGrad(), c, Batches(sampling));

    /// <summary>M16 with projection onto the box of half-width D∞, c = √2·D∞.</summary>
    public static StochasticMethod AdaGradBox(double halfWidth, Sampling? sampling = null) =>
        new(new AdaGrad(0, true), new Constant(Math.Sqrt(2) * halfWidth), Batches(sampling), new Box(halfWidth));

    /// <summary>M17: RMSprop.</summary>
    public static StochasticMethod RmsProp(IStepSize eta, double rho = 0.9, Sampling? sampling = null) =>
        new(new RmsProp(rho), eta, Batches(sampling));

    /// <summary>M18: Adam.</summary>
    public static StochasticMethod Adam(IStepSize eta, Sampling? sampling = null) => new(new Adam(), eta, Batches(sampling));

    /// <summary>M19: AMSGrad.</summary>
    public static StochasticMethod AmsGrad(IStepSize eta, Sampling? sampling = null) => new(new AmsGrad(), eta, Batches(sampling));

    /// <summary>M20: sign descent.</summary>
    public static StochasticMethod SignDescent(IStepSize eta, Sampling? sampling = null) => new(new SignDescent(), eta, Batches(sampling));

    /// <summary>M21: projected SGD for strongly convex objectives, <c>η_t = 1/(μt)</c> with t from 1, onto the ball.</summary>
    public static StochasticMethod ProjectedSgd(double mu, double radius, Sampling? sampling = null) =>
        new(new Sgd(), new StronglyConvex(mu, mu), Batches(sampling), new Ball(radius));

    /// <summary>M23: normalised SGD with momentum.</summary>
    public static StochasticMethod Normalised(IStepSize eta, double alpha = 0.1, Sampling? sampling = null) =>
        new(new Normalised(alpha), eta, Batches(sampling));

    /// <summary>M24: normalised SGD with variance-reduced momentum (STORM).</summary>
    public static StochasticMethod NormalisedStorm(IStepSize eta, double alpha = 0.1, Sampling? sampling = null) =>
        new(new Normalised(1), eta, new Storm(sampling ?? new Sampling(SampleOrder.Replacement), alpha));

    /// <summary>M22: SVRG.</summary>
    public static FiniteSumMethod Svrg(IStepSize eta, Sampling? sampling = null, long period = 0) =>
        new(new Sgd(), eta, new Svrg(sampling ?? new Sampling(SampleOrder.Replacement), period));

    /// <summary>M27, M28: Newton's method; iteratively reweighted least squares on generalised linear models.</summary>
    public static Newton Newton() => new();

    /// <summary>Coordinate descent on quadratic models, for L1 and elastic-net penalties; by columns on many parameters.</summary>
    public static CoordinateDescent CoordinateDescent() => new();

    /// <summary>M29: BFGS.</summary>
    public static Bfgs Bfgs() => new();

    /// <summary>M29: L-BFGS.</summary>
    public static LBfgs LBfgs(int memory = 10) => new(memory);

    /// <summary>Interior point for absolute, quantile and hinge losses.</summary>
    public static InteriorPoint InteriorPoint() => new();

    /// <summary>M25: LARS.</summary>
    public static StochasticMethod Lars(IStepSize eta, double beta = 0.9, Sampling? sampling = null) =>
        new(new Lars(beta), eta, Batches(sampling));

    /// <summary>M26: LAMB.</summary>
    public static StochasticMethod Lamb(IStepSize eta, double decay = 0, Sampling? sampling = null) =>
        new(new Lamb(Decay: decay), eta, Batches(sampling));

    /// <summary>M28: Fisher scoring, IRLS on generalised linear models with any link.</summary>
    public static FisherScoring FisherScoring() => new();

    /// <summary>M30: cubic-regularised Newton, exact.</summary>
    public static CubicNewton CubicNewton(double? lipschitz = null) => new(lipschitz);

    /// <summary>M30 by Hessian products, for large d.</summary>
    public static KrylovCubicNewton KrylovCubicNewton(double? lipschitz = null, int most = 30) => new(lipschitz, most);

    /// <summary>M31: negative-curvature steps.</summary>
    public static NegativeCurvature NegativeCurvature(double? lipschitz = null, double tolerance = 1e-8) => new(lipschitz, tolerance);

    /// <summary>Loopless SVRG.</summary>
    public static FiniteSumMethod LooplessSvrg(IStepSize eta, Sampling? sampling = null) =>
        new(new Sgd(), eta, new LooplessSvrg(Drawn(sampling)));

    /// <summary>SAG.</summary>
    public static FiniteSumMethod Sag(IStepSize eta, Sampling? sampling = null) => new(new Sgd(), eta, new Saga(Drawn(sampling), true));

    /// <summary>SAGA.</summary>
    public static FiniteSumMethod Saga(IStepSize eta, Sampling? sampling = null) => new(new Sgd(), eta, new Saga(Drawn(sampling)));

    /// <summary>SARAH.</summary>
    public static FiniteSumMethod Sarah(IStepSize eta, Sampling? sampling = null) => new(new Sgd(), eta, new Sarah(Drawn(sampling)));

    /// <summary>PAGE.</summary>
    public static FiniteSumMethod Page(IStepSize eta, Sampling? sampling = null) => new(new Sgd(), eta, new Page(Drawn(sampling)));

    /// <summary>Katyusha.</summary>
    public static Katyusha Katyusha(double smoothness, double mu, Sampling? sampling = null) => new(smoothness, mu, Drawn(sampling));

    /// <summary>Stochastic dual coordinate ascent.</summary>
    public static Sdca Sdca(SampleOrder order = SampleOrder.Shuffle) => new(order);

    /// <summary>AdamW.</summary>
    public static StochasticMethod AdamW(IStepSize eta, double decay = 0.01, Sampling? sampling = null) =>
        new(new AdamW(Decay: decay), eta, Batches(sampling));

    /// <summary>NAdam.</summary>
    public static StochasticMethod NAdam(IStepSize eta, Sampling? sampling = null) => new(new NAdam(), eta, Batches(sampling));

    /// <summary>RAdam.</summary>
    public static StochasticMethod RAdam(IStepSize eta, Sampling? sampling = null) => new(new RAdam(), eta, Batches(sampling));

    /// <summary>Adadelta.</summary>
    public static StochasticMethod Adadelta(IStepSize? eta = null, Sampling? sampling = null) =>
        new(new Adadelta(), eta ?? new Constant(1), Batches(sampling));

    /// <summary>ADOPT.</summary>
    public static StochasticMethod Adopt(IStepSize eta, Sampling? sampling = null) => new(new Adopt(), eta, Batches(sampling));

    /// <summary>AdEMAMix.</summary>
    public static StochasticMethod AdEmaMix(IStepSize eta, Sampling? sampling = null) => new(new AdEmaMix(), eta, Batches(sampling));

    /// <summary>Adan.</summary>
    public static StochasticMethod Adan(IStepSize eta, double decay = 0, Sampling? sampling = null) =>
        new(new Adan(Decay: decay), eta, Batches(sampling));

    /// <summary>Adafactor.</summary>
    public static StochasticMethod Adafactor(IStepSize? eta = null, Sampling? sampling = null) =>
        new(new Adafactor(), eta ?? new Constant(1e-2), Batches(sampling));

    /// <summary>Lion.</summary>
    public static StochasticMethod Lion(IStepSize eta, double decay = 0, Sampling? sampling = null) =>
        new(new Lion(Decay: decay), eta, Batches(sampling));

    /// <summary>Muon.</summary>
    public static StochasticMethod Muon(IStepSize eta, double beta = 0.95, Sampling? sampling = null) =>
        new(new Muon(beta), eta, Batches(sampling));

    /// <summary>Shampoo.</summary>
    public static StochasticMethod Shampoo(IStepSize eta, Sampling? sampling = null) => new(new Shampoo(), eta, Batches(sampling));

    /// <summary>SOAP.</summary>
    public static StochasticMethod Soap(IStepSize eta, Sampling? sampling = null) => new(new Soap(), eta, Batches(sampling));

    /// <summary>Sophia.</summary>
    public static Sophia Sophia(IStepSize eta, Sampling? sampling = null) => new(eta, sampling ?? new Sampling());

    /// <summary>Schedule-free SGD.</summary>
    public static StochasticMethod ScheduleFreeSgd(IStepSize eta, double beta = 0.9, Sampling? sampling = null) =>
        new(new ScheduleFreeSgd(beta), eta, Batches(sampling));

    /// <summary>Schedule-free AdamW.</summary>
    public static StochasticMethod ScheduleFreeAdamW(IStepSize eta, Sampling? sampling = null) =>
        new(new ScheduleFreeAdamW(), eta, Batches(sampling));

    /// <summary>D-Adaptation; read its average with its own weights (<see cref="AverageKind.OwnWeights"/>).</summary>
    public static StochasticMethod DAdaptation(Sampling? sampling = null) => new(new DAdaptation(), new Constant(1), Batches(sampling));

    /// <summary>Prodigy.</summary>
    public static StochasticMethod Prodigy(Sampling? sampling = null) => new(new Prodigy(), new Constant(1), Batches(sampling));

    /// <summary>DoG; read its average.</summary>
    public static StochasticMethod DoG(Sampling? sampling = null) => new(new DoG(), new Constant(1), Batches(sampling));

    /// <summary>SGD with the stochastic Polyak step size.</summary>
    public static StochasticMethod Polyak(Polyak? eta = null, Sampling? sampling = null) =>
        new(new Sgd(), eta ?? new Polyak(), Batches(sampling));

    /// <summary>Stochastic line search.</summary>
    public static StochasticLineSearch StochasticLineSearch(Sampling? sampling = null) => new(sampling ?? new Sampling());

    /// <summary>Sharpness-aware minimisation around SGD.</summary>
    public static StochasticMethod Sam(IStepSize eta, double rho = 0.05, Sampling? sampling = null) =>
        new(new Sgd(), eta, new Sam(sampling ?? new Sampling(), rho));

    /// <summary>FTRL-proximal.</summary>
    public static StochasticMethod FtrlProximal(double eta, double l1 = 0, double l2 = 0, Sampling? sampling = null) =>
        new(new FtrlProximal(l1, l2), new Constant(eta), Batches(sampling));

    /// <summary>Lookahead around any rule.</summary>
    public static StochasticMethod Lookahead(IRule inner, IStepSize eta, Sampling? sampling = null) =>
        new(new Lookahead(inner), eta, Batches(sampling));

    /// <summary>Gradient clipping before any rule.</summary>
    public static StochasticMethod Clipped(IRule inner, IStepSize eta, double norm, Sampling? sampling = null) =>
        new(new Clipped(inner, norm), eta, Batches(sampling));

    /// <summary>Gradient accumulation over k batches, before any rule.</summary>
    public static StochasticMethod Accumulated(IRule inner, IStepSize eta, int parts, Sampling? sampling = null) =>
        new(inner, eta, new Accumulated(sampling ?? new Sampling(), parts));

    static Minibatch Batches(Sampling? sampling) => new(sampling ?? new Sampling());

    static Sampling Drawn(Sampling? sampling) => sampling ?? new Sampling(SampleOrder.Replacement);
}
