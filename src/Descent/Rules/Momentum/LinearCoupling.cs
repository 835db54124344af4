using System.Runtime.CompilerServices;
using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// M8, accelerated gradient by linear coupling: gradient at <c>x = (1−1/α_t)w + y/α_t</c>, then <c>y ← y − ηα_t g</c>, <c>w ← x − ηg</c>,
/// <c>α_{t+1} = (1+√(1+4α_t²))/2</c>, α₁ = 1. Two state vectors. Source: C algorithm 11; Allen-Zhu and Orecchia 2017; guarantee G11.
/// </summary>
/// <remarks>
/// The coupling weight is <c>α_t/Σ_{i≤t}αᵢ</c>, and the recursion of α makes the sum α_t² (the notes' statement of 15.3
/// has <c>α_t = Σαᵢ</c>, its proof a sum up to t−1). The iterates are those of M7 with <c>β_t = (α_{t−1}−1)/α_t</c>.
/// With a restart period, α and y begin anew every so many steps,
/// which makes the method linear on strongly convex objectives (<see cref="Acceleration.RestartPeriod"/>).
/// </remarks>
/// <param name="RestartEvery">Steps between restarts; 0 for none.</param>
public sealed record LinearCoupling(long RestartEvery = 0) : IRule
{
    /// <summary>Steps between restarts, ≥ 0.</summary>
    public long RestartEvery { get; } = Guard.AtLeast("The restart period", RestartEvery, 0, nameof(LinearCoupling));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public string Recursion => "x = (1 − 1/α) w + y/α;  y ← y − ηα g(x);  w ← x − η g(x);  α ← (1 + √(1 + 4α²))/2"
        + (RestartEvery > 0 ? FormattableString.Invariant($", begun anew every {RestartEvery} steps") : "");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(RestartEvery, layout.Length);
    }

    sealed class State<T>(long restartEvery, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] x = new T[dimension], y = new T[dimension];
        double alpha = 1;
        long taken;

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w)
        {
            if (taken == 0 || (restartEvery > 0 && taken % restartEvery == 0))
            {
                alpha = 1;
                w.CopyTo(y);
            }
            w.CopyTo(x);
            Elementwise.Apply(new Couple<T>(T.CreateTruncating(1 / alpha)), x, y);
            return x;
        }

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            ScaledStep.Apply(y, g, stepSize * alpha);
            x.AsSpan().CopyTo(w);
            ScaledStep.Apply(w, g, stepSize);
            alpha = (1 + Math.Sqrt(1 + (4 * alpha * alpha))) / 2;
            taken++;
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("y", y);
            visitor.Number("alpha", ref alpha);
            visitor.Number("taken", ref taken);
        }
    }

    // w + τ(y − w).
    readonly struct Couple<T>(T tau) : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T tau = tau;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V y)
            where V : struct, ILane<V, T> => w += V.All(tau) * (y - w);
    }
}
