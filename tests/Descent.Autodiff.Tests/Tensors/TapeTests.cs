using Descent.Autodiff;

namespace Descent.Autodiff.Tests.Tensors;

public class TapeTests
{
    static double Derivative(Tape<double> tape, Var<double> of, Var<double> by)
    {
        Var<double>[] g = new Var<double>[1];
        tape.Gradient(of, [by], g);
        return g[0].Scalar;
    }

    // C 4: (x, x+1) ↦ x·(x+1) at 2 has value 6 and derivative 5.
    [Fact]
    public void The_first_example_of_the_notes()
    {
        Tape<double> tape = new();
        Var<double> x = tape.Leaf([2.0]), y = x * (x + 1);
        Assert.Equal((6, 5), (y.Scalar, Derivative(tape, y, x)));
    }

    // C 4.1: f(x) = (x₁, 1 + x₀), g(z) = (z₀z₁, z₀, z₁); the Jacobian of g∘f is ((x₁, x₀+1), (0, 1), (1, 0)).
    [Fact]
    public void The_composition_of_the_notes_has_the_printed_jacobian()
    {
        Tape<double> tape = new();
        Var<double> x = tape.Leaf([2.0, 3.0], 2), z = x.Gather([1, 0]) + tape.Leaf([0.0, 1.0], 2);
        Var<double> y = (z.Gather([0]) * z.Gather([1])).BroadcastTo(new Shape(3)) * tape.Leaf([1.0, 0, 0], 3)
            + (z.Gather([0, 0, 1]) * tape.Leaf([0.0, 1, 1], 3));
        Assert.Equal([9, 3, 3], y.Value.ToArray());
        double[][] expected = [[3, 3], [0, 1], [1, 0]];
        Var<double>[] row = new Var<double>[1];
        for (int i = 0; i < 3; i++)
        {
            double[] unit = new double[3];
            unit[i] = 1;
            tape.Pullback(y, tape.Leaf(unit, 3), [x], row);
            Assert.Equal(expected[i], row[0].Value.ToArray());
        }
        for (int j = 0; j < 2; j++)
            Assert.Equal(expected.Select(r => r[j]), tape.Pushforward(y, x, tape.Leaf(j == 0 ? [1.0, 0] : [0.0, 1], 2)).Value.ToArray());
    }

    // P 19.4: σ(wx + b) at x = 2, w = 3, b = 5 (the table there prints 1.3e-5 for ∂b; 1.67e-5 is meant).
    [Fact]
    public void The_sigmoid_example_of_the_notes()
    {
        Tape<double> tape = new();
        Var<double> x = tape.Leaf([2.0]), w = tape.Leaf([3.0]), b = tape.Leaf([5.0]), y = ((w * x) + b).Sigmoid();
        Assert.Equal(0.9999832986, y.Scalar, 1e-10);
        Assert.Equal(5.010343e-05, Derivative(tape, y, x), 1e-11);
        Assert.Equal(3.340229e-05, Derivative(tape, y, w), 1e-11);
        Assert.Equal(1.670114e-05, Derivative(tape, y, b), 1e-11);
    }

    // The pullback of a chain of diamonds is linear in its length: one recursion a path would take 2¹⁰⁰⁰ of them.
    // The gradient of ln Σ eˣ is the softmax p, and both its Jacobian and the Hessian are diag(p) − ppᵀ.
    [Fact]
    public void Jacobians_and_hessians_of_the_softmax()
    {
        double[] x = [0.3, -1.2, 0.8, 0];
        double[] e = [.. x.Select(Math.Exp)], p = [.. e.Select(v => v / e.Sum())];
        Tape<double> tape = new();
        Var<double> input = tape.Leaf(x, 4);
        double[,] hessian = tape.Hessian(input.LogSumExp(), input), jacobian = tape.Jacobian(input.Softmax(), input);
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                double expected = (i == j ? p[i] : 0) - (p[i] * p[j]);
                Assert.Equal(expected, hessian[i, j], 1e-14);
                Assert.Equal(expected, jacobian[i, j], 1e-14);
            }
        }
        // What does not depend on the input has zeros; a third order by nesting: (x³)‴ = 6.
        Assert.All(tape.Hessian(tape.Leaf([2.0], 1).Square().Sum(), input).Cast<double>(), v => Assert.Equal(0, v));
        Var<double> t = tape.Leaf([1.7], 1);
        Var<double>[] first = new Var<double>[1];
        tape.Gradient((t * t * t).Sum(), [t], first);
        Var<double>[] second = new Var<double>[1];
        tape.Gradient(first[0].Sum(), [t], second);
        Assert.Equal(6, tape.Jacobian(second[0], t)[0, 0], 1e-12);
    }

    [Fact]
    public void Paths_are_summed_not_followed()
    {
        Tape<double> tape = new();
        Var<double> x = tape.Leaf([1.0]), y = x;
        for (int k = 0; k < 1000; k++) y = (0.5 * y) + (0.5 * y);
        Assert.Equal(1, Derivative(tape, y, x), 1e-12);
    }

    [Fact]
    public void Three_hundred_thousand_operations_deep_is_no_depth()
    {
        Tape<double> tape = new();
        Var<double> x = tape.Leaf([0.3]), y = x, rate = tape.Constant(1e-6);
        for (int k = 0; k < 300_000; k++) y = y - (rate * y);
        Assert.Equal(Math.Pow(1 - 1e-6, 300_000), Derivative(tape, y, x), 1e-10);
        // The sweep wrote at most four nodes for each node of the function.
        Assert.True(tape.Count < 5 * 600_003);
    }

    [Fact]
    public void Control_flow_is_that_of_the_program()
    {
        Tape<double> tape = new();
        Var<double> x = tape.Leaf([3.0]), y = x;
        while (y.Scalar < 1000) y = y * x;
        // 3⁷ = 2187: derivative 7·3⁶.
        Assert.Equal(2187, y.Scalar);
        Assert.Equal(7 * 729, Derivative(tape, y, x), 1e-9);
    }

    [Fact]
    public void What_does_not_reach_the_result_has_a_gradient_of_zero()
    {
        Tape<double> tape = new();
        Var<double> x = tape.Leaf([3.0, 4.0], 2), y = tape.Leaf([1.0]);
        Var<double>[] g = new Var<double>[2];
        tape.Gradient(y.Square(), [x, y], g);
        Assert.Equal([0, 0], g[0].Value.ToArray());
        Assert.Equal(2, g[1].Scalar);
    }

    [Fact]
    public void Errors_name_the_operation_and_both_shapes_where_it_is_written()
    {
        Tape<double> tape = new();
        Var<double> a = tape.Leaf(new double[6], 2, 3), b = tape.Leaf(new double[8], 2, 4);
        Assert.Contains("+: shapes (2, 3) and (2, 4) do not broadcast", Assert.Throws<ArgumentException>(() => a + b).Message,
            StringComparison.Ordinal);
        Assert.Contains("MatMul: shapes (2, 3) and (2, 4) do not match; 3 columns meet 2 rows",
            Assert.Throws<ArgumentException>(() => a.MatMul(b)).Message, StringComparison.Ordinal);
        Assert.Contains("Reshape: shape (2, 3) has 6 entries, (5) has 5",
            Assert.Throws<ArgumentException>(() => a.Reshape(new Shape(5))).Message, StringComparison.Ordinal);
        Assert.Contains("Gather: row 2 of shape (2, 3)", Assert.Throws<ArgumentException>(() => a.Gather([2])).Message,
            StringComparison.Ordinal);
        Assert.Contains("Gradient: a scalar is needed, with one entry; got shape (2, 3)",
            Assert.Throws<ArgumentException>(() => tape.Gradient(a, [a], new Var<double>[1])).Message, StringComparison.Ordinal);
        Tape<double> other = new();
        Assert.Contains("different tapes", Assert.Throws<ArgumentException>(() => a + other.Leaf([1.0])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Anomaly_mode_names_the_operation_that_made_the_first_bad_number()
    {
        Tape<double> tape = new() { FindsAnomalies = true };
        Var<double> x = tape.Leaf([-1.0]);
        Assert.StartsWith("Log made NaN at node 1", Assert.Throws<ArithmeticException>(() => x.Log().Exp()).Message,
            StringComparison.Ordinal);
    }

    // A user's own operation: x³ with its pullback.
    sealed class Cube : Operation<double>
    {
        public static readonly Cube Instance = new();

        public override string Name => "Cube";

        public override void Forward(Tape<double> tape, in Node<double> node, Span<double> value)
        {
            ReadOnlySpan<double> x = tape.ValueOf(node.First);
            for (int i = 0; i < value.Length; i++) value[i] = x[i] * x[i] * x[i];
        }

        public override void Pullback(Var<double> node, Var<double> cotangent, Cotangents<double> sink)
        {
            int first = node.Tape.NodeAt(node.Index).First;
            sink.Add(first, cotangent * (3 * node.Tape.At(first).Square()));
        }
    }

    [Fact]
    public void Users_add_operations_of_their_own()
    {
        Tape<double> tape = new();
        Var<double> x = tape.Leaf([2.0]), y = tape.Apply(Cube.Instance, x, default, x.Shape);
        Assert.Equal((8, 12), (y.Scalar, Derivative(tape, y, x)));
        Var<double>[] g = new Var<double>[1];
        tape.Gradient(y, [x], g);
        Assert.Equal(12, Derivative(tape, g[0], x));
    }
}
