using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Algorithms;

/// <summary>
/// Sophia: <c>m ← β₁m + (1−β₁)g; w ← (1−η_tλ)w − η_t·clip(m/max(γh, ε), ±1)</c>, h an average of the Hessian's
/// diagonal, <c>h ← β₂h + (1−β₂)·u ⊙ ∇²f(w;ξ)u</c> with random signs u (Hutchinson), renewed every k steps.
/// The product is a difference of gradients at one sample, so every sampled objective offers it.
/// Cost B single gradients a step and B more every k; memory 5d. Source: Liu et al. 2024 (β₁ = 0.965, β₂ = 0.99, γ = 0.01, k = 10).
/// </summary>
/// <param name="StepSize">η_t, the largest move of a coordinate.</param>
/// <param name="Sampling">Order of visits and batch size.</param>
/// <param name="Beta1">β₁ in [0, 1).</param>
/// <param name="Beta2">β₂ in [0, 1).</param>
/// <param name="Gamma">γ &gt; 0.</param>
/// <param name="Decay">Decoupled weight decay λ ≥ 0.</param>
/// <param name="Every">k ≥ 1.</param>
public sealed record Sophia(IStepSize StepSize, Sampling Sampling, double Beta1 = 0.965, double Beta2 = 0.99, double Gamma = 0.01,
    double Decay = 0, int Every = 10)
    : IMethod<double, IStochasticOracle<double>>, IMethod<float, IStochasticOracle<float>>
{
    /// <summary>β₁.</summary>
    public double Beta1 { get; } = Guard.Within("β₁", Beta1, 0, 1, nameof(Sophia));

    /// <summary>β₂.</summary>
    public double Beta2 { get; } = Guard.Within("β₂", Beta2, 0, 1, nameof(Sophia));

    /// <summary>λ.</summary>
    public double Decay { get; } = Guard.Within("λ", Decay, 0, double.PositiveInfinity, nameof(Sophia));

    /// <summary>Steps between looks at the curvature, ≥ 1.</summary>
    public int Every { get; } = (int)Guard.AtLeast("The period", Every, 1, nameof(Sophia));

    /// <summary>γ.</summary>
    public double Gamma { get; } = Guard.Positive("γ", Gamma, nameof(Sophia));

    /// <inheritdoc/>
    public string Recursion => FormattableString.Invariant(
        $"m ← {Beta1:G6} m + {1 - Beta1:G6} g;  h ← {Beta2:G6} h + {1 - Beta2:G6} u⊙∇²f u every {Every} steps; ")
        + FormattableString.Invariant($" w ← (1 − {Decay:G6}η) w − η clip(m/max({Gamma:G6} h, 1e-12), ±1);  {StepSize}");

    /// <inheritdoc/>
    public Iteration<double> Start(IStochasticOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        new Run<double>(this, oracle, start, draws);

    /// <inheritdoc/>
    public Iteration<float> Start(IStochasticOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) =>
        new Run<float>(this, oracle, start, draws);

    sealed class Run<T> : Iteration<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly Sophia method;
        readonly IStochasticOracle<T> oracle;
        readonly SampleStream samples;
        readonly ulong signKey;
        readonly T[] w, g, m, h, probe, moved, there;
        readonly double difference = typeof(T) == typeof(double) ? 1e-5 : 1e-2;

        public Run(Sophia method, IStochasticOracle<T> oracle, ReadOnlySpan<T> start, Draws draws)
        {
            Smooth.Require(oracle, "Sophia");
            Guard.Length("The start", oracle.Dimension, start.Length);
            this.method = method;
            this.oracle = oracle;
            samples = new SampleStream(method.Sampling, oracle.Population, draws);
            signKey = draws.NextWord();
            w = start.ToArray();
            int d = w.Length;
            (g, m, h, probe, moved, there) = (new T[d], new T[d], new T[d], new T[d], new T[d], new T[d]);
        }

        public override ReadOnlySpan<T> Point => w;

        public override long BestEnd(long steps) => method.StepSize.BestEnd(steps);

        public override void Visit(IStateVisitor visitor)
        {
            base.Visit(visitor);
            visitor.Buffer<T>("w", w);
            visitor.Buffer<T>("m", m);
            visitor.Buffer<T>("h", h);
            samples.Visit(visitor);
        }

        protected override long AdvanceCore(long atMost)
        {
            Sample sample = samples.Next();
            LastValue = oracle.Gradient(w, sample, g);
            LastStepSize = method.StepSize.Next(new StepInfo(Step, LastValue));
            if (Step % method.Every == 0) Curvature(sample);
            T b1 = T.CreateTruncating(method.Beta1), c1 = T.CreateTruncating(1 - method.Beta1), gamma = T.CreateTruncating(method.Gamma),
                least = T.CreateTruncating(1e-12);
            T eta = T.CreateTruncating(LastStepSize), keep = T.CreateTruncating(1 - (LastStepSize * method.Decay));
            for (int i = 0; i < w.Length; i++)
            {
                m[i] = (b1 * m[i]) + (c1 * g[i]);
                T ratio = m[i] / T.Max(gamma * h[i], least);
                w[i] = (keep * w[i]) - (eta * T.Max(-T.One, T.Min(T.One, ratio)));
            }
            return 1;
        }

        // u ⊙ (∇f(w + δu) − ∇f(w))/δ at the sample of this step.
        void Curvature(Sample sample)
        {
            double size = difference * (1 + double.CreateTruncating(Vectors.MaxAbs<T>(w)));
            T delta = T.CreateTruncating(size);
            ulong key = Philox.Pair((ulong)Step, signKey).A;
            for (int i = 0; i < w.Length; i++)
            {
                bool up = ((Philox.Pair((ulong)i >> 6, key).A >> (i & 63)) & 1) == 0;
                probe[i] = up ? T.One : -T.One;
                moved[i] = w[i] + (delta * probe[i]);
            }
            T b2 = T.CreateTruncating(method.Beta2), c2 = T.CreateTruncating((1 - method.Beta2) / size);
            oracle.Gradient(moved, sample, there);
            for (int i = 0; i < w.Length; i++) h[i] = (b2 * h[i]) + (c2 * probe[i] * (there[i] - g[i]));
        }
    }
}
