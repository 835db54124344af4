using Descent.Autodiff;

namespace Descent.Autodiff.Networks;

/// <summary>A linear layer, <c>xW + b</c>; examples of several dimensions are taken as vectors.</summary>
/// <param name="Units">Number of outputs.</param>
public sealed record Dense(int Units) : ILayer
{
    /// <inheritdoc/>
    public string Description => $"linear to {Units}";

    /// <inheritdoc/>
    public Shape Outputs(Shape inputs) => new(Units);

    /// <inheritdoc/>
    public IReadOnlyList<LayerBlock> Blocks(Shape inputs) => [new("W", inputs.Length, Units), new("b", 1, Units, false)];

    /// <inheritdoc/>
    public Var<T> Evaluate<T>(ReadOnlySpan<Var<T>> own, Var<T> x, Pass pass)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = x.Shape[0], inputs = own[0].Shape.Length / Units;
        return x.Reshape(new Shape(rows, inputs)).MatMul(own[0].Reshape(new Shape(inputs, Units))) + own[1];
    }
}
