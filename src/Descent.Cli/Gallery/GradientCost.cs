using Descent.Autodiff;
using Descent.Reports.Charts;

namespace Descent.Cli.Gallery;

/// <summary>
/// Baur and Strassen: a scalar and its gradient together take at most 4–5 times the operations of the scalar, however many variables there
/// are. Counted on the tape: a product of matrices m×k and k×n takes 2mkn operations, views and copies none, every other operation one for
/// each entry that it reads or writes, whichever are more.
/// </summary>
static class GradientCost
{
    public static ExampleResult Run()
    {
        List<IReadOnlyList<string>> rows = [];
        foreach (int[] sizes in new int[][] { [4, 3], [20, 10, 3], [50, 40, 30, 10], [200, 100, 100, 50, 10] })
        {
            Count value = Network(sizes, 64, out Count both);
            string name = string.Join("–", sizes);
            double expected = Products(sizes);
            rows.Add([$"{name} network: products, gradient and value by value", "–", Text.Number(expected, "0.0000"),
                Text.Number((double)both.Products / value.Products, "0.0000")]);
            rows.Add([$"{name} network: all operations, gradient and value by value", "≤ 4–5 (roughly 2)", "≤ 5",
                Text.Number((double)both.All / value.All, "0.00")]);
        }
        foreach (int n in new[] { 10, 1_000, 100_000 })
        {
            Count value = Chain(n, out Count both);
            rows.Add([$"Σ σ(x)·tanh(x)·eˣ of {Text.Count(n)} variables: all operations", "≤ 4–5 (roughly 2)", "≤ 5",
                Text.Number((double)both.All / value.All, "0.00")]);
        }
        return new ExampleResult(rows, [],
            "The ratio does not grow with the number of variables. Products take (2Σdᵢdᵢ₊₁ + Σ_{i≥1} dᵢdᵢ₊₁)/Σdᵢdᵢ₊₁: the gradient by "
                + "the weights of each layer costs its product again, and that by its inputs too but for the first layer.");
    }

    static double Products(int[] sizes)
    {
        double all = 0, inner = 0;
        for (int i = 0; i + 1 < sizes.Length; i++)
        {
            all += (double)sizes[i] * sizes[i + 1];
            if (i > 0) inner += (double)sizes[i] * sizes[i + 1];
        }
        return ((2 * all) + inner) / all;
    }

    static Count Network(int[] sizes, int batch, out Count both)
    {
        Tape<double> tape = new();
        Draws draws = new(4);
        Var<double> Drawn(int rows, int columns) =>
            tape.Leaf([.. Enumerable.Range(0, rows * columns).Select(_ => draws.NextNormal() / Math.Sqrt(rows))], rows, columns);
        Var<double> h = Drawn(batch, sizes[0]);
        List<Var<double>> weights = [];
        for (int k = 0; k + 1 < sizes.Length; k++)
        {
            Var<double> w = Drawn(sizes[k], sizes[k + 1]), b = tape.Leaf(new double[sizes[k + 1]], sizes[k + 1]);
            weights.AddRange([w, b]);
            h = h.MatMul(w) + b;
            if (k + 2 < sizes.Length) h = h.Tanh();
        }
        int[] own = [.. Enumerable.Range(0, batch).Select(_ => draws.NextIndex(sizes[^1]))];
        return Both(tape, (h.LogSumExp() - h.Pick(own)).Mean(), [.. weights], out both);
    }

    static Count Chain(int n, out Count both)
    {
        Tape<double> tape = new();
        Var<double> x = tape.Leaf([.. Enumerable.Range(0, n).Select(i => Math.Cos(i))], n);
        return Both(tape, (x.Sigmoid() * x.Tanh() * x.Exp()).Sum(), [x], out both);
    }

    static Count Both(Tape<double> tape, Var<double> loss, Var<double>[] by, out Count both)
    {
        Count value = Counted(tape);
        tape.Gradient(loss, by, new Var<double>[by.Length]);
        both = Counted(tape);
        return value;
    }

    static Count Counted(Tape<double> tape)
    {
        long all = 0, products = 0;
        for (int i = 0; i < tape.Count; i++)
        {
            ref readonly Node<double> n = ref tape.NodeAt(i);
            if (n.Operation is null || n.Operation.Name is "Reshape" or "Transpose" or "BroadcastTo" or "Permute" or "Pick") continue;
            long length = n.Shape.Length, first = tape.NodeAt(n.First).Shape.Length, second = n.Second < 0 ? 0
                : tape.NodeAt(n.Second).Shape.Length;
            if (n.Operation.Name == "MatMul")
            {
                // First is m×k and second k×n, or their transposes: (mk)(kn) = k²·mn.
                long product = 2 * length * (long)Math.Round(Math.Sqrt((double)first * second / length));
                all += product;
                products += product;
            }
            else all += Math.Max(length, Math.Max(first, second));
        }
        return new Count(all, products);
    }

    readonly record struct Count(long All, long Products);
}
