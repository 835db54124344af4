using System.Runtime.CompilerServices;
using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// Schedule-free AdamW: as schedule-free SGD with <c>z ← z − η_t(g/(√v̂ + ε) + λy)</c>, <c>v ← β₂v + (1−β₂)g²</c>;
/// the interpolation β₁ takes the place of Adam's first moment. Three state vectors.
/// Source: Defazio et al. 2024 (η = 0.0025, a warm-up advised).
/// </summary>
/// <param name="Beta1">β₁ in [0, 1).</param>
/// <param name="Beta2">β₂ in [0, 1).</param>
/// <param name="Epsilon">ε ≥ 0, outside the root.</param>
/// <param name="Decay">Decoupled weight decay λ ≥ 0.</param>
public sealed record ScheduleFreeAdamW(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double Decay = 0) : IRule
{
    /// <summary>β₁ in [0, 1).</summary>
    public double Beta1 { get; } = Guard.Within("β₁", Beta1, 0, 1, nameof(ScheduleFreeAdamW));

    /// <summary>β₂ in [0, 1).</summary>
    public double Beta2 { get; } = Guard.Within("β₂", Beta2, 0, 1, nameof(ScheduleFreeAdamW));

    /// <summary>ε ≥ 0, outside the root.</summary>
    public double Epsilon { get; } = Guard.Within("ε", Epsilon, 0, double.PositiveInfinity, nameof(ScheduleFreeAdamW));

    /// <summary>Decoupled weight decay λ ≥ 0.</summary>
    public double Decay { get; } = Guard.Within("λ", Decay, 0, double.PositiveInfinity, nameof(ScheduleFreeAdamW));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant($"y = {1 - Beta1:G6} z + {Beta1:G6} x;  z ← z − η (g(y)/(√v̂ + ε) + {Decay:G6} y); ")
            + FormattableString.Invariant($" x ← (1−c) x + c z, c = η²/Ση², β₂ = {Beta2:G6}, ε = {Epsilon:G6}");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout.Length);
    }

    sealed class State<T>(ScheduleFreeAdamW rule, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] y = new T[dimension], z = new T[dimension], v = new T[dimension];
        double largest = 0;
        double total = 0;
        double power2 = 1;
        long queries;

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w)
        {
            if (queries++ == 0) w.CopyTo(z);
            // y = z + β₁(x − z).
            z.AsSpan().CopyTo(y);
            Elementwise.Apply(new Couple<T>(T.CreateTruncating(rule.Beta1)), y, w);
            return y;
        }

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            power2 *= rule.Beta2;
            largest = Math.Max(largest, stepSize);
            double share = largest * largest, root = Math.Sqrt(1 - power2);
            total += share;
            if (rule.Decay > 0) ScaledStep.Apply<T>(z, y, stepSize * rule.Decay);
            Elementwise.Apply(new Step<T>(T.CreateTruncating(rule.Beta2), T.CreateTruncating(1 - rule.Beta2),
                T.CreateTruncating(stepSize * root), T.CreateTruncating(rule.Epsilon * root)), z, g, v);
            Elementwise.Apply(new Couple<T>(total > 0 ? T.CreateTruncating(share / total) : T.Zero), w, z);
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("z", z);
            visitor.Buffer<T>("v", v);
            visitor.Number("largest", ref largest);
            visitor.Number("total", ref total);
            visitor.Number("power2", ref power2);
            visitor.Number("queries", ref queries);
        }
    }

    readonly struct Step<T>(T beta2, T rest2, T scale, T epsilon) : IKernel1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T beta2 = beta2, rest2 = rest2, scale = scale, epsilon = epsilon, tiny = Tiny<T>.Value, least = Tiny<T>.Root;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g, ref V v)
            where V : struct, ILane<V, T>
        {
            v = V.ZeroBelow((V.All(beta2) * v) + (V.All(rest2) * (g * g)), V.All(tiny));
            w -= V.Ratio(V.All(scale) * g, V.Sqrt(v) + V.All(epsilon), V.All(least));
        }
    }

    // w + c(z − w).
    readonly struct Couple<T>(T c) : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T c = c;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V z)
            where V : struct, ILane<V, T> => w += V.All(c) * (z - w);
    }
}
