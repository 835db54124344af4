using System.Runtime.CompilerServices;
using Descent.Oracles;

namespace Descent.Rules;

/// <summary>M6, momentum as an exponential average: <c>m ← (1−α)m + αg; w ← w − η_t m</c>, with <c>m₁ = g₁</c>.
/// One state vector. Source: C algorithm 16.</summary>
/// <remarks>Guarantee G15. The first step is w₂ = w₁ − ηm₁ (the notes print another).
/// With a constant η it is heavy ball with β = 1−α and η scaled by α, but for the start.</remarks>
/// <param name="Alpha">Weight α of the new gradient, in (0, 1].</param>
public sealed record EmaMomentum(double Alpha = 0.1) : IRule
{
    /// <summary>α.</summary>
    public double Alpha { get; } = Alpha is > 0 and <= 1
        ? Alpha
        : throw new ArgumentOutOfRangeException(null, FormattableString.Invariant($"α must lie in (0, 1]; got {Alpha} (EmaMomentum)."));

    /// <inheritdoc/>
    public bool IsCoordinatewise => true;

    /// <inheritdoc/>
    public string Recursion => FormattableString.Invariant($"m ← {1 - Alpha:G6} m + {Alpha:G6} g (m₁ = g₁);  w ← w − η m");

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
            Elementwise.Apply(new Kernel<T>(T.CreateTruncating(1 - a), T.CreateTruncating(a), T.CreateTruncating(stepSize)), w, g, m);
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("m", m);
            visitor.Number("applied", ref applied);
        }
    }

    readonly struct Kernel<T>(T keep, T take, T eta) : IKernel1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T keep = keep, take = take, eta = eta, tiny = Tiny<T>.Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g, ref V m)
            where V : struct, ILane<V, T>
        {
            m = V.ZeroBelow((V.All(keep) * m) + (V.All(take) * g), V.All(tiny));
            w -= V.All(eta) * m;
        }
    }
}
