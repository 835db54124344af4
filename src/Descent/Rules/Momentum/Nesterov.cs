using System.Runtime.CompilerServices;
using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// M7, Nesterov's momentum: gradient at <c>y = w_t + β_t(w_t − w_{t−1})</c>, then <c>w_{t+1} = y − η_t g</c>. Two state vectors.
/// Source: C 14.1; P 19.5; Nesterov 1983.
/// </summary>
/// <remarks>
/// With <c>v_t = w_t − w_{t−1}</c> this is the two-step integrator <c>v ← βv − ηg(w + βv); w ← w + v</c> (P prints the look-ahead point as
/// <c>w + v</c>, without its β). Written with the previous iterate it stays right when a proximal map or a projection follows the step.
/// With β absent, <c>β_t = (a_{t−1} − 1)/a_t</c>, <c>a_{t+1} = (1 + √(1+4a_t²))/2</c>: the accelerated method of convex functions (FISTA
/// when a proximal map follows). With <c>restart</c>, momentum is dropped when it points uphill (<c>g·(w_{t+1} − w_t) &gt; 0</c>:
/// O'Donoghue and Candès 2015).
/// </remarks>
/// <param name="Beta">Momentum in [0, 1), or null for the convex sequence.</param>
/// <param name="Restart">Whether momentum restarts when it points uphill; meant for full gradients.</param>
public sealed record Nesterov(double? Beta = 0.9, bool Restart = false) : IRule
{
    /// <summary>Momentum β, or null.</summary>
    public double? Beta { get; } = Beta is null ? null : Guard.Within("Momentum", Beta.Value, 0, 1, nameof(Nesterov));

    /// <inheritdoc/>
    public string Recursion => Beta is { } b
        ? FormattableString.Invariant($"y = w + {b:G6} (w − w₋);  w ← y − η g(y)")
        : "y = w + ((a₋ − 1)/a)(w − w₋);  w ← y − η g(y);  a ← (1 + √(1 + 4a²))/2" + (Restart ? ", restarted when g·(w − w₋) > 0" : "");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(Beta, Restart, layout.Length);
    }

    sealed class State<T>(double? fixedBeta, bool restart, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] previous = new T[dimension];
        readonly T[] ahead = new T[dimension];
        double a = 1;
        long queries;

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w)
        {
            if (queries++ == 0)
            {
                w.CopyTo(previous);
                w.CopyTo(ahead);
                return ahead;
            }
            double beta = NextBeta(w);
            w.CopyTo(ahead);
            // ahead ← ahead + β(w − previous), then previous ← w.
            Elementwise.Apply(new Kernel<T>(T.CreateTruncating(beta)), ahead, w, previous);
            return ahead;
        }

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            ahead.AsSpan().CopyTo(w);
            ScaledStep.Apply(w, g, stepSize);
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("previous", previous);
            // The restart compares the last step from it with the momentum.
            visitor.Buffer<T>("ahead", ahead);
            visitor.Number("a", ref a);
            visitor.Number("queries", ref queries);
        }

        double NextBeta(ReadOnlySpan<T> w)
        {
            if (fixedBeta is { } b) return b;
            if (restart && Uphill(w)) a = 1;
            double next = (1 + Math.Sqrt(1 + (4 * a * a))) / 2, beta = (a - 1) / next;
            a = next;
            return beta;
        }

        bool Uphill(ReadOnlySpan<T> w)
        {
            // For a composite objective the generalised gradient (ahead − w)/η takes the gradient's place.
            double s = 0;
            for (int i = 0; i < w.Length; i++)
                s += double.CreateTruncating(ahead[i] - w[i]) * double.CreateTruncating(w[i] - previous[i]);
            return s > 0;
        }
    }

    readonly struct Kernel<T>(T beta) : IKernel1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T beta = beta;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V y, V w, ref V previous)
            where V : struct, ILane<V, T>
        {
            y = w + (V.All(beta) * (w - previous));
            previous = w;
        }
    }
}
