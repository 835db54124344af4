using Descent.Autodiff;
using Descent.Oracles;

namespace Descent.Autodiff.Networks;

/// <summary>
/// In training each entry is 0 with probability p and else divided by 1 − p; in evaluation nothing happens.
/// Which entries fall follows from the sample's key: the same sample has the same mask, so a stochastic line search sees one function.
/// Source: Srivastava et al. 2014.
/// </summary>
/// <remarks>Full gradients are those of the network without dropout;
/// variance-reduced estimators would mix both and are not for networks with this layer.</remarks>
/// <param name="Probability">p in [0, 1).</param>
public sealed record Dropout(double Probability) : ILayer
{
    /// <summary>p.</summary>
    public double Probability { get; } = Guard.Within("p", Probability, 0, 0.999, nameof(Dropout));

    /// <inheritdoc/>
    public string Description => FormattableString.Invariant($"dropout {Probability:G3}");

    /// <inheritdoc/>
    public Shape Outputs(Shape inputs) => inputs;

    /// <inheritdoc/>
    public IReadOnlyList<LayerBlock> Blocks(Shape inputs) => [];

    /// <inheritdoc/>
    public Var<T> Evaluate<T>(ReadOnlySpan<Var<T>> own, Var<T> x, Pass pass)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!pass.IsTraining || Probability == 0) return x;
        Var<T> mask = x.Tape.Room(out Span<T> room, x.Shape.Length);
        T kept = T.CreateTruncating(1 / (1 - Probability));
        ulong limit = (ulong)(Probability * ulong.MaxValue);
        for (int i = 0; i < room.Length; i += 2)
        {
            (ulong a, ulong b) = Philox.Pair((ulong)i, pass.Key);
            room[i] = a < limit ? T.Zero : kept;
            if (i + 1 < room.Length) room[i + 1] = b < limit ? T.Zero : kept;
        }
        return x * mask.Reshape(x.Shape);
    }
}
