using Descent.Autodiff;
using Descent.Autodiff.Networks;

namespace Descent.Autodiff.Tests.Tensors;

/// <summary>Values and derivatives at the edges of the range and at kinks; expected ones by arithmetic.</summary>
public class LimitTests
{
    static double[] Gradient(Func<Var<double>, Var<double>> f, params double[] at)
    {
        Tape<double> tape = new();
        Var<double> x = tape.Leaf(at, at.Length);
        Var<double>[] g = new Var<double>[1];
        tape.Gradient(f(x).Sum(), [x], g);
        return g[0].Value.ToArray();
    }

    // ∇²f·v as the gradient of ∇f·v.
    static double[] Product(Func<Var<double>, Var<double>> f, double[] at, double[] v)
    {
        Tape<double> tape = new();
        Var<double> x = tape.Leaf(at, at.Length);
        Var<double>[] g = new Var<double>[1];
        tape.Gradient(f(x).Sum(), [x], g);
        tape.Gradient((g[0] * tape.Leaf(v, v.Length)).Sum(), [x], g);
        return g[0].Value.ToArray();
    }

    static double Forward(Func<Var<double>, Var<double>> f, double[] at, double[] v)
    {
        Tape<double> tape = new();
        Var<double> x = tape.Leaf(at, at.Length);
        return tape.Pushforward(f(x).Sum(), x, tape.Leaf(v, v.Length)).Scalar;
    }

    [Theory]
    [InlineData(3, 10)]
    [InlineData(1e-310, 1e-310)]
    [InlineData(1e300, 1e-5)]
    [InlineData(7, 3)]
    [InlineData(1e-320, 1e-300)]
    public void A_quotient_by_a_number_is_rounded_once(double x, double c)
    {
        Tape<double> tape = new();
        Assert.Equal(x / c, (tape.Leaf([x], 1) / c).Value[0]);
        Assert.Equal(1 / c, Gradient(v => v / c, x)[0]);
        Assert.Equal(1 / c, Forward(v => v / c, [x], [1]));
    }

    [Fact]
    public void A_mean_is_the_sum_over_the_count()
    {
        Tape<double> tape = new();
        double[] x = [0.1, 0.2, 0.4];
        Assert.Equal((0.1 + 0.2 + 0.4) / 3, tape.Leaf(x, 3).Mean().Scalar, 1e-16);
    }

    [Fact]
    public void Log_sum_exp_has_its_limits_at_infinity()
    {
        double up = double.PositiveInfinity, down = double.NegativeInfinity;
        Assert.Equal([0, 0, 0], Gradient(x => x.LogSumExp(), down, down, down));
        Assert.Equal([0, 1, 0], Gradient(x => x.LogSumExp(), 3, up, down));
        Assert.Equal([0.5, 0, 0.5], Gradient(x => x.LogSumExp(), up, 7, up));
        Assert.Equal([0, 1], Gradient(x => x.LogSumExp(), down, -4));
        Assert.Equal([0, 0], Product(x => x.LogSumExp(), [down, down], [1, 2]));
        Assert.Equal([0, 0], Product(x => x.LogSumExp(), [up, 1], [1, 2]));
        Assert.Equal(1, Forward(x => x.LogSumExp(), [up, 1], [1, 2]));
        Assert.All(Gradient(x => x.LogSumExp(), double.NaN, 1), g => Assert.True(double.IsNaN(g)));
    }

    [Fact]
    public void The_softmax_and_its_logarithm_have_their_limits_at_infinity()
    {
        double up = double.PositiveInfinity, down = double.NegativeInfinity;
        Tape<double> tape = new();
        double[] Log(params double[] x) => tape.Leaf(x, x.Length).LogSoftmax().Value.ToArray();
        double[] Share(params double[] x) => tape.Leaf(x, x.Length).Softmax().Value.ToArray();
        Assert.Equal([down, 0, down], Log(3, up, down));
        Assert.Equal([-Math.Log(2), down, -Math.Log(2)], Log(up, 7, up));
        Assert.Equal([down, 0], Log(down, -4));
        Assert.Equal([down, down], Log(down, down));
        Assert.Equal([0, 1, 0], Share(3, up, down));
        Assert.Equal([0.5, 0, 0.5], Share(up, 7, up));
        Assert.Equal([0, 1], Share(down, -4));
        Assert.Equal([0, 0], Share(down, down));
        Assert.All(Log(double.NaN, up).Concat(Share(double.NaN, up)), v => Assert.True(double.IsNaN(v)));
        // ∂Σ ln p/∂x = 1 − n p, and ∂Σ cp/∂x = p(c − Σ pc).
        Assert.Equal([1, -2, 1], Gradient(x => x.LogSoftmax(), 3, up, down));
        Assert.Equal([1, -1], Gradient(x => x.LogSoftmax(), down, -4));
        Assert.Equal([-0.5, 1, -0.5], Gradient(x => x.LogSoftmax(), up, 7, up));
        Var<double> Weighted(Var<double> x) => x.Softmax() * x.Tape.Leaf([1.0, 2, 3], 3);
        Assert.Equal([0, 0, 0], Gradient(Weighted, 3, up, down));
        Assert.Equal([-0.5, 0, 0.5], Gradient(Weighted, up, 7, up));
        Assert.Equal([0, 0, 0], Gradient(Weighted, down, down, down));
        Assert.Equal([0, 0, 0], Product(Weighted, [3, up, down], [1, 2, 3]));
        // Rows do not see each other.
        Assert.Equal([down, 0, -Math.Log(2), -Math.Log(2)], tape.Leaf([1, up, 5, 5], 2, 2).LogSoftmax().Value.ToArray(),
            (a, b) => a == b || Math.Abs(a - b) < 1e-15);
    }

    [Fact]
    public void A_norm_has_the_subgradient_zero_at_zero()
    {
        Assert.Equal([0.6, 0.8], Gradient(x => x.Norm(), 3, 4));
        Assert.Equal([0, 0], Gradient(x => x.Norm(), 0, 0));
        Assert.Equal([0, 0], Product(x => x.Norm(), [0, 0], [1, 2]));
        Assert.Equal(0, Forward(x => x.Norm(), [0, 0], [1, 2]));
        // ∇²‖x‖ = (I − uuᵀ)/‖x‖ at (3, 4) on (1, 0): (0.64, −0.48)/5.
        double[] h = Product(x => x.Norm(), [3, 4], [1, 0]);
        Assert.Equal(0.128, h[0], 1e-15);
        Assert.Equal(-0.096, h[1], 1e-15);
        Assert.Equal(0.6, Forward(x => x.Norm(), [3, 4], [1, 0]), 1e-15);
        double[] far = Gradient(x => x.Norm(), 3e200, 4e200);
        Assert.Equal(0.6, far[0], 1e-15);
        Assert.Equal(0.8, far[1], 1e-15);
        Assert.Equal(5e-200, new Tape<double>().Leaf([3e-200, 4e-200], 2).Norm().Scalar, 1e-214);
    }

    [Fact]
    public void Norms_along_a_dimension_are_those_of_its_lines()
    {
        Tape<double> tape = new();
        Var<double> x = tape.Leaf([3, 0, 4, 0, 5, 12], 3, 2);
        Assert.Equal([Math.Sqrt(50), 12], x.Norm(0).Value.ToArray());
        Assert.Equal([3, 4, 13], x.Norm(1).Value.ToArray());
        Var<double>[] g = new Var<double>[1];
        tape.Gradient(x.Norm(1).Sum(), [x], g);
        Assert.Equal([1, 0, 1, 0, 5.0 / 13, 12.0 / 13], g[0].Value.ToArray());
        tape.Gradient(x.Norm(0).Sum(), [x], g);
        double r = Math.Sqrt(50);
        Assert.Equal([3 / r, 0, 4 / r, 0, 5 / r, 1], g[0].Value.ToArray());
        tape.Gradient(tape.Leaf([0, 0], 1, 2).Norm(-1).Sum(), [x], g);
        Assert.Equal(new double[6], g[0].Value.ToArray());
    }

    public static TheoryData<string> Branches => [.. Choices.Keys];

    // Each takes the branch x > 0; at 0 the branch not taken is singular in value or slope.
    // (value, slope) at 0 is that of the other branch, 3x + 1.
    static readonly Dictionary<string, Func<Var<double>, Var<double>>> Choices = new()
    {
        ["root"] = x => x.Sqrt(),
        ["entropy"] = x => x * x.Log(),
        ["quotient"] = x => x.Sin() / x,
        ["inverse"] = x => 1 / x,
        ["power"] = x => x.Power(0.3),
        ["root of squares"] = x => (x * x).Sqrt(),
        ["exp of inverse"] = x => (1 / x).Exp() * x.Log().Tanh(),
        ["log-sum-exp of logs"] = x => x.Log().Reshape(new Shape(x.Shape.Length, 1)).LogSumExp().Sqrt(),
        ["norm of inverse"] = x => (1 / x).Reshape(new Shape(x.Shape.Length, 1)).Norm(1),
    };

    [Theory]
    [MemberData(nameof(Branches))]
    public void What_a_choice_leaves_out_leaves_no_trace(string name)
    {
        Var<double> Whole(Var<double> x) => Choices[name](x).Where(x, (3 * x) + 1);
        Tape<double> tape = new();
        Assert.Equal(1, Whole(tape.Leaf([0, 0.5], 2)).Value[0]);
        double[] g = Gradient(Whole, 0, 0.5);
        Assert.Equal(3, g[0]);
        Assert.Equal(Gradient(Choices[name], 0.5)[0], g[1], 1e-13);
        double[] h = Product(Whole, [0, 0.5], [1, 1]);
        Assert.Equal(0, h[0]);
        Assert.Equal(Product(Choices[name], [0.5], [1])[0], h[1], 1e-12);
        Assert.Equal(3, Forward(Whole, [0, 0.5], [1, 0]));
    }

    [Fact]
    public void A_choice_broadcasts_and_takes_numbers()
    {
        Tape<double> tape = new();
        Var<double> x = tape.Leaf([1, -2, double.NaN, 4], 2, 2), test = tape.Leaf([1, 0], 2);
        Assert.Equal([1, -1, double.NaN, -1], x.Where(test, -1).Value.ToArray());
        Assert.Equal([1, 9, 9, 4], x.Where(x, 9).Value.ToArray());
    }

    // The same loss compiled and on the tape, with rows whose log-sum-exp is infinite, a norm and a choice.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Compiled_losses_have_the_same_limits(int which)
    {
        double[] rows = [0, 1, 2, 0, 0, 0, 1, -1, 0.5, 0.2, 0, 3], infinite = [0, 1, double.NegativeInfinity, double.NegativeInfinity,
            double.NegativeInfinity, double.NegativeInfinity, 1, -1, 0.5, 0.2, 0, -3];
        Var<double> Loss(Parameters<double> w, Batch batch)
        {
            Var<double> x = batch.Matrix(w.Tape, rows, 3), z = x * w["w"];
            return which switch
            {
                0 => (batch.Matrix(w.Tape, infinite, 3) + w["w"]).LogSumExp().Exp().Mean(),
                1 => z.Norm(1).Mean(),
                _ => z.Sqrt().Where(z, z * 0).Mean(),
            };
        }
        double[] Run(Compilation how, out double value)
        {
            BlockLayout layout = new(new Block("w", 0, 1, 3, true));
            DifferentiableObjective<double> f = new(layout, 4, Loss, 0, new GradientOptions { Compile = how });
            double[] g = new double[3];
            value = f.Gradient([0.5, 1, 2], g);
            return g;
        }
        double[] plain = Run(Compilation.Never, out double first), compiled = Run(Compilation.Always, out double second);
        Assert.All(plain, v => Assert.True(double.IsFinite(v)));
        Assert.Equal(first, second, 1e-14);
        for (int i = 0; i < 3; i++) Assert.Equal(plain[i], compiled[i], 1e-14);
    }

    // Data at 1e8 with deviation 1: mean square 1 after the norm, in double.
    [Theory]
    [InlineData(0)]
    [InlineData(1e8)]
    [InlineData(-1e12)]
    public void Batch_norm_measures_variances_without_cancellation(double offset)
    {
        const int N = 600;
        Draws draws = new(5);
        double[] rows = [.. Enumerable.Range(0, 2 * N).Select(i => offset + draws.NextNormal())];
        Sequential network = new(new Shape(2), new BatchNorm(1e-12));
        network.Calibrate<double>([1, 1, 0, 0], rows, N);
        double[] y = network.Predict<double>([1, 1, 0, 0], rows, N);
        Assert.Equal(0, y.Sum() / y.Length, 1e-3);
        Assert.Equal(1, y.Sum(v => v * v) / y.Length, 1e-3);
    }

    // One description in two networks: each keeps its own moments.
    [Fact]
    public void A_shared_layer_description_holds_no_moments()
    {
        BatchNorm norm = new(1e-12);
        Sequential one = new(new Shape(1), norm), other = new(new Shape(1), norm);
        double[] w = [1, 0];
        one.Calibrate<double>(w, [1, 3], 2);
        other.Calibrate<double>(w, [100, 300], 2);
        Assert.Equal(1, one.Predict<double>(w, [3], 1)[0], 1e-9);
        Assert.Equal(1, other.Predict<double>(w, [300], 1)[0], 1e-9);
    }
}
