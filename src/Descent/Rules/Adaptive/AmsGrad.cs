using System.Runtime.CompilerServices;
using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// M19, AMSGrad: <c>m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; v̂ ← max(v̂, v); w ← w − η_t m/(√v̂ + ε)</c>. Three state vectors.
/// As published there is no bias correction; with <c>Corrected</c> the form of the usual libraries,
/// <c>w ← w − η·m̂/(√(v̂/(1−β₂^t)) + ε)</c>, with the maximum of the uncorrected v. Source:
/// Reddi, Kale and Kumar 2018, cited by C 17.2 for Adam's failure.
/// </summary>
/// <param name="Beta1">β₁ in [0, 1).</param>
/// <param name="Beta2">β₂ in [0, 1).</param>
/// <param name="Epsilon">ε ≥ 0, outside the root.</param>
/// <param name="Corrected">Whether biases are corrected as PyTorch and optax do.</param>
public sealed record AmsGrad(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, bool Corrected = false) : IRule
{
    /// <summary>β₁.</summary>
    public double Beta1 { get; } = Guard.Within("β₁", Beta1, 0, 1, nameof(AmsGrad));

    /// <summary>β₂.</summary>
    public double Beta2 { get; } = Guard.Within("β₂", Beta2, 0, 1, nameof(AmsGrad));

    /// <summary>ε ≥ 0, outside the root.</summary>
    public double Epsilon { get; } = Guard.Within("ε", Epsilon, 0, double.PositiveInfinity, nameof(AmsGrad));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public bool IsCoordinatewise => true;

    /// <inheritdoc/>
    public string Recursion => FormattableString.Invariant(
        $"m ← {Beta1:G6} m + {1 - Beta1:G6} g;  v ← {Beta2:G6} v + {1 - Beta2:G6} g²;  v̂ ← max(v̂, v); ")
        + FormattableString.Invariant($" w ← w − η m/(√v̂ + ε){(Corrected ? " with bias correction" : "")},  ε = {Epsilon:G6}");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout.Length);
    }

    sealed class State<T>(AmsGrad rule, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] m = new T[dimension], v = new T[dimension], largest = new T[dimension];
        double power1 = 1, power2 = 1;

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            power1 *= rule.Beta1;
            power2 *= rule.Beta2;
            double root = rule.Corrected ? Math.Sqrt(1 - power2) : 1, scale = rule.Corrected ? stepSize / (1 - power1) * root : stepSize;
            Kernel<T> kernel = new(
                T.CreateTruncating(rule.Beta1), T.CreateTruncating(1 - rule.Beta1), T.CreateTruncating(rule.Beta2),
                T.CreateTruncating(1 - rule.Beta2), T.CreateTruncating(scale), T.CreateTruncating(rule.Epsilon * root));
            Elementwise.Apply(kernel, w, g, m, v, largest);
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("m", m);
            visitor.Buffer<T>("v", v);
            visitor.Buffer<T>("largest", largest);
            visitor.Number("beta1Power", ref power1);
            visitor.Number("beta2Power", ref power2);
        }
    }

    readonly struct Kernel<T>(T beta1, T rest1, T beta2, T rest2, T scale, T epsilon) : IKernel3<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T beta1 = beta1, rest1 = rest1, beta2 = beta2, rest2 = rest2, scale = scale, epsilon = epsilon, tiny = Tiny<T>.Value,
            least = Tiny<T>.Root;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g, ref V m, ref V v, ref V largest)
            where V : struct, ILane<V, T>
        {
            m = V.ZeroBelow((V.All(beta1) * m) + (V.All(rest1) * g), V.All(tiny));
            v = V.ZeroBelow((V.All(beta2) * v) + (V.All(rest2) * (g * g)), V.All(tiny));
            largest = V.Max(largest, v);
            w -= V.All(scale) * V.Ratio(m, V.Sqrt(largest) + V.All(epsilon), V.All(least));
        }
    }
}
