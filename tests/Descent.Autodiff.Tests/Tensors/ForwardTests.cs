using Descent.Autodiff;

namespace Descent.Autodiff.Tests.Tensors;

public class ForwardTests
{
    // P 19.4: σ(wx + b) at x = 2, w = 3, b = 5.
    [Fact]
    public void Sigmoid_of_the_notes()
    {
        double[,] j = Forward.Jacobian(p => [Dual.Sigmoid((p[0] * p[1]) + p[2])], [2, 3, 5]);
        Assert.Equal(5.010343e-05, j[0, 0], 5e-12);
        Assert.Equal(3.340229e-05, j[0, 1], 5e-12);
        Assert.Equal(1.670114e-05, j[0, 2], 5e-12);
        Assert.Equal((6.0, 5.0), Forward.Derivative(x => x * (x + 1), 2));
    }

    // The same function on the tape, pulled back and pushed forward.
    [Fact]
    public void Dual_numbers_agree_with_the_tape()
    {
        double[] x = [0.3, -1.2, 0.7], v = [1, -0.5, 2];
        double[] pushed = Forward.Pushforward(
            p => [Dual.Exp(p[0] * p[1]) / Dual.Sqrt((p[2] * p[2]) + 1), Dual.Tanh(p[1]) - (Dual.Sin(p[2]) * Dual.Cos(p[0])),
                Dual.Log(Dual.Abs(p[1])) + Dual.Power(p[2], 3)], x, v);
        Tape<double> tape = new();
        Var<double> w = tape.Leaf(x, 3), d = tape.Leaf(v, 3), a = w.Slice(0, 0, 1), b = w.Slice(0, 1, 1), c = w.Slice(0, 2, 1);
        Var<double>[] outputs = [(a * b).Exp() / (c.Square() + 1).Sqrt(), b.Tanh() - (c.Sin() * a.Cos()), b.Abs().Log() + c.Power(3)];
        for (int i = 0; i < 3; i++) Assert.Equal(tape.Pushforward(outputs[i], w, d).Value[0], pushed[i], 1e-14);
    }

    [Fact]
    public void Lengths_that_differ_are_named() =>
        Assert.Contains("has 1 entries; expected 2",
            Assert.Throws<ArgumentException>(() => Forward.Pushforward(p => p, [1, 2], [1])).Message, StringComparison.Ordinal);
}
