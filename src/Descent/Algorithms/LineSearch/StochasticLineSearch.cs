using Descent.Estimators;
using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>
/// Stochastic line search (SLS): <c>w ← w − ηg</c> with the largest η in <c>η_max, sη_max, …</c> such
/// that <c>f(w − ηg; ξ) ≤ f(w; ξ) − cη‖g‖²</c> on the same sample; η_max is the last step times <c>γ^(B/n)</c>.
/// One gradient and a few values of B examples a step; memory 3d.
/// Linear convergence when every example is fitted exactly at the optimum. Source: Vaswani et al. 2019 (c = 0.1, s = 0.9, γ = 2).
/// </summary>
/// <param name="Sampling">Order of visits and batch size.</param>
/// <param name="Initial">First step tried, η &gt; 0.</param>
/// <param name="Decrease">c in (0, 1).</param>
/// <param name="Shrink">s in (0, 1).</param>
/// <param name="Growth">γ ≥ 1.</param>
public sealed record StochasticLineSearch(Sampling Sampling, double Initial = 1, double Decrease = 0.1, double Shrink = 0.9,
    double Growth = 2)
    : IMethod<double, IStochasticOracle<double>>, IMethod<float, IStochasticOracle<float>>
{
    /// <summary>First step tried.</summary>
    public double Initial { get; } = Guard.Positive("The first step size", Initial, nameof(StochasticLineSearch));

    /// <summary>c.</summary>
    public double Decrease { get; } = Guard.Inside("c", Decrease, nameof(StochasticLineSearch));

    /// <summary>γ.</summary>
    public double Growth { get; } = Guard.Length("γ", Growth, nameof(StochasticLineSearch));

    /// <summary>s.</summary>
    public double Shrink { get; } = Shrink is > 0 and < 1
        ? Shrink
        : throw new ArgumentOutOfRangeException(null,
            FormattableString.Invariant($"s must lie in (0, 1); got {Shrink} (StochasticLineSearch)."));

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant($"w ← w − η g, η by backtracking (×{Shrink:G4}) from the last step × {Growth:G4}^(B/n) until f(·; ")
            + FormattableString.Invariant($"ξ) falls by {Decrease:G4} η‖g‖²");

    /// <inheritdoc/>
    public Iteration<double> Start(IStochasticOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        new Run<double>(this, oracle, start, draws);

    /// <inheritdoc/>
    public Iteration<float> Start(IStochasticOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) =>
        new Run<float>(this, oracle, start, draws);

    sealed class Run<T> : Iteration<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly StochasticLineSearch method;
        readonly IStochasticOracle<T> oracle;
        readonly SampleStream samples;
        readonly T[] w, g, trial;
        readonly double growth;
        double eta;

        public Run(StochasticLineSearch method, IStochasticOracle<T> oracle, ReadOnlySpan<T> start, Draws draws)
        {
            Smooth.Require(oracle, "Stochastic line search");
            Guard.Length("The start", oracle.Dimension, start.Length);
            this.method = method;
            this.oracle = oracle;
            samples = new SampleStream(method.Sampling, oracle.Population, draws);
            growth = oracle.Population > 0 ? Math.Pow(method.Growth, Math.Min(1, (double)method.Sampling.Batch / oracle.Population)) : 1;
            eta = method.Initial / growth;
            w = start.ToArray();
            g = new T[w.Length];
            trial = new T[w.Length];
        }

        public override ReadOnlySpan<T> Point => w;

        public override void Visit(IStateVisitor visitor)
        {
            base.Visit(visitor);
            visitor.Buffer<T>("w", w);
            visitor.Number("eta", ref eta);
            samples.Visit(visitor);
        }

        protected override long AdvanceCore(long atMost)
        {
            Sample sample = samples.Next();
            LastValue = oracle.Gradient(w, sample, g);
            double norm = Vectors.Norm<T>(g);
            LastStepSize = 0;
            if (!double.IsFinite(norm)) LastStepSize = eta;
            if (norm == 0 || !double.IsFinite(norm)) return 1;
            double from = eta * growth;
            for (int tries = 0; tries < 10_000 && from > 0; tries++, from *= method.Shrink)
            {
                double target = LastValue - (method.Decrease * (from * norm) * norm);
                // A decrease that the sampled loss cannot resolve is no decrease: this sample has nothing to say any more.
                if (target == LastValue) return 1;
                w.AsSpan().CopyTo(trial);
                Vectors.AddScaled(T.CreateTruncating(-from), g, trial);
                if (!(oracle.Value(trial, sample) <= target)) continue;
                trial.AsSpan().CopyTo(w);
                LastStepSize = eta = from;
                return 1;
            }
            return 1;
        }
    }
}
