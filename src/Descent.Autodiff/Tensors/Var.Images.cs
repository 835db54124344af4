using Descent.Autodiff.Operations;

namespace Descent.Autodiff;

// Images have the shape (n, height, width, channels).
public readonly partial struct Var<T>
{
    /// <summary>
    /// The convolution of images (n, height, width, channels) with filters (window·window·channels, outputs): (n, h′, w′, outputs), where
    /// <c>h′ = ⌊(height + 2·padding − window)/stride⌋ + 1</c> and likewise w′.
    /// A filter's rows run over the window row by row, channels fastest. As in networks, the filter is not mirrored.
    /// </summary>
    /// <param name="filters">The filters.</param>
    /// <param name="window">Height and width of a filter ≥ 1.</param>
    /// <param name="stride">Rows and columns from one position to the next ≥ 1.</param>
    /// <param name="padding">Rows and columns of zeros around the image ≥ 0.</param>
    public Var<T> Convolve(Var<T> filters, int window, int stride = 1, int padding = 0)
    {
        Windows windows = new(window, stride, padding);
        Shape images = Shape, patches = windows.Patches(images);
        if (filters.Shape.Rank != 2 || filters.Shape[0] != patches[1])
            throw new ArgumentException($"Convolve: a window of {window}×{window} on images of shape {images} needs filters of shape "
                + $"({patches[1]}, outputs); got {filters.Shape}.");
        return Operations.Patches<T>.Of(this, windows).MatMul(filters)
            .Reshape(new Shape(images[0], windows.Along(images[1]), windows.Along(images[2]), filters.Shape[1]));
    }

    /// <summary>The largest entry of each tile of images; what fills no tile is left out.</summary>
    public Var<T> MaxPool(int tile) => Pooled<T>.Of(this, tile);

    /// <summary>The mean of each tile of images; what fills no tile is left out.</summary>
    public Var<T> AveragePool(int tile)
    {
        Pooled<T>.Check("AveragePool", Shape, tile);
        int n = Shape[0], height = Shape[1] / tile, width = Shape[2] / tile, channels = Shape[3];
        Var<T> tiles = Slice(1, 0, height * tile).Slice(2, 0, width * tile).Reshape(new Shape(n, height, tile, width, tile, channels));
        return tiles.SumTo(new Shape(n, height, 1, width, 1, channels)).Reshape(new Shape(n, height, width, channels))
            / ((double)tile * tile);
    }
}
