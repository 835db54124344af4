using Descent.Algorithms;
using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;

namespace Descent;

/// <summary>The catalogue of methods for programs: one function a method, named and defaulted as its <see cref="Catalogue"/> entry,
/// with every number of the entry. Ids M… are those of the documentation's catalogue.</summary>
/// <remarks>
/// The functions return descriptions, which hold numbers only and may be shared between threads; a run starts with
/// <c>Problem.Minimize</c>. Where a number is derived from the problem by a fit (ε of the delayed AdaGrad-norm, γ), a program must give it.
/// Samples are single examples unless a sampling is given; a fit takes the batch size of the entry.
/// </remarks>
public static partial class Methods
{
    /// <summary>M4: runs another method and reports an average of its iterates, <c>w̄ = Σ ω_t w_t/Σ ω_t</c>; the run is unchanged.
    /// One more vector. Source: W 2.5; C 2.4; Polyak and Juditsky 1992.</summary>
    /// <param name="inner">The method that runs.</param>
    /// <param name="averaging">Weights ω of the average; null for equal ones.</param>
    public static Averaged<T, TOracle> Average<T, TOracle>(IMethod<T, TOracle> inner, Averaging? averaging = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(inner, averaging ?? AverageKind.Uniform);

    /// <summary>M28: Fisher scoring, IRLS on generalised linear models with any link: <c>w ← w − s I(w)⁻¹∇F(w)</c>, I = E ∇²F.
    /// A step costs n gradients and one matrix. Source: P 19.5; McCullagh and Nelder 1989.</summary>
    public static FisherScoring FisherScoring() => new();

    /// <summary>Lookahead around any rule: every k steps <c>slow ← slow + α(w − slow), w ← slow</c>. Source: Zhang et al. 2019.</summary>
    /// <param name="inner">The rule of the fast weights.</param>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="every">k ≥ 1: period in steps.</param>
    /// <param name="alpha">α in (0, 1]: step of the slow weights.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples, shuffled.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod Lookahead(IRule inner, IStepSize eta, int every = 5, double alpha = 0.5, Sampling? sampling = null) =>
        new(new Lookahead(inner, every, alpha), eta, Batches(sampling));

    /// <summary>Gradient clipping before any rule: <c>g ← clip(g, ±c)·min(1, C/‖g‖)</c>. Source: Pascanu et al. 2013.</summary>
    /// <param name="inner">The rule that sees what is left of the gradient.</param>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="norm">C &gt; 0: norm at which gradients are cut.</param>
    /// <param name="value">c &gt; 0: value at which entries are cut.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples, shuffled.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod Clipped(IRule inner, IStepSize eta, double norm = 1, double value = double.PositiveInfinity,
        Sampling? sampling = null) => new(new Clipped(inner, norm, value), eta, Batches(sampling));

    /// <summary>Gradient accumulation before any rule: the mean over k batches at one point. A step costs kB gradients.</summary>
    /// <param name="inner">The rule that sees the mean.</param>
    /// <param name="eta">η_t &gt; 0: step size of each step.</param>
    /// <param name="every">k ≥ 1: batches a step.</param>
    /// <param name="sampling">Order and size of the batches; null for single examples, shuffled.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies out of its range.</exception>
    public static StochasticMethod Accumulated(IRule inner, IStepSize eta, int every = 4, Sampling? sampling = null) =>
        new(inner, eta, new Accumulated(sampling ?? new Sampling(), every));

    static Minibatch Batches(Sampling? sampling) => new(sampling ?? new Sampling());

    static Sampling Drawn(Sampling? sampling) => sampling ?? new Sampling(SampleOrder.Replacement);
}
