using System.Runtime.CompilerServices;
using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// Adadelta: <c>s ← ρs + (1−ρ)g²; Δ = g·√(u + ε)/√(s + ε); u ← ρu + (1−ρ)Δ²; w ← w − η_tΔ</c>. Two state vectors.
/// The step has the unit of the parameters by itself, so η = 1 is meant. Source: Zeiler 2012; defaults of PyTorch.
/// </summary>
/// <param name="Rho">ρ in [0, 1).</param>
/// <param name="Epsilon">ε &gt; 0, inside the roots.</param>
public sealed record Adadelta(double Rho = 0.9, double Epsilon = 1e-6) : IRule
{
    /// <summary>ρ in [0, 1).</summary>
    public double Rho { get; } = Guard.Within("ρ", Rho, 0, 1, nameof(Adadelta));

    /// <summary>ε &gt; 0, inside the roots.</summary>
    public double Epsilon { get; } = Guard.Positive("ε", Epsilon, nameof(Adadelta));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public bool IsCoordinatewise => true;

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant(
            $"s ← {Rho:G6} s + {1 - Rho:G6} g²;  Δ = g √(u+ε)/√(s+ε);  u ← {Rho:G6} u + {1 - Rho:G6} Δ²;  w ← w − η Δ,  ε = {Epsilon:G6}");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout.Length);
    }

    sealed class State<T>(Adadelta rule, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] s = new T[dimension], u = new T[dimension];

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            Kernel<T> kernel = new(T.CreateTruncating(rule.Rho), T.CreateTruncating(1 - rule.Rho), T.CreateTruncating(rule.Epsilon),
                T.CreateTruncating(stepSize));
            Elementwise.Apply(kernel, w, g, s, u);
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("s", s);
            visitor.Buffer<T>("u", u);
        }
    }

    readonly struct Kernel<T>(T rho, T rest, T epsilon, T eta) : IKernel2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T rho = rho, rest = rest, epsilon = epsilon, eta = eta, tiny = Tiny<T>.Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g, ref V s, ref V u)
            where V : struct, ILane<V, T>
        {
            s = V.ZeroBelow((V.All(rho) * s) + (V.All(rest) * (g * g)), V.All(tiny));
            V delta = V.Sqrt(u + V.All(epsilon)) / V.Sqrt(s + V.All(epsilon)) * g;
            u = V.ZeroBelow((V.All(rho) * u) + (V.All(rest) * (delta * delta)), V.All(tiny));
            w -= V.All(eta) * delta;
        }
    }
}
