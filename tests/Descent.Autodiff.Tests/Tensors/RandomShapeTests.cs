using Descent.Autodiff;

namespace Descent.Autodiff.Tests.Tensors;

using Drawn = (Func<Draws, (int[] Shape, Func<Var<double>, Var<double>> F)> Draw, bool Positive);

/// <summary>
/// Every operation at shapes drawn at random, empty ones, ones of size 1 and broadcast ones among them:
/// pullbacks are the differences, pushforwards their adjoints.
/// </summary>
public class RandomShapeTests
{
    const int Trials = 24, Most = 60;

    /// <summary>Draws a shape and, fitting it, a function of one tensor; whether its entries must be positive is told beside.</summary>
    static readonly Dictionary<string, Drawn> Operations = new()
    {
        ["exp"] = (Elementwise(x => x.Exp()), false),
        ["log"] = (Elementwise(x => x.Log()), true),
        ["sqrt"] = (Elementwise(x => x.Sqrt()), true),
        ["tanh"] = (Elementwise(x => x.Tanh()), false),
        ["sigmoid"] = (Elementwise(x => x.Sigmoid()), false),
        ["softplus"] = (Elementwise(x => x.Softplus()), false),
        ["relu"] = (Elementwise(x => x.Relu()), false),
        ["abs"] = (Elementwise(x => x.Abs()), false),
        ["sin"] = (Elementwise(x => x.Sin()), false),
        ["cos"] = (Elementwise(x => x.Cos()), false),
        ["power"] = (Elementwise(x => x.Power(1.7)), true),
        ["sum"] = (Elementwise(x => x.Sum()), false),
        ["+"] = (Pair((a, b) => a + b), false),
        ["−"] = (Pair((a, b) => a - b), false),
        ["×"] = (Pair((a, b) => a * b), false),
        ["÷"] = (Pair((a, b) => a / (b.Square() + 1)), false),
        ["÷, of a number"] = (Elementwise(x => 2 / x), true),
        ["maximum"] = (Pair((a, b) => a.Maximum(b)), false),
        ["minimum"] = (Pair((a, b) => a.Minimum(b)), false),
        ["broadcast"] = (d =>
        {
            int[] to = Any(d);
            Shape target = new(to);
            return (Narrowed(to, d), x => x.BroadcastTo(target));
        }, false),
        ["sum to"] = (d =>
        {
            int[] from = Any(d);
            Shape target = new(Narrowed(from, d));
            return (from, x => x.SumTo(target));
        }, false),
        ["sum along"] = (Along(0, (x, d) => x.Sum(d)), false),
        ["mean along"] = (Along(1, (x, d) => x.Mean(d)), false),
        ["max along"] = (Along(1, (x, d) => x.Max(d)), false),
        ["min along"] = (Along(1, (x, d) => x.Min(d)), false),
        ["log-sum-exp"] = (Last(x => x.LogSumExp()), false),
        ["softmax"] = (Last(x => x.Softmax()), false),
        ["log-softmax"] = (Last(x => x.LogSoftmax()), false),
        ["reshape"] = (d =>
        {
            int[] shape = Any(d);
            return (shape, x => x.Reshape(new Shape(1, x.Shape.Length, 1)));
        }, false),
        ["permute"] = (d =>
        {
            int[] shape = Any(d), order = [.. Enumerable.Range(0, shape.Length).OrderBy(_ => d.NextDouble())];
            return (shape, x => x.Permute(order).Sin());
        }, false),
        ["slice"] = (d =>
        {
            int[] shape = Ranked(d, 1);
            int axis = d.NextIndex(shape.Length), first = d.NextIndex(shape[axis] + 1), count = d.NextIndex(shape[axis] - first + 1);
            return (shape, x => x.Slice(axis, first, count).Square());
        }, false),
        ["concatenation"] = (d =>
        {
            int[] shape = Ranked(d, 1);
            int axis = d.NextIndex(shape.Length), take = d.NextIndex(shape[axis] + 1);
            return (shape, x => x.Concat(x.Slice(axis, 0, take).Exp(), axis));
        }, false),
        ["gather"] = (d =>
        {
            int[] shape = Ranked(d, 1);
            shape[0] = Math.Max(1, shape[0]);
            int[] rows = [.. Enumerable.Range(0, d.NextIndex(5)).Select(_ => d.NextIndex(shape[0]))];
            return (shape, x => x.Gather(rows));
        }, false),
        ["pick"] = (d =>
        {
            int[] shape = Ranked(d, 1);
            shape[^1] = Math.Max(1, shape[^1]);
            int[] entries = [.. Enumerable.Range(0, new Shape(shape).Length / shape[^1]).Select(_ => d.NextIndex(shape[^1]))];
            return (shape, x => x.Pick(entries));
        }, false),
        ["product"] = (d => Product(d, []), false),
        ["batched product"] = (d => Product(d, [.. Enumerable.Range(0, 1 + d.NextIndex(2)).Select(_ => Size(d))]), false),
        ["einstein sum"] = (Einstein, false),
        ["convolution, by images"] = (d =>
        {
            var (shape, window, stride, padding) = Images(d);
            double[] filters = Values(d, window * window * shape[3] * 2);
            return (shape, x => x.Convolve(x.Tape.Leaf(filters, window * window * shape[3], 2), window, stride, padding));
        }, false),
        ["convolution, by filters"] = (d =>
        {
            var (shape, window, stride, padding) = Images(d);
            double[] images = Values(d, new Shape(shape).Length);
            return ([window * window * shape[3], 1 + d.NextIndex(2)], x => x.Tape.Leaf(images, shape).Convolve(x, window, stride, padding));
        }, false),
        ["max-pooling"] = (d => Tiles(d, (x, tile) => x.MaxPool(tile)), false),
        ["average-pooling"] = (d => Tiles(d, (x, tile) => x.AveragePool(tile)), false),
    };

    public static TheoryData<string> Names => [.. Operations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Pullbacks_are_the_differences_and_pushforwards_their_adjoints(string name)
    {
        Draws draws = new(41);
        int filled = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            var (shape, f) = Operations[name].Draw(draws);
            string where = $"{name}, trial {trial}, shape {new Shape(shape)}";
            int length = new Shape(shape).Length;
            double[] x = Values(draws, length), v = Values(draws, length);
            if (Operations[name].Positive) x = [.. x.Select(a => 0.5 + Math.Abs(a))];
            Tape<double> tape = new();
            Var<double> input = tape.Leaf(x, shape), output = f(input);
            double[] u = Values(draws, output.Shape.Length);
            Var<double>[] result = new Var<double>[1];
            tape.Pullback(output, tape.Leaf(u, Sizes(output.Shape)), [input], result);
            double[] pulled = result[0].Value.ToArray(), pushed = tape.Pushforward(output, input, tape.Leaf(v, shape)).Value.ToArray();
            double left = Vectors.Dot<double>(u, pushed), right = Vectors.Dot<double>(pulled, v);
            Assert.True(Math.Abs(left - right) <= 1e-10 * (1 + Math.Abs(left)), $"{where}: ⟨u, Jv⟩ = {left}, ⟨Jᵀu, v⟩ = {right}");
            for (int i = 0; i < length; i++)
            {
                double difference = Difference(f, x, shape, u, i);
                Assert.True(Math.Abs(difference - pulled[i]) <= 1e-6 * (1 + Math.Abs(difference)),
                    $"{where}, entry {i}: difference {difference}, pullback {pulled[i]}");
            }
            if (length > 0 && output.Shape.Length > 0) filled++;
        }
        Assert.True(filled >= Trials / 8, $"{name}: only {filled} of {Trials} shapes had entries.");
    }

    static double Difference(Func<Var<double>, Var<double>> f, double[] x, int[] shape, double[] u, int i)
    {
        double h = 1e-6 * Math.Max(1, Math.Abs(x[i])), kept = x[i];
        double At(double value)
        {
            x[i] = value;
            return Vectors.Dot<double>(u, f(new Tape<double>().Leaf(x, shape)).Value);
        }
        double difference = (At(kept + h) - At(kept - h)) / (2 * h);
        x[i] = kept;
        return difference;
    }

    static double[] Values(Draws draws, int length) => [.. Enumerable.Range(0, length).Select(_ => 1.3 * draws.NextNormal())];

    static int[] Sizes(Shape s) => [.. Enumerable.Range(0, s.Rank).Select(i => s[i])];

    // 0 and 1 as often as all others together.
    static int Size(Draws d) => d.NextIndex(8) switch
    {
        0 => 0,
        <= 3 => 1,
        var k => k - 2,
    };

    static int[] Any(Draws d) => Ranked(d, 0);

    static int[] Ranked(Draws d, int least)
    {
        while (true)
        {
            int[] shape = [.. Enumerable.Range(0, least + d.NextIndex(5 - least)).Select(_ => Size(d))];
            if (new Shape(shape).Length <= Most) return shape;
        }
    }

    // Leading dimensions left out, others 1: what broadcasts to the shape.
    static int[] Narrowed(int[] shape, Draws d) => [.. shape.Skip(d.NextIndex(shape.Length + 1)).Select(s => d.NextIndex(3) == 0 ? 1 : s)];

    static Func<Draws, (int[], Func<Var<double>, Var<double>>)> Elementwise(Func<Var<double>, Var<double>> f) => d => (Any(d), f);

    // The tensor first or second, either one narrower than the result.
    static Func<Draws, (int[], Func<Var<double>, Var<double>>)> Pair(Func<Var<double>, Var<double>, Var<double>> f) => d =>
    {
        int[] whole = Any(d), narrow = Narrowed(whole, d);
        bool isFirst = d.NextIndex(2) == 0, isNarrow = d.NextIndex(2) == 0;
        int[] own = isNarrow ? narrow : whole, other = isNarrow ? whole : narrow;
        double[] values = Values(d, new Shape(other).Length);
        return (own, x => isFirst ? f(x, x.Tape.Leaf(values, other)) : f(x.Tape.Leaf(values, other), x));
    };

    static Func<Draws, (int[], Func<Var<double>, Var<double>>)> Along(int least, Func<Var<double>, int, Var<double>> f) => d =>
    {
        int[] shape = Ranked(d, 1);
        int axis = d.NextIndex(shape.Length);
        shape[axis] = Math.Max(least, shape[axis]);
        int named = d.NextIndex(2) == 0 ? axis : axis - shape.Length;
        return (shape, x => f(x, named));
    };

    static Func<Draws, (int[], Func<Var<double>, Var<double>>)> Last(Func<Var<double>, Var<double>> f) => d =>
    {
        int[] shape = Ranked(d, 1);
        shape[^1] = Math.Max(1, shape[^1]);
        return (shape, f);
    };

    // Leading dimensions of the other may be narrower; each side may be transposed; the tensor is first or second.
    static (int[], Func<Var<double>, Var<double>>) Product(Draws d, int[] batch)
    {
        int m = Size(d), k = Size(d), n = Size(d);
        bool ta = d.NextIndex(2) == 0, tb = d.NextIndex(2) == 0, isFirst = d.NextIndex(2) == 0;
        int[] narrow = [.. batch.Select(s => d.NextIndex(3) == 0 ? 1 : s)], a = [.. batch, .. ta ? new[] { k, m } : [m, k]],
            b = [.. narrow, .. tb ? new[] { n, k } : [k, n]];
        int[] other = isFirst ? b : a;
        double[] values = Values(d, new Shape(other).Length);
        return (isFirst ? a : b,
            x => isFirst ? x.MatMul(x.Tape.Leaf(values, other), ta, tb) : x.Tape.Leaf(values, other).MatMul(x, ta, tb));
    }

    static (int[], Func<Var<double>, Var<double>>) Einstein(Draws d)
    {
        string[] specs = ["ij,jk->ik", "ij,jk->ki", "bij,bjk->bik", "ijk,jl->kil", "ij,ij->", "i,j->ij", "ij,kj->k", "bij,bij->b",
            "abc,cba->b"];
        string spec = specs[d.NextIndex(specs.Length)];
        Dictionary<char, int> sizes = spec.Where(char.IsLetter).Distinct().ToDictionary(c => c, _ => Size(d));
        string[] sides = spec.Split("->")[0].Split(',');
        int[] own = [.. sides[0].Select(c => sizes[c])], other = [.. sides[1].Select(c => sizes[c])];
        double[] values = Values(d, new Shape(other).Length);
        return (own, x => x.Einsum(spec, x.Tape.Leaf(values, other)));
    }

    static (int[] Shape, int Window, int Stride, int Padding) Images(Draws d)
    {
        int window = 1 + d.NextIndex(3), stride = 1 + d.NextIndex(2), padding = d.NextIndex(3), least = Math.Max(1, window - (2 * padding));
        return ([d.NextIndex(3), least + d.NextIndex(3), least + d.NextIndex(3), 1 + d.NextIndex(2)], window, stride, padding);
    }

    static (int[], Func<Var<double>, Var<double>>) Tiles(Draws d, Func<Var<double>, int, Var<double>> f)
    {
        int tile = 1 + d.NextIndex(3);
        return ([d.NextIndex(3), tile + d.NextIndex(3), tile + d.NextIndex(3), 1 + d.NextIndex(2)], x => f(x, tile));
    }
}
