using Descent.Algorithms;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Parallel;

/// <summary>
/// Local SGD (D1): R replicas of the weights take H plain SGD steps each, on shares of every epoch that are theirs, <c>w_r ← w_r − η g(w_r;
/// ξ_r)</c>; then they are averaged, <c>w ← w + γ(Δ + βv)</c>, <c>Δ = mean w_r − w</c>, <c>v ← βv + Δ</c>, and go on from there. γ = 1, β =
/// 0 is plain averaging; β &gt; 0 is the outer Nesterov momentum of DiLoCo; H = ∞ averages once, at the end. Source: Stich 2019; Zinkevich
/// et al. 2010 (one shot); Douillard et al. 2024 (DiLoCo).
/// </summary>
/// <remarks>
/// The replicas are fixed in number and work for themselves, so that the bits do not depend on how many threads run them. A step is one
/// step of one replica, in turn: an epoch has as many as SGD's, and step t uses η_t. Between averages the point is the mean of the
/// replicas. Where the objective has a fused loop (<c>ISgdBlockOracle</c>), steps on sparse rows cost their non-zeros; an average costs 2Rd
/// memory accesses, spread over the threads. Memory: (R + 2)d, and 4n bytes a replica for shuffled orders. With H = 1 it is SGD with batch
/// RB.
/// </remarks>
/// <param name="StepSize">η_t.</param>
/// <param name="Sampling">Order of visits and batch size B of a replica.</param>
/// <param name="Replicas">R ≥ 1.</param>
/// <param name="Period">H ≥ 1 steps of each replica between averages; 0 stands for eight averages an epoch, ∞ for one at the end.</param>
/// <param name="OuterStep">γ &gt; 0.</param>
/// <param name="OuterMomentum">β in [0, 1).</param>
/// <param name="Workers">Threads that run the replicas; null for the calling one. They change no bit.</param>
public sealed record LocalSgd(IStepSize StepSize, Sampling Sampling, int Replicas = 8, double Period = 0, double OuterStep = 1,
    double OuterMomentum = 0, Workers? Workers = null)
    : IMethod<double, IStochasticOracle<double>>, IMethod<float, IStochasticOracle<float>>
{
    /// <summary>η_t; it may not follow the whole gradient.</summary>
    public IStepSize StepSize { get; } = Guard.Given("The step size", StepSize, nameof(LocalSgd)).UsesGradient
        ? throw new ArgumentException("A step size that follows the gradient does not fit local SGD; use a schedule.")
        : StepSize;

    /// <summary>R.</summary>
    public int Replicas { get; } = (int)Guard.AtLeast("The number of replicas", Replicas, 1, nameof(LocalSgd));

    /// <summary>H.</summary>
    public double Period { get; } = Period == 0 ? 0 : Guard.AtLeastOne("The period", Period, nameof(LocalSgd));

    /// <summary>γ.</summary>
    public double OuterStep { get; } = Guard.Positive("The outer step", OuterStep, nameof(LocalSgd));

    /// <summary>β.</summary>
    public double OuterMomentum { get; } = Guard.Within("The outer momentum", OuterMomentum, 0, 1, nameof(LocalSgd));

    /// <inheritdoc/>
    public string Recursion => "w_r ← w_r − η g(w_r; ξ_r);  "
        + (double.IsPositiveInfinity(Period) ? "w = mean w_r at the end" : (OuterMomentum, OuterStep) switch
        {
            (0, 1) => "w ← mean w_r every H steps",
            (0, _) => FormattableString.Invariant($"w ← w + {OuterStep:G6} (mean w_r − w) every H steps"),
            _ => FormattableString.Invariant($"v ← {OuterMomentum:G6} v + Δ, w ← w + {OuterStep:G6} (Δ + {OuterMomentum:G6} v), ")
                + "Δ = mean w_r − w, every H steps",
        }) + FormattableString.Invariant($", R = {Replicas};  {StepSize}");

    /// <inheritdoc/>
    public Iteration<double> Start(IStochasticOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        new LocalIteration<double>(this, oracle, start, draws);

    /// <inheritdoc/>
    public Iteration<float> Start(IStochasticOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) =>
        new LocalIteration<float>(this, oracle, start, draws);

    /// <summary>H of a run over n examples.</summary>
    internal long PeriodFor(int n)
    {
        const double Averages = 8, Never = 1L << 50;
        if (Period > 0) return (long)Math.Min(Never, Period);
        return Math.Max(1, (long)(n / (Averages * Replicas * Sampling.Batch)));
    }
}
