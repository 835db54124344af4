using System.Runtime.CompilerServices;
using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// Schedule-free SGD: gradient at <c>y = (1−β)z + βx</c>; <c>z ← z − η_t g</c>; <c>x ← (1−c)x + cz</c> with <c>c = η²_max/Σ η²_max</c> (1/t
/// for a constant η). The iterate is the average x itself, so there is no other mode for evaluation and no schedule.
/// Two state vectors. Source: Defazio et al. 2024.
/// </summary>
/// <param name="Beta">Interpolation β in [0, 1); 0 is SGD with averaging, near 1 it is primal averaging.</param>
public sealed record ScheduleFreeSgd(double Beta = 0.9) : IRule
{
    /// <summary>Interpolation β in [0, 1); 0 is SGD with averaging, near 1 it is primal averaging.</summary>
    public double Beta { get; } = Guard.Within("β", Beta, 0, 1, nameof(ScheduleFreeSgd));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant($"y = {1 - Beta:G6} z + {Beta:G6} x;  z ← z − η g(y);  x ← (1−c) x + c z, c = η²/Ση²");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout.Length);
    }

    sealed class State<T>(ScheduleFreeSgd rule, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] y = new T[dimension], z = new T[dimension];
        double largest = 0;
        double total = 0;
        long queries;

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w)
        {
            if (queries++ == 0) w.CopyTo(z);
            // y = z + β(x − z).
            z.AsSpan().CopyTo(y);
            Elementwise.Apply(new Couple<T>(T.CreateTruncating(rule.Beta)), y, w);
            return y;
        }

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            largest = Math.Max(largest, stepSize);
            double share = largest * largest;
            total += share;
            ScaledStep.Apply(z, g, stepSize);
            Elementwise.Apply(new Couple<T>(total > 0 ? T.CreateTruncating(share / total) : T.Zero), w, z);
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("z", z);
            visitor.Number("largest", ref largest);
            visitor.Number("total", ref total);
            visitor.Number("queries", ref queries);
        }
    }

    // w + c(z − w).
    readonly struct Couple<T>(T c) : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T c = c;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V z)
            where V : struct, ILane<V, T> => w += V.All(c) * (z - w);
    }
}
