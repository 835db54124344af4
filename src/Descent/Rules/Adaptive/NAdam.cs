using System.Runtime.CompilerServices;
using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// NAdam, Adam with Nesterov momentum: <c>w ← w − η_t·(μ_{t+1}m/(1−Π_{i≤t+1}μᵢ) + (1−μ_t)g/(1−Π_{i≤t}μᵢ))/(√v̂ + ε)</c> with
/// <c>μ_t = β₁(1 − ½·0.96^{ψt})</c>. Two state vectors. Source: Dozat 2016; ψ = 0.004 and the recursion as in PyTorch.
/// </summary>
/// <param name="Beta1">β₁ in [0, 1).</param>
/// <param name="Beta2">β₂ in [0, 1).</param>
/// <param name="Epsilon">ε ≥ 0, outside the root.</param>
/// <param name="MomentumDecay">ψ ≥ 0.</param>
public sealed record NAdam(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double MomentumDecay = 0.004) : IRule
{
    /// <summary>β₁ in [0, 1).</summary>
    public double Beta1 { get; } = Guard.Within("β₁", Beta1, 0, 1, nameof(NAdam));

    /// <summary>β₂ in [0, 1).</summary>
    public double Beta2 { get; } = Guard.Within("β₂", Beta2, 0, 1, nameof(NAdam));

    /// <summary>ε ≥ 0, outside the root.</summary>
    public double Epsilon { get; } = Guard.Within("ε", Epsilon, 0, double.PositiveInfinity, nameof(NAdam));

    /// <summary>ψ ≥ 0.</summary>
    public double MomentumDecay { get; } = Guard.Within("ψ", MomentumDecay, 0, double.PositiveInfinity, nameof(NAdam));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public bool IsCoordinatewise => true;

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant($"w ← w − η (μ₊ m/(1−Πμ₊) + (1−μ) g/(1−Πμ))/(√v̂ + ε),  μ = {Beta1:G6}(1 − ")
            + FormattableString.Invariant($"½·0.96^({MomentumDecay:G6} t)), β₂ = {Beta2:G6}, ε = {Epsilon:G6}");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout.Length);
    }

    sealed class State<T>(NAdam rule, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] m = new T[dimension], v = new T[dimension];
        double product = 1;
        double power2 = 1;
        long taken;

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            taken++;
            power2 *= rule.Beta2;
            double now = Mu(taken), next = Mu(taken + 1), root = Math.Sqrt(1 - power2);
            product *= now;
            Kernel<T> kernel = new(
                T.CreateTruncating(rule.Beta1), T.CreateTruncating(1 - rule.Beta1), T.CreateTruncating(rule.Beta2),
                T.CreateTruncating(1 - rule.Beta2),
                T.CreateTruncating(stepSize * root * next / (1 - (product * next))),
                T.CreateTruncating(stepSize * root * (1 - now) / (1 - product)), T.CreateTruncating(rule.Epsilon * root));
            Elementwise.Apply(kernel, w, g, m, v);
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("m", m);
            visitor.Buffer<T>("v", v);
            visitor.Number("product", ref product);
            visitor.Number("power2", ref power2);
            visitor.Number("taken", ref taken);
        }

        double Mu(long t) => rule.Beta1 * (1 - (0.5 * Math.Pow(0.96, t * rule.MomentumDecay)));
    }

    readonly struct Kernel<T>(T beta1, T rest1, T beta2, T rest2, T ofMoment, T ofGradient, T epsilon) : IKernel2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T beta1 = beta1, rest1 = rest1, beta2 = beta2, rest2 = rest2, ofMoment = ofMoment, ofGradient = ofGradient,
            epsilon = epsilon, tiny = Tiny<T>.Value, least = Tiny<T>.Root;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g, ref V m, ref V v)
            where V : struct, ILane<V, T>
        {
            m = V.ZeroBelow((V.All(beta1) * m) + (V.All(rest1) * g), V.All(tiny));
            v = V.ZeroBelow((V.All(beta2) * v) + (V.All(rest2) * (g * g)), V.All(tiny));
            w -= V.Ratio((V.All(ofMoment) * m) + (V.All(ofGradient) * g), V.Sqrt(v) + V.All(epsilon), V.All(least));
        }
    }
}
