using Descent.Algorithms;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;

namespace Descent;

// Methods that see the blocks and matrices of the parameters: M25, M26 and beyond.
public static partial class Methods
{
    /// <summary>LARS (M25): <c>W ← W − η‖W‖ M/‖M‖, block by block</c>. A step costs B gradients. Source: C 24.2; You et al. 2017.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="momentum">β in [0, 1): share of the last step that is kept.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod Lars(IStepSize eta, double momentum = 0.9, Sampling? sampling = null) =>
        new(new Lars(momentum), eta, Batches(sampling));

    /// <inheritdoc cref="Lars(IStepSize, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod Lars(double eta, double momentum = 0.9, Sampling? sampling = null) =>
        Lars(new Constant(eta), momentum, sampling);

    /// <summary>LARS as published (M25): <c>V ← βV + η‖W‖/(‖g‖+λ‖W‖)(g+λW);  W ← W − V</c>. A step costs B gradients.
    /// Source: You et al. 2017.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="momentum">β in [0, 1): share of the last step that is kept.</param>
    /// <param name="weightDecay">λ ≥ 0: decoupled weight decay; not part of the objective.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod LarsPublished(IStepSize eta, double momentum = 0.9, double weightDecay = 0, Sampling? sampling = null) =>
        new(new Lars(momentum, true, weightDecay), eta, Batches(sampling));

    /// <inheritdoc cref="LarsPublished(IStepSize, double, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod LarsPublished(double eta, double momentum = 0.9, double weightDecay = 0, Sampling? sampling = null) =>
        LarsPublished(new Constant(eta), momentum, weightDecay, sampling);

    /// <summary>LAMB (M26): <c>W ← W − η‖W‖ D/‖D‖, D = m̂/(√v̂+ε) + λW</c>. A step costs B gradients.
    /// Source: C 24.2; You et al. 2020.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="beta1">β₁ in [0, 1): decay of the first moment.</param>
    /// <param name="beta2">β₂ in [0, 1): decay of the second moment.</param>
    /// <param name="eps">ε ≥ 0: keeps the denominator from zero.</param>
    /// <param name="weightDecay">λ ≥ 0: decoupled weight decay; not part of the objective.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod Lamb(IStepSize eta, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-6, double weightDecay = 0,
        Sampling? sampling = null) =>
        new(new Lamb(beta1, beta2, eps, weightDecay), eta, Batches(sampling));

    /// <inheritdoc cref="Lamb(IStepSize, double, double, double, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod Lamb(double eta, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-6, double weightDecay = 0,
        Sampling? sampling = null) =>
        Lamb(new Constant(eta), beta1, beta2, eps, weightDecay, sampling);

    /// <summary>Adafactor (§ 8): <c>V̂ = rcᵀ/mean(r);  U = g/√V̂, clipped;  W ← W − min(η, 1/√t) max(ε₂, rms W) U</c>. A step costs B
    /// gradients.
    /// Source: Shazeer and Stern 2018.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step; null for the published 0.01.</param>
    /// <param name="clip">d &gt; 0: largest root mean square of an update.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod Adafactor(IStepSize? eta = null, double clip = 1, Sampling? sampling = null) =>
        new(new Adafactor(clip), eta ?? new Constant(1e-2), Batches(sampling));

    /// <inheritdoc cref="Adafactor(IStepSize, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod Adafactor(double eta, double clip = 1, Sampling? sampling = null) =>
        Adafactor(new Constant(eta), clip, sampling);

    /// <summary>Muon (§ 8): <c>W ← W − η NewtonSchulz(G + βM)</c>. A step costs B gradients. Source: Jordan et al. 2024.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="momentum">β in [0, 1): share of the last step that is kept.</param>
    /// <param name="ratio">r ≥ 0: step size of blocks that are no matrices, relative to η.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod Muon(IStepSize eta, double momentum = 0.95, double ratio = 0.015, Sampling? sampling = null) =>
        new(new Muon(momentum, ratio), eta, Batches(sampling));

    /// <inheritdoc cref="Muon(IStepSize, double, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod Muon(double eta, double momentum = 0.95, double ratio = 0.015, Sampling? sampling = null) =>
        Muon(new Constant(eta), momentum, ratio, sampling);

    /// <summary>Shampoo (§ 8): <c>W ← W − η L^(−1/4) G R^(−1/4)</c>. A step costs B gradients, roots of m×m and n×n.
    /// Source: Gupta et al. 2018.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="eps">ε &gt; 0: added to the moments.</param>
    /// <param name="every">k ≥ 1: period in steps.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod Shampoo(IStepSize eta, double eps = 1e-4, int every = 1, Sampling? sampling = null) =>
        new(new Shampoo(eps, every), eta, Batches(sampling));

    /// <inheritdoc cref="Shampoo(IStepSize, double, int, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod Shampoo(double eta, double eps = 1e-4, int every = 1, Sampling? sampling = null) =>
        Shampoo(new Constant(eta), eps, every, sampling);

    /// <summary>SOAP (§ 8): <c>Adam in the eigenbasis of Shampoo</c>. A step costs B gradients, eigenvectors now and then.
    /// Source: Vyas et al. 2024.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="beta1">β₁ in [0, 1): decay of the first moment.</param>
    /// <param name="beta2">β₂ in [0, 1): decay of the second moment.</param>
    /// <param name="beta3">β₃ in [0, 1): decay of the Kronecker factors.</param>
    /// <param name="eps">ε ≥ 0: keeps the denominator from zero.</param>
    /// <param name="weightDecay">λ ≥ 0: decoupled weight decay; not part of the objective.</param>
    /// <param name="every">k ≥ 1: period in steps.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod Soap(IStepSize eta, double beta1 = 0.95, double beta2 = 0.95, double beta3 = 0.95, double eps = 1e-8,
        double weightDecay = 0, int every = 10, Sampling? sampling = null) =>
        new(new Soap(beta1, beta2, beta3, eps, weightDecay, every), eta, Batches(sampling));

    /// <inheritdoc cref="Soap(IStepSize, double, double, double, double, double, int, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod Soap(double eta, double beta1 = 0.95, double beta2 = 0.95, double beta3 = 0.95, double eps = 1e-8,
        double weightDecay = 0, int every = 10, Sampling? sampling = null) =>
        Soap(new Constant(eta), beta1, beta2, beta3, eps, weightDecay, every, sampling);
}
