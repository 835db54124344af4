using System.Runtime.CompilerServices;
using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// Adan, adaptive Nesterov momentum: with the change of the gradient <c>δ = g − g₋</c> (0 at the first step), <c>m ← β₁m + (1−β₁)g; v ← β₂v
/// + (1−β₂)δ; n ← β₃n + (1−β₃)(g + β₂δ)²</c>, <c>w ← (w − η_t(m̂ + β₂v̂)/(√n̂ + ε))/(1 + η_tλ)</c>, hats for the division by <c>1 −
/// βᵢ^t</c>. Four state vectors. Source: Xie, Zhou, Li, Lin and Yan 2022, algorithm 1, which writes 1 − βᵢ for the βᵢ here; bias
/// corrections and defaults of the authors' code.
/// </summary>
/// <remarks>The weight decay is proximal: it divides, so that no step size makes it overshoot.
/// A coordinate whose denominator is zero gets no step (0/0 counts as 0).</remarks>
/// <param name="Beta1">β₁ in [0, 1), of the gradient.</param>
/// <param name="Beta2">β₂ in [0, 1), of its change.</param>
/// <param name="Beta3">β₃ in [0, 1), of the square.</param>
/// <param name="Epsilon">ε ≥ 0, outside the root.</param>
/// <param name="Decay">Weight decay λ ≥ 0.</param>
public sealed record Adan(double Beta1 = 0.98, double Beta2 = 0.92, double Beta3 = 0.99, double Epsilon = 1e-8, double Decay = 0) : IRule
{
    /// <summary>β₁ in [0, 1).</summary>
    public double Beta1 { get; } = Guard.Within("β₁", Beta1, 0, 1, nameof(Adan));

    /// <summary>β₂ in [0, 1).</summary>
    public double Beta2 { get; } = Guard.Within("β₂", Beta2, 0, 1, nameof(Adan));

    /// <summary>β₃ in [0, 1).</summary>
    public double Beta3 { get; } = Guard.Within("β₃", Beta3, 0, 1, nameof(Adan));

    /// <summary>ε ≥ 0, outside the root.</summary>
    public double Epsilon { get; } = Guard.Within("ε", Epsilon, 0, double.PositiveInfinity, nameof(Adan));

    /// <summary>Weight decay λ ≥ 0.</summary>
    public double Decay { get; } = Guard.Within("λ", Decay, 0, double.PositiveInfinity, nameof(Adan));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public bool IsCoordinatewise => true;

    /// <inheritdoc/>
    public string Recursion => FormattableString.Invariant(
        $"w ← (w − η (m̂ + {Beta2:G6} v̂)/(√n̂ + ε))/(1 + {Decay:G6}η),  v an average of g − g₋, n of (g + {Beta2:G6}(g − g₋))²; ")
        + FormattableString.Invariant($"β₁ = {Beta1:G6}, β₃ = {Beta3:G6}, ε = {Epsilon:G6}");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout.Length);
    }

    sealed class State<T>(Adan rule, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] m = new T[dimension], v = new T[dimension], n = new T[dimension], before = new T[dimension];
        double power1 = 1, power2 = 1, power3 = 1;
        long taken;

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            if (taken++ == 0) g.CopyTo(before);
            power1 *= rule.Beta1;
            power2 *= rule.Beta2;
            power3 *= rule.Beta3;
            double root = Math.Sqrt(1 - power3);
            Elementwise.Apply(new Change<T>(T.CreateTruncating(rule.Beta2), T.CreateTruncating(1 - rule.Beta2)), v, g, before);
            Elementwise.Apply(new Square<T>(T.CreateTruncating(rule.Beta2), T.CreateTruncating(rule.Beta3),
                T.CreateTruncating(1 - rule.Beta3)), n, g, before);
            Move<T> move = new(
                T.CreateTruncating(rule.Beta1), T.CreateTruncating(1 - rule.Beta1), T.CreateTruncating(stepSize * root / (1 - power1)),
                T.CreateTruncating(stepSize * root * rule.Beta2 / (1 - power2)), T.CreateTruncating(rule.Epsilon * root),
                T.CreateTruncating(1 / (1 + (stepSize * rule.Decay))));
            Elementwise.Apply(move, w, g, m, v, n);
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("m", m);
            visitor.Buffer<T>("v", v);
            visitor.Buffer<T>("n", n);
            visitor.Buffer<T>("before", before);
            visitor.Number("power1", ref power1);
            visitor.Number("power2", ref power2);
            visitor.Number("power3", ref power3);
            visitor.Number("taken", ref taken);
        }
    }

    // v ← β₂v + (1 − β₂)(g − g₋).
    readonly struct Change<T>(T beta2, T rest2) : IKernel1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T beta2 = beta2, rest2 = rest2, tiny = Tiny<T>.Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V v, V g, ref V before)
            where V : struct, ILane<V, T> => v = V.ZeroBelow((V.All(beta2) * v) + (V.All(rest2) * (g - before)), V.All(tiny));
    }

    // n ← β₃n + (1 − β₃)(g + β₂(g − g₋))²; g₋ ← g.
    readonly struct Square<T>(T beta2, T beta3, T rest3) : IKernel1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T beta2 = beta2, beta3 = beta3, rest3 = rest3, tiny = Tiny<T>.Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V n, V g, ref V before)
            where V : struct, ILane<V, T>
        {
            V ahead = g + (V.All(beta2) * (g - before));
            n = V.ZeroBelow((V.All(beta3) * n) + (V.All(rest3) * (ahead * ahead)), V.All(tiny));
            before = g;
        }
    }

    readonly struct Move<T>(T beta1, T rest1, T ofMean, T ofChange, T epsilon, T keep) : IKernel3<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T beta1 = beta1, rest1 = rest1, ofMean = ofMean, ofChange = ofChange, epsilon = epsilon, keep = keep, tiny = Tiny<T>.Value,
            least = Tiny<T>.Root;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g, ref V m, ref V v, ref V n)
            where V : struct, ILane<V, T>
        {
            m = V.ZeroBelow((V.All(beta1) * m) + (V.All(rest1) * g), V.All(tiny));
            w = V.All(keep) * (w - V.Ratio((V.All(ofMean) * m) + (V.All(ofChange) * v), V.Sqrt(n) + V.All(epsilon), V.All(least)));
        }
    }
}
