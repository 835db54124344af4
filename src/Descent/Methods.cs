using Descent.Algorithms;
using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;
using Descent.Sets;
using Descent.StepSizes;

namespace Descent;

/// <summary>The catalogue of methods: one line an algorithm. Ids M… are those of the documentation's catalogue.</summary>
public static class Methods
{
    /// <summary>M1: gradient descent.</summary>
    public static GradientMethod GradientDescent(IStepSize eta, IProximalMap? set = null) => new(new Sgd(), eta, set);

    /// <summary>M2: gradient descent with Armijo backtracking.</summary>
    public static LineSearchDescent LineSearch(double initial = 1) => new(initial);

    /// <summary>M2: gradient descent with the exact step of a quadratic.</summary>
    public static ExactLineSearchDescent ExactLineSearch() => new();

    /// <summary>M3: stochastic gradient descent.</summary>
    public static StochasticMethod Sgd(IStepSize eta, Sampling? sampling = null, IProximalMap? set = null) => new(new Sgd(), eta, Batches(sampling), set);

    /// <summary>M4: the average of another method's iterates.</summary>
    public static Averaged<T, TOracle> Average<T, TOracle>(IMethod<T, TOracle> inner, Averaging? averaging = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(inner, averaging ?? AverageKind.Uniform);

    /// <summary>M5: heavy-ball momentum on sampled gradients.</summary>
    public static StochasticMethod HeavyBall(IStepSize eta, double beta = 0.9, Sampling? sampling = null) => new(new HeavyBall(beta), eta, Batches(sampling));

    /// <summary>M5: heavy-ball momentum on exact gradients.</summary>
    public static GradientMethod HeavyBallFull(IStepSize eta, double beta = 0.9) => new(new HeavyBall(beta), eta);

    /// <summary>M7: Nesterov's momentum on sampled gradients.</summary>
    public static StochasticMethod Nesterov(IStepSize eta, double beta = 0.9, Sampling? sampling = null) => new(new Nesterov(beta), eta, Batches(sampling));

    /// <summary>M7: Nesterov's momentum on exact gradients.</summary>
    public static GradientMethod NesterovFull(IStepSize eta, double beta = 0.9) => new(new Nesterov(beta), eta);

    /// <summary>M7 with the convex momentum sequence, restarted; with a proximal map this is FISTA.</summary>
    public static GradientMethod Fista(IStepSize eta, bool restart = true) => new(new Nesterov(null, restart), eta);

    /// <summary>M6: momentum as an exponential average.</summary>
    public static StochasticMethod EmaMomentum(IStepSize eta, double alpha = 0.1, Sampling? sampling = null) => new(new EmaMomentum(alpha), eta, Batches(sampling));

    /// <summary>M11; M12 when delayed: AdaGrad-norm.</summary>
    public static StochasticMethod AdaGradNorm(IStepSize c, double epsilon = 1e-4, bool delayed = false, Sampling? sampling = null) => new(new AdaGradNorm(epsilon, delayed), c, Batches(sampling));

    /// <summary>M13; M14 when corrected: EMA-norm.</summary>
    public static StochasticMethod EmaNorm(IStepSize c, double beta = 0.999, double epsilon = 1e-4, bool corrected = false, Sampling? sampling = null) =>
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
    public static StochasticMethod RmsProp(IStepSize eta, double rho = 0.9, Sampling? sampling = null) => new(new RmsProp(rho), eta, Batches(sampling));

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
    public static StochasticMethod Normalised(IStepSize eta, double alpha = 0.1, Sampling? sampling = null) => new(new Normalised(alpha), eta, Batches(sampling));

    /// <summary>M24: normalised SGD with variance-reduced momentum (STORM).</summary>
    public static StochasticMethod NormalisedStorm(IStepSize eta, double alpha = 0.1, Sampling? sampling = null) =>
        new(new Normalised(1), eta, new Storm(sampling ?? new Sampling(SampleOrder.Replacement), alpha));

    /// <summary>M22: SVRG.</summary>
    public static FiniteSumMethod Svrg(IStepSize eta, Sampling? sampling = null, long period = 0) =>
        new(new Sgd(), eta, new Svrg(sampling ?? new Sampling(SampleOrder.Replacement), period));

    /// <summary>M27, M28: Newton's method; iteratively reweighted least squares on generalised linear models.</summary>
    public static Newton Newton() => new();

    /// <summary>M29: BFGS.</summary>
    public static Bfgs Bfgs() => new();

    /// <summary>M29: L-BFGS.</summary>
    public static LBfgs LBfgs(int memory = 10) => new(memory);

    /// <summary>Interior point for absolute, quantile and hinge losses.</summary>
    public static InteriorPoint InteriorPoint() => new();

    static Minibatch Batches(Sampling? sampling) => new(sampling ?? new Sampling());
}
