using System.Runtime.CompilerServices;
using Descent.Oracles;

namespace Descent.Rules;

/// <summary>M17, RMSprop: <c>s ← ρs + (1−ρ)g²; w ← w − η_t g/(√s + ε)</c>, s₀ = 0, no bias correction.
/// One state vector. Source: P 19.5; Tieleman and Hinton 2012.</summary>
/// <param name="Rho">ρ in [0, 1).</param>
/// <param name="Epsilon">ε ≥ 0, outside the root.</param>
public sealed record RmsProp(double Rho = 0.9, double Epsilon = 1e-8) : IRule
{
    /// <summary>ρ.</summary>
    public double Rho { get; } = Guard.Within("ρ", Rho, 0, 1, nameof(RmsProp));

    /// <summary>ε ≥ 0, outside the root.</summary>
    public double Epsilon { get; } = Guard.Within("ε", Epsilon, 0, double.PositiveInfinity, nameof(RmsProp));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public bool IsCoordinatewise => true;

    /// <inheritdoc/>
    public string Recursion => FormattableString.Invariant($"s ← {Rho:G6} s + {1 - Rho:G6} g²;  w ← w − η g/(√s + ε),  ε = {Epsilon:G6}");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout.Length);
    }

    sealed class State<T>(RmsProp rule, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] s = new T[dimension];

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step) =>
            Elementwise.Apply(new Kernel<T>(T.CreateTruncating(rule.Rho), T.CreateTruncating(1 - rule.Rho), T.CreateTruncating(stepSize),
                T.CreateTruncating(rule.Epsilon)), w, g, s);

        public override void Visit(IStateVisitor visitor) => visitor.Buffer<T>("s", s);
    }

    readonly struct Kernel<T>(T rho, T rest, T eta, T epsilon) : IKernel1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T rho = rho, rest = rest, eta = eta, epsilon = epsilon, tiny = Tiny<T>.Value, least = Tiny<T>.Root;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g, ref V s)
            where V : struct, ILane<V, T>
        {
            s = V.ZeroBelow((V.All(rho) * s) + (V.All(rest) * (g * g)), V.All(tiny));
            w -= V.All(eta) * V.Ratio(g, V.Sqrt(s) + V.All(epsilon), V.All(least));
        }
    }
}
