namespace Descent.Runs;

/// <summary>Budget, stopping rules and observers of one run.
/// Everything left out does not limit; without any limit on steps, gradients or time a default budget ends the run.</summary>
/// <remarks>
/// The default budget is 10,000 steps and 100 passes over the examples, whichever is later,
/// and a hundred times that when an accuracy is asked for. The outcome says so. <c>MaxSteps = long.MaxValue − 1</c> is as good as endless.
/// </remarks>
/// <typeparam name="T">Element type.</typeparam>
public sealed record RunOptions<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>First iterate; zero when empty.</summary>
    public ReadOnlyMemory<T> Start { get; init; }

    /// <summary>Seed of all random numbers of the run.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Most steps.</summary>
    public long MaxSteps { get; init; } = long.MaxValue;

    /// <summary>Most single-example gradients.</summary>
    public long MaxGradients { get; init; } = long.MaxValue;

    /// <summary>Most time, of the method alone.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.MaxValue;

    /// <summary>Stop when ‖∇F‖ is at most this; 0 asks for nothing.</summary>
    public double GradientTolerance { get; init; }

    /// <summary>Stop when F has changed by at most this part of itself between two trace points that are an epoch apart;
    /// 0 asks for nothing.</summary>
    public double RelativeTolerance { get; init; }

    /// <summary>Stop when the certified gap is at most this part of |F|; 0 asks for nothing.</summary>
    public double GapTolerance { get; init; }

    /// <summary>Whether an accuracy was asked for by the user, so that missing it is an outcome of its own.</summary>
    public bool AccuracyAsked { get; init; }

    /// <summary>Steps between trace points.</summary>
    public long TraceEvery { get; init; } = 1;

    /// <summary>Trace points before their spacing doubles; it doubles again with the number of steps.
    /// Fewer of them make looks a smaller part of a long run on large data.</summary>
    public int TracePoints { get; init; } = 128;

    /// <summary>Before the first regular trace point there are some at steps 1, 2, 4, 8 …: the first of them that counts.
    /// Looks cost some passes each, so large data has few of them.</summary>
    public long TraceFrom { get; init; } = 1;

    /// <summary>Proves bounds; null when none can be proved.</summary>
    public ICertifier<T>? Certifier { get; init; }

    /// <summary>Smoothness L when known, for the sentence of a divergence.</summary>
    public double? Smoothness { get; init; }

    /// <summary>Called at every trace point.</summary>
    public Action<TracePoint>? OnTrace { get; init; }

    /// <summary>Looks on, and may end the run; null for none.</summary>
    public IMonitor<T>? Monitor { get; init; }

    /// <summary>Keeps a copy of the iterate at every look, for another thread; null for none.</summary>
    public LatestPoint<T>? Latest { get; init; }

    /// <summary>A point to which the distance is traced, d numbers; empty for none.</summary>
    public ReadOnlyMemory<T> Reference { get; init; }

    /// <summary>When the run keeps its state, and which state it goes on from; null for neither.</summary>
    public Checkpoints? Checkpoints { get; init; }

    /// <summary>Clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Ends the run after the current steps, with a usable iterate.</summary>
    public CancellationToken Cancellation { get; init; }
}
