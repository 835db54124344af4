using Descent.Autodiff;

namespace Descent.Autodiff.Networks;

/// <summary>The mean of each tile of an image, channel by channel.</summary>
/// <param name="Tile">Height and width of a tile.</param>
public sealed record AveragePooling(int Tile = 2) : ILayer
{
    /// <inheritdoc/>
    public string Description => $"averaged {Tile}×{Tile}";

    /// <inheritdoc/>
    public Shape Outputs(Shape inputs) => Tile >= 1 && inputs.Rank == 3 && inputs[0] >= Tile && inputs[1] >= Tile
        ? new Shape(inputs[0] / Tile, inputs[1] / Tile, inputs[2])
        : throw new ArgumentException(
            $"AveragePooling: images of at least {Tile}×{Tile} with channels are needed, and tiles of at least 1×1; got {inputs}.");

    /// <inheritdoc/>
    public IReadOnlyList<LayerBlock> Blocks(Shape inputs) => [];

    /// <inheritdoc/>
    public Var<T> Evaluate<T>(ReadOnlySpan<Var<T>> own, Var<T> x, Pass pass)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => x.AveragePool(Tile);
}
