using System.Runtime.CompilerServices;
using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// RAdam, Adam with the variance of its step rectified: <c>w ← w − η_t r_t m̂·√(1−β₂^t)/(√v + ε)</c> with
/// <c>r² = (ρ_t−4)(ρ_t−2)ρ∞/((ρ∞−4)(ρ∞−2)ρ_t)</c>, <c>ρ_t = ρ∞ − 2tβ₂^t/(1−β₂^t)</c>, <c>ρ∞ = 2/(1−β₂) − 1</c>;
/// while ρ_t ≤ 5 the step is <c>η_t m̂</c>. Two state vectors.
/// Source: Liu et al. 2020; the threshold 5 and the place of ε as in PyTorch (the paper has 4).
/// </summary>
/// <param name="Beta1">β₁ in [0, 1).</param>
/// <param name="Beta2">β₂ in [0, 1).</param>
/// <param name="Epsilon">ε ≥ 0, outside the root.</param>
public sealed record RAdam(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : IRule
{
    /// <summary>β₁ in [0, 1).</summary>
    public double Beta1 { get; } = Guard.Within("β₁", Beta1, 0, 1, nameof(RAdam));

    /// <summary>β₂ in [0, 1).</summary>
    public double Beta2 { get; } = Guard.Within("β₂", Beta2, 0, 1, nameof(RAdam));

    /// <summary>ε ≥ 0, outside the root.</summary>
    public double Epsilon { get; } = Guard.Within("ε", Epsilon, 0, double.PositiveInfinity, nameof(RAdam));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public bool IsCoordinatewise => true;

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant($"w ← w − η r m̂ √(1−β₂ᵗ)/(√v + ε), r the variance rectification; η m̂ while ρ ≤ 5; ")
            + FormattableString.Invariant($" β₁ = {Beta1:G6}, β₂ = {Beta2:G6}, ε = {Epsilon:G6}");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout.Length);
    }

    sealed class State<T>(RAdam rule, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] m = new T[dimension], v = new T[dimension];
        double power1 = 1;
        double power2 = 1;
        long taken;

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            taken++;
            power1 *= rule.Beta1;
            power2 *= rule.Beta2;
            double infinity = (2 / (1 - rule.Beta2)) - 1, rho = infinity - (2 * taken * power2 / (1 - power2)),
                scale = stepSize / (1 - power1);
            bool rectified = rho > 5;
            if (rectified)
                scale *= Math.Sqrt((rho - 4) * (rho - 2) * infinity / ((infinity - 4) * (infinity - 2) * rho)) * Math.Sqrt(1 - power2);
            Kernel<T> kernel = new(
                T.CreateTruncating(rule.Beta1), T.CreateTruncating(1 - rule.Beta1), T.CreateTruncating(rule.Beta2),
                T.CreateTruncating(1 - rule.Beta2),
                T.CreateTruncating(scale), T.CreateTruncating(rule.Epsilon), rectified ? T.One : T.Zero);
            Elementwise.Apply(kernel, w, g, m, v);
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("m", m);
            visitor.Buffer<T>("v", v);
            visitor.Number("power1", ref power1);
            visitor.Number("power2", ref power2);
            visitor.Number("taken", ref taken);
        }
    }

    readonly struct Kernel<T>(T beta1, T rest1, T beta2, T rest2, T scale, T epsilon, T rectified) : IKernel2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T beta1 = beta1, rest1 = rest1, beta2 = beta2, rest2 = rest2, scale = scale, epsilon = epsilon, rectified = rectified,
            tiny = Tiny<T>.Value, least = Tiny<T>.Root;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g, ref V m, ref V v)
            where V : struct, ILane<V, T>
        {
            m = V.ZeroBelow((V.All(beta1) * m) + (V.All(rest1) * g), V.All(tiny));
            v = V.ZeroBelow((V.All(beta2) * v) + (V.All(rest2) * (g * g)), V.All(tiny));
            // Without rectification the denominator is one: 1 + rectified·(√v + ε − 1).
            V denominator = V.All(T.One) + (V.All(rectified) * ((V.Sqrt(v) + V.All(epsilon)) - V.All(T.One)));
            w -= V.Ratio(V.All(scale) * m, denominator, V.All(least));
        }
    }
}
