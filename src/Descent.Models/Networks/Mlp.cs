using Descent.Models.Autodiff;

namespace Descent.Models.Networks;

/// <summary>
/// A multilayer perceptron: <c>h ← φ(hW + b)</c> through the hidden layers, <c>hW + b</c> at the end. Weights of layer k are the block <c>Wk</c> (inputs × outputs), biases <c>bk</c>, which penalties
/// leave alone. Source: P 19.4; Rumelhart, Hinton and Williams 1986.
/// </summary>
public sealed class Mlp
{
    readonly int[] sizes;
    readonly string[] weightNames, biasNames;

    /// <summary>A network from its layer sizes, inputs first, outputs last.</summary>
    public Mlp(ReadOnlySpan<int> sizes, Activation activation = Activation.Relu)
    {
        if (sizes.Length < 2) throw new ArgumentException($"A network needs inputs and outputs; got {sizes.Length} sizes.");
        foreach (int s in sizes)
            if (s < 1) throw new ArgumentException($"A layer needs at least one unit; got {s}.");
        this.sizes = sizes.ToArray();
        Activation = activation;
        Layers = sizes.Length - 1;
        weightNames = [.. Enumerable.Range(1, Layers).Select(k => $"W{k}")];
        biasNames = [.. Enumerable.Range(1, Layers).Select(k => $"b{k}")];
        List<Block> blocks = [];
        int offset = 0;
        for (int k = 0; k < Layers; k++)
        {
            blocks.Add(new Block(weightNames[k], offset, sizes[k], sizes[k + 1]));
            offset += sizes[k] * sizes[k + 1];
            blocks.Add(new Block(biasNames[k], offset, 1, sizes[k + 1], false));
            offset += sizes[k + 1];
        }
        Layout = new BlockLayout([.. blocks]);
    }

    /// <summary>What hidden units do.</summary>
    public Activation Activation { get; }

    /// <summary>Number of layers of weights.</summary>
    public int Layers { get; }

    /// <summary>Layer sizes, inputs first.</summary>
    public ReadOnlySpan<int> Sizes => sizes;

    /// <summary>Names and shapes of the parameters.</summary>
    public BlockLayout Layout { get; }

    /// <summary>Draws a start.</summary>
    public T[] Initialise<T>(Draws draws, Initialisation how)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(draws);
        T[] w = new T[Layout.Length];
        for (int k = 0; k < Layers; k++)
        {
            Block weights = Layout.Blocks[2 * k], bias = Layout.Blocks[(2 * k) + 1];
            double inputs = sizes[k], outputs = sizes[k + 1];
            for (int i = 0; i < weights.Length; i++) w[weights.Offset + i] = T.CreateTruncating(Draw(draws, how, inputs, outputs));
            for (int i = 0; how == Initialisation.Uniform && i < bias.Length; i++) w[bias.Offset + i] = T.CreateTruncating(Draw(draws, how, inputs, outputs));
        }
        return w;
    }

    /// <summary>The outputs for inputs of shape (rows, inputs), before any link: shape (rows, outputs).</summary>
    public Var<T> Outputs<T>(Parameters<T> w, Var<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(w);
        Var<T> h = x;
        for (int k = 0; k < Layers; k++)
        {
            // A block of one row is bound as a vector; as weights it is a matrix with one input.
            h = h.MatMul(w[2 * k].Reshape(new Shape(sizes[k], sizes[k + 1]))) + w[(2 * k) + 1];
            if (k + 1 < Layers) h = Activate(h);
        }
        return h;
    }

    /// <summary>Softmax cross-entropy on classes 0 … K−1.</summary>
    public DifferentiableObjective<T> Classifier<T>(T[] rows, int[] classes, double l2 = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(rows, classes?.Length ?? 0);
        return new(Layout, classes!.Length, (w, batch) =>
        {
            Var<T> z = Outputs(w, batch.Matrix<T>(w.Tape, rows, sizes[0]));
            return (z.LogSumExp() - z.Pick(batch.Numbers(classes))).Mean();
        }, l2);
    }

    /// <summary>Half the squared error of one output.</summary>
    public DifferentiableObjective<T> Regressor<T>(T[] rows, T[] targets, double l2 = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(rows, targets?.Length ?? 0);
        return new(Layout, targets!.Length, (w, batch) =>
        {
            Var<T> z = Outputs(w, batch.Matrix<T>(w.Tape, rows, sizes[0])).Reshape(new Shape(batch.Count));
            return 0.5 * (z - batch.Vector<T>(w.Tape, targets)).Square().Mean();
        }, l2);
    }

    /// <summary>Outputs of many rows, without a tape: K numbers a row.</summary>
    public double[] Predict<T>(ReadOnlySpan<T> w, ReadOnlySpan<T> rows, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (w.Length != Layout.Length) throw new ArgumentException($"The network has {Layout.Length} parameters; got {w.Length}.");
        const int Chunk = 512;
        Gemm<T> products = new();
        int widest = sizes.Max();
        T[] h = new T[Chunk * widest], next = new T[Chunk * widest];
        double[] result = new double[count * sizes[^1]];
        for (int first = 0; first < count; first += Chunk)
        {
            int take = Math.Min(Chunk, count - first);
            rows.Slice(first * sizes[0], take * sizes[0]).CopyTo(h);
            for (int k = 0; k < Layers; k++)
            {
                Block weights = Layout.Blocks[2 * k], bias = Layout.Blocks[(2 * k) + 1];
                int outputs = sizes[k + 1];
                products.Multiply(h, false, w.Slice(weights.Offset, weights.Length), false, next, take, sizes[k], outputs);
                for (int i = 0; i < take * outputs; i++)
                {
                    T z = next[i] + w[bias.Offset + (i % outputs)];
                    next[i] = k + 1 < Layers ? Activate(z) : z;
                }
                (h, next) = (next, h);
            }
            for (int i = 0; i < take * sizes[^1]; i++) result[(first * sizes[^1]) + i] = double.CreateTruncating(h[i]);
        }
        return result;
    }

    void Check<T>(T[] rows, int count)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (count == 0 || rows.Length != (long)count * sizes[0]) throw new ArgumentException($"{count} examples of {sizes[0]} inputs need {(long)count * sizes[0]} numbers; got {rows.Length}.");
    }

    Var<T> Activate<T>(Var<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Activation switch
        {
            Activation.Relu => z.Relu(),
            Activation.Tanh => z.Tanh(),
            _ => z.Sigmoid(),
        };

    T Activate<T>(T z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Activation switch
        {
            Activation.Relu => z <= T.Zero ? T.Zero : z,
            Activation.Tanh => T.Tanh(z),
            _ => T.One / (T.One + T.Exp(-z)),
        };

    static double Draw(Draws draws, Initialisation how, double inputs, double outputs) => how switch
    {
        Initialisation.He => Math.Sqrt(2 / inputs) * draws.NextNormal(),
        Initialisation.LeCun => Math.Sqrt(1 / inputs) * draws.NextNormal(),
        Initialisation.Glorot => Math.Sqrt(6 / (inputs + outputs)) * ((2 * draws.NextDouble()) - 1),
        _ => ((2 * draws.NextDouble()) - 1) / Math.Sqrt(inputs),
    };
}
