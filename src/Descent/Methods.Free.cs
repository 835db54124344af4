using Descent.Algorithms;
using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;

namespace Descent;

// Beyond the notes: freedom from parameters, wrappers.
public static partial class Methods
{
    /// <summary>D-Adaptation (§ 8): <c>s ← s + dg;  w ← w₀ − s/√Σ‖g‖²;  d ← max(d, (γ‖s‖² − Σγd²‖g‖²)/(2‖s‖))</c>. A step costs B
    /// gradients. Read its average with its own weights (<see cref="AverageKind.OwnWeights"/>).
    /// Source: Defazio and Mishchenko 2023.</summary>
    /// <param name="d0">d₀ &gt; 0: first estimate, below the distance to the minimiser.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod DAdaptation(double d0 = 1e-6, Sampling? sampling = null) =>
        new(new DAdaptation(d0), new Constant(1), Batches(sampling));

    /// <summary>Prodigy (§ 8): <c>Adam with η = d, d learnt</c>. A step costs B gradients. Source: Mishchenko and Defazio 2023.</summary>
    /// <param name="beta1">β₁ in [0, 1): decay of the first moment.</param>
    /// <param name="beta2">β₂ in [0, 1): decay of the second moment.</param>
    /// <param name="eps">ε ≥ 0: keeps the denominator from zero.</param>
    /// <param name="weightDecay">λ ≥ 0: decoupled weight decay; not part of the objective.</param>
    /// <param name="d0">d₀ &gt; 0: first estimate, below the distance to the minimiser.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod Prodigy(double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weightDecay = 0,
        double d0 = 1e-6, Sampling? sampling = null) =>
        new(new Prodigy(beta1, beta2, eps, weightDecay, d0), new Constant(1), Batches(sampling));

    /// <summary>DoG, distance over gradients (§ 8): <c>η_t = max‖w−w₀‖/√Σ‖g‖²</c>. A step costs B gradients. Read its average (<see
    /// cref="AverageKind.Polynomial"/>). Source: Ivgi et al. 2023.</summary>
    /// <param name="first">r &gt; 0: first distance relative to 1 + ‖w₀‖.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod DoG(double first = 1e-6, Sampling? sampling = null) =>
        new(new DoG(first), new Constant(1), Batches(sampling));

    /// <summary>Stochastic Polyak step size (§ 8): <c>η = min((f − f*)/(c‖g‖²), η_max)</c>. A step costs B gradients.
    /// Source: Loizou et al. 2021.</summary>
    /// <param name="c">c &gt; 0: divisor.</param>
    /// <param name="least">f*: lower bound on the sampled losses.</param>
    /// <param name="max">η_max &gt; 0: largest step.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod Polyak(double c = 0.5, double least = 0, double max = 1, Sampling? sampling = null) =>
        new(new Sgd(), new Polyak(c, least, max), Batches(sampling));

    /// <summary>Stochastic line search (§ 8): <c>largest η with f(w−ηg;ξ) ≤ f(w;ξ) − cη‖g‖²</c>. A step costs B gradients, a few values.
    /// Source: Vaswani et al. 2019.</summary>
    /// <param name="c">c in (0, 1): part of the decrease that is asked.</param>
    /// <param name="shrink">s in (0, 1): factor of a backtrack.</param>
    /// <param name="growth">γ ≥ 1: factor by which steps may grow in an epoch.</param>
    /// <param name="initial">η₀ &gt; 0: first step tried.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticLineSearch StochasticLineSearch(double c = 0.1, double shrink = 0.9, double growth = 2, double initial = 1,
        Sampling? sampling = null) =>
        new(sampling ?? new Sampling(), initial, c, shrink, growth);

    /// <summary>Sharpness-aware minimisation (§ 8): <c>gradient at w + ρ g/‖g‖, same sample</c>. A step costs 2B gradients.
    /// Source: Foret et al. 2021.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="rho">ρ ≥ 0: radius.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod Sam(IStepSize eta, double rho = 0.05, Sampling? sampling = null) =>
        new(new Sgd(), eta, new Sam(sampling ?? new Sampling(), rho));

    /// <inheritdoc cref="Sam(IStepSize, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod Sam(double eta, double rho = 0.05, Sampling? sampling = null) => Sam(new Constant(eta), rho, sampling);

    /// <summary>FTRL-proximal (§ 8): <c>w = −(z − sign(z)λ₁)/((β+√n)/η + λ₂)</c>. A step costs B gradients.
    /// Source: McMahan et al. 2013.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="l1">λ₁ ≥ 0 of the sum of losses.</param>
    /// <param name="l2">λ₂ ≥ 0 of the sum of losses.</param>
    /// <param name="beta">β ≥ 0: shift of the root.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod FtrlProximal(IStepSize eta, double l1 = 0, double l2 = 0, double beta = 1, Sampling? sampling = null) =>
        new(new FtrlProximal(l1, l2, beta), eta, Batches(sampling));

    /// <inheritdoc cref="FtrlProximal(IStepSize, double, double, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod FtrlProximal(double eta, double l1 = 0, double l2 = 0, double beta = 1, Sampling? sampling = null) =>
        FtrlProximal(new Constant(eta), l1, l2, beta, sampling);

    /// <summary>Lookahead around SGD with momentum (§ 8): <c>every k steps slow ← slow + α(w − slow), w ← slow</c>. A step costs B
    /// gradients. Source: Zhang et al. 2019.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="momentum">β in [0, 1): share of the last step that is kept.</param>
    /// <param name="every">k ≥ 1: period in steps.</param>
    /// <param name="alpha">α in (0, 1]: step of the slow weights.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod Lookahead(IStepSize eta, double momentum = 0.9, int every = 5, double alpha = 0.5,
        Sampling? sampling = null) =>
        new(new Lookahead(new HeavyBall(momentum), every, alpha), eta, Batches(sampling));

    /// <inheritdoc cref="Lookahead(IStepSize, double, int, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod Lookahead(double eta, double momentum = 0.9, int every = 5, double alpha = 0.5,
        Sampling? sampling = null) =>
        Lookahead(new Constant(eta), momentum, every, alpha, sampling);

    /// <summary>SGD with gradient clipping (§ 8): <c>g ← clip(g, ±c) min(1, C/‖g‖);  w ← w − ηg</c>. A step costs B gradients.
    /// Source: Pascanu et al. 2013.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="norm">C &gt; 0: norm at which gradients are cut.</param>
    /// <param name="value">c &gt; 0: value at which entries are cut.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod ClippedSgd(IStepSize eta, double norm = 1, double value = double.PositiveInfinity,
        Sampling? sampling = null) =>
        new(new Clipped(new Sgd(), norm, value), eta, Batches(sampling));

    /// <inheritdoc cref="ClippedSgd(IStepSize, double, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod ClippedSgd(double eta, double norm = 1, double value = double.PositiveInfinity,
        Sampling? sampling = null) =>
        ClippedSgd(new Constant(eta), norm, value, sampling);

    /// <summary>SGD with gradient accumulation (§ 8): <c>g = mean over k batches at one point</c>. A step costs kB gradients.
    /// Source: folklore.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="every">k ≥ 1: period in steps.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod AccumulatedSgd(IStepSize eta, int every = 4, Sampling? sampling = null) =>
        new(new Sgd(), eta, new Accumulated(sampling ?? new Sampling(), every));

    /// <inheritdoc cref="AccumulatedSgd(IStepSize, int, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod AccumulatedSgd(double eta, int every = 4, Sampling? sampling = null) =>
        AccumulatedSgd(new Constant(eta), every, sampling);
}
