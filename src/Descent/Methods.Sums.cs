using Descent.Algorithms;
using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;

namespace Descent;

// Variance reduction on finite sums: M22 and its relatives.
public static partial class Methods
{
    /// <summary>SVRG (M22): <c>g = ∇f(w;ξ) − ∇f(v;ξ) + ∇F(v)</c>. A step costs 2B gradients, n a period.
    /// Source: C alg. 17; Johnson and Zhang 2013.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <param name="period">Steps between full gradients; 0 stands for two passes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static FiniteSumMethod Svrg(IStepSize eta, Sampling? sampling = null, long period = 0) =>
        new(new Sgd(), eta, new Svrg(Drawn(sampling), period));

    /// <inheritdoc cref="Svrg(IStepSize, Sampling, long)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static FiniteSumMethod Svrg(double eta, Sampling? sampling = null, long period = 0) => Svrg(new Constant(eta), sampling, period);

    /// <summary>Loopless SVRG (§ 8): <c>SVRG whose anchor is renewed with probability B/n</c>. A step costs 2B gradients, n now and then.
    /// Source: Kovalev et al. 2020.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="probability">p in [0, 1] of a new anchor; 0 stands for B/n.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static FiniteSumMethod LooplessSvrg(IStepSize eta, double probability = 0, Sampling? sampling = null) =>
        new(new Sgd(), eta, new LooplessSvrg(Drawn(sampling), probability));

    /// <inheritdoc cref="LooplessSvrg(IStepSize, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static FiniteSumMethod LooplessSvrg(double eta, double probability = 0, Sampling? sampling = null) =>
        LooplessSvrg(new Constant(eta), probability, sampling);

    /// <summary>SAG (§ 8): <c>g = mean of the gradients last seen</c>. A step costs B gradients. Source: Schmidt et al. 2017.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    public static FiniteSumMethod Sag(IStepSize eta, Sampling? sampling = null) => new(new Sgd(), eta, new Saga(Drawn(sampling), true));

    /// <inheritdoc cref="Sag(IStepSize, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static FiniteSumMethod Sag(double eta, Sampling? sampling = null) => Sag(new Constant(eta), sampling);

    /// <summary>SAGA (§ 8): <c>g = ∇f(w;ξ) − g_ξ + mean of the gradients last seen</c>. A step costs B gradients.
    /// Source: Defazio, Bach and Lacoste-Julien 2014.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    public static FiniteSumMethod Saga(IStepSize eta, Sampling? sampling = null) => new(new Sgd(), eta, new Saga(Drawn(sampling)));

    /// <inheritdoc cref="Saga(IStepSize, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static FiniteSumMethod Saga(double eta, Sampling? sampling = null) => Saga(new Constant(eta), sampling);

    /// <summary>SARAH (§ 8): <c>v ← v + ∇f(w;ξ) − ∇f(w₋;ξ), ∇F(w) every n/B steps</c>. A step costs 2B gradients, n a period.
    /// Source: Nguyen et al. 2017.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    public static FiniteSumMethod Sarah(IStepSize eta, Sampling? sampling = null) => new(new Sgd(), eta, new Sarah(Drawn(sampling)));

    /// <inheritdoc cref="Sarah(IStepSize, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static FiniteSumMethod Sarah(double eta, Sampling? sampling = null) => Sarah(new Constant(eta), sampling);

    /// <summary>PAGE (§ 8): <c>∇F(w) with probability p, else v ← v + ∇f(w;ξ) − ∇f(w₋;ξ)</c>. A step costs pn + 2B gradients.
    /// Source: Li et al. 2021.</summary>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="probability">p in [0, 1] of a full gradient; 0 stands for B/(n+B).</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static FiniteSumMethod Page(IStepSize eta, double probability = 0, Sampling? sampling = null) =>
        new(new Sgd(), eta, new Page(Drawn(sampling), probability));

    /// <inheritdoc cref="Page(IStepSize, double, Sampling)"/>
    /// <remarks>A number is a constant step size.</remarks>
    public static FiniteSumMethod Page(double eta, double probability = 0, Sampling? sampling = null) =>
        Page(new Constant(eta), probability, sampling);

    /// <summary>Katyusha (§ 8): <c>x = τ₁z + ½v + (½−τ₁)y;  z ← z − αg;  y ← x + τ₁(z − z₋)</c>. A step costs 2B gradients, n a period.
    /// Source: Allen-Zhu 2017.</summary>
    /// <param name="smoothness">L &gt; 0: smoothness of what is sampled.</param>
    /// <param name="mu">μ ≥ 0: strong convexity of the objective.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples in the order that a fit takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static Katyusha Katyusha(double smoothness, double mu, Sampling? sampling = null) => new(smoothness, mu, Drawn(sampling));

    /// <summary>Stochastic dual coordinate ascent (§ 8): <c>uᵢ ← argmax of the dual along uᵢ;  w = −Σωᵢuᵢxᵢ/λ</c>. A step costs 1 gradient.
    /// Source: Shalev-Shwartz and Zhang 2013.</summary>
    /// <param name="order">Order in which the examples are visited.</param>
    public static Sdca Sdca(SampleOrder order = SampleOrder.Shuffle) => new(order);
}
