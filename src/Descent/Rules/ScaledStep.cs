using System.Runtime.CompilerServices;

namespace Descent.Rules;

/// <summary>The step that rules with one scalar share: <c>w ← w − s·g</c>.</summary>
static class ScaledStep
{
    public static void Apply<T>(Span<T> w, ReadOnlySpan<T> g, double scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Elementwise.Apply(new Kernel<T>(T.CreateTruncating(scale)), w, g);

    readonly struct Kernel<T>(T scale) : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T scale = scale;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g)
            where V : struct, ILane<V, T> => w -= V.All(scale) * g;
    }
}
