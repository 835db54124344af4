using Descent.Algorithms;
using Descent.Oracles;
using Descent.Rules;
using Descent.Sets;
using Descent.StepSizes;

namespace Descent;

// Gradient descent, SGD, momentum, acceleration: M1–M10, M21.
public static partial class Methods
{
    /// <summary>Gradient descent (M1): <c>w ← w − η ∇F(w)</c>. A step costs n gradients. Source: all notes.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="set">Proximal map or projection after each step; null for none.</param>
    public static GradientMethod GradientDescent(IStepSize eta, IProximalMap? set = null) => new(new Sgd(), eta, set);

    /// <inheritdoc cref="GradientDescent(IStepSize, IProximalMap)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static GradientMethod GradientDescent(double eta, IProximalMap? set = null) => GradientDescent(new Constant(eta), set);

    /// <summary>Gradient descent, Armijo backtracking (M2): <c>largest η with F(w − ηg) ≤ F(w) − cη‖g‖²</c>. A step costs n gradients, a
    /// few values. Source: R; Armijo 1966.</summary>
    /// <param name="initial">η₀ &gt; 0: first step tried.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static LineSearchDescent LineSearch(double initial = 1) => new(initial);

    /// <summary>Gradient descent, exact step of a quadratic (M2): <c>η = ‖g‖²/(gᵀ∇²F g)</c>. A step costs n gradients, n products.
    /// Source: R; Cauchy 1847.</summary>
    public static ExactLineSearchDescent ExactLineSearch() => new();

    /// <summary>Stochastic gradient descent (M3): <c>w ← w − η_t ∇f(w; ξ_t)</c>. A step costs B gradients. Source: all notes.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <param name="set">Proximal map or projection after each step; null for none.</param>
    public static StochasticMethod Sgd(IStepSize eta, Sampling? sampling = null, IProximalMap? set = null) =>
        new(new Sgd(), eta, Batches(sampling), set);

    /// <inheritdoc cref="Sgd(IStepSize, Sampling, IProximalMap)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod Sgd(double eta, Sampling? sampling = null, IProximalMap? set = null) =>
        Sgd(new Constant(eta), sampling, set);

    /// <summary>Heavy-ball momentum (M5): <c>v ← βv − ηg;  w ← w + v</c>. A step costs B gradients. Source: R; P; Polyak 1964.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="momentum">β in [0, 1): share of the last step that is kept.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod HeavyBall(IStepSize eta, double momentum = 0.9, Sampling? sampling = null) =>
        new(new HeavyBall(momentum), eta, Batches(sampling));

    /// <inheritdoc cref="HeavyBall(IStepSize, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod HeavyBall(double eta, double momentum = 0.9, Sampling? sampling = null) =>
        HeavyBall(new Constant(eta), momentum, sampling);

    /// <summary>Heavy-ball momentum (M5), on exact gradients: <c>v ← βv − ηg;  w ← w + v</c>. A step costs n gradients.
    /// Source: R; P; Polyak 1964.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="momentum">β in [0, 1): share of the last step that is kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static GradientMethod HeavyBallFull(IStepSize eta, double momentum = 0.9) => new(new HeavyBall(momentum), eta);

    /// <inheritdoc cref="HeavyBallFull(IStepSize, double)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static GradientMethod HeavyBallFull(double eta, double momentum = 0.9) => HeavyBallFull(new Constant(eta), momentum);

    /// <summary>Momentum as an exponential average (M6): <c>m ← (1−α)m + αg;  w ← w − ηm</c>. A step costs B gradients.
    /// Source: C alg. 16.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="momentum">β = 1 − α in [0, 1): share of the average that is kept.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod EmaMomentum(IStepSize eta, double momentum = 0.9, Sampling? sampling = null) =>
        new(new EmaMomentum(1 - momentum), eta, Batches(sampling));

    /// <inheritdoc cref="EmaMomentum(IStepSize, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod EmaMomentum(double eta, double momentum = 0.9, Sampling? sampling = null) =>
        EmaMomentum(new Constant(eta), momentum, sampling);

    /// <summary>Nesterov momentum (M7): <c>y = w + β(w − w₋);  w ← y − ηg(y)</c>. A step costs B gradients.
    /// Source: C 14.1; Nesterov 1983.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="momentum">β in [0, 1): share of the last step that is kept.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod Nesterov(IStepSize eta, double momentum = 0.9, Sampling? sampling = null) =>
        new(new Nesterov(momentum), eta, Batches(sampling));

    /// <inheritdoc cref="Nesterov(IStepSize, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod Nesterov(double eta, double momentum = 0.9, Sampling? sampling = null) =>
        Nesterov(new Constant(eta), momentum, sampling);

    /// <summary>Nesterov momentum (M7), on exact gradients: <c>y = w + β(w − w₋);  w ← y − ηg(y)</c>. A step costs n gradients.
    /// Source: C 14.1; Nesterov 1983.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="momentum">β in [0, 1): share of the last step that is kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static GradientMethod NesterovFull(IStepSize eta, double momentum = 0.9) => new(new Nesterov(momentum), eta);

    /// <inheritdoc cref="NesterovFull(IStepSize, double)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static GradientMethod NesterovFull(double eta, double momentum = 0.9) => NesterovFull(new Constant(eta), momentum);

    /// <summary>Accelerated (proximal) gradient, restarted (M7): <c>y = w + ((a₋−1)/a)(w − w₋);  w ← prox(y − ηg(y))</c>. A step costs n
    /// gradients.
    /// Source: C 15; Beck and Teboulle 2009.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="restart">Whether momentum is dropped when it points uphill.</param>
    public static GradientMethod Fista(IStepSize eta, bool restart = true) => new(new Nesterov(null, restart), eta);

    /// <inheritdoc cref="Fista(IStepSize, bool)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static GradientMethod Fista(double eta, bool restart = true) => Fista(new Constant(eta), restart);

    /// <summary>Accelerated gradient by linear coupling (M8): <c>x = (1−1/α)w + y/α;  y ← y − ηα g(x);  w ← x − ηg(x)</c>. A step costs n
    /// gradients.
    /// Source: C alg. 11; Allen-Zhu and Orecchia 2017.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    public static GradientMethod LinearCoupling(IStepSize eta) => new(new LinearCoupling(), eta);

    /// <inheritdoc cref="LinearCoupling(IStepSize)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static GradientMethod LinearCoupling(double eta) => LinearCoupling(new Constant(eta));

    /// <summary>Accelerated gradient, strongly convex (M9): <c>y = w + β(w − w₋), β = (√κ−1)/(√κ+1);  w ← y − g(y)/H</c>. A step costs n
    /// gradients.
    /// Source: C 22; Nesterov 2004.</summary>
    /// <param name="mu">μ &gt; 0: strong convexity of the objective.</param>
    /// <param name="smoothness">H &gt; 0: smoothness of the objective.</param>
    /// <param name="set">Proximal map or projection after each step; null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static GradientMethod Accelerated(double mu, double smoothness, IProximalMap? set = null) =>
        new(new Nesterov(Acceleration.Momentum(mu, smoothness)), new Constant(1 / smoothness), set);

    /// <summary>Accelerated gradient, restarted by the condition number (M9): <c>M8 begun anew every ⌈√(8κ)⌉ steps</c>. A step costs n
    /// gradients. Source: C 22; O'Donoghue and Candès 2015.</summary>
    /// <param name="mu">μ &gt; 0: strong convexity of the objective.</param>
    /// <param name="smoothness">H &gt; 0: smoothness of the objective.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static GradientMethod AcceleratedByRestarts(double mu, double smoothness) =>
        new(new LinearCoupling(Acceleration.RestartPeriod(mu, smoothness)), new Constant(1 / smoothness));

    /// <summary>Accelerated descent for almost convex objectives (M10): <c>w ← w + argmin_δ F(w+δ) + γ‖δ‖², inner problem by M9</c>. A step
    /// costs n gradients an inner step. Source: C 22; Carmon et al. 2018.</summary>
    /// <param name="gamma">γ &gt; 0: almost-convexity, −γ bounds the Hessian's eigenvalues below; a fit takes H/100.</param>
    /// <param name="smoothness">H &gt; 0: smoothness of the objective.</param>
    /// <param name="tolerance">ε ≥ 0: gradient norm at which an inner problem is solved; 0 stands for a tenth of ‖∇F(w)‖.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static AlmostConvex AlmostConvex(double gamma, double smoothness, double tolerance = 0) => new(gamma, smoothness, tolerance);

    /// <summary>Projected SGD, strongly convex (M21): <c>w ← Π(w − g/(μt)) onto ‖w‖ ≤ D₂</c>. A step costs B gradients.
    /// Source: C thm 22.1.</summary>
    /// <param name="mu">μ &gt; 0: strong convexity of the objective.</param>
    /// <param name="radius">D₂ &gt; 0: radius of the ball about the origin; it must hold the minimiser.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod ProjectedSgd(double mu, double radius = 10, Sampling? sampling = null) =>
        new(new Sgd(), new StronglyConvex(mu, mu), Batches(sampling), new Ball(radius));
}
