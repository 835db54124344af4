using Descent.Autodiff;

namespace Descent.Autodiff.Networks;

/// <summary>
/// A multilayer perceptron: <c>h ← φ(hW + b)</c> through the hidden layers, <c>hW + b</c> at the end.
/// Weights of layer k are the block <c>Wk</c> (inputs × outputs), biases <c>bk</c>, which penalties leave alone.
/// Source: P 19.4; Rumelhart, Hinton and Williams 1986.
/// </summary>
public sealed class Mlp : INetwork
{
    readonly int[] sizes;

    /// <summary>A network from its layer sizes, inputs first, outputs last.</summary>
    public Mlp(ReadOnlySpan<int> sizes, Activation activation = Activation.Relu)
    {
        if (sizes.Length < 2) throw new ArgumentException($"A network needs inputs and outputs; got {sizes.Length} sizes.");
        foreach (int s in sizes)
            if (s < 1) throw new ArgumentException($"A layer needs at least one unit; got {s}.");
        this.sizes = sizes.ToArray();
        Activation = activation;
        Layers = sizes.Length - 1;
        List<Block> blocks = [];
        int offset = 0;
        for (int k = 0; k < Layers; k++)
        {
            blocks.Add(new Block($"W{k + 1}", offset, sizes[k], sizes[k + 1]));
            offset += sizes[k] * sizes[k + 1];
            blocks.Add(new Block($"b{k + 1}", offset, 1, sizes[k + 1], false));
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

    /// <inheritdoc/>
    public BlockLayout Layout { get; }

    /// <inheritdoc/>
    public int Inputs => sizes[0];

    /// <inheritdoc/>
    public int Outputs => sizes[^1];

    /// <inheritdoc/>
    public string Description => $"{string.Join("–", sizes)} perceptron, {Activation.ToString().ToLowerInvariant()} units";

    /// <inheritdoc/>
    public T[] Initialise<T>(Draws draws, Initialisation how)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(draws);
        T[] w = new T[Layout.Length];
        for (int k = 0; k < Layers; k++)
        {
            Block weights = Layout.Blocks[2 * k], bias = Layout.Blocks[(2 * k) + 1];
            for (int i = 0; i < weights.Length; i++)
                w[weights.Offset + i] = T.CreateTruncating(NetworkObjective.Draw(draws, how, sizes[k], sizes[k + 1]));
            for (int i = 0; how == Initialisation.Uniform && i < bias.Length; i++)
                w[bias.Offset + i] = T.CreateTruncating(NetworkObjective.Draw(draws, how, sizes[k], sizes[k + 1]));
        }
        return w;
    }

    /// <inheritdoc/>
    public Var<T> Evaluate<T>(Parameters<T> w, Var<T> x)
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

    Var<T> Activate<T>(Var<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Activation switch
        {
            Activation.Relu => z.Relu(),
            Activation.Tanh => z.Tanh(),
            _ => z.Sigmoid(),
        };
}
