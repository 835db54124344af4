using System.Runtime.CompilerServices;
using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// M18: <c>m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; w ← w − η·m̂/(√v̂ + ε)</c> with <c>m̂ = m/(1−β₁^t)</c>, <c>v̂ = v/(1−β₂^t)</c>.
/// Two state vectors. Source: P 19.5; C algorithm 12; Kingma and Ba 2015.
/// </summary>
/// <remarks>
/// C starts <c>A₀ = ε²</c> and <c>v₀ = 0</c>; an initial accumulator <c>v₀ = a</c>, which decays as β₂^t, is what its next page means,
/// and is not the same as ε inside the root, <c>√(v̂ + ε²)</c>. Both are offered. State that falls below 10⁻³⁰ (float)
/// or 10⁻²⁹⁰ (double) is set to zero, and a coordinate whose denominator is zero does not move (0/0 counts as 0).
/// Adam need not converge on convex problems (Reddi, Kale and Kumar 2018).
/// </remarks>
/// <param name="Beta1">β₁ in [0, 1).</param>
/// <param name="Beta2">β₂ in [0, 1).</param>
/// <param name="Epsilon">ε ≥ 0.</param>
/// <param name="EpsilonInside">Whether ε² is added under the root instead of ε outside.</param>
/// <param name="InitialAccumulator">v₀ ≥ 0.</param>
public sealed record Adam(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, bool EpsilonInside = false,
    double InitialAccumulator = 0) : IRule
{
    /// <summary>β₁.</summary>
    public double Beta1 { get; } = Guard.Within("β₁", Beta1, 0, 1, nameof(Adam));

    /// <summary>β₂.</summary>
    public double Beta2 { get; } = Guard.Within("β₂", Beta2, 0, 1, nameof(Adam));

    /// <summary>ε ≥ 0.</summary>
    public double Epsilon { get; } = Guard.Within("ε", Epsilon, 0, double.PositiveInfinity, nameof(Adam));

    /// <summary>v₀ ≥ 0.</summary>
    public double InitialAccumulator { get; } = Guard.Within("v₀", InitialAccumulator, 0, double.PositiveInfinity, nameof(Adam));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public bool IsCoordinatewise => true;

    /// <inheritdoc/>
    public string Recursion => FormattableString.Invariant(
        $"m ← {Beta1:G6} m + {1 - Beta1:G6} g;  v ← {Beta2:G6} v + {1 - Beta2:G6} g²; ")
        + FormattableString.Invariant($" w ← w − η m̂/{(EpsilonInside ? "√(v̂ + ε²)" : "(√v̂ + ε)")},  ε = {Epsilon:G6}")
        + (InitialAccumulator > 0 ? FormattableString.Invariant($",  v₀ = {InitialAccumulator:G6}") : "");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout.Length);
    }

    sealed class State<T> : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly Adam rule;
        readonly T[] m, v;
        double power1 = 1, power2 = 1;

        public State(Adam rule, int dimension)
        {
            this.rule = rule;
            m = new T[dimension];
            v = new T[dimension];
            Array.Fill(v, T.CreateTruncating(rule.InitialAccumulator));
        }

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            power1 *= rule.Beta1;
            power2 *= rule.Beta2;
            double unbias = Math.Sqrt(1 - power2), scale = stepSize / (1 - power1) * unbias;
            // m̂/(√v̂ + ε) = (√(1−β₂^t)/(1−β₁^t))·m/(√v + ε√(1−β₂^t)): one division an element.
            double epsilon = rule.EpsilonInside ? rule.Epsilon * rule.Epsilon * (1 - power2) : rule.Epsilon * unbias;
            T b1 = T.CreateTruncating(rule.Beta1), b2 = T.CreateTruncating(rule.Beta2), c1 = T.CreateTruncating(1 - rule.Beta1),
                c2 = T.CreateTruncating(1 - rule.Beta2);
            T s = T.CreateTruncating(scale), e = T.CreateTruncating(epsilon);
            if (rule.EpsilonInside) Elementwise.Apply(new Inside<T>(b1, c1, b2, c2, s, e), w, g, m, v);
            else Elementwise.Apply(new Outside<T>(b1, c1, b2, c2, s, e), w, g, m, v);
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("m", m);
            visitor.Buffer<T>("v", v);
            visitor.Number("beta1Power", ref power1);
            visitor.Number("beta2Power", ref power2);
        }
    }

    internal readonly struct Outside<T>(T beta1, T rest1, T beta2, T rest2, T scale, T epsilon) : IKernel2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T beta1 = beta1, rest1 = rest1, beta2 = beta2, rest2 = rest2, scale = scale, epsilon = epsilon, tiny = Tiny<T>.Value,
            least = Tiny<T>.Root;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g, ref V m, ref V v)
            where V : struct, ILane<V, T>
        {
            m = V.ZeroBelow((V.All(beta1) * m) + (V.All(rest1) * g), V.All(tiny));
            v = V.ZeroBelow((V.All(beta2) * v) + (V.All(rest2) * (g * g)), V.All(tiny));
            w -= V.Ratio(V.All(scale) * m, V.Sqrt(v) + V.All(epsilon), V.All(least));
        }
    }

    readonly struct Inside<T>(T beta1, T rest1, T beta2, T rest2, T scale, T epsilon) : IKernel2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T beta1 = beta1, rest1 = rest1, beta2 = beta2, rest2 = rest2, scale = scale, epsilon = epsilon, tiny = Tiny<T>.Value,
            least = Tiny<T>.Root;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g, ref V m, ref V v)
            where V : struct, ILane<V, T>
        {
            m = V.ZeroBelow((V.All(beta1) * m) + (V.All(rest1) * g), V.All(tiny));
            v = V.ZeroBelow((V.All(beta2) * v) + (V.All(rest2) * (g * g)), V.All(tiny));
            w -= V.Ratio(V.All(scale) * m, V.Sqrt(v + V.All(epsilon)), V.All(least));
        }
    }
}
