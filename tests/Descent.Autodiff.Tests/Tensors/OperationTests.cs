using Descent.Autodiff;

namespace Descent.Autodiff.Tests.Tensors;

public class OperationTests
{
    /// <summary>Every operation as a function of one tensor, at several shapes.</summary>
    static readonly Dictionary<string, (Func<Var<double>, Var<double>> F, int[][] Shapes, double Shift)> Cases = new()
    {
        ["exp"] = (x => x.Exp(), Any, 0),
        ["log"] = (x => x.Log(), Any, 2.5),
        ["sqrt"] = (x => x.Sqrt(), Any, 2.5),
        ["tanh"] = (x => x.Tanh(), Any, 0),
        ["sigmoid"] = (x => x.Sigmoid(), Any, 0),
        ["softplus"] = (x => x.Softplus(), Any, 0),
        ["relu"] = (x => x.Relu(), Any, 0),
        ["abs"] = (x => x.Abs(), Any, 0),
        ["sin"] = (x => x.Sin(), Any, 0),
        ["cos"] = (x => x.Cos(), Any, 0),
        ["power"] = (x => x.Power(2.5), Any, 2.5),
        ["square"] = (x => x.Square(), Any, 0),
        ["arithmetic"] = (x => (((2 * x) - 1) / (x.Square() + 1.5)) + (3 - x) - (1 / (x + 9)), Any, 0),
        ["sum"] = (x => x.Sum(), Any, 0),
        ["mean"] = (x => x.Mean(), [[3], [2, 3], [1]], 0),
        ["sum of the last"] = (x => x.SumLast(), [[3], [2, 3], [2, 1, 4], [0, 2]], 0),
        ["sum to a column"] = (x => x.SumTo(new Shape(x.Shape[0], 1)), [[3, 4], [1, 5]], 0),
        ["sum to a row"] = (x => x.SumTo(new Shape(x.Shape[-1])), [[3, 4], [2, 3, 4]], 0),
        ["broadcast"] = (x => x.BroadcastTo(new Shape(4, 2, 3)), [[2, 3], [3], [1, 3], [2, 1], [1]], 0),
        ["broadcast product"] = (x => x * x.SumTo(new Shape(x.Shape[0], 1)) + x.SumTo(new Shape(1, x.Shape[1])),
            [[3, 4], [1, 2], [2, 1]], 0),
        ["broadcast quotient of ranks"] = (x => x.SumTo(new Shape(x.Shape[-1])) / (x.Square() + 1), [[3, 4], [2, 3, 2]], 0),
        ["reshape"] = (x => x.Reshape(new Shape(x.Shape.Length)) * 2, Any, 0),
        ["transpose"] = (x => x.Transpose().Exp(), [[2, 3], [1, 4], [0, 3]], 0),
        ["product"] = (x => x.MatMul(x, false, true), [[2, 3], [1, 4], [9, 5]], 0),
        ["product, first transposed"] = (x => x.MatMul(x.Sin(), true), [[2, 3], [1, 4], [5, 9]], 0),
        ["product, both transposed"] = (x => x.MatMul(x.Transpose().Sin(), true, true).Exp(), [[2, 2], [3, 3]], 0),
        ["log-sum-exp"] = (x => x.LogSumExp(), [[3], [2, 3], [2, 2, 4], [4, 1]], 0),
        ["softmax"] = (x => x.Softmax(), [[3], [2, 3]], 0),
        ["log-softmax"] = (x => x.LogSoftmax(), [[3], [2, 3]], 0),
        ["gather"] = (x => x.Gather([1, 0, 1, 1]), [[2], [2, 3], [3, 2, 2]], 0),
        ["convolution, by images"] =
            (x => x.Convolve(x.Tape.Leaf([.. Enumerable.Range(0, 4 * x.Shape[3] * 2).Select(i => Math.Sin(i + 1))], 4 * x.Shape[3], 2), 2),
             [[1, 3, 3, 1], [2, 4, 3, 2], [0, 3, 3, 1]], 0),
        ["convolution, by filters"] =
            (x => x.Tape.Leaf([.. Enumerable.Range(0, 2 * 4 * 4).Select(i => Math.Cos(i))], 2, 4, 4, 1).Convolve(x, 3),
             [[9, 2], [9, 1]], 0),
        ["max-pooling"] = (x => x.MaxPool(2), [[1, 4, 4, 1], [2, 5, 4, 3], [0, 2, 2, 1]], 0),
        ["convolution, strided and padded"] =
            (x => x.Convolve(x.Tape.Leaf([.. Enumerable.Range(0, 9 * x.Shape[3] * 2).Select(i => Math.Sin(i + 1))], 9 * x.Shape[3], 2), 3,
                2, 1), [[1, 4, 5, 1], [2, 3, 3, 2]], 0),
        ["average-pooling"] = (x => x.AveragePool(2).Exp(), [[1, 4, 4, 1], [2, 5, 4, 3]], 0),
        ["max along"] = (x => x.Max(1).Square(), [[2, 3], [2, 4, 3]], 0),
        ["min of the last"] = (x => x.Min(-1).Square(), [[4], [3, 3]], 0),
        ["mean along"] = (x => x.Mean(0).Square(), [[4], [3, 2]], 0),
        ["maximum"] = (x => x.Maximum(x.Sin() + 0.3).Square(), [[4], [3, 2]], 0),
        ["permute"] = (x => x.Permute(2, 0, 1).Exp(), [[2, 3, 4], [1, 2, 1], [0, 2, 3]], 0),
        ["slice"] = (x => x.Slice(1, 1, 2).Square(), [[2, 3], [1, 4, 2], [0, 3]], 0),
        ["slice of the first"] = (x => x.Slice(0, 0, 1).Exp(), [[3], [2, 3, 2], [1, 1]], 0),
        ["concatenation"] = (x => x.Sin().Concat(x.Square().Slice(1, 0, 1), 1), [[2, 3], [3, 1, 2]], 0),
        ["batched product"] = (x => x.MatMul(x.Sin(), false, true), [[2, 3, 4], [2, 1, 2, 3], [0, 2, 2]], 0),
        ["batched product, first transposed"] = (x => x.MatMul(x.Cos(), true), [[3, 2, 4], [1, 2, 2]], 0),
        ["batched product, broadcast"] = (x => x.MatMul(x.SumTo(new Shape(x.Shape[1], x.Shape[2])), true, false),
            [[3, 2, 4], [1, 2, 2]], 0),
        ["einstein sum, contraction"] = (x => x.Einsum("abc,dbc->ad", x.Sin()), [[2, 3, 2], [1, 2, 3]], 0),
        ["einstein sum, batch"] = (x => x.Einsum("abc,acd->dab", x.Permute(0, 2, 1).Sin()), [[2, 3, 2], [3, 1, 2]], 0),
        ["einstein sum, one tensor"] = (x => x.Einsum("abc->ca").Square(), [[2, 3, 4], [1, 2, 1]], 0),
        ["einstein sum, lone letter"] = (x => x.Einsum("ab,cd->a", x.Exp()), [[2, 3], [1, 2]], 0),
        ["tensor contraction"] = (x => x.TensorDot(x.Permute(1, 2, 0).Sin(), 2), [[2, 3, 2], [3, 2, 1]], 0),
        ["pick"] = (x => x.Pick([0, 2, 1, 2]), [[4, 3], [2, 2, 3]], 0),
    };

    static int[][] Any => [[], [1], [5], [2, 3], [3, 1, 2], [0], [2, 0]];

    public static TheoryData<string> Names => [.. Cases.Keys];

    public static TheoryData<string> TwiceDifferentiable => [.. Cases.Keys.Where(n => n is not ("relu" or "abs"))];

    static double[] Values(int length, double shift, int seed)
    {
        Draws draws = new((ulong)seed);
        return [.. Enumerable.Range(0, length).Select(_ => shift + (shift > 0 ? 2 * draws.NextDouble() : 1.7 * draws.NextNormal()))];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Pullbacks_are_the_differences_and_pushforwards_their_adjoints(string name)
    {
        var (f, shapes, shift) = Cases[name];
        foreach (int[] shape in shapes)
        {
            Tape<double> tape = new();
            int length = new Shape(shape).Length;
            double[] x = Values(length, shift, 3), v = Values(length, 0, 5);
            Var<double> input = tape.Leaf(x, shape), output = f(input);
            double[] u = Values(output.Shape.Length, 0, 7);
            int[] outer = [.. Enumerable.Range(0, output.Shape.Rank).Select(i => output.Shape[i])];
            Var<double> cotangent = tape.Leaf(u, outer);
            Var<double>[] result = new Var<double>[1];
            tape.Pullback(output, cotangent, [input], result);
            double[] pulled = result[0].Value.ToArray(), pushed = tape.Pushforward(output, input, tape.Leaf(v, shape)).Value.ToArray();
            // ⟨u, Jv⟩ = ⟨Jᵀu, v⟩.
            double left = Vectors.Dot<double>(u, pushed), right = Vectors.Dot<double>(pulled, v);
            Assert.Equal(left, right, 1e-10 * (1 + Math.Abs(left)));
            for (int i = 0; i < length; i++)
            {
                double h = 1e-6 * Math.Max(1, Math.Abs(x[i])), kept = x[i];
                double At(double value)
                {
                    x[i] = value;
                    Tape<double> fresh = new();
                    return Vectors.Dot<double>(u, f(fresh.Leaf(x, shape)).Value);
                }
                double difference = (At(kept + h) - At(kept - h)) / (2 * h);
                x[i] = kept;
                Assert.Equal(difference, pulled[i], 1e-6 * (1 + Math.Abs(difference)));
            }
        }
    }

    // One channel goes through the scalar path, nine through vectors and the rest:
    // a NaN anywhere in a tile shows, and the gradient goes to the first of equals.
    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void Pooling_shows_what_is_not_a_number_and_serves_the_first_of_equals(int channels)
    {
        for (int place = 0; place < 4; place++)
        {
            Tape<double> tape = new();
            double[] x = [.. Enumerable.Repeat(2.0, 4 * channels)];
            for (int c = 0; c < channels; c++) x[(place * channels) + c] = double.NaN;
            Assert.All(tape.Leaf(x, 1, 2, 2, channels).MaxPool(2).Value.ToArray(), v => Assert.True(double.IsNaN(v)));
        }
        Tape<double> equal = new();
        Var<double> w = equal.Leaf([.. Enumerable.Repeat(5.0, 4 * channels)], 1, 2, 2, channels);
        Var<double>[] g = new Var<double>[1];
        equal.Gradient(w.MaxPool(2).Sum(), [w], g);
        for (int i = 0; i < 4 * channels; i++) Assert.Equal(i < channels ? 1 : 0, g[0].Value[i]);
    }

    // By the definition: loops over positions and window, zeros outside.
    [Theory]
    [InlineData(3, 1, 0)]
    [InlineData(3, 2, 1)]
    [InlineData(2, 3, 2)]
    [InlineData(1, 2, 3)]
    public void Convolutions_are_the_sums_they_stand_for(int window, int stride, int padding)
    {
        const int N = 2, H = 5, W = 4, C = 3, K = 2;
        double[] x = Values(N * H * W * C, 0, 21), filters = Values(window * window * C * K, 0, 22);
        Tape<double> tape = new();
        Var<double> y = tape.Leaf(x, N, H, W, C).Convolve(tape.Leaf(filters, window * window * C, K), window, stride, padding);
        int h = ((H + (2 * padding) - window) / stride) + 1, w = ((W + (2 * padding) - window) / stride) + 1, at = 0;
        Assert.Equal(new Shape(N, h, w, K), y.Shape);
        for (int n = 0; n < N; n++)
            for (int i = 0; i < h; i++)
                for (int j = 0; j < w; j++)
                    for (int k = 0; k < K; k++)
                    {
                        double sum = 0;
                        for (int a = 0; a < window; a++)
                            for (int b = 0; b < window; b++)
                                for (int c = 0; c < C; c++)
                                {
                                    int row = (i * stride) + a - padding, column = (j * stride) + b - padding;
                                    if (row >= 0 && row < H && column >= 0 && column < W)
                                        sum += x[((((n * H) + row) * W) + column) * C + c]
                                            * filters[((((a * window) + b) * C) + c) * K + k];
                                }
                        Assert.Equal(sum, y.Value[at++], 1e-13);
                    }
    }

    [Fact]
    public void Largest_entries_serve_the_first_of_equals_and_show_what_is_not_a_number()
    {
        Tape<double> tape = new();
        Var<double> x = tape.Leaf([3, 1, 3, 2, 5, 5], 2, 3), m = x.Max(1);
        Assert.Equal([3, 5], m.Value.ToArray());
        Var<double>[] g = new Var<double>[1];
        tape.Gradient(m.Sum(), [x], g);
        Assert.Equal([1, 0, 0, 0, 1, 0], g[0].Value.ToArray());
        Assert.Equal([3, 5, 5], x.Max(0).Value.ToArray());
        Assert.Equal([2, 1, 3], x.Min(-2).Value.ToArray());
        Assert.True(double.IsNaN(tape.Leaf([1, double.NaN, 2], 3).Max(0).Scalar));
        Assert.True(double.IsNaN(tape.Leaf([1, double.NaN, 2], 3).Min(0).Scalar));
        Var<double> a = tape.Leaf([1, 2], 2), b = tape.Leaf([1, 3], 2);
        Var<double>[] both = new Var<double>[2];
        tape.Gradient(a.Maximum(b).Sum(), [a, b], both);
        Assert.Equal([1, 0], both[0].Value.ToArray());
        Assert.Equal([0, 1], both[1].Value.ToArray());
        Assert.Contains("Max: shape (2, 3) has no dimension 2", Assert.Throws<ArgumentException>(() => x.Max(2)).Message,
            StringComparison.Ordinal);
        Assert.Contains("no entries", Assert.Throws<ArgumentException>(() => tape.Leaf([], 2, 0).Max(1)).Message, StringComparison.Ordinal);
        Assert.Contains("no entries", Assert.Throws<ArgumentException>(() => tape.Leaf([], 0).Mean()).Message, StringComparison.Ordinal);
    }

    // By hand: (2×2×2 batches) against loops over the letters.
    [Fact]
    public void Einstein_sums_are_the_loops_they_stand_for()
    {
        Tape<double> tape = new();
        double[] a = Values(24, 0, 11), b = Values(40, 0, 12);
        Var<double> c = tape.Leaf(a, 2, 3, 4).Einsum("bij,bjk->kib", tape.Leaf(b, 2, 4, 5));
        Assert.Equal(new Shape(5, 3, 2), c.Shape);
        for (int n = 0; n < 2; n++)
            for (int i = 0; i < 3; i++)
                for (int k = 0; k < 5; k++)
                {
                    double sum = 0;
                    for (int j = 0; j < 4; j++) sum += a[(n * 12) + (i * 4) + j] * b[(n * 20) + (j * 5) + k];
                    Assert.Equal(sum, c.Value[(k * 6) + (i * 2) + n], 1e-13);
                }
    }

    [Theory]
    [InlineData("ij,jk", "expected ij,jk->ik")]
    [InlineData("ij,jk->iz", "needs letters of the tensors")]
    [InlineData("ijk,jk->i", "does not name the 2 dimensions of shape (2, 3)")]
    [InlineData("ij,ik->jk", "'i' is 2 in one tensor and 3 in the other")]
    public void Wrong_einstein_sums_name_the_spec_and_the_shapes(string spec, string expected)
    {
        Tape<double> tape = new();
        ArgumentException e =
            Assert.Throws<ArgumentException>(() => tape.Leaf(new double[6], 2, 3).Einsum(spec, tape.Leaf(new double[6], 3, 2)));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Contains(spec, e.Message, StringComparison.Ordinal);
    }

    // Second order: the gradient of ⟨∇(sum of f²), v⟩ against differences of gradients.
    [Theory]
    [MemberData(nameof(TwiceDifferentiable))]
    public void Gradients_can_be_differentiated_again(string name)
    {
        var (f, shapes, shift) = Cases[name];
        int[] shape = shapes[^1] is [0] or [2, 0] or [0, 3] or [0, 2] ? shapes.First(s => s.Length > 0 && !s.Contains(0)) : shapes[^1];
        int length = new Shape(shape).Length;
        double[] x = Values(length, shift, 3), v = Values(length, 0, 5);
        double[] GradientAt(double[] at)
        {
            Tape<double> tape = new();
            Var<double> input = tape.Leaf(at, shape);
            Var<double>[] g = new Var<double>[1];
            tape.Gradient(f(input).Square().Sum(), [input], g);
            return g[0].Value.ToArray();
        }
        Tape<double> second = new();
        Var<double> w = second.Leaf(x, shape);
        Var<double>[] first = new Var<double>[1], product = new Var<double>[1];
        second.Gradient(f(w).Square().Sum(), [w], first);
        second.Gradient((first[0] * second.Leaf(v, shape)).Sum(), [w], product);
        double[] up = GradientAt([.. x.Zip(v, (a, b) => a + (1e-5 * b))]), down = GradientAt([.. x.Zip(v, (a, b) => a - (1e-5 * b))]);
        for (int i = 0; i < length; i++)
        {
            double difference = (up[i] - down[i]) / 2e-5;
            Assert.Equal(difference, product[0].Value[i], 2e-5 * (1 + Math.Abs(difference)));
        }
    }
}
