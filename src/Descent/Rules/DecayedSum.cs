using System.Runtime.CompilerServices;

namespace Descent.Rules;

/// <summary><c>m ← keep·m + add·g</c>, with entries that have died out set to zero.</summary>
static class DecayedSum
{
    public static void Update<T>(Span<T> m, ReadOnlySpan<T> g, double keep, double add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            Elementwise.Apply(new Kernel<T>(T.CreateTruncating(keep), T.CreateTruncating(add)), m, g);

    readonly struct Kernel<T>(T keep, T add) : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T keep = keep, add = add, tiny = Tiny<T>.Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V m, V g)
            where V : struct, ILane<V, T> => m = V.ZeroBelow((V.All(keep) * m) + (V.All(add) * g), V.All(tiny));
    }
}
