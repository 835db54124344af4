using Descent.Oracles;
using Descent.Rules;

namespace Descent.Algorithms;

/// <summary>
/// M10, accelerated descent for a γ-almost convex objective (<c>−γI ⪯ ∇²F ⪯ HI</c>): <c>w ← w + δ̂</c>,
/// where δ̂ nearly minimises <c>F(w+δ) + γ‖δ‖²</c>, which is γ-strongly convex and (H+2γ)-smooth, by M9 from δ = 0 until its gradient is at
/// most ε and its value at most the first. One gradient an inner step; memory 6d.
/// Source: C 22; Carmon, Duchi, Hinder and Sidford 2018; guarantee G28.
/// </summary>
/// <param name="Gamma">Almost-convexity γ &gt; 0.</param>
/// <param name="Smoothness">Smoothness H ≥ γ.</param>
/// <param name="Tolerance">ε of the inner problems; 0 stands for a tenth of ‖∇F(w)‖ at each outer step. G28 takes <c>ε² = γΔ/T</c>.</param>
public sealed record AlmostConvex(double Gamma, double Smoothness, double Tolerance = 0)
    : IMethod<double, IGradientOracle<double>>, IMethod<float, IGradientOracle<float>>
{
    /// <summary>Accuracy of the inner problems; 0 for a tenth of the gradient.</summary>
    public double Tolerance { get; } = Guard.Within("The tolerance", Tolerance, 0, double.PositiveInfinity, nameof(AlmostConvex));

    /// <summary>γ.</summary>
    public double Gamma { get; } = Guard.Positive("γ", Gamma, nameof(AlmostConvex));

    /// <summary>H.</summary>
    public double Smoothness { get; } = Guard.Positive("H", Smoothness, nameof(AlmostConvex));

    /// <inheritdoc/>
    public string Recursion => FormattableString.Invariant(
        $"w ← w + δ, δ ≈ argmin F(w+δ) + {Gamma:G6}‖δ‖², by accelerated steps 1/{Smoothness + (2 * Gamma):G6} until the inner gradient ")
        + FormattableString.Invariant($"is {(Tolerance > 0 ? FormattableString.Invariant($"{Tolerance:G6}") : "‖∇F(w)‖/10")}");

    /// <inheritdoc/>
    public Iteration<double> Start(IGradientOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        new Run<double>(this, oracle, start);

    /// <inheritdoc/>
    public Iteration<float> Start(IGradientOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) =>
        new Run<float>(this, oracle, start);

    sealed class Run<T> : Iteration<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int MostInner = 1_000_000;
        readonly AlmostConvex method;
        readonly IGradientOracle<T> oracle;
        readonly T[] w, u, previous, look, g;
        readonly double beta, eta;

        public Run(AlmostConvex method, IGradientOracle<T> oracle, ReadOnlySpan<T> start)
        {
            Smooth.Require(oracle, "Almost-convex acceleration");
            Guard.Length("The start", oracle.Dimension, start.Length);
            this.method = method;
            this.oracle = oracle;
            w = start.ToArray();
            int d = w.Length;
            u = new T[d];
            previous = new T[d];
            look = new T[d];
            g = new T[d];
            beta = Acceleration.Momentum(method.Gamma, method.Smoothness + (2 * method.Gamma));
            eta = 1 / (method.Smoothness + (2 * method.Gamma));
        }

        public override ReadOnlySpan<T> Point => w;

        public override void Visit(IStateVisitor visitor)
        {
            base.Visit(visitor);
            visitor.Buffer<T>("w", w);
        }

        protected override long AdvanceCore(long atMost)
        {
            w.AsSpan().CopyTo(u);
            w.AsSpan().CopyTo(previous);
            w.AsSpan().CopyTo(look);
            double first = InnerGradient(), value = first, norm = Vectors.Norm<T>(g), goal = method.Tolerance > 0
                ? method.Tolerance
                : norm / 10;
            LastValue = first;
            LastStepSize = eta;
            if (norm == 0)
            {
                End(true, "the gradient is zero");
                return 1;
            }
            for (int k = 0; k < MostInner && !(norm <= goal && value <= first); k++)
            {
                if (!double.IsFinite(value))
                {
                    LastValue = value;
                    return 1;
                }
                // u ← look − η∇F_t(look); look ← u + β(u − previous): the tests are made at the point whose gradient is at hand.
                u.AsSpan().CopyTo(previous);
                look.AsSpan().CopyTo(u);
                Vectors.AddScaled(T.CreateTruncating(-eta), g, u);
                for (int i = 0; i < u.Length; i++) look[i] = u[i] + (T.CreateTruncating(beta) * (u[i] - previous[i]));
                value = InnerGradient();
                norm = Vectors.Norm<T>(g);
            }
            bool moved = !look.AsSpan().SequenceEqual(w);
            look.AsSpan().CopyTo(w);
            if (!moved) End(true, "the inner problem is solved where it begins");
            return 1;
        }

        // ∇F(look) + 2γ(look − w) into g; F(look) + γ‖look − w‖².
        double InnerGradient()
        {
            double value = oracle.Gradient(look, g), square = 0;
            T twice = T.CreateTruncating(2 * method.Gamma);
            for (int i = 0; i < g.Length; i++)
            {
                T delta = look[i] - w[i];
                g[i] += twice * delta;
                square += double.CreateTruncating(delta * delta);
            }
            return value + (method.Gamma * square);
        }
    }
}
