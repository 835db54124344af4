using System.Runtime.CompilerServices;
using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// Prodigy: Adam whose step size learns the distance to the minimiser, <c>m ← β₁m + (1−β₁)dg; v ← β₂v + (1−β₂)d²g²; w ← w − ηd·m/(√v +
/// dε)</c>, with <c>d ← max(d, r/‖s‖₁)</c>, <c>r ← β₃r + ηd²/d₀·⟨g, w₀ − w⟩</c>, <c>s ← β₃s + ηd²/d₀·g</c>, β₃ = √β₂. η = 1 is meant. Four
/// state vectors. Source: Mishchenko and Defazio 2023; recursion and defaults of the authors' code without its optional bias correction.
/// </summary>
/// <param name="Beta1">β₁ in [0, 1).</param>
/// <param name="Beta2">β₂ in [0, 1).</param>
/// <param name="Epsilon">ε ≥ 0, outside the root.</param>
/// <param name="Decay">Decoupled weight decay λ ≥ 0.</param>
/// <param name="First">d₀ &gt; 0, below the distance to the minimiser.</param>
/// <param name="Growth">Largest factor by which d may grow in one step.</param>
public sealed record Prodigy(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double Decay = 0, double First = 1e-6,
    double Growth = double.PositiveInfinity) : IRule
{
    /// <summary>β₁ in [0, 1).</summary>
    public double Beta1 { get; } = Guard.Within("β₁", Beta1, 0, 1, nameof(Prodigy));

    /// <summary>β₂ in [0, 1).</summary>
    public double Beta2 { get; } = Guard.Within("β₂", Beta2, 0, 1, nameof(Prodigy));

    /// <summary>ε ≥ 0, outside the root.</summary>
    public double Epsilon { get; } = Guard.Within("ε", Epsilon, 0, double.PositiveInfinity, nameof(Prodigy));

    /// <summary>Decoupled weight decay λ ≥ 0.</summary>
    public double Decay { get; } = Guard.Within("λ", Decay, 0, double.PositiveInfinity, nameof(Prodigy));

    /// <summary>d₀ &gt; 0, below the distance to the minimiser.</summary>
    public double First { get; } = Guard.Positive("d₀", First, nameof(Prodigy));

    /// <summary>Largest factor by which d may grow in one step, ≥ 1.</summary>
    public double Growth { get; } = Guard.AtLeastOne("The growth", Growth, nameof(Prodigy));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant($"m ← {Beta1:G6} m + {1 - Beta1:G6} d g;  v ← {Beta2:G6} v + {1 - Beta2:G6} d²g²; ")
            + FormattableString.Invariant(
                $" w ← (1 − {Decay:G6}ηd) w − η d m/(√v + d ε);  d ← max(d, r/‖s‖₁),  d₀ = {First:G6}, ε = {Epsilon:G6}");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout.Length);
    }

    sealed class State<T>(Prodigy rule, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] m = new T[dimension], v = new T[dimension], s = new T[dimension], first = new T[dimension];
        double distance = 0;
        double numerator = 0;
        double most = 0;
        long taken;

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            if (taken++ == 0)
            {
                w.CopyTo(first);
                distance = rule.First;
            }
            double beta3 = Math.Sqrt(rule.Beta2), scale = distance * stepSize, weight = distance / rule.First * scale, inner = 0,
                absolute = 0;
            for (int i = 0; i < g.Length; i++)
            {
                inner += double.CreateTruncating(g[i]) * double.CreateTruncating(first[i] - w[i]);
                s[i] = T.CreateTruncating((beta3 * double.CreateTruncating(s[i])) + (weight * double.CreateTruncating(g[i])));
                absolute += Math.Abs(double.CreateTruncating(s[i]));
            }
            numerator = (beta3 * numerator) + (weight * inner);
            double before = distance;
            if (absolute > 0) Grow(numerator / absolute);
            Kernel<T> kernel = new(
                T.CreateTruncating(rule.Beta1), T.CreateTruncating((1 - rule.Beta1) * before), T.CreateTruncating(rule.Beta2),
                T.CreateTruncating((1 - rule.Beta2) * before * before),
                T.CreateTruncating(scale), T.CreateTruncating(distance * rule.Epsilon), T.CreateTruncating(1 - (scale * rule.Decay)));
            Elementwise.Apply(kernel, w, g, m, v);
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("m", m);
            visitor.Buffer<T>("v", v);
            visitor.Buffer<T>("s", s);
            visitor.Buffer<T>("first", first);
            visitor.Number("distance", ref distance);
            visitor.Number("numerator", ref numerator);
            visitor.Number("most", ref most);
            visitor.Number("taken", ref taken);
        }

        void Grow(double estimate)
        {
            if (distance == rule.First) distance = Math.Max(distance, estimate);
            most = Math.Max(most, estimate);
            distance = Math.Max(distance, Math.Min(most, distance * rule.Growth));
        }
    }

    readonly struct Kernel<T>(T beta1, T rest1, T beta2, T rest2, T scale, T epsilon, T keep) : IKernel2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T beta1 = beta1, rest1 = rest1, beta2 = beta2, rest2 = rest2, scale = scale, epsilon = epsilon, keep = keep,
            tiny = Tiny<T>.Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g, ref V m, ref V v)
            where V : struct, ILane<V, T>
        {
            m = V.ZeroBelow((V.All(beta1) * m) + (V.All(rest1) * g), V.All(tiny));
            v = V.ZeroBelow((V.All(beta2) * v) + (V.All(rest2) * (g * g)), V.All(tiny));
            w = (V.All(keep) * w) - V.Ratio(V.All(scale) * m, V.Sqrt(v) + V.All(epsilon), V.All(tiny));
        }
    }
}
