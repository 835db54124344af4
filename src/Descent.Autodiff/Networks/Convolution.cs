using Descent.Autodiff;
using Descent.Autodiff.Operations;

namespace Descent.Autodiff.Networks;

/// <summary>Filters over images (height, width, channels), with a bias a filter.</summary>
/// <param name="Filters">Number of filters.</param>
/// <param name="Window">Height and width of a filter.</param>
/// <param name="Stride">Rows and columns from one position to the next.</param>
/// <param name="Padding">Rows and columns of zeros around an image.</param>
public sealed record Convolution(int Filters, int Window = 3, int Stride = 1, int Padding = 0) : ILayer
{
    /// <inheritdoc/>
    public string Description =>
        $"{Filters} filters of {Window}×{Window}"
            + (Stride == 1 ? "" : $", stride {Stride}")
            + (Padding == 0 ? "" : $", padded by {Padding}");

    /// <inheritdoc/>
    public Shape Outputs(Shape inputs)
    {
        if (Filters < 1 || Stride < 1 || Padding < 0)
            throw new ArgumentException($"Convolution: at least one filter, a stride of at least 1 and a padding of at least 0 are "
                + $"needed; got {Filters}, {Stride} and {Padding}.");
        Windows windows = new(Window, Stride, Padding);
        return inputs.Rank == 3 && windows.Fit(inputs[0]) && windows.Fit(inputs[1])
            ? new Shape(windows.Along(inputs[0]), windows.Along(inputs[1]), Filters)
            : throw new ArgumentException($"Convolution: images of at least {Window}×{Window} with channels are needed; "
                + $"got {inputs}{(Padding == 0 ? "" : $" padded by {Padding}")}.");
    }

    /// <inheritdoc/>
    public IReadOnlyList<LayerBlock> Blocks(Shape inputs) => [new("C", Window * Window * inputs[-1], Filters), new("b", 1, Filters, false)];

    /// <inheritdoc/>
    public Var<T> Evaluate<T>(ReadOnlySpan<Var<T>> own, Var<T> x, Pass pass)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            x.Convolve(own[0].Reshape(new Shape(Window * Window * x.Shape[-1], Filters)), Window, Stride, Padding) + own[1];
}
