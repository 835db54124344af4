using Descent.Oracles;

namespace Descent.Autodiff.Tests.Compiled;

/// <summary>Operations of others under the names of known ones: a plan must not take them for what their name says.</summary>
public class ImpostorTests
{
    const int N = 96;
    static readonly double[] Data = [.. Enumerable.Range(0, N).Select(i => 0.2 + (i / 50.0))];

    // Mean (s·x)³ at s = 1.5, whose slope is 3s² mean x³: by whichever name the cube goes.
    [Theory]
    [InlineData("Exp")]
    [InlineData("Log")]
    [InlineData("Sqrt")]
    [InlineData("Tanh")]
    [InlineData("Sigmoid")]
    [InlineData("Softplus")]
    [InlineData("Relu")]
    [InlineData("Abs")]
    [InlineData("Reshape")]
    [InlineData("LogSumExp")]
    public void A_function_by_a_known_name_keeps_its_own_value_and_gradient(string name)
    {
        double cubes = Data.Average(x => x * x * x);
        Check(z => z.Tape.Apply(new Cube(name), z, default, z.Shape), 3.375 * cubes, 6.75 * cubes);
    }

    // a ∘ b = a·b² with a = b = s·x: the same cube as a function of two.
    [Theory]
    [InlineData("+")]
    [InlineData("−")]
    [InlineData("×")]
    [InlineData("÷")]
    [InlineData("MatMul")]
    public void A_function_of_two_by_a_known_name_keeps_its_own_value_and_gradient(string name)
    {
        double cubes = Data.Average(x => x * x * x);
        Check(z => z.Tape.Apply(new ByTheSquare(name), z, z, z.Shape), 3.375 * cubes, 6.75 * cubes);
    }

    static void Check(Func<Var<double>, Var<double>> apply, double value, double slope)
    {
        BlockLayout layout = new(new Block("s", 0, 1, 1, false));
        foreach (GradientOptions options in Options())
        {
            DifferentiableObjective<double> f = new(layout, N, (w, batch) => apply(batch.Vector(w.Tape, Data) * w["s"]).Mean(), 0, options);
            double[] g = new double[1];
            // Plans become code after 64 blocks.
            for (int k = 0; k < 70; k++)
                Assert.Equal(value, f.Gradient([1.5], new Sample(SampleOrder.Sequential, 0, 0, N), g), 1e-12 * value);
            Assert.Equal(slope, g[0], 1e-12 * slope);
            Assert.Empty(f.CompiledSizes);
        }
    }

    static IEnumerable<GradientOptions> Options()
    {
        GradientOptions o = new();
        yield return o with { Compile = Compilation.Never };
        yield return o with { Compile = Compilation.Always, GeneratesCode = false };
        yield return o with { Compile = Compilation.Always };
    }

    sealed class Cube(string name) : Operation<double>
    {
        public override string Name => name;

        public override void Forward(Tape<double> tape, in Node<double> node, Span<double> value)
        {
            ReadOnlySpan<double> x = tape.ValueOf(node.First);
            for (int i = 0; i < value.Length; i++) value[i] = x[i] * x[i] * x[i];
        }

        public override void Pullback(Var<double> node, Var<double> cotangent, Cotangents<double> sink)
        {
            int first = node.Tape.NodeAt(node.Index).First;
            Var<double> x = node.Tape.At(first);
            if (sink.Wants(first)) sink.Add(first, cotangent * (3 * x * x));
        }
    }

    // a·b²
    sealed class ByTheSquare(string name) : Operation<double>
    {
        public override string Name => name;

        public override void Forward(Tape<double> tape, in Node<double> node, Span<double> value)
        {
            ReadOnlySpan<double> a = tape.ValueOf(node.First), b = tape.ValueOf(node.Second);
            for (int i = 0; i < value.Length; i++) value[i] = a[i] * b[i] * b[i];
        }

        public override void Pullback(Var<double> node, Var<double> cotangent, Cotangents<double> sink)
        {
            Node<double> n = node.Tape.NodeAt(node.Index);
            Var<double> a = node.Tape.At(n.First), b = node.Tape.At(n.Second);
            if (sink.Wants(n.First)) sink.Add(n.First, cotangent * (b * b));
            if (sink.Wants(n.Second)) sink.Add(n.Second, cotangent * (2 * a * b));
        }
    }
}
