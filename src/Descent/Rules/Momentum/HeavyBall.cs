using System.Runtime.CompilerServices;
using Descent.Oracles;

namespace Descent.Rules;

/// <summary>M5, heavy-ball momentum: <c>v ← βv − η_t g; w ← w + v</c>. One state vector. Source: R; P 19.5; Polyak 1964.</summary>
/// <remarks>
/// The effective step size of a long run is η/(1−β). C (5)(6) prints <c>w − v</c> with this sign of v; the step is <c>w + v</c>.
/// PyTorch's momentum multiplies η outside the velocity; the two agree for a constant step size. Entries of v below 10⁻³⁰ (float) or 10⁻²⁹⁰
/// (double) are set to zero, by definition, so that a velocity that dies out does not slow the processor down.
/// </remarks>
/// <param name="Beta">Momentum β in [0, 1).</param>
public sealed record HeavyBall(double Beta = 0.9) : IRule
{
    /// <summary>Momentum β.</summary>
    public double Beta { get; } = Guard.Within("Momentum", Beta, 0, 1, nameof(HeavyBall));

    /// <inheritdoc/>
    public bool IsCoordinatewise => true;

    /// <inheritdoc/>
    public string Recursion => FormattableString.Invariant($"v ← {Beta:G6} v − η g;  w ← w + v");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(Beta, layout.Length);
    }

    sealed class State<T>(double beta, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] velocity = new T[dimension];

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step) =>
            Elementwise.Apply(new Kernel<T>(T.CreateTruncating(beta), T.CreateTruncating(stepSize)), w, g, velocity);

        public override void Visit(IStateVisitor visitor) => visitor.Buffer<T>("velocity", velocity);
    }

    readonly struct Kernel<T>(T beta, T eta) : IKernel1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T beta = beta, eta = eta, tiny = Tiny<T>.Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g, ref V v)
            where V : struct, ILane<V, T>
        {
            v = V.ZeroBelow((V.All(beta) * v) - (V.All(eta) * g), V.All(tiny));
            w += v;
        }
    }
}
