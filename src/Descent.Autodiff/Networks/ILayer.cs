using Descent.Autodiff;

namespace Descent.Autodiff.Networks;

/// <summary>One layer of a <see cref="Sequential"/> network: a description without numbers of its own.</summary>
public interface ILayer
{
    /// <summary>What it is, in a few words.</summary>
    string Description { get; }

    /// <summary>Shape of an example behind the layer for the shape before it.</summary>
    /// <exception cref="ArgumentException">The layer cannot take that shape.</exception>
    Shape Outputs(Shape inputs);

    /// <summary>Names, rows, columns of its parameters and whether penalties apply, for examples of a shape;
    /// names are unique within the layer.</summary>
    IReadOnlyList<LayerBlock> Blocks(Shape inputs);

    /// <summary>The layer's answer to a batch (rows first).
    /// <paramref name="own"/> holds its parameters in the order of <see cref="Blocks"/>.</summary>
    /// <param name="own">Its parameters.</param>
    /// <param name="x">The batch.</param>
    /// <param name="pass">Whether this is training, and what randomness a sample stands for.</param>
    Var<T> Evaluate<T>(ReadOnlySpan<Var<T>> own, Var<T> x, Pass pass)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
