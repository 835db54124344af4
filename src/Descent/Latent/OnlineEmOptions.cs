using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Latent;

/// <summary>How online EM runs.</summary>
public sealed record OnlineEmOptions
{
    /// <summary>
    /// γ_t, the weight of the t-th mini-batch, t from 0; Robbins and Monro's conditions are checked. By default <c>(t + 1)^(−0.6)</c>.
    /// </summary>
    public IStepSize Gain { get; init; } = new Power(1, 0.6);

    /// <summary>Rows seen before the first M-step, ≥ 1: statistics of fewer have no maximiser worth following.</summary>
    public long HoldRows { get; init; } = 20;

    /// <summary>Rows seen before the average of the path begins, ≥ 0.</summary>
    public long AverageAfter { get; init; } = 1000;

    /// <summary>Whether z is drawn once a row instead of being averaged over (SAEM; the model is an <see cref="IDrawModel"/>).</summary>
    public bool Draws { get; init; }

    /// <summary>
    /// How a pass visits the rows: in a new random order (shuffle), in a new order of blocks for rows that lie on a disk, or as they come
    /// (sequential), where rows that come sorted spoil the average. Draws with replacement are no pass.
    /// </summary>
    public SampleOrder Order { get; init; } = SampleOrder.Shuffle;

    /// <summary>Names draws and orders; the same seed gives the same bits.</summary>
    public ulong Seed { get; init; } = 1;
}
