using Descent.Algorithms;
using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;
using Descent.Sets;
using Descent.StepSizes;

namespace Descent;

// Step sizes that follow the gradients: M11–M20, M23, M24.
public static partial class Methods
{
    /// <summary>AdaGrad-norm (M11): <c>η_t = c/√(ε² + Σ‖g‖²)</c>. A step costs B gradients. Source: C alg. 7.</summary>
    /// <param name="c">c &gt; 0: the numerator of the step size, in the unit of the parameters.</param>
    /// <param name="eps">ε &gt; 0: ε² is added to the sum of squared norms.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod AdaGradNorm(IStepSize c, double eps = 1e-4, Sampling? sampling = null) =>
        new(new AdaGradNorm(eps), c, Batches(sampling));

    /// <inheritdoc cref="AdaGradNorm(IStepSize, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod AdaGradNorm(double c, double eps = 1e-4, Sampling? sampling = null) =>
        AdaGradNorm(new Constant(c), eps, sampling);

    /// <summary>AdaGrad-norm, delayed (M12): <c>the sum stops at t − 1</c>. A step costs B gradients. Source: C 9.1.</summary>
    /// <param name="c">c &gt; 0: the numerator of the step size, in the unit of the parameters.</param>
    /// <param name="eps">ε &gt; 0: the first step divides by it alone; a fit takes H, which makes that step c/H.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod AdaGradNormDelayed(IStepSize c, double eps, Sampling? sampling = null) =>
        new(new AdaGradNorm(eps, true), c, Batches(sampling));

    /// <inheritdoc cref="AdaGradNormDelayed(IStepSize, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod AdaGradNormDelayed(double c, double eps, Sampling? sampling = null) =>
        AdaGradNormDelayed(new Constant(c), eps, sampling);

    /// <summary>EMA-norm (need not converge) (M13): <c>A ← βA + ‖g‖²;  η_t = c/√(ε² + A)</c>. A step costs B gradients.
    /// Source: C alg. 8.</summary>
    /// <param name="c">c &gt; 0: the numerator of the step size, in the unit of the parameters.</param>
    /// <param name="beta2">β₂ in [0, 1): decay of the second moment.</param>
    /// <param name="eps">ε &gt; 0: ε² is added to the sum of squared norms.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod EmaNorm(IStepSize c, double beta2 = 0.999, double eps = 1e-4, Sampling? sampling = null) =>
        new(new EmaNorm(beta2, eps), c, Batches(sampling));

    /// <inheritdoc cref="EmaNorm(IStepSize, double, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod EmaNorm(double c, double beta2 = 0.999, double eps = 1e-4, Sampling? sampling = null) =>
        EmaNorm(new Constant(c), beta2, eps, sampling);

    /// <summary>Corrected EMA-norm (M14): <c>B ← max(B, tA);  η_t = c/√B</c>. A step costs B gradients. Source: C alg. 9.</summary>
    /// <param name="c">c &gt; 0: the numerator of the step size, in the unit of the parameters.</param>
    /// <param name="beta2">β₂ in [0, 1): decay of the second moment.</param>
    /// <param name="eps">ε &gt; 0: ε² is added to the sum of squared norms.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod EmaNormCorrected(IStepSize c, double beta2 = 0.999, double eps = 1e-4, Sampling? sampling = null) =>
        new(new EmaNorm(beta2, eps, true), c, Batches(sampling));

    /// <inheritdoc cref="EmaNormCorrected(IStepSize, double, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod EmaNormCorrected(double c, double beta2 = 0.999, double eps = 1e-4, Sampling? sampling = null) =>
        EmaNormCorrected(new Constant(c), beta2, eps, sampling);

    /// <summary>Adaptive steps with projection onto a ball (M15): <c>w ← Π(w − √2 D₂ g/√Σ‖g‖²)</c>. A step costs B gradients.
    /// Source: C thm 16.2.</summary>
    /// <param name="radius">D₂ &gt; 0: radius of the ball about the origin; it must hold the minimiser.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod AdaptiveBall(double radius = 10, Sampling? sampling = null) =>
        new(new AdaGradNorm(1e-150), new Constant(Math.Sqrt(2) * radius), Batches(sampling), new Ball(radius));

    /// <summary>AdaGrad, diagonal (M16): <c>s ← s + g²;  w ← w − c g/(√s + ε)</c>. A step costs B gradients.
    /// Source: C thm 16.3; P; Duchi et al. 2011.</summary>
    /// <param name="c">c &gt; 0: the numerator of the step size, in the unit of the parameters.</param>
    /// <param name="eps">ε ≥ 0: keeps the denominator from zero.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod AdaGrad(IStepSize c, double eps = 1e-8, Sampling? sampling = null) =>
        new(new AdaGrad(eps), c, Batches(sampling));

    /// <inheritdoc cref="AdaGrad(IStepSize, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod AdaGrad(double c, double eps = 1e-8, Sampling? sampling = null) =>
        AdaGrad(new Constant(c), eps, sampling);

    /// <summary>AdaGrad in units of the columns (Vowpal Wabbit's default) (M16):
    /// <c>s ← max(s, |x|);  q ← q + (φ′x/s)²;  w ← w + a x/(s²√q)</c>. A step costs 1 gradient.
    /// Source: Ross, Mineiro and Langford 2013; Karampatziakis and Langford 2011.</summary>
    /// <param name="step">η &gt; 0, without a unit.</param>
    /// <param name="aware">1 for steps that follow the loss along the row, the longer the more importance it has; 0 for its slope.</param>
    /// <param name="sampling">Order of the examples, of which a step takes one; null for the order that a fit takes.</param>
    public static NormalisedAdaGrad NormalisedAdaGrad(IStepSize step, double aware = 1, Sampling? sampling = null) =>
        new(step, (sampling ?? new Sampling()).Order, aware >= 0.5);

    /// <inheritdoc cref="NormalisedAdaGrad(IStepSize, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static NormalisedAdaGrad NormalisedAdaGrad(double step, double aware = 1, Sampling? sampling = null) =>
        NormalisedAdaGrad(new Constant(step), aware, sampling);

    /// <summary>AdaGrad with projection onto a box (M16): <c>w ← Π(w − √2 D∞ g/√s)</c>. A step costs B gradients.
    /// Source: C thm 16.3.</summary>
    /// <param name="radius">D∞ &gt; 0: half-width of the box about the origin; it must hold the minimiser.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod AdaGradBox(double radius = 10, Sampling? sampling = null) =>
        new(new AdaGrad(0, true), new Constant(Math.Sqrt(2) * radius), Batches(sampling), new Box(radius));

    /// <summary>RMSprop (M17): <c>s ← ρs + (1−ρ)g²;  w ← w − ηg/(√s + ε)</c>. A step costs B gradients.
    /// Source: P; Tieleman and Hinton 2012.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="rho">ρ in [0, 1): decay of the second moment.</param>
    /// <param name="eps">ε ≥ 0: keeps the denominator from zero.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod RmsProp(IStepSize eta, double rho = 0.9, double eps = 1e-8, Sampling? sampling = null) =>
        new(new RmsProp(rho, eps), eta, Batches(sampling));

    /// <inheritdoc cref="RmsProp(IStepSize, double, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod RmsProp(double eta, double rho = 0.9, double eps = 1e-8, Sampling? sampling = null) =>
        RmsProp(new Constant(eta), rho, eps, sampling);

    /// <summary>Adam (M18): <c>w ← w − η m̂/(√v̂ + ε)</c>. A step costs B gradients. Source: P; C alg. 12; Kingma and Ba 2015.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="beta1">β₁ in [0, 1): decay of the first moment.</param>
    /// <param name="beta2">β₂ in [0, 1): decay of the second moment.</param>
    /// <param name="eps">ε ≥ 0: keeps the denominator from zero.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod Adam(IStepSize eta, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        Sampling? sampling = null) =>
        new(new Adam(beta1, beta2, eps), eta, Batches(sampling));

    /// <inheritdoc cref="Adam(IStepSize, double, double, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod Adam(double eta, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        Sampling? sampling = null) =>
        Adam(new Constant(eta), beta1, beta2, eps, sampling);

    /// <summary>AMSGrad (M19): <c>v̂ ← max(v̂, v);  w ← w − η m/(√v̂ + ε)</c>. A step costs B gradients.
    /// Source: Reddi et al. 2018; C 17.2.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="beta1">β₁ in [0, 1): decay of the first moment.</param>
    /// <param name="beta2">β₂ in [0, 1): decay of the second moment.</param>
    /// <param name="eps">ε ≥ 0: keeps the denominator from zero.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod AmsGrad(IStepSize eta, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        Sampling? sampling = null) =>
        new(new AmsGrad(beta1, beta2, eps), eta, Batches(sampling));

    /// <inheritdoc cref="AmsGrad(IStepSize, double, double, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod AmsGrad(double eta, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        Sampling? sampling = null) =>
        AmsGrad(new Constant(eta), beta1, beta2, eps, sampling);

    /// <summary>Sign descent (M20): <c>w ← w − η sign(g)</c>. A step costs B gradients. Source: C 17.2.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    public static StochasticMethod SignDescent(IStepSize eta, Sampling? sampling = null) => new(new SignDescent(), eta, Batches(sampling));

    /// <inheritdoc cref="SignDescent(IStepSize, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod SignDescent(double eta, Sampling? sampling = null) => SignDescent(new Constant(eta), sampling);

    /// <summary>Normalised SGD with momentum (M23): <c>w ← w − η m/‖m‖</c>. A step costs B gradients. Source: C 24.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="momentum">1 − α in [0, 1): share of the average that is kept.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod Normalised(IStepSize eta, double momentum = 0.9, Sampling? sampling = null) =>
        new(new Normalised(1 - momentum), eta, Batches(sampling));

    /// <inheritdoc cref="Normalised(IStepSize, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod Normalised(double eta, double momentum = 0.9, Sampling? sampling = null) =>
        Normalised(new Constant(eta), momentum, sampling);

    /// <summary>Normalised SGD, variance-reduced momentum (STORM) (M24):
    /// <c>m ← (1−α)(m + ∇f(w;ξ) − ∇f(w₋;ξ)) + α∇f(w;ξ);  w ← w − η m/‖m‖</c>. A step costs 2B gradients.
    /// Source: C 24.1; Cutkosky and Orabona 2019.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="momentum">1 − α in [0, 1): share of the average that is kept.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod NormalisedStorm(IStepSize eta, double momentum = 0.9, Sampling? sampling = null) =>
        new(new Normalised(1), eta, new Storm(sampling ?? new Sampling(), 1 - momentum));

    /// <inheritdoc cref="NormalisedStorm(IStepSize, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod NormalisedStorm(double eta, double momentum = 0.9, Sampling? sampling = null) =>
        NormalisedStorm(new Constant(eta), momentum, sampling);
}
