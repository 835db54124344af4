using Descent.Autodiff;

namespace Descent.Autodiff.Networks;

/// <summary>An activation on every entry.</summary>
/// <param name="Function">Which one.</param>
public sealed record Activate(Activation Function) : ILayer
{
    /// <inheritdoc/>
    public string Description => Function.ToString().ToLowerInvariant();

    /// <inheritdoc/>
    public Shape Outputs(Shape inputs) => inputs;

    /// <inheritdoc/>
    public IReadOnlyList<LayerBlock> Blocks(Shape inputs) => [];

    /// <inheritdoc/>
    public Var<T> Evaluate<T>(ReadOnlySpan<Var<T>> own, Var<T> x, Pass pass)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Function switch
        {
            Activation.Relu => x.Relu(),
            Activation.Tanh => x.Tanh(),
            _ => x.Sigmoid(),
        };
}
