using Descent.Diagnosis;
using Descent.Oracles;
using Descent.Runs;

namespace Descent.Fitting.Fits;

/// <summary>One fit of a specification to data. When it is made, all that precedes the first step is fixed.</summary>
abstract class Fitter
{
    protected readonly FitSpec spec;
    protected readonly LoadedData data;
    protected readonly int[] train, held;
    readonly List<Workers> shared = [];
    readonly CountedRanks? ranks;

    protected Fitter(FitSpec spec, LoadedData data, (int[] Train, int[] Held)? split)
    {
        (this.spec, this.data) = (data.Family.HasIntercept ? spec : spec with { Model = spec.Model with { Intercept = false } }, data);
        ranks = spec.Ranks is null ? null : new CountedRanks(spec.Ranks);
        (train, held) = split ?? RowSplit.Of(spec, data.Count);
        L2 = spec.Model.L2.For(train.Length);
    }

    /// <summary>λ for the rows that train.</summary>
    public double L2 { get; }

    /// <summary>When the run keeps its state, and which state it goes on from; null for neither.</summary>
    public Checkpoints? Checkpoints { get; set; }

    /// <summary>Told of every part of work that is made of several runs, in words that are made when they are asked for.</summary>
    public Action<Func<string>>? OnPart { get; set; }

    /// <summary>Ends what comes before the first step and after the last, where that is made of fits.</summary>
    public CancellationToken Stop { get; set; }

    /// <summary>The step size the method takes by itself; NaN for methods without one.</summary>
    public abstract double DefaultStep { get; }

    /// <summary>Steps at most; long.MaxValue where nothing limits them.</summary>
    public abstract long MaxSteps { get; }

    /// <summary>What the values of the trace are.</summary>
    public virtual string ValueName => "F";

    /// <summary>The data.</summary>
    public LoadedData Data => data;

    /// <summary>What was asked.</summary>
    public virtual FitSpec Spec => spec;

    /// <summary>How columns are moved and divided, in words.</summary>
    public abstract string ScalingNote { get; }

    /// <summary>The fitter of a specification.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="data">The data.</param>
    /// <param name="split">Rows to train on and rows to hold out; null makes them by the specification.</param>
    public static Fitter Of(FitSpec spec, LoadedData data, (int[] Train, int[] Held)? split = null) =>
        spec.Path is not null ? new PathFitter(spec, data, split)
        : spec.Model.Network is null ? new RiskFitter(spec, data, split) : new NetworkFitter(spec, data, split);

    /// <summary>Takes the steps, and says what came of them.</summary>
    /// <remarks>Ranks go by one clock, and stop together. When the run has ended each of them is alone again: what is looked at later is
    /// not waited for by others.</remarks>
    public Fitted Run(CancellationToken cancel, Action<TracePoint>? onTrace)
    {
        if (ranks is null) return Take(cancel, onTrace);
        using RankClock clock = new(ranks, cancel);
        Clock = clock;
        TrafficMeter meter = new(ranks, Checkpoints?.From?.Step ?? 0);
        Fitted fit = Take(clock.Stop, p =>
        {
            meter.Note(p.Step);
            onTrace?.Invoke(p);
        });
        foreach (Workers w in shared) w.LeaveRanks();
        return fit with { Traffic = meter.End(spec.Ranks!, fit.Trace[^1].Step, data.BytesRead) };
    }

    /// <summary>The clock that budgets and checkpoints go by.</summary>
    protected TimeProvider Clock { get; private set; } = TimeProvider.System;

    /// <summary>The steps themselves.</summary>
    protected abstract Fitted Take(CancellationToken cancel, Action<TracePoint>? onTrace);

    /// <summary>Threads of this process, and the ranks of the specification.</summary>
    protected Workers WorkersOf(int threads)
    {
        Workers workers = new(threads, ranks, spec.FastSum);
        shared.Add(workers);
        return workers;
    }

    /// <summary>What parts of batches are computed by: one thread of each rank.</summary>
    protected Workers? PartWorkers => spec.Ranks is null ? null : WorkersOf(1);

    /// <summary>The oracle of the method's samples: whole, or in the parts that were asked for.</summary>
    protected IFiniteSumOracle<T> Parted<T>(IFiniteSumOracle<T> oracle)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        spec.Method.MicroBatches == 1 || spec.Method.Compression is not null ? oracle
            : new MicroBatches<T>(oracle, spec.Method.MicroBatches, WorkersOf(1));

    /// <summary>What the doctor can be told while a run goes on; null where it has nothing to look at.</summary>
    public virtual CaseHistory? HistorySoFar(IReadOnlyList<TracePoint> trace) => null;

    /// <summary>
    /// The model of the last complete iterate, for a thread that must not wait for the step under way; null before the first. Nothing is
    /// proved of it.
    /// </summary>
    /// <param name="name">Name of the model's file.</param>
    public abstract (string What, IModelFiles Files)? Unfinished(string name);
}
