namespace Descent.Runs;

/// <summary>
/// When a run keeps its state, where it puts it, and which state it goes on from. Whether a state is kept changes no bit of the run;
/// whether one is due is looked at between steps: at every trace point, and between two of them every 256 steps or every eighth of
/// the way, whichever is farther.
/// </summary>
public sealed record Checkpoints
{
    readonly long steps = long.MaxValue;
    readonly double epochs = double.PositiveInfinity;
    readonly TimeSpan time = TimeSpan.MaxValue;

    /// <summary>Steps after which a state is due, at least 1.</summary>
    public long EverySteps
    {
        get => steps;
        init => steps = value >= 1
            ? value : throw new ArgumentOutOfRangeException(nameof(value),
                $"Steps between checkpoints need to be at least 1; got {value}.");
    }

    /// <summary>Epochs (n single gradients each) after which a state is due, above 0.</summary>
    public double EveryEpochs
    {
        get => epochs;
        init => epochs = value > 0
            ? value : throw new ArgumentOutOfRangeException(nameof(value), $"Epochs between checkpoints need to be above 0; got {value}.");
    }

    /// <summary>Time after which a state is due, looks and certificates included; above 0.</summary>
    public TimeSpan EveryTime
    {
        get => time;
        init => time = value > TimeSpan.Zero
            ? value : throw new ArgumentOutOfRangeException(nameof(value),
                $"The time between checkpoints needs to be above 0; got {value}.");
    }

    /// <summary>Takes a state: when one is due, and when the run is interrupted. It is called on the thread of the run, which
    /// waits.</summary>
    public Action<RunState>? Keep { get; init; }

    /// <summary>The state to go on from; null to begin at the start.</summary>
    public RunState? From { get; init; }
}
