using System.Runtime.CompilerServices;
using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// AdEMAMix: Adam with a second, slow average of gradients, <c>w ← (1−η_tλ)w − η_t(m̂ + α_t s)/(√v̂ + ε)</c>,
/// <c>s ← β₃s + (1−β₃)g</c> without bias correction. Over the first <c>WarmUp</c> steps α_t grows linearly to α and β₃ so that its
/// half-life grows linearly. Three state vectors. Source: Pagliardini, Ablin and Grangier 2024 (α = 5; the authors' code has 2).
/// </summary>
/// <param name="Beta1">β₁ in [0, 1).</param>
/// <param name="Beta2">β₂ in [0, 1).</param>
/// <param name="Beta3">β₃ in [0, 1), of the slow average.</param>
/// <param name="Alpha">Weight α ≥ 0 of the slow average.</param>
/// <param name="WarmUp">Steps over which α and β₃ grow; 0 for none.</param>
/// <param name="Epsilon">ε ≥ 0, outside the root.</param>
/// <param name="Decay">Decoupled weight decay λ ≥ 0.</param>
public sealed record AdEmaMix(double Beta1 = 0.9, double Beta2 = 0.999, double Beta3 = 0.9999, double Alpha = 5, long WarmUp = 0,
    double Epsilon = 1e-8, double Decay = 0) : IRule
{
    /// <summary>β₁ in [0, 1).</summary>
    public double Beta1 { get; } = Guard.Within("β₁", Beta1, 0, 1, nameof(AdEmaMix));

    /// <summary>β₂ in [0, 1).</summary>
    public double Beta2 { get; } = Guard.Within("β₂", Beta2, 0, 1, nameof(AdEmaMix));

    /// <summary>β₃ in [0, 1), of the slow average.</summary>
    public double Beta3 { get; } = Guard.Within("β₃", Beta3, 0, 1, nameof(AdEmaMix));

    /// <summary>Weight α ≥ 0 of the slow average.</summary>
    public double Alpha { get; } = Guard.Within("α", Alpha, 0, double.PositiveInfinity, nameof(AdEmaMix));

    /// <summary>Steps over which α and β₃ grow, ≥ 0.</summary>
    public long WarmUp { get; } = Guard.AtLeast("The warm-up", WarmUp, 0, nameof(AdEmaMix));

    /// <summary>ε ≥ 0, outside the root.</summary>
    public double Epsilon { get; } = Guard.Within("ε", Epsilon, 0, double.PositiveInfinity, nameof(AdEmaMix));

    /// <summary>Decoupled weight decay λ ≥ 0.</summary>
    public double Decay { get; } = Guard.Within("λ", Decay, 0, double.PositiveInfinity, nameof(AdEmaMix));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public bool IsCoordinatewise => true;

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant($"w ← (1 − {Decay:G6}η) w − η (m̂ + {Alpha:G6} s)/(√v̂ + ε),  s ← {Beta3:G6} s + {1 - Beta3:G6} g, ")
            + FormattableString.Invariant($"β₁ = {Beta1:G6}, β₂ = {Beta2:G6}, ε = {Epsilon:G6}");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout.Length);
    }

    sealed class State<T>(AdEmaMix rule, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] m = new T[dimension], v = new T[dimension], s = new T[dimension];
        double power1 = 1;
        double power2 = 1;
        long taken;

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            taken++;
            power1 *= rule.Beta1;
            power2 *= rule.Beta2;
            double root = Math.Sqrt(1 - power2), part = rule.WarmUp > 0 ? Math.Min(1, (double)taken / rule.WarmUp) : 1, slow = Slow(part);
            Kernel<T> kernel = new(
                T.CreateTruncating(rule.Beta1), T.CreateTruncating(1 - rule.Beta1), T.CreateTruncating(rule.Beta2),
                T.CreateTruncating(1 - rule.Beta2), T.CreateTruncating(slow), T.CreateTruncating(1 - slow),
                T.CreateTruncating(stepSize * root / (1 - power1)), T.CreateTruncating(stepSize * root * part * rule.Alpha),
                T.CreateTruncating(rule.Epsilon * root), T.CreateTruncating(1 - (stepSize * rule.Decay)));
            Elementwise.Apply(kernel, w, g, m, v, s);
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("m", m);
            visitor.Buffer<T>("v", v);
            visitor.Buffer<T>("s", s);
            visitor.Number("power1", ref power1);
            visitor.Number("power2", ref power2);
            visitor.Number("taken", ref taken);
        }

        // The published warm-up: from β₁ to β₃ with ln 2/ln β moving linearly.
        double Slow(double part)
        {
            if (part >= 1 || rule.Beta1 == 0) return rule.Beta3;
            double from = Math.Log(rule.Beta1), to = Math.Log(rule.Beta3);
            return Math.Min(Math.Exp(from * to / (((1 - part) * to) + (part * from))), rule.Beta3);
        }
    }

    readonly struct Kernel<T>(T beta1, T rest1, T beta2, T rest2, T beta3, T rest3, T ofFast, T ofSlow, T epsilon, T keep) : IKernel3<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T beta1 = beta1, rest1 = rest1, beta2 = beta2, rest2 = rest2, beta3 = beta3, rest3 = rest3, ofFast = ofFast,
            ofSlow = ofSlow, epsilon = epsilon, keep = keep, tiny = Tiny<T>.Value, least = Tiny<T>.Root;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g, ref V m, ref V v, ref V s)
            where V : struct, ILane<V, T>
        {
            m = V.ZeroBelow((V.All(beta1) * m) + (V.All(rest1) * g), V.All(tiny));
            v = V.ZeroBelow((V.All(beta2) * v) + (V.All(rest2) * (g * g)), V.All(tiny));
            s = V.ZeroBelow((V.All(beta3) * s) + (V.All(rest3) * g), V.All(tiny));
            w = (V.All(keep) * w) - V.Ratio((V.All(ofFast) * m) + (V.All(ofSlow) * s), V.Sqrt(v) + V.All(epsilon), V.All(least));
        }
    }
}
