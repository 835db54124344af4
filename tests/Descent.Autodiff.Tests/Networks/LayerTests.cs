using Descent.Autodiff;
using Descent.Autodiff.Networks;
using Descent.Oracles;
using Descent.Testing;

namespace Descent.Autodiff.Tests.Networks;

public class LayerTests
{
    static double[] Rows(int count, int columns, int seed = 3)
    {
        Draws draws = new((ulong)seed);
        return [.. Enumerable.Range(0, count * columns).Select(_ => draws.NextNormal())];
    }

    public static TheoryData<string> Networks => ["plain", "layer norm", "batch norm", "images", "strided images", "words"];

    static (Sequential Network, double[] Rows) Make(string name)
    {
        switch (name)
        {
            case "layer norm":
                return (new Sequential(new Shape(4), new Dense(5), new LayerNorm(), new Activate(Activation.Tanh), new Dense(3)),
                    Rows(12, 4));
            case "batch norm":
                return (new Sequential(new Shape(4), new Dense(5), new BatchNorm(), new Activate(Activation.Sigmoid), new Dense(3)),
                    Rows(12, 4));
            case "images":
                return (new Sequential(new Shape(6, 6, 1), new Convolution(2), new BatchNorm(), new Activate(Activation.Tanh),
                    new MaxPooling(), new Dense(3)), Rows(12, 36));
            case "strided images":
                return (new Sequential(new Shape(6, 5, 2), new Convolution(2, 3, 2, 1), new Activate(Activation.Tanh), new AveragePooling(),
                    new Dense(3)), Rows(12, 60));
            case "words":
                return (new Sequential(new Shape(3), new Embedding(7, 2), new Dense(3)),
                    [.. Rows(12, 3).Select(v => Math.Floor(Math.Abs(v) * 2) % 7)]);
            default:
                return (new Sequential(new Shape(4), new Dense(5), new Activate(Activation.Tanh), new Dense(3)), Rows(12, 4));
        }
    }

    // Gradients and Hessian products of every layer against differences, through the public check.
    [Theory]
    [MemberData(nameof(Networks))]
    public void Gradients_are_the_differences(string name)
    {
        (Sequential network, double[] rows) = Make(name);
        DifferentiableObjective<double> f = network.Classifier(rows, [.. Enumerable.Range(0, 12).Select(i => i % 3)]);
        double[] w = network.Initialise<double>(new Draws(5), Initialisation.Glorot), g = new double[w.Length], v = Rows(1, w.Length, 8),
            hv = new double[w.Length], up = new double[w.Length], down = new double[w.Length];
        f.Gradient(w, g);
        f.HessianProduct(w, v, hv);
        for (int j = 0; j < w.Length; j++)
        {
            double kept = w[j], h = 1e-6;
            w[j] = kept + h;
            double above = f.Value(w);
            w[j] = kept - h;
            double below = f.Value(w);
            w[j] = kept;
            Assert.Equal((above - below) / (2 * h), g[j], 1e-6);
        }
        f.Gradient([.. w.Zip(v, (a, b) => a + (1e-5 * b))], up);
        f.Gradient([.. w.Zip(v, (a, b) => a - (1e-5 * b))], down);
        for (int j = 0; j < w.Length; j++) Assert.Equal((up[j] - down[j]) / 2e-5, hv[j], 1e-5);
    }

    [Fact]
    public void A_plain_stack_is_the_perceptron()
    {
        (Sequential network, double[] rows) = Make("plain");
        Mlp mlp = new([4, 5, 3], Activation.Tanh);
        double[] w = mlp.Initialise<double>(new Draws(5), Initialisation.Glorot);
        Assert.Equal(mlp.Layout.Length, network.Layout.Length);
        Assert.Equal(mlp.Predict<double>(w, rows, 12), network.Predict<double>(w, rows, 12));
        Assert.Equal("(4) → linear to 5 → tanh → linear to 3", network.Description);
        Assert.Equal("3.b", network.Layout.Blocks[^1].Name);
    }

    // PyTorch: LayerNorm([1, 2, 4]) = (x − 7/3)/√(14/9 + 1e-5), by hand.
    [Fact]
    public void Layer_norm_centres_and_scales_each_example()
    {
        Sequential network = new(new Shape(3), new LayerNorm());
        double[] y = network.Predict<double>(network.Initialise<double>(new Draws(1), Initialisation.He), [1, 2, 4, 10, 10, 10], 2);
        double mean = 7.0 / 3, deviation = Math.Sqrt((14.0 / 9) + 1e-5);
        Assert.Equal((1 - mean) / deviation, y[0], 1e-14);
        Assert.Equal((4 - mean) / deviation, y[2], 1e-14);
        Assert.Equal(0, y[4], 1e-14);
    }

    [Fact]
    public void Batch_norm_evaluates_by_the_moments_of_all_rows()
    {
        (Sequential network, double[] rows) = Make("batch norm");
        double[] w = network.Initialise<double>(new Draws(5), Initialisation.Glorot);
        network.Calibrate<double>(w, rows, 12);
        // Calibrated, a row's answer does not depend on its company; with all rows it is that of the batch.
        double[] all = network.Predict<double>(w, rows, 12), one = network.Predict<double>(w, rows.AsSpan(0, 4), 1);
        for (int k = 0; k < 3; k++) Assert.Equal(all[k], one[k], 1e-12);
        double[] batch = Make("batch norm").Network.Predict<double>(w, rows, 12);
        for (int k = 0; k < all.Length; k++) Assert.Equal(batch[k], all[k], 1e-12);
    }

    [Fact]
    public void Dropout_replays_with_its_sample_and_is_off_in_evaluation()
    {
        Sequential network = new(new Shape(4), new Dense(64), new Activate(Activation.Relu), new Dropout(0.5), new Dense(2)),
            bare = new(new Shape(4), new Dense(64), new Activate(Activation.Relu), new Dense(2));
        double[] rows = Rows(40, 4);
        int[] classes = [.. Enumerable.Range(0, 40).Select(i => i % 2)];
        DifferentiableObjective<double> f = network.Classifier(rows, classes), plain = bare.Classifier(rows, classes);
        double[] w = network.Initialise<double>(new Draws(2), Initialisation.He), g = new double[w.Length], again = new double[w.Length],
            other = new double[w.Length];
        Assert.Equal(plain.Value(w), f.Value(w));
        Sample a = new(SampleOrder.Shuffle, 11, 0, 8), b = new(SampleOrder.Shuffle, 11, 8, 8);
        double value = f.Gradient(w, a, g);
        f.Gradient(w, b, other);
        Assert.Equal(value, f.Gradient(w, a, again));
        Assert.Equal(g, again);
        Assert.NotEqual(g, other);
        Assert.Equal(value, f.Value(w, a), 1e-14);
        Assert.NotEqual(value, plain.Value(w, a));
        // The mask keeps the mean.
        Tape<double> tape = new();
        double kept = 0;
        for (ulong key = 0; key < 4000; key++)
        {
            tape.Reset();
            foreach (double y in new Dropout(0.3).Evaluate<double>([], tape.Leaf([1, 1, 1], 3), new Pass(true, key)).Value)
                kept += y / 12000;
        }
        Assert.Equal(1, kept, 0.02);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        Assert.Contains("Convolution: images of at least 3×3",
            Assert.Throws<ArgumentException>(() => new Sequential(new Shape(5), new Convolution(2))).Message, StringComparison.Ordinal);
        Sequential words = new(new Shape(2), new Embedding(3, 2));
        Assert.Contains("found 3, expected a whole number from 0 to 2",
            Assert.Throws<ArgumentException>(
                () => words.Predict<double>(words.Initialise<double>(new Draws(1), Initialisation.He), [0, 3], 1)).Message,
            StringComparison.Ordinal);
    }
}
