using Descent.Autodiff;

namespace Descent.Autodiff.Networks;

/// <summary>
/// Each channel (the last dimension) centred and divided by its deviation over the batch in training;
/// by fixed moments in evaluation. Source: Ioffe and Szegedy 2015.
/// </summary>
/// <remarks>
/// There are no running averages, which would be state that a saved or replayed run does not see:
/// the moments are measured once, over as many rows as wanted, by <see cref="Sequential.Calibrate"/> (as in Wu and Johnson 2021).
/// Before that, evaluation takes those of the batch at hand.
/// </remarks>
/// <param name="Epsilon">ε &gt; 0.</param>
public sealed record BatchNorm(double Epsilon = 1e-5) : ILayer
{
    /// <summary>ε.</summary>
    public double Epsilon { get; } = Guard.Positive("ε", Epsilon, nameof(BatchNorm));

    /// <inheritdoc/>
    public string Description => "batch norm";

    /// <inheritdoc/>
    public Shape Outputs(Shape inputs) =>
        inputs.Rank > 0 ? inputs : throw new ArgumentException("BatchNorm: examples need at least one dimension.");

    /// <inheritdoc/>
    public IReadOnlyList<LayerBlock> Blocks(Shape inputs) => [new("scale", 1, inputs[-1], false, 1), new("shift", 1, inputs[-1], false)];

    /// <inheritdoc/>
    public Var<T> Evaluate<T>(ReadOnlySpan<Var<T>> own, Var<T> x, Pass pass)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int channels = x.Shape[-1];
        Shape row = new(channels);
        double n = x.Shape.Length / (double)Math.Max(1, channels);
        Var<T> centred = x - (x.SumTo(row) / n), variance = centred.Square().SumTo(row) / n;
        return (centred / (variance + Epsilon).Sqrt() * own[0]) + own[1];
    }

    /// <summary>The answer in evaluation under moments that were measured;
    /// they belong to the network, so that one description serves many.</summary>
    internal Var<T> Evaluate<T>(ReadOnlySpan<Var<T>> own, Var<T> x, ChannelMoments moments)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int channels = x.Shape[-1];
        Var<T> mean = x.Tape.Room(out Span<T> m, channels), deviation = x.Tape.Room(out Span<T> d, channels);
        for (int j = 0; j < channels; j++)
            (m[j], d[j]) = (T.CreateTruncating(moments.Mean(j)), T.CreateTruncating(1 / Math.Sqrt(moments.Variance(j) + Epsilon)));
        return ((x - mean) * deviation * own[0]) + own[1];
    }
}
