using Descent.Autodiff;

namespace Descent.Autodiff.Networks;

/// <summary>
/// A small convolutional network: for each number of filters a 3×3 convolution, rectified units and 2×2 max-pooling, then one linear layer.
/// Filters of layer k are the block <c>Ck</c> (9·channels × filters). Source: LeCun et al. 1998.
/// </summary>
public sealed class Cnn : INetwork
{
    const int Window = 3, Tile = 2;
    readonly int[] image, filters;
    readonly int flat;

    /// <summary>A network for images of height × width × channels, with filters a layer, and outputs.</summary>
    public Cnn(ReadOnlySpan<int> image, ReadOnlySpan<int> filters, int outputs)
    {
        if (image.Length != 3) throw new ArgumentException($"An image has height, width and channels; got {image.Length} sizes.");
        if (filters.Length == 0) throw new ArgumentException("A convolutional network needs at least one layer of filters.");
        this.image = image.ToArray();
        this.filters = filters.ToArray();
        Outputs = outputs;
        int height = image[0], width = image[1], channels = image[2], offset = 0;
        List<Block> blocks = [];
        for (int k = 0; k < filters.Length; k++)
        {
            height = (height - Window + 1) / Tile;
            width = (width - Window + 1) / Tile;
            if (height < 1 || width < 1)
                throw new ArgumentException(
                    $"Images of {image[0]}×{image[1]} are too small for {filters.Length} layers of convolution and pooling; {k} fit.");
            blocks.Add(new Block($"C{k + 1}", offset, Window * Window * channels, filters[k]));
            offset += Window * Window * channels * filters[k];
            blocks.Add(new Block($"b{k + 1}", offset, 1, filters[k], false));
            offset += filters[k];
            channels = filters[k];
        }
        flat = height * width * channels;
        blocks.Add(new Block("W", offset, flat, outputs));
        blocks.Add(new Block("b", offset + (flat * outputs), 1, outputs, false));
        Layout = new BlockLayout([.. blocks]);
    }

    /// <summary>Filters a layer.</summary>
    public ReadOnlySpan<int> Filters => filters;

    /// <summary>Height, width, channels.</summary>
    public ReadOnlySpan<int> Image => image;

    /// <inheritdoc/>
    public BlockLayout Layout { get; }

    /// <inheritdoc/>
    public int Inputs => image[0] * image[1] * image[2];

    /// <inheritdoc/>
    public int Outputs { get; }

    /// <inheritdoc/>
    public string Description =>
        $"convolutional network, {string.Join("×", image)} images, {string.Join(" and ", filters)} filters of 3×3, each layer pooled 2×2";

    /// <inheritdoc/>
    public T[] Initialise<T>(Draws draws, Initialisation how)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(draws);
        T[] w = new T[Layout.Length];
        for (int k = 0; k < Layout.Blocks.Count; k += 2)
        {
            Block weights = Layout.Blocks[k], bias = Layout.Blocks[k + 1];
            for (int i = 0; i < weights.Length; i++)
                w[weights.Offset + i] = T.CreateTruncating(NetworkObjective.Draw(draws, how, weights.Rows, weights.Columns));
            for (int i = 0; how == Initialisation.Uniform && i < bias.Length; i++)
                w[bias.Offset + i] = T.CreateTruncating(NetworkObjective.Draw(draws, how, weights.Rows, weights.Columns));
        }
        return w;
    }

    /// <inheritdoc/>
    public Var<T> Evaluate<T>(Parameters<T> w, Var<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(w);
        int rows = x.Shape[0];
        Var<T> h = x.Reshape(new Shape(rows, image[0], image[1], image[2]));
        for (int k = 0; k < filters.Length; k++)
        {
            Block b = Layout.Blocks[2 * k];
            h = (h.Convolve(w[2 * k].Reshape(new Shape(b.Rows, b.Columns)), Window) + w[(2 * k) + 1]).Relu().MaxPool(Tile);
        }
        int last = Layout.Blocks.Count - 2;
        return h.Reshape(new Shape(rows, flat)).MatMul(w[last].Reshape(new Shape(flat, Outputs))) + w[last + 1];
    }
}
