using Descent.Models.Autodiff;

namespace Descent.Models.Networks;

/// <summary>Filters over images (height, width, channels), stride one, no padding, with a bias a filter.</summary>
/// <param name="Filters">Number of filters.</param>
/// <param name="Window">Height and width of a filter.</param>
public sealed record Convolution(int Filters, int Window = 3) : ILayer
{
    /// <inheritdoc/>
    public string Description => $"{Filters} filters of {Window}×{Window}";

    /// <inheritdoc/>
    public Shape Outputs(Shape inputs) => inputs.Rank == 3 && inputs[0] >= Window && inputs[1] >= Window
        ? new Shape(inputs[0] - Window + 1, inputs[1] - Window + 1, Filters)
        : throw new ArgumentException($"Convolution: images of at least {Window}×{Window} with channels are needed; got {inputs}.");

    /// <inheritdoc/>
    public IReadOnlyList<LayerBlock> Blocks(Shape inputs) => [new("C", Window * Window * inputs[-1], Filters), new("b", 1, Filters, false)];

    /// <inheritdoc/>
    public Var<T> Evaluate<T>(ReadOnlySpan<Var<T>> own, Var<T> x, Pass pass)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => x.Convolve(own[0].Reshape(new Shape(Window * Window * x.Shape[-1], Filters)), Window) + own[1];
}
