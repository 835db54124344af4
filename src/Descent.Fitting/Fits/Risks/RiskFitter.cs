using System.Diagnostics;
using Descent.Algorithms;
using Descent.Guarantees;
using Descent.Models.Certificates;
using Descent.Models.Constants;
using Descent.Models.Inference;
using Descent.Models.Linear;
using Descent.Oracles;
using Descent.Runs;

namespace Descent.Fitting.Fits;

/// <summary>One fit: split, scale, plan, run, certify, infer.</summary>
sealed partial class RiskFitter : Fitter
{
    readonly Workers workers;
    readonly List<string> remarks = [];
    double[] labels;
    double[]? weights, offsets, trials;
    Slab<double>? dense;
    CsrRows<double>? sparse;
    Scaling? scaling;
    Plan? plan;
    string scalingNote = "none";

    /// <summary>A fit of a request on data; the split holds rows to train on and rows to hold out, null makes it by the request.</summary>
    public RiskFitter(FitSpec spec, LoadedData data, (int[] Train, int[] Held)? split = null)
        : base(spec, data, split)
    {
        // A sampling method that was asked for runs on anything, and ends as diverged, unless its very recursion is made of the curvature
        // of the columns.
        if (Catalogue.Find(spec.Method.Name) is not { CanSample: true, NeedsSmoothness: false }) Extremes.Require(data);
        RefuseOfFactors();
        workers = WorkersOf(spec.Threads > 0 ? spec.Threads : data.Entries > 2_000_000 ? Environment.ProcessorCount : 1);
        labels = data.Labels;
        weights = data.Weights;
        (offsets, trials) = (data.Offsets, data.Trials);
        dense = data.Dense;
        sparse = data.Sparse;
        if (held.Length > 0) Select();
        LeaveOutDependentColumns();
    }

    /// <inheritdoc/>
    public override FitSpec Spec => IsAlphaOpen ? spec with { Model = spec.Model with { Overdispersion = Own } } : spec;

    /// <inheritdoc/>
    public override string ScalingNote => scalingNote;

    public EmpiricalRisk<double>? Risk { get; private set; }

    /// <summary>The plan, made when it is first asked for.</summary>
    public Plan Plan => plan ??= Prepare();

    /// <inheritdoc/>
    public override double DefaultStep => Plan.DefaultStep;

    /// <inheritdoc/>
    public override long MaxSteps => Plan.MaxSteps;

    /// <inheritdoc/>
    protected override Fitted Take(CancellationToken cancel, Action<TracePoint>? onTrace)
    {
        Stop = cancel;
        return Run(Plan, cancel, onTrace);
    }

    /// <summary>Everything up to the first step.</summary>
    public Plan Prepare()
    {
        int parameters = (data.Columns + (!spec.Model.Intercept ? 0 : 1)) * (data.Family.HasOutputs ? data.Classes!.Count : 1);
        if (data.Family.Own == FamilyNumber.Rank) parameters += (int)Own * data.Columns;
        (string method, string? why) = spec.Method.IsAuto ? MethodChoice.Pick(data, spec, parameters, L2)
            : (Catalogue.Find(spec.Method.Name)!.Name, null);
        Scale(method);
        ProblemConstants constants = ConstantsOf.Risk(Risk!);
        PilotRun? pilot = spec.Method.WantsTheory
            ? AssumedConstants.Apply(spec.Method.Assume, Pilot.Look(Risk!, constants, StartOf(method, Risk!))) : null;
        return Planner.Make(spec with { Threads = workers.Count }, Effective(), Risk!, method, why, constants, pilot, PartWorkers);
    }

    public RiskFit Run(Plan plan, CancellationToken cancel, Action<TracePoint>? onTrace)
    {
        EmpiricalRisk<double> risk = Risk!;
        SeparationCertifier certifier = CertifierOf(plan, risk,
            InnerCertifier(risk, plan.GapTolerance > 0 ? Math.Min(plan.GapTolerance, 1e-10) : 1e-10));
        double[] start = StartOf(plan.Method, risk);
        ValidationMonitor<double>? monitor = held.Length == 0 ? null : new(HeldQuality, spec.Budget.Patience);
        SmoothnessWatch<double>? watch = plan.Theory is null || risk.NonSmooth is not null ? null : new(risk);
        RunOptions<double> options = new()
        {
            Start = start,
            Reference = plan.Theory?.Pilot is { } pilot ? pilot.Point.ToArray() : default,
            Seed = spec.Seed,
            MaxSteps = plan.MaxSteps,
            MaxGradients = plan.MaxGradients,
            TimeLimit = spec.Budget.Time ?? TimeSpan.MaxValue,
            GradientTolerance = GradientToleranceOf(risk, start),
            RelativeTolerance = spec.Budget.Tolerance ?? 0,
            GapTolerance = plan.GapTolerance,
            AccuracyAsked = spec.Budget.AsksAccuracy,
            TraceEvery = plan.TraceEvery,
            TraceFrom = plan.TraceFrom,
            TracePoints = plan.TracePoints,
            Certifier = certifier,
            Smoothness = plan.Constants.Smoothness.Value,
            Cancellation = cancel,
            Clock = Clock,
            OnTrace = onTrace,
            Checkpoints = Checkpoints,
            Latest = latest,
            Monitor = watch is null ? monitor : new Monitors<double>(monitor, watch),
        };
        RunResult<double> run = Minimize(risk, plan, options);
        if (monitor is { Ended: true, Best: { } best })
            run = run with { Point = best, Certificate = certifier.Certify(best, default, true) };
        return Finish(plan, risk, Resolved(Settle(plan, risk, certifier, run)), monitor?.Curve ?? []) with
        {
            Watch = watch,
            HeldOutAccuracy = monitor?.Accuracy ?? []
        };
    }

    // 2p − 2 log L speaks of a maximum of the likelihood itself, or of its supremum where estimates are infinite.
    string? NoAic(Certificate certificate)
    {
        if (L2 > 0 || spec.Model.L1 > 0) return "with a penalty the likelihood is not at its maximum";
        if (spec.Model.ClassWeights is not null) return "weights by class change the likelihood";
        if (spec.Model.EstimatesDispersion) return "where the dispersion is estimated beside it there is no likelihood";
        bool there = certificate.RelativeGap <= 1e-6 || (infinite is not null && certificate.Gap * train.Length <= 1e-6);
        return there ? null : "the fit is not converged, and AIC belongs to the maximum of the likelihood";
    }

    FitQuality? HeldQuality(double[] w)
    {
        double[] original = Original(w);
        return original.All(double.IsFinite)
            ? Validate(original, Risk!.Outputs, data.Family.HasOutputs && Risk.Outputs < data.Classes!.Count) : null;
    }

    // A vector of weights for every margin, on the scale of the data.
    double[] Original(double[] w)
    {
        double[] all = Risk!.Expand(w);
        return Widen(scaling?.Undo(all, Risk.Outputs, Risk.HasIntercept) ?? all, Risk.Outputs);
    }

    RunResult<double> Minimize(EmpiricalRisk<double> risk, Plan plan, RunOptions<double> options)
    {
        try
        {
            return plan.Algorithm switch
            {
                IMethod<double, IFiniteSumOracle<double>> m when spec.Method.MicroBatches > 1 =>
                    new Problem<double, IFiniteSumOracle<double>>(Parted(risk)).Minimize(m, options),
                _ when spec.Method.MicroBatches > 1 => throw new FitException(
                    $"`MicroBatches` cuts sampled gradients into parts, and `Method = {plan.Method}` asks for more than these."),
                _ => new Problem<double, EmpiricalRisk<double>>(risk).Minimize(OnRisk.Of(plan.Algorithm, plan.Method), options),
            };
        }
        catch (ArgumentException e)
        {
            throw new FitException(e.Message);
        }
    }

    RiskFit Finish(Plan plan, EmpiricalRisk<double> risk, RunResult<double> run, IReadOnlyList<(TracePoint Point, double Loss)> heldOut)
    {
        Certificate certificate = run.Certificate!;
        bool reference = data.Family.HasOutputs && risk.Outputs < data.Classes!.Count;
        double[] original = Original(run.Point);
        double[] z = new double[train.Length * risk.Outputs];
        bool usable = run.Outcome.Kind != OutcomeKind.Diverged || run.Point.All(double.IsFinite);
        if (usable) risk.Margins(run.Point, z);
        int parameters = risk.Dimension;
        FitQuality quality = data.Family.Measure(Measured(z, labels, weights, (offsets, trials), risk.Outputs, reference, parameters));
        if (infinite is { Covariance: not null } left && trials is null)
            quality = Quality.WithDegrees(quality, left.LimitRows - left.LimitRank);
        (IReadOnlyList<Coefficient> table, string? refusal, string statistic) = Infer(risk, run, certificate, original, quality, usable);
        SayDispersion(quality, refusal is null);
        table = Profiled(risk, run, table, quality, refusal, out bool profiled, out int missing);
        if (missing > 0)
            run = run with
            {
                Outcome = new Outcome(OutcomeKind.Interrupted, $"{run.Outcome.Sentence} Interrupted among the profile intervals: "
                    + $"{Text.Plural(missing, "coefficient")} without one.")
            };
        (IReadOnlyList<TermTest> terms, double condition) = spec.Model.TestsTerms ? TestTerms(risk, run.Point, quality) : ([], double.NaN);
        string? noAic = NoAic(certificate);
        double[] unseen = held.Length > 0 && usable ? HeldMargins(original, risk.Outputs) : [];
        FitQuality? validation = unseen.Length > 0 ? Validate(original, risk.Outputs, reference, true) : null;
        return new RiskFit
        {
            Spec = Spec,
            Data = data,
            Plan = plan,
            Run = run,
            Proved = certificate,
            Parameters = original,
            Outputs = risk.Outputs,
            HasReference = reference,
            L2 = L2,
            Coefficients = table,
            LineColumns = columnsOfLines,
            NoInference = refusal,
            IsProfiled = profiled,
            Terms = terms,
            Condition = condition,
            Influence = InfluenceOf(risk, run.Point, quality, refusal),
            Infimum = infinite?.Infimum,
            MarginCovariance = CovarianceOfMargins(risk, refusal, quality),
            StatisticName = statistic,
            Covariance = refusal is null ? SandwichWords(risk) : null,
            Quality = noAic is null ? quality : quality with { Aic = null },
            NoAic = noAic,
            Validation = validation,
            HeldOutLoss = heldOut,
            History = HistoryOf(plan, run, z, validation, separation, heldOut),
            Remarks = remarks,
            Scaling = kept is null ? scaling : scaling?.Widen(kept, data.Columns),
            ScalingNote = ScalingNote,
            TrainRows = train,
            Margins = z,
            TrainLabels = labels,
            HeldOutMargins = unseen,
            HeldOutRows = held,
        };
    }

    /// <summary>The objective of a method without inner scaling; <see cref="Prepare"/> does it for the method of the request.</summary>
    public void Scale() => Scale(spec.Method.Name);

    void Scale(string method)
    {
        ScaleColumns(method);
        Risk = MakeRisk(L2, spec.Model.L1);
    }

    EmpiricalRisk<double> MakeRisk(double l2, double l1)
    {
        RiskOptions options = new()
        {
            Intercept = spec.Model.Intercept,
            L2 = l2,
            L1 = l1,
            PenaliseIntercept = spec.Model.PenaliseIntercept,
            Weights = weights,
            Offsets = offsets,
            Seed = spec.Seed,
            Workers = workers,
            ColumnScales = spec.Model.Standardise ? null : scaling?.Deviations,
        };
        double parameter = Own;
        int classes = data.Classes?.Count ?? 0;
        try
        {
            return sparse is { } rows
                ? data.Family.Risk(rows, labels, options, parameter, classes)
                : data.Family.Risk(new DenseRows<double>(dense!.Value, train.Length, Columns), labels, options, parameter, classes);
        }
        catch (ArgumentException e)
        {
            throw new FitException(e.Message);
        }
    }

    // Zero, except where zero is far out: the log of the mean count, for methods without a prescribed start.
    double[] StartOf(string method, EmpiricalRisk<double> risk)
    {
        if (StartAt is { } known) return scaling?.Redo([.. known], risk.Outputs, risk.HasIntercept) ?? [.. known];
        double[] start = risk.NeutralPoint.ToArray();
        // Where losses are infinite beyond a margin the neutral point is the fit of the intercept alone already.
        if (risk.HasIntercept && risk.Outputs == 1 && !double.IsFinite(risk.LowestMargin) && Catalogue.Find(method)!.StartsAtMean)
        {
            double mean = 0, moved = 0;
            for (int i = 0; i < labels.Length; i++)
            {
                mean += risk.WeightOf(i) * labels[i];
                moved += risk.WeightOf(i) * risk.OffsetOf(i);
            }
            start[risk.Columns] = data.Family.StartAt(mean) - moved;
        }
        return start;
    }

    double[] HeldMargins(double[] w, int outputs)
    {
        double[] z = HeldProducts(w, outputs);
        for (int i = 0; data.Offsets is { } o && i < z.Length; i++) z[i] += o[held[i / outputs]];
        return z;
    }

    double[] HeldProducts(double[] w, int outputs) => data.Dense is { } x
        ? Predictor.Margins(new DenseRows<double>(Pick(x, held), held.Length, data.Columns), w, outputs, spec.Model.Intercept)
        : Predictor.Margins(Pick(data.Sparse!.Value, held), w, outputs, spec.Model.Intercept);

    FitQuality Validate(double[] w, int outputs, bool reference, bool withError = false)
    {
        double[] z = HeldMargins(w, outputs);
        double[] y = [.. held.Select(i => data.Labels[i])];
        double[]? of = Of(data.Weights, held), moved = Of(data.Offsets, held), tried = Of(data.Trials, held);
        return withError
            ? Quality.Unseen(data.Family, Measured(z, y, of, (moved, tried), outputs, reference, w.Length))
            : Quality.Apart(data.Family, Measured(z, y, of, (moved, tried), outputs, reference, w.Length));
    }

    static double[]? Of(double[]? all, int[] rows) => all is null ? null : [.. rows.Select(i => all[i])];

    MeasuredRows Measured(double[] z, double[] y, double[]? of, (double[]? Offsets, double[]? Trials) beside, int outputs, bool reference,
        int parameters) =>
        new(z, y, of)
        {
            Offsets = beside.Offsets,
            Trials = beside.Trials,
            Meaning = spec.Model.WeightsAre,
            Nuisances = IsAlphaOpen ? 1 : 0,
            Outputs = outputs,
            HasReference = reference,
            Own = Own,
            Parameters = parameters
        };
}
