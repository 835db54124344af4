using Descent.Autodiff;

namespace Descent.Autodiff.Networks;

/// <summary>Each example centred and divided by its own deviation over the last dimension, <c>γ(x − x̄)/√(s² + ε) + β</c>.
/// The same in training and evaluation. Source: Ba, Kiros and Hinton 2016.</summary>
/// <param name="Epsilon">ε &gt; 0.</param>
public sealed record LayerNorm(double Epsilon = 1e-5) : ILayer
{
    /// <summary>ε.</summary>
    public double Epsilon { get; } = Guard.Positive("ε", Epsilon, nameof(LayerNorm));

    /// <inheritdoc/>
    public string Description => "layer norm";

    /// <inheritdoc/>
    public Shape Outputs(Shape inputs) =>
        inputs.Rank > 0 ? inputs : throw new ArgumentException("LayerNorm: examples need at least one dimension.");

    /// <inheritdoc/>
    public IReadOnlyList<LayerBlock> Blocks(Shape inputs) => [new("scale", 1, inputs[-1], false, 1), new("shift", 1, inputs[-1], false)];

    /// <inheritdoc/>
    public Var<T> Evaluate<T>(ReadOnlySpan<Var<T>> own, Var<T> x, Pass pass)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shape column = x.Shape.WithLast(1);
        double n = x.Shape[-1];
        Var<T> centred = x - (x.SumTo(column) / n), variance = centred.Square().SumTo(column) / n;
        return (centred / (variance + Epsilon).Sqrt() * own[0]) + own[1];
    }
}
