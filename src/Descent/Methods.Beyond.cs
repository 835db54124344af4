using Descent.Algorithms;
using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;

namespace Descent;

// Beyond the notes: Adam's relatives, averaging.
public static partial class Methods
{
    /// <summary>AdamW (§ 8): <c>w ← (1−ηλ)w − η m̂/(√v̂ + ε)</c>. A step costs B gradients. Source: Loshchilov and Hutter 2019.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="beta1">β₁ in [0, 1): decay of the first moment.</param>
    /// <param name="beta2">β₂ in [0, 1): decay of the second moment.</param>
    /// <param name="eps">ε ≥ 0: keeps the denominator from zero.</param>
    /// <param name="weightDecay">λ ≥ 0: decoupled weight decay; not part of the objective.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod AdamW(IStepSize eta, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double weightDecay = 0.01, Sampling? sampling = null) =>
        new(new AdamW(beta1, beta2, eps, weightDecay), eta, Batches(sampling));

    /// <inheritdoc cref="AdamW(IStepSize, double, double, double, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod AdamW(double eta, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weightDecay = 0.01,
        Sampling? sampling = null) =>
        AdamW(new Constant(eta), beta1, beta2, eps, weightDecay, sampling);

    /// <summary>NAdam (§ 8): <c>Adam with Nesterov momentum</c>. A step costs B gradients. Source: Dozat 2016.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="beta1">β₁ in [0, 1): decay of the first moment.</param>
    /// <param name="beta2">β₂ in [0, 1): decay of the second moment.</param>
    /// <param name="eps">ε ≥ 0: keeps the denominator from zero.</param>
    /// <param name="momentumDecay">ψ ≥ 0: how fast the momentum reaches β₁.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod NAdam(IStepSize eta, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double momentumDecay = 0.004, Sampling? sampling = null) =>
        new(new NAdam(beta1, beta2, eps, momentumDecay), eta, Batches(sampling));

    /// <inheritdoc cref="NAdam(IStepSize, double, double, double, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod NAdam(double eta, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double momentumDecay = 0.004, Sampling? sampling = null) =>
        NAdam(new Constant(eta), beta1, beta2, eps, momentumDecay, sampling);

    /// <summary>RAdam (§ 8): <c>w ← w − η r m̂/√v̂, r rectifies the variance</c>. A step costs B gradients.
    /// Source: Liu et al. 2020.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="beta1">β₁ in [0, 1): decay of the first moment.</param>
    /// <param name="beta2">β₂ in [0, 1): decay of the second moment.</param>
    /// <param name="eps">ε ≥ 0: keeps the denominator from zero.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod RAdam(IStepSize eta, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        Sampling? sampling = null) =>
        new(new RAdam(beta1, beta2, eps), eta, Batches(sampling));

    /// <inheritdoc cref="RAdam(IStepSize, double, double, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod RAdam(double eta, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        Sampling? sampling = null) =>
        RAdam(new Constant(eta), beta1, beta2, eps, sampling);

    /// <summary>Adadelta (§ 8): <c>Δ = g √(u+ε)/√(s+ε);  w ← w − ηΔ</c>. A step costs B gradients. Source: Zeiler 2012.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step; null for the published 1.</param>
    /// <param name="rho">ρ in [0, 1): decay of both means.</param>
    /// <param name="eps">ε &gt; 0: inside the roots.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod Adadelta(IStepSize? eta = null, double rho = 0.9, double eps = 1e-6, Sampling? sampling = null) =>
        new(new Adadelta(rho, eps), eta ?? new Constant(1), Batches(sampling));

    /// <inheritdoc cref="Adadelta(IStepSize, double, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod Adadelta(double eta, double rho = 0.9, double eps = 1e-6, Sampling? sampling = null) =>
        Adadelta(new Constant(eta), rho, eps, sampling);

    /// <summary>ADOPT (§ 8): <c>m ← β₁m + (1−β₁) clip(g/√v₋);  w ← w − ηm</c>. A step costs B gradients.
    /// Source: Taniguchi et al. 2024.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="beta1">β₁ in [0, 1): decay of the first moment.</param>
    /// <param name="beta2">β₂ in [0, 1): decay of the second moment.</param>
    /// <param name="eps">ε &gt; 0: least denominator.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod Adopt(IStepSize eta, double beta1 = 0.9, double beta2 = 0.9999, double eps = 1e-6,
        Sampling? sampling = null) =>
        new(new Adopt(beta1, beta2, eps), eta, Batches(sampling));

    /// <inheritdoc cref="Adopt(IStepSize, double, double, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod Adopt(double eta, double beta1 = 0.9, double beta2 = 0.9999, double eps = 1e-6,
        Sampling? sampling = null) =>
        Adopt(new Constant(eta), beta1, beta2, eps, sampling);

    /// <summary>AdEMAMix (§ 8): <c>w ← w − η (m̂ + α m_slow)/(√v̂ + ε)</c>. A step costs B gradients.
    /// Source: Pagliardini et al. 2024.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="beta1">β₁ in [0, 1): decay of the first moment.</param>
    /// <param name="beta2">β₂ in [0, 1): decay of the second moment.</param>
    /// <param name="beta3">β₃ in [0, 1): decay of the slow moment.</param>
    /// <param name="alpha">α ≥ 0: weight of the slow moment.</param>
    /// <param name="warmup">T_α ≥ 0: steps over which α and β₃ grow.</param>
    /// <param name="eps">ε ≥ 0: keeps the denominator from zero.</param>
    /// <param name="weightDecay">λ ≥ 0: decoupled weight decay; not part of the objective.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod AdEmaMix(IStepSize eta, double beta1 = 0.9, double beta2 = 0.999, double beta3 = 0.9999,
        double alpha = 5, long warmup = 0, double eps = 1e-8, double weightDecay = 0, Sampling? sampling = null) =>
        new(new AdEmaMix(beta1, beta2, beta3, alpha, warmup, eps, weightDecay), eta, Batches(sampling));

    /// <inheritdoc cref="AdEmaMix(IStepSize, double, double, double, double, long, double, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod AdEmaMix(double eta, double beta1 = 0.9, double beta2 = 0.999, double beta3 = 0.9999, double alpha = 5,
        long warmup = 0, double eps = 1e-8, double weightDecay = 0, Sampling? sampling = null) =>
        AdEmaMix(new Constant(eta), beta1, beta2, beta3, alpha, warmup, eps, weightDecay, sampling);

    /// <summary>Adan (§ 8): <c>w ← (w − η (m̂ + β₂v̂)/(√n̂ + ε))/(1+ηλ), v an average of g − g₋</c>. A step costs B gradients.
    /// Source: Xie et al. 2022.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="beta1">β₁ in [0, 1): decay of the first moment.</param>
    /// <param name="beta2">β₂ in [0, 1): decay of the second moment.</param>
    /// <param name="beta3">β₃ in [0, 1): decay of the square.</param>
    /// <param name="eps">ε ≥ 0: keeps the denominator from zero.</param>
    /// <param name="weightDecay">λ ≥ 0: decoupled weight decay; not part of the objective.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod Adan(IStepSize eta, double beta1 = 0.98, double beta2 = 0.92, double beta3 = 0.99, double eps = 1e-8,
        double weightDecay = 0, Sampling? sampling = null) =>
        new(new Adan(beta1, beta2, beta3, eps, weightDecay), eta, Batches(sampling));

    /// <inheritdoc cref="Adan(IStepSize, double, double, double, double, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod Adan(double eta, double beta1 = 0.98, double beta2 = 0.92, double beta3 = 0.99, double eps = 1e-8,
        double weightDecay = 0, Sampling? sampling = null) =>
        Adan(new Constant(eta), beta1, beta2, beta3, eps, weightDecay, sampling);

    /// <summary>Lion (§ 8): <c>w ← (1−ηλ)w − η sign(β₁m + (1−β₁)g);  m ← β₂m + (1−β₂)g</c>. A step costs B gradients.
    /// Source: Chen et al. 2023.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="beta1">β₁ in [0, 1): decay of the first moment.</param>
    /// <param name="beta2">β₂ in [0, 1): decay of the second moment.</param>
    /// <param name="weightDecay">λ ≥ 0: decoupled weight decay; not part of the objective.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod Lion(IStepSize eta, double beta1 = 0.9, double beta2 = 0.99, double weightDecay = 0,
        Sampling? sampling = null) =>
        new(new Lion(beta1, beta2, weightDecay), eta, Batches(sampling));

    /// <inheritdoc cref="Lion(IStepSize, double, double, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod Lion(double eta, double beta1 = 0.9, double beta2 = 0.99, double weightDecay = 0,
        Sampling? sampling = null) =>
        Lion(new Constant(eta), beta1, beta2, weightDecay, sampling);

    /// <summary>Sophia (§ 8): <c>w ← w − η clip(m/max(γh, ε), ±1), h the Hessian's diagonal</c>. A step costs B gradients, 2B every 10.
    /// Source: Liu et al. 2024.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="beta1">β₁ in [0, 1): decay of the first moment.</param>
    /// <param name="beta2">β₂ in [0, 1): decay of the second moment.</param>
    /// <param name="gamma">γ &gt; 0: scale of the curvature.</param>
    /// <param name="weightDecay">λ ≥ 0: decoupled weight decay; not part of the objective.</param>
    /// <param name="every">k ≥ 1: period in steps.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static Sophia Sophia(IStepSize eta, double beta1 = 0.965, double beta2 = 0.99, double gamma = 0.01, double weightDecay = 0,
        int every = 10, Sampling? sampling = null) =>
        new(eta, sampling ?? new Sampling(), beta1, beta2, gamma, weightDecay, every);

    /// <inheritdoc cref="Sophia(IStepSize, double, double, double, double, int, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static Sophia Sophia(double eta, double beta1 = 0.965, double beta2 = 0.99, double gamma = 0.01, double weightDecay = 0,
        int every = 10, Sampling? sampling = null) =>
        Sophia(new Constant(eta), beta1, beta2, gamma, weightDecay, every, sampling);

    /// <summary>Schedule-free SGD (§ 8): <c>y = (1−β)z + βx;  z ← z − η g(y);  x ← mean of z</c>. A step costs B gradients.
    /// Source: Defazio et al. 2024.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="momentum">β in [0, 1): share of the last step that is kept.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod ScheduleFreeSgd(IStepSize eta, double momentum = 0.9, Sampling? sampling = null) =>
        new(new ScheduleFreeSgd(momentum), eta, Batches(sampling));

    /// <inheritdoc cref="ScheduleFreeSgd(IStepSize, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod ScheduleFreeSgd(double eta, double momentum = 0.9, Sampling? sampling = null) =>
        ScheduleFreeSgd(new Constant(eta), momentum, sampling);

    /// <summary>Schedule-free AdamW (§ 8): <c>z ← z − η g(y)/(√v̂ + ε);  x ← mean of z</c>. A step costs B gradients.
    /// Source: Defazio et al. 2024.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="beta1">β₁ in [0, 1): decay of the first moment.</param>
    /// <param name="beta2">β₂ in [0, 1): decay of the second moment.</param>
    /// <param name="eps">ε ≥ 0: keeps the denominator from zero.</param>
    /// <param name="weightDecay">λ ≥ 0: decoupled weight decay; not part of the objective.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod ScheduleFreeAdamW(IStepSize eta, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double weightDecay = 0, Sampling? sampling = null) =>
        new(new ScheduleFreeAdamW(beta1, beta2, eps, weightDecay), eta, Batches(sampling));

    /// <inheritdoc cref="ScheduleFreeAdamW(IStepSize, double, double, double, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static StochasticMethod ScheduleFreeAdamW(double eta, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double weightDecay = 0, Sampling? sampling = null) =>
        ScheduleFreeAdamW(new Constant(eta), beta1, beta2, eps, weightDecay, sampling);
}
