using System.Numerics;

namespace Descent.Numerics.Tests.Lanes;

public class ElementwiseTests
{
    readonly struct Kernel<T>(T a) : IKernel2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T a = a;

        public void Invoke<V>(ref V w, V g, ref V s, ref V u)
            where V : struct, ILane<V, T>
        {
            s = V.ZeroBelow((V.All(a) * s) + g, V.All(T.CreateTruncating(1e-3)));
            u = V.Max(V.Abs(u), V.FusedMultiplyAdd(g, g, V.Min(u, s)));
            w -= s / (V.Sqrt(u) + V.All(a));
        }
    }

    [Fact]
    public void Lanes_have_the_bits_of_scalars() => Check<double>();

    [Fact]
    public void Lanes_have_the_bits_of_scalars_in_single_precision() => Check<float>();

    static void Check<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Draws draws = new(8);
        T[] Make(int n) => [.. Enumerable.Range(0, n).Select(_ => T.CreateTruncating(draws.NextNormal()))];
        for (int n = 0; n < 70; n++)
        {
            T[] w = Make(n), g = Make(n), s = Make(n), u = Make(n), w2 = [.. w], s2 = [.. s], u2 = [.. u];
            Kernel<T> kernel = new(T.CreateTruncating(0.9));
            Elementwise.Apply(kernel, w, g, s, u);
            Elementwise.ApplyScalar(kernel, w2, g, s2, u2);
            Assert.Equal(w2, w);
            Assert.Equal(s2, s);
            Assert.Equal(u2, u);
        }
    }
}
