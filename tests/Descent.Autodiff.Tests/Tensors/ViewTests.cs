using Descent.Autodiff;

namespace Descent.Autodiff.Tests.Tensors;

public class ViewTests
{
    const int N = 300;

    static double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => Math.Sin(i * 0.7))];

    [Fact]
    public void Views_and_what_reads_them_in_place_copy_nothing()
    {
        Tape<double> tape = new();
        Var<double> x = tape.Leaf(Numbers(N * N), N, N), row = tape.Leaf(Numbers(N), N);
        long before = tape.Bytes;
        Var<double> t = x.Transpose(), part = t.Slice(0, 10, 200).Slice(1, 50, 100), wide = row.BroadcastTo(new Shape(N, N)),
            cube = x.Reshape(new Shape(3, 100, N)).Permute(2, 0, 1);
        Assert.Equal(before, tape.Bytes);
        Assert.Equal([1, N], [t.Strides[0], t.Strides[1]]);
        Assert.Equal([0, 1], [wide.Strides[0], wide.Strides[1]]);
        Assert.Equal(new Shape(N, 3, 100), cube.Shape);
        // The sum of a block of the transpose, the product of a view with one vector: read where they lie.
        double expected = 0;
        ReadOnlySpan<double> v = x.Value;
        for (int i = 10; i < 210; i++)
            for (int j = 50; j < 150; j++) expected += v[(j * N) + i] * v[(j * N) + i];
        Assert.Equal(expected, part.SumTo(new Shape(1, 100)).Shape.Length == 100 ? (part * part).Sum().Scalar : 0, 1e-9);
        Assert.Equal(v[(60 * N) + 14], part.Value[(4 * 100) + 10]);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Products_of_views_are_those_of_copies(bool ta, bool tb)
    {
        Tape<double> tape = new();
        Var<double> x = tape.Leaf(Numbers(40 * 30), 40, 30), y = tape.Leaf(Numbers(50 * 60), 50, 60);
        // op(A) is 12×9, op(B) 9×40; A and B are columns out of the middle, once more as transposes.
        Var<double> a = ta ? x.Slice(0, 3, 9).Slice(1, 5, 12) : x.Slice(0, 3, 12).Slice(1, 5, 9), b = tb
            ? y.Slice(0, 7, 40).Slice(1, 2, 9)
            : y.Slice(0, 7, 9).Slice(1, 2, 40);
        double[] expected = a.MatMul(b, ta, tb).Value.ToArray();
        Var<double> Copy(Var<double> z) => tape.Leaf(z.Value.ToArray(), z.Shape[0], z.Shape[1]);
        Assert.Equal(expected, Copy(a).MatMul(Copy(b), ta, tb).Value.ToArray());
        Assert.Equal(expected, a.Transpose().MatMul(b.Transpose(), !ta, !tb).Value.ToArray());
        Assert.Equal(expected, b.MatMul(a, !tb, !ta).Transpose().Value.ToArray());
    }

    [Fact]
    public void Batches_that_broadcast_are_not_repeated_in_memory()
    {
        Tape<float> tape = new();
        float[] numbers = [.. Numbers(200 * 200).Select(x => (float)x)];
        Var<float> a = tape.Leaf(numbers, 200, 200), b = tape.Leaf(numbers.AsSpan(0, 200 * 40), 40, 200, 1);
        long before = tape.Bytes;
        Var<float> c = a.MatMul(b);
        Assert.Equal(new Shape(40, 200, 1), c.Shape);
        Assert.True(tape.Bytes - before <= 4 * Math.Max(65_536, c.Shape.Length));
        for (int i = 0; i < 40; i++)
            Assert.Equal(a.MatMul(b.Slice(0, i, 1).Reshape(new Shape(200, 1))).Value.ToArray(), c.Slice(0, i, 1).Value.ToArray());
    }

    [Fact]
    public void Gradients_go_through_views_of_views()
    {
        double[] at = Numbers(24);
        double Loss(double[] p, double[]? gradient)
        {
            Tape<double> tape = new();
            Var<double> x = tape.Leaf(p, 2, 3, 4), v = x.Permute(2, 0, 1).Slice(0, 1, 2), w = v.Permute(1, 0, 2).Reshape(new Shape(2, 6));
            Var<double> loss = (w.MatMul(w.Transpose()).Exp() * v.Slice(2, 0, 1).Sum()).Sum()
                + (x.SumTo(new Shape(1, 4)).BroadcastTo(new Shape(5, 4)) * x.Slice(0, 0, 1).Slice(1, 1, 1).Reshape(new Shape(4))).Sum();
            if (gradient is not null)
            {
                Var<double>[] g = new Var<double>[1];
                tape.Gradient(loss, [x], g);
                g[0].Value.CopyTo(gradient);
            }
            return loss.Scalar;
        }
        double[] g = new double[24];
        Loss(at, g);
        for (int i = 0; i < 24; i++)
        {
            const double H = 1e-6;
            double[] up = [.. at], down = [.. at];
            up[i] += H;
            down[i] -= H;
            double slope = (Loss(up, null) - Loss(down, null)) / (2 * H);
            Assert.Equal(slope, g[i], 1e-6 * Math.Max(1, Math.Abs(slope)));
        }
    }
}
