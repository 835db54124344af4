using System.Globalization;
using Descent.Algorithms;
using Descent.Diagnosis;
using Descent.Autodiff;
using Descent.Autodiff.Networks;
using Descent.Oracles;
using Descent.Rules;
using Descent.Runs;
using Descent.StepSizes;

namespace Descent.Fitting.Fits;

/// <summary>Trains a network, in single precision: split, scale, plan, run, measure.</summary>
sealed partial class NetworkFitter : Fitter
{
    const int DefaultBatch = 64;
    readonly float[] rows;
    readonly double[] labels;
    readonly Scaling? scaling;
    readonly CatalogueEntry entry;
    readonly DifferentiableObjective<float> objective;
    readonly float[] start;
    readonly IDescribed method;
    readonly bool samples;
    readonly long maxSteps, perEpoch;

    // Small products are not worth a second thread; the bits are the same.
    const long Sizeable = 2_000_000;
    readonly int threads;
    readonly Workers? workers;
    (long Rows, long Tape, long Method)? resources;
    double curvature = double.NaN, ownStep = double.NaN;

    /// <summary>A fit of a request on data; the split holds rows to train on and rows to hold out, null makes it by the request.</summary>
    public NetworkFitter(FitSpec spec, LoadedData data, (int[] Train, int[] Held)? split = null)
        : base(spec, data, split)
    {
        Refuse();
        (double[] x, scaling) = Scaled();
        int d = data.Columns;
        rows = new float[train.Length * d];
        for (int i = 0; i < train.Length; i++)
            for (int j = 0; j < d; j++) rows[(i * d) + j] = (float)x[((long)train[i] * d) + j];
        labels = [.. train.Select(i => data.Labels[i])];
        int outputs = data.Classes?.Count ?? 1;
        Network = Build(outputs);
        start = Network.Initialise<float>(new Draws(spec.Seed, 7), spec.Model.Network!.Initialisation);
        entry = Catalogue.Find(spec.Method.IsAuto ? "adam" : spec.Method.Name)!;
        samples = entry.CanSample && spec.Method.Batch != MethodSpec.Full;
        int batch = samples ? Batch() : train.Length;
        Sampling sampling = new(Planner.OrderOf(spec, entry), samples ? batch : 1);
        perEpoch = samples ? sampling.StepsPerEpoch(train.Length) : 1;
        double epochs = spec.Budget.Epochs ?? (samples ? 10 : 200);
        maxSteps = spec.Budget.Steps ?? (long)Math.Ceiling(epochs * perEpoch / (samples ? entry.GradientsPerExample : 1));
        threads = spec.Threads > 0 ? spec.Threads : (long)batch * Network.Layout.Length >= Sizeable
            ? Math.Min(4, Environment.ProcessorCount) : 1;
        if (threads > 1) workers = new Workers(threads);
        objective = Objective(rows, labels);
        (method, Values) = Plan(sampling, batch);
        if (workers is not null && method is FirstOrder { Rule.IsCoordinatewise: true } f)
            method = f with { Rule = new Sharded(f.Rule, workers) };
        if (samples ? method is not (IMethod<float, IStochasticOracle<float>> or IMethod<float, IFiniteSumOracle<float>>)
            : method is not IMethod<float, IHessianOracle<float>>)
            throw new FitException($"`Method = {entry.Name}` asks for what a network does not offer ({entry.NeedsText}). Use adam, "
                + $"heavy-ball, lbfgs or another first-order method.");
    }

    /// <inheritdoc/>
    public override double DefaultStep => ownStep;

    /// <inheritdoc/>
    public override string ValueName => samples ? "loss of a batch" : "loss";

    /// <inheritdoc/>
    public override long MaxSteps => maxSteps;

    public INetwork Network { get; }

    public IReadOnlyList<string> Values { get; }

    public string Recursion => method.Recursion;

    public string Method => entry.Name;

    public string Describe => $"{Network.Description}, {Text.Plural(Network.Layout.Length, "parameter")}, "
        + $"{(data.Classes is null ? "half the squared error" : "softmax cross-entropy")}";

    /// <summary>
    /// Bytes that training will hold: rows, the values of a step on the tape, and the method's own; measured by taking one step's gradient
    /// and starting the method once.
    /// </summary>
    public (long Rows, long Tape, long Method) Planned => resources ??= Measured();

    (long Rows, long Tape, long Method) Measured()
    {
        objective.Meter.Paused = true;
        objective.Gradient(start, new Sample(SampleOrder.Sequential, 0, 0, samples ? Math.Min(Batch(), train.Length)
            : Math.Min(512, train.Length)), new float[start.Length]);
        objective.Meter.Paused = false;
        long before = GC.GetAllocatedBytesForCurrentThread();
        object iteration = (samples, method) switch
        {
            (true, IMethod<float, IStochasticOracle<float>> m) => m.Start(new SampledView<float>(objective), start, new Draws(spec.Seed)),
            (_, IMethod<float, IFiniteSumOracle<float>> m) => m.Start(objective, start, new Draws(spec.Seed)),
            (_, IMethod<float, IHessianOracle<float>> m) => m.Start(objective, start, new Draws(spec.Seed)),
            _ => method,
        };
        long own = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(iteration);
        return (rows.Length * 4L, objective.Tape.Bytes, own);
    }

    /// <inheritdoc/>
    public override string ScalingNote => scaling is null ? "none beyond what the reader did"
        : "columns centred and divided by their standard deviations; undone in predictions";

    protected override Fitted Take(CancellationToken cancel, Action<TracePoint>? onTrace)
    {
        long planned = Planned.Tape;
        ValidationMonitor<float>? monitor = held.Length == 0 ? null
            : new(w => w.All(float.IsFinite) ? Held(w, false) : null, spec.Budget.Patience);
        BatchAccuracy? batches = data.Classes is null ? null
            : new((w, x, y) => Measure(w, x, y).Accuracy!.Value, rows, labels, data.Columns);
        CurvatureMonitor? path = MeasuresCurvature ? new(Part(), spec.Seed) : null;
        RunResult<float> run = Minimize(OptionsOf(cancel, onTrace, new Monitors<float>(batches, monitor is null && path is null ? null
            : new Coarse<float>(perEpoch, new Monitors<float>(path, monitor)))));
        long tape = objective.Tape.Bytes;
        if (monitor is { Ended: true, Best: { } best }) run = run with { Point = best };
        FitQuality? validation = held.Length > 0 ? Held(run.Point, true) : null;
        StationarityCertificate? stationarity = MeasuresCurvature && run.Outcome.Kind != OutcomeKind.Diverged
            ? StationarityCertificate.Measure(objective, run.Point, spec.Seed) : null;
        return new NetworkFit
        {
            Spec = spec,
            Data = data,
            Network = Network,
            MethodName = Method,
            Recursion = Recursion,
            Values = Values,
            L2 = L2,
            Scaling = scaling,
            ScalingNote = ScalingNote,
            Describe = Describe,
            PlannedBytes = planned,
            Run = run,
            Stationarity = stationarity,
            Quality = Measure(run.Point, rows, labels),
            Validation = validation,
            HeldOutLoss = monitor?.Curve ?? [],
            HeldOutAccuracy = monitor?.Accuracy ?? [],
            BatchAccuracy = batches?.Path ?? [],
            Curvature = path?.Path ?? [],
            TapeBytes = tape,
            History = HistoryOf(run, validation, monitor?.Curve ?? [], stationarity),
        };
    }

    RunOptions<float> OptionsOf(CancellationToken cancel, Action<TracePoint>? onTrace, IMonitor<float> monitor) => new()
    {
        Start = start,
        Seed = spec.Seed,
        MaxSteps = maxSteps,
        TimeLimit = spec.Budget.Time ?? TimeSpan.MaxValue,
        GradientTolerance = spec.Budget.GradientTolerance ?? 0,
        RelativeTolerance = spec.Budget.Tolerance ?? 0,
        AccuracyAsked = spec.Budget.AsksAccuracy,
        TraceEvery = LookEvery,
        Cancellation = cancel,
        Clock = Clock,
        OnTrace = onTrace,
        Checkpoints = Checkpoints,
        Latest = latest,
        Monitor = monitor,
    };

    RunResult<float> Minimize(RunOptions<float> options)
    {
        IFiniteSumOracle<float> parted = Parted(objective);
        return (samples, method) switch
        {
            // On samples the exact loss is not asked for on the way: it would cost a pass of its own at every look.
            (true, IMethod<float, IStochasticOracle<float>> m) => new Problem<float,
                IStochasticOracle<float>>(new SampledView<float>(parted)).Minimize(m, options),
            (_, IMethod<float, IFiniteSumOracle<float>> m) => new Problem<float, IFiniteSumOracle<float>>(parted).Minimize(m, options),
            (_, IMethod<float, IHessianOracle<float>> m) => new Problem<float, IHessianOracle<float>>(objective).Minimize(m, options),
            _ => throw new FitException($"`Method = {entry.Name}` does not fit a network."),
        };
    }

    // Some forty looks at least, where that many fit between whole epochs: a look at the last batch costs nothing. What decides when a run
    // ends keeps its own looks.
    long LookEvery
    {
        get
        {
            if (!samples || spec.Budget.Tolerance > 0 || spec.Budget.Patience is not null) return perEpoch;
            double epochs = Math.Max(1, (double)maxSteps / perEpoch);
            long parts = 1;
            while (parts < perEpoch && (parts * epochs < 40 || perEpoch % parts != 0)) parts++;
            return parts * epochs <= 120 ? perEpoch / parts : perEpoch;
        }
    }

    CaseHistory HistoryOf(RunResult<float> run, FitQuality? validation, IReadOnlyList<(TracePoint Point, double Loss)> heldOut,
        StationarityCertificate? end)
    {
        // A network's curvature changes along the path: what was met at the end limits the steps there.
        double h = end is { Largest: > 0 } e ? e.Largest : curvature;
        MethodSettings own = new(entry) { Given = spec.Method.Numbers, Smoothness = double.IsNaN(h) ? 1 : h, Count = train.Length };
        bool usable = run.Point.All(float.IsFinite);
        return new CaseHistory
        {
            CommandLine = spec.Caller.Text,
            Method = Method,
            Outcome = run.Outcome.Kind,
            Trace = [.. run.Trace.Where((p, i) => i == run.Trace.Count - 1 || Coarse<float>.Includes(perEpoch, p.Step))],
            ExactValues = !samples,
            Count = train.Length,
            Batch = samples ? own.Sampling?.Batch ?? Batch() : train.Length,
            Noisy = samples,
            Smoothness = h,
            StableStep = double.IsNaN(h) ? double.NaN : Planner.StableStep(own),
            DefaultStep = entry.Step is { } step && (!step.FromSmoothness || !double.IsNaN(h)) ? step.Of(own) : double.NaN,
            StepGiven = spec.Method.StepSize is not null,
            Schedule = spec.Method.Schedule?.Text,
            HeldOut = [.. heldOut.Select(p => new HeldOutPoint(p.Point.Epochs, p.Loss))],
            HeldOutError = validation?.MeanLossError ?? double.NaN,
            Penalty = L2,
            StopsEarly = spec.Budget.Patience is not null,
            DeadUnits = usable && Network is Mlp net ? DeadUnits.Count<float>(net, run.Point, rows, Math.Min(1024, train.Length)) : 0,
            HiddenUnits = Network is Mlp m ? m.Sizes[1..^1].ToArray().Sum() : 0,
        };
    }

    // Some forty Hessian products of about 12 operations a row and parameter: below this a second or so, beyond it only when asked for.
    // Filters are used many times a row.
    bool MeasuresCurvature => spec.Model.Network!.Curvature || (Network is Mlp && (double)objective.Count * objective.Dimension <= 1e8);

    DifferentiableObjective<float> Objective(float[] x, double[] y) => data.Classes is null
        ? Network.Regressor(x, [.. y.Select(v => (float)v)], L2, new GradientOptions { Workers = workers })
        : Network.Classifier(x, [.. y.Select(v => (int)v)], L2, new GradientOptions { Workers = workers });

    // At most 1024 rows, which is enough to know a curvature by.
    DifferentiableObjective<float> Part()
    {
        int n = Math.Min(1024, train.Length);
        return n == train.Length ? objective : Objective(rows[..(n * data.Columns)], labels[..n]);
    }

    // The weights of a network are no parameters of a likelihood at its maximum: its own rows are measured as any others.
    FitQuality Measure(float[] w, float[] x, double[] y, bool withError = false)
    {
        MeasuredRows rows = new(Network.Predict<float>(w, x, y.Length), y, null) { Outputs = Network.Outputs, Parameters = w.Length };
        return withError ? Quality.Unseen(data.Family, rows) : Quality.Apart(data.Family, rows);
    }

    FitQuality Held(float[] w, bool withError)
    {
        int d = data.Columns;
        float[] x = new float[held.Length * d];
        for (int i = 0; i < held.Length; i++)
        {
            for (int j = 0; j < d; j++)
            {
                double v = data.Whole[((long)held[i] * d) + j];
                x[(i * d) + j] = (float)(scaling is null ? v : (v - scaling.Means[j]) / scaling.Deviations[j]);
            }
        }
        return Measure(w, x, [.. held.Select(i => data.Labels[i])], withError);
    }
}
