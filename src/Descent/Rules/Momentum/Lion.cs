using System.Runtime.CompilerServices;
using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// Lion: <c>w ← (1−η_tλ)w − η_t·sign(β₁m + (1−β₁)g)</c>, <c>m ← β₂m + (1−β₂)g</c>.
/// One state vector; every coordinate moves by η. Source: Chen et al. 2023.
/// </summary>
/// <param name="Beta1">β₁ in [0, 1).</param>
/// <param name="Beta2">β₂ in [0, 1).</param>
/// <param name="Decay">Decoupled weight decay λ ≥ 0.</param>
public sealed record Lion(double Beta1 = 0.9, double Beta2 = 0.99, double Decay = 0) : IRule
{
    /// <summary>β₁ in [0, 1).</summary>
    public double Beta1 { get; } = Guard.Within("β₁", Beta1, 0, 1, nameof(Lion));

    /// <summary>β₂ in [0, 1).</summary>
    public double Beta2 { get; } = Guard.Within("β₂", Beta2, 0, 1, nameof(Lion));

    /// <summary>Decoupled weight decay λ ≥ 0.</summary>
    public double Decay { get; } = Guard.Within("λ", Decay, 0, double.PositiveInfinity, nameof(Lion));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public bool IsCoordinatewise => true;

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant(
            $"w ← (1 − {Decay:G6}η) w − η sign({Beta1:G6} m + {1 - Beta1:G6} g);  m ← {Beta2:G6} m + {1 - Beta2:G6} g");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout.Length);
    }

    sealed class State<T>(Lion rule, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] m = new T[dimension];

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            Kernel<T> kernel = new(
                T.CreateTruncating(rule.Beta1), T.CreateTruncating(1 - rule.Beta1), T.CreateTruncating(rule.Beta2),
                T.CreateTruncating(1 - rule.Beta2), T.CreateTruncating(stepSize), T.CreateTruncating(1 - (stepSize * rule.Decay)));
            Elementwise.Apply(kernel, w, g, m);
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("m", m);
        }
    }

    readonly struct Kernel<T>(T beta1, T rest1, T beta2, T rest2, T eta, T keep) : IKernel1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T beta1 = beta1, rest1 = rest1, beta2 = beta2, rest2 = rest2, eta = eta, keep = keep, tiny = Tiny<T>.Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g, ref V m)
            where V : struct, ILane<V, T>
        {
            // c/max(|c|, tiny): ±1, 0 for zero, NaN for NaN.
            V c = V.ZeroBelow((V.All(beta1) * m) + (V.All(rest1) * g), V.All(tiny));
            w = (V.All(keep) * w) - (V.All(eta) * (c / V.Max(V.Abs(c), V.All(tiny))));
            m = V.ZeroBelow((V.All(beta2) * m) + (V.All(rest2) * g), V.All(tiny));
        }
    }
}
