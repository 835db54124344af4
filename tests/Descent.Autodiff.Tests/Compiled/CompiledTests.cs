using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Descent.Autodiff;
using Descent.Autodiff.Networks;
using Descent.Oracles;
using Descent.Testing;

namespace Descent.Autodiff.Tests.Compiled;

/// <summary>A traced loss against the tape it was read from: the same numbers to rounding, at any batch.</summary>
public class CompiledTests
{
    const int N = 700;
    static readonly double[] Rows = Draw(N * 3, 1), Targets = Draw(N, 2);
    static readonly int[] Classes = [.. Enumerable.Range(0, N).Select(i => (i * 7) % 4)];

    static double[] Draw(int count, ulong seed)
    {
        Draws draws = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => draws.NextNormal())];
    }

    // Code is for vectors of 512 bits; elsewhere plans go step by step.
    static bool Generates => RuntimeFeature.IsDynamicCodeCompiled;

    static BlockLayout Layout => new(new Block("W", 0, 3, 4), new Block("b", 12, 1, 4, false), new Block("s", 16, 1, 1, false));

    static readonly Dictionary<string, Func<Parameters<double>, Batch, Var<double>>> Losses = LossesOn(Rows, Targets);

    static Dictionary<string, Func<Parameters<T>, Batch, Var<T>>> LossesOn<T>(T[] rows, T[] targets)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        return new()
        {
            ["classes"] = (w, batch) =>
            {
                Var<T> z = batch.Matrix(w.Tape, rows, 3).MatMul(w["W"]) + w["b"];
                return (z.LogSumExp() - z.Pick(batch.Numbers(Classes))).Mean();
            },
            ["functions"] = (w, batch) =>
            {
                Var<T> z = (batch.Matrix(w.Tape, rows, 3).MatMul(w["W"]) + w["b"]).Tanh();
                Var<T> y = (z.Sigmoid() * z.Exp() / ((z * z) + 1.5)) + (z.Softplus() - z.Relu()) + ((2 - z).Log() * (z.Abs() + 0.1).Sqrt());
                return 0.5 * ((y.SumLast() * w["s"]) - batch.Vector(w.Tape, targets)).Square().Mean();
            },
            ["transposed, scaled and shifted"] = (w, batch) =>
                3 - (2 * ((batch.Matrix(w.Tape, rows, 3).MatMul(w["W"].Reshape(new Shape(4, 3)), false, true) - w["b"]) / w["s"]).Square()
                    .Sum() / batch.Count),
            ["a number over rows"] =
                (w, batch) => (1 / ((batch.Matrix(w.Tape, rows, 3).MatMul(w["W"]) * w["b"]).Square() + 1)).SumLast().Mean(),
            ["one column more than once"] = (w, batch) =>
            {
                Var<T> x = batch.Vector(w.Tape, targets), z = (x * w["s"]) - w["s"];
                return ((z * z / (w["s"] * (z.Square() + 1))) + z.Abs()).Mean();
            },
        };
    }

    public static TheoryData<string> Names => [.. Losses.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_plan_gives_the_numbers_of_the_tape(string name)
    {
        DifferentiableObjective<double> eager = new(Layout, N, Losses[name], 0.01, new GradientOptions { Compile = Compilation.Never }),
            traced = new(Layout, N, Losses[name], 0.01, new GradientOptions { Compile = Compilation.Always });
        double[] w = Draw(17, 5), g = new double[17], h = new double[17];
        foreach (Sample sample in new[] { new Sample(SampleOrder.Shuffle, 3, 0, 64), new Sample(SampleOrder.Shuffle, 3, 64, 7),
            new Sample(SampleOrder.Sequential, 0, 0, N), new Sample(SampleOrder.Shuffle, 9, 100, 64) })
        {
            double expected = eager.Gradient(w, sample, g);
            Assert.Equal(expected, traced.Gradient(w, sample, h), 1e-12 * (1 + Math.Abs(expected)));
            for (int j = 0; j < 17; j++) Assert.Equal(g[j], h[j], 1e-12 * (1 + Math.Abs(g[j])));
            Assert.Equal(expected, traced.Value(w, sample), 1e-12 * (1 + Math.Abs(expected)));
        }
        double full = eager.Gradient(w, g);
        Assert.Equal(full, traced.Gradient(w, h), 1e-12 * (1 + Math.Abs(full)));
        for (int j = 0; j < 17; j++) Assert.Equal(g[j], h[j], 1e-12 * (1 + Math.Abs(g[j])));
        Assert.Equal([7, 64, 188, 512, 700], traced.CompiledSizes.Order());
        Assert.Empty(eager.CompiledSizes);
    }

    // A plan is written as code after it has run for a while; what it computes does not change, not even by a bit.
    [Theory]
    [MemberData(nameof(Names))]
    public void Generated_code_has_the_bits_of_the_plan(string name)
    {
        Agree(Losses[name], Draw(17, 5));
        Agree(LossesOn<float>([.. Rows.Select(v => (float)v)], [.. Targets.Select(v => (float)v)])[name],
            [.. Draw(17, 5).Select(v => (float)v)]);
    }

    static void Agree<T>(Func<Parameters<T>, Batch, Var<T>> loss, T[] w)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        GradientOptions always = new() { Compile = Compilation.Always };
        DifferentiableObjective<T> plan = new(Layout, N, loss, 0, always with { GeneratesCode = false }),
            code = new(Layout, N, loss, 0, always);
        T[] g = new T[17], h = new T[17];
        Sample[] samples = [new(SampleOrder.Shuffle, 3, 0, 64), new(SampleOrder.Shuffle, 3, 64, 7), new(SampleOrder.Sequential, 0, 0, N)];
        for (int k = 0; k < 70; k++)
            foreach (Sample sample in samples)
            {
                Assert.Equal(plan.Gradient(w, sample, g), code.Gradient(w, sample, h));
                Assert.Equal(g, h);
            }
        foreach (Sample sample in samples) Assert.Equal(plan.Value(w, sample), code.Value(w, sample));
        Assert.Equal(Generates ? [7, 64, 700] : [], code.GeneratedSizes.Order());
        Assert.Empty(plan.GeneratedSizes);
    }

    // As large as code becomes, and larger: of these the last stays a plan; the middle one too where sums take two registers or four.
    [Theory]
    [InlineData(8, 8, true)]
    [InlineData(12, 16, true)]
    [InlineData(16, 32, false)]
    public void Networks_become_code_while_registers_help(int inputs, int hidden, bool expected)
    {
        Mlp net = new([inputs, hidden, 4], Activation.Tanh);
        float[] rows = [.. Draw(N * inputs, 4).Select(v => (float)v)], w = net.Initialise<float>(new Draws(2), Initialisation.Glorot),
            g = new float[w.Length], h = new float[w.Length];
        DifferentiableObjective<float> plan = net.Classifier(rows, Classes, 0, new GradientOptions { GeneratesCode = false }),
            code = net.Classifier(rows, Classes);
        Sample sample = new(SampleOrder.Shuffle, 3, 0, 100);
        for (int k = 0; k < 70; k++) code.Gradient(w, sample, h);
        Assert.Equal(plan.Gradient(w, sample, g), code.Gradient(w, sample, h));
        Assert.Equal(g, h);
        Assert.Equal(expected && Generates && (Vector512.IsHardwareAccelerated || hidden < 16), code.GeneratedSizes.Count == 1);
    }

    [Fact]
    public void A_compiled_step_allocates_nothing()
    {
        DifferentiableObjective<float> f = new Mlp([3, 4, 4], Activation.Sigmoid).Classifier([.. Rows.Select(v => (float)v)], Classes);
        float[] w = [.. Draw(36, 6).Select(v => (float)v)], g = new float[36];
        Sample sample = new(SampleOrder.Sequential, 0, 0, 500);
        for (int k = 0; k < 100; k++) f.Gradient(w, sample, g);
        Assert.Equal([500], f.CompiledSizes);
        Assert.Equal(Generates ? [500] : [], f.GeneratedSizes);
        Assert.Equal(0, AllocationCheck.Bytes(() =>
        {
            for (int k = 0; k < 100; k++) f.Gradient(w, sample, g);
        }));
    }

    // Dropping units, looking up rows, normalising by the batch: left to the tape, with the same results as ever.
    [Fact]
    public void What_cannot_be_planned_is_left_to_the_tape()
    {
        Sequential drops = new(new Shape(3), new Dense(8), new Activate(Activation.Tanh), new Dropout(0.5), new Dense(4)),
            words = new(new Shape(1), new Embedding(4, 2), new Dense(4));
        DifferentiableObjective<double> f = drops.Classifier(Rows, Classes),
            e = words.Classifier([.. Classes.Select(c => (double)c)], Classes);
        double[] w = drops.Initialise<double>(new Draws(1), Initialisation.Glorot), g = new double[w.Length];
        Sample sample = new(SampleOrder.Sequential, 0, 0, 188);
        f.Value(w);
        double dropped = f.Value(w, sample);
        Assert.NotEqual(new Sequential(new Shape(3), new Dense(8), new Activate(Activation.Tanh), new Dense(4)).Classifier(Rows, Classes)
            .Value(w, sample), dropped);
        e.Value(words.Initialise<double>(new Draws(1), Initialisation.Glorot));
        Assert.Empty(e.CompiledSizes);
        // A loss of one's own is traced only when asked for.
        Assert.Empty(Compiled(Compilation.Auto));
        Assert.NotEmpty(Compiled(Compilation.Always));
    }

    static IReadOnlyList<int> Compiled(Compilation compile)
    {
        DifferentiableObjective<double> f = new(Layout, N, Losses["classes"], 0, new GradientOptions { Compile = compile });
        f.Gradient(Draw(17, 5), new double[17]);
        return f.CompiledSizes;
    }
}
