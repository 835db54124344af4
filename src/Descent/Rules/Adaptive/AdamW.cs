using System.Runtime.CompilerServices;
using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// AdamW: Adam with decoupled weight decay, <c>w ← (1 − η_tλ)w − η_t·m̂/(√v̂ + ε)</c>. Two state vectors.
/// Source: Loshchilov and Hutter 2019; defaults of PyTorch (λ = 0.01).
/// </summary>
/// <remarks>
/// Decay acts on the iterate beside the gradient step, so the point it tends to is not the minimiser of the penalised objective;
/// a penalty belongs to the objective. A coordinate whose denominator is zero gets no step (0/0 counts as 0).
/// </remarks>
/// <param name="Beta1">β₁ in [0, 1).</param>
/// <param name="Beta2">β₂ in [0, 1).</param>
/// <param name="Epsilon">ε ≥ 0, outside the root.</param>
/// <param name="Decay">Decoupled weight decay λ ≥ 0.</param>
public sealed record AdamW(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double Decay = 0.01) : IRule
{
    /// <summary>β₁ in [0, 1).</summary>
    public double Beta1 { get; } = Guard.Within("β₁", Beta1, 0, 1, nameof(AdamW));

    /// <summary>β₂ in [0, 1).</summary>
    public double Beta2 { get; } = Guard.Within("β₂", Beta2, 0, 1, nameof(AdamW));

    /// <summary>ε ≥ 0, outside the root.</summary>
    public double Epsilon { get; } = Guard.Within("ε", Epsilon, 0, double.PositiveInfinity, nameof(AdamW));

    /// <summary>Decoupled weight decay λ ≥ 0.</summary>
    public double Decay { get; } = Guard.Within("λ", Decay, 0, double.PositiveInfinity, nameof(AdamW));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public bool IsCoordinatewise => true;

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant($"m ← {Beta1:G6} m + {1 - Beta1:G6} g;  v ← {Beta2:G6} v + {1 - Beta2:G6} g²; ")
            + FormattableString.Invariant($" w ← (1 − {Decay:G6}η) w − η m̂/(√v̂ + ε),  ε = {Epsilon:G6}");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout.Length);
    }

    sealed class State<T>(AdamW rule, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] m = new T[dimension], v = new T[dimension];
        double power1 = 1;
        double power2 = 1;

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            power1 *= rule.Beta1;
            power2 *= rule.Beta2;
            double root = Math.Sqrt(1 - power2);
            Kernel<T> kernel = new(
                T.CreateTruncating(rule.Beta1), T.CreateTruncating(1 - rule.Beta1), T.CreateTruncating(rule.Beta2),
                T.CreateTruncating(1 - rule.Beta2),
                T.CreateTruncating(stepSize / (1 - power1) * root), T.CreateTruncating(rule.Epsilon * root),
                T.CreateTruncating(1 - (stepSize * rule.Decay)));
            Elementwise.Apply(kernel, w, g, m, v);
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("m", m);
            visitor.Buffer<T>("v", v);
            visitor.Number("power1", ref power1);
            visitor.Number("power2", ref power2);
        }
    }

    readonly struct Kernel<T>(T beta1, T rest1, T beta2, T rest2, T scale, T epsilon, T keep) : IKernel2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T beta1 = beta1, rest1 = rest1, beta2 = beta2, rest2 = rest2, scale = scale, epsilon = epsilon, keep = keep,
            tiny = Tiny<T>.Value, least = Tiny<T>.Root;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g, ref V m, ref V v)
            where V : struct, ILane<V, T>
        {
            m = V.ZeroBelow((V.All(beta1) * m) + (V.All(rest1) * g), V.All(tiny));
            v = V.ZeroBelow((V.All(beta2) * v) + (V.All(rest2) * (g * g)), V.All(tiny));
            w = (V.All(keep) * w) - V.Ratio(V.All(scale) * m, V.Sqrt(v) + V.All(epsilon), V.All(least));
        }
    }
}
