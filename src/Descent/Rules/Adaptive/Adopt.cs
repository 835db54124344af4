using System.Runtime.CompilerServices;
using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// ADOPT: <c>m ← β₁m + (1−β₁)·clip(g/max(√v, ε), ±t^¼); w ← w − η_t m; v ← β₂v + (1−β₂)g²</c>.
/// The gradient is divided by the second moment <em>before</em> it enters it, so that numerator and denominator are independent
/// and the method converges for every β₂, where Adam need not. The first gradient only sets v. Two state vectors.
/// Source: Taniguchi et al. 2024, algorithm 2 with clipping.
/// </summary>
/// <param name="Beta1">β₁ in [0, 1).</param>
/// <param name="Beta2">β₂ in [0, 1).</param>
/// <param name="Epsilon">ε &gt; 0.</param>
public sealed record Adopt(double Beta1 = 0.9, double Beta2 = 0.9999, double Epsilon = 1e-6) : IRule
{
    /// <summary>β₁ in [0, 1).</summary>
    public double Beta1 { get; } = Guard.Within("β₁", Beta1, 0, 1, nameof(Adopt));

    /// <summary>β₂ in [0, 1).</summary>
    public double Beta2 { get; } = Guard.Within("β₂", Beta2, 0, 1, nameof(Adopt));

    /// <summary>ε &gt; 0.</summary>
    public double Epsilon { get; } = Guard.Positive("ε", Epsilon, nameof(Adopt));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public bool IsCoordinatewise => true;

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant(
            $"m ← {Beta1:G6} m + {1 - Beta1:G6} clip(g/max(√v, {Epsilon:G6}), ±t^¼);  w ← w − η m;  v ← {Beta2:G6} v + {1 - Beta2:G6} g²");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout.Length);
    }

    sealed class State<T>(Adopt rule, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] m = new T[dimension], v = new T[dimension];
        long taken;

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            if (taken == 0)
                Elementwise.Apply(default(Square<T>), v, g);
            else
                Elementwise.Apply(
                    new Kernel<T>(T.CreateTruncating(rule.Beta1), T.CreateTruncating(1 - rule.Beta1), T.CreateTruncating(rule.Beta2),
                        T.CreateTruncating(1 - rule.Beta2), T.CreateTruncating(stepSize), T.CreateTruncating(rule.Epsilon),
                        T.CreateTruncating(Math.Pow(taken, 0.25))),
                    w, g, m, v);
            taken++;
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("m", m);
            visitor.Buffer<T>("v", v);
            visitor.Number("taken", ref taken);
        }
    }

    readonly struct Kernel<T>(T beta1, T rest1, T beta2, T rest2, T eta, T epsilon, T clip) : IKernel2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T beta1 = beta1, rest1 = rest1, beta2 = beta2, rest2 = rest2, eta = eta, epsilon = epsilon, clip = clip,
            tiny = Tiny<T>.Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g, ref V m, ref V v)
            where V : struct, ILane<V, T>
        {
            V scaled = V.Max(V.All(-clip), V.Min(V.All(clip), g / V.Max(V.Sqrt(v), V.All(epsilon))));
            m = V.ZeroBelow((V.All(beta1) * m) + (V.All(rest1) * scaled), V.All(tiny));
            v = V.ZeroBelow((V.All(beta2) * v) + (V.All(rest2) * (g * g)), V.All(tiny));
            w -= V.All(eta) * m;
        }
    }

    readonly struct Square<T> : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g)
            where V : struct, ILane<V, T> => w = g * g;
    }
}
