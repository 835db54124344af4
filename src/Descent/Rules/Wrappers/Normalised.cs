using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// M23, normalised SGD with momentum: <c>m ← (1−α)m + αg</c> (<c>m₁ = g₁</c>), <c>w ← w − η_t m/‖m‖</c>;
/// no step when m = 0. One state vector. Every step has length η. Source: C 24; guarantee G20.
/// </summary>
/// <param name="Alpha">Weight α of the new gradient, in (0, 1]; 1 for no momentum.</param>
public sealed record Normalised(double Alpha = 0.1) : IRule
{
    /// <summary>α.</summary>
    public double Alpha { get; } = Alpha is > 0 and <= 1
        ? Alpha
        : throw new ArgumentOutOfRangeException(null, FormattableString.Invariant($"α must lie in (0, 1]; got {Alpha} (Normalised)."));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public string Recursion => FormattableString.Invariant($"m ← {1 - Alpha:G6} m + {Alpha:G6} g (m₁ = g₁);  w ← w − η m/‖m‖");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(Alpha, layout.Length);
    }

    sealed class State<T>(double alpha, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] m = new T[dimension];
        long applied;

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            double a = applied++ == 0 ? 1 : alpha;
            DecayedSum.Update(m.AsSpan(), g, 1 - a, a);
            double norm = Vectors.Norm<T>(m);
            if (norm == 0) return;
            ScaledStep.Apply<T>(w, m, stepSize / norm);
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("m", m);
            visitor.Number("applied", ref applied);
        }
    }
}
