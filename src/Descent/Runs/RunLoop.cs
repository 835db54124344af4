using Descent.Algorithms;
using Descent.Oracles;

namespace Descent.Runs;

/// <summary>The loop: advance, look, decide. It never handles a gradient and never asks which method it drives.</summary>
sealed partial class RunLoop<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly IOracle oracle;
    readonly Iteration<T> iteration;
    readonly RunOptions<T> options;
    readonly int examples;
    readonly List<TracePoint> trace = [];
    readonly T[] scratch;
    readonly Budget budget;
    double lowerBound = double.NegativeInfinity;
    TimeSpan spent, looked, certified;
    long gradientsBefore;
    int unseen;

    public RunLoop(IOracle oracle, Iteration<T> iteration, RunOptions<T> options, long gradientsBefore, TimeSpan spent)
    {
        this.oracle = oracle;
        this.iteration = iteration;
        this.options = options;
        this.gradientsBefore = gradientsBefore;
        this.spent = spent;
        examples = oracle is IStochasticOracle<T> { Population: > 0 } s ? s.Population : 1;
        scratch = new T[oracle.Dimension];
        budget = new Budget(options.MaxSteps, options.MaxGradients, options.TimeLimit, examples,
            options.GapTolerance > 0 || options.GradientTolerance > 0 || options.RelativeTolerance > 0, iteration.BestEnd);
    }

    public RunResult<T> Go()
    {
        Outcome? outcome = Resume() ? CheckBudget() : ObserveAndJudge();
        while (outcome is null)
        {
            Advance(NextTrace());
            outcome = CheckValue() ?? (AtTrace() ? ObserveAndJudge() : null) ?? CheckBudget();
            if (outcome is null) KeepIfDue();
        }
        if (trace[^1].Step != iteration.Step) Observe();
        Certificate? certificate = Certify(!Proved(trace[^1]) || options.Certifier is { ThoroughIsCheap: true });
        if (certificate is not null) trace[^1] = trace[^1] with { LowerBound = Math.Max(lowerBound, certificate.LowerBound) };
        // A last certificate may prove what no look before it could afford to.
        if (outcome.Kind == OutcomeKind.AccuracyMissed && Proved(trace[^1])) outcome = Reached(trace[^1]);
        outcome = Concluded(Review(outcome));
        return new RunResult<T>(outcome, iteration.Point.ToArray(), trace, certificate, iteration.Step, Gradients, spent.TotalSeconds)
        {
            LookSeconds = looked.TotalSeconds,
            CertificateSeconds = certified.TotalSeconds,
            Earlier = earlier,
        };
    }

    long Gradients => oracle.Meter.Gradients - gradientsBefore;

    Outcome? ObserveAndJudge()
    {
        Observe();
        return Judge();
    }

    // Chunks between trace points depend on counts alone, never on the clock, so that they cannot change a bit of the result.
    void Advance(long goal)
    {
        long begun = options.Clock.GetTimestamp();
        long chunk = Math.Max(1, Math.Min(goal - iteration.Step, Math.Max(256, options.TraceEvery / 8)));
        iteration.Advance(Math.Min(chunk, budget.Steps - iteration.Step));
        spent += options.Clock.GetElapsedTime(begun);
    }

    void Observe()
    {
        long begun = options.Clock.GetTimestamp();
        Look();
        looked += options.Clock.GetElapsedTime(begun);
        options.OnTrace?.Invoke(trace[^1]);
    }

    double DistanceToReference()
    {
        if (options.Reference.IsEmpty) return double.NaN;
        ReadOnlySpan<T> w = iteration.Point, reference = options.Reference.Span;
        double sum = 0;
        for (int j = 0; j < w.Length; j++)
        {
            double away = double.CreateTruncating(w[j]) - double.CreateTruncating(reference[j]);
            sum += away * away;
        }
        return Math.Sqrt(sum);
    }

    // Whether a bound already proves what was asked: then nothing more is owed.
    bool Proved(TracePoint now) => options.GapTolerance > 0 && now.Gap <= options.GapTolerance * Math.Abs(now.Value);

    Certificate? Certify(bool thorough)
    {
        if (options.Certifier is null) return null;
        if (!Finite(iteration.Point))
            return new Certificate(double.NaN, double.NaN, double.NegativeInfinity, CertificateKind.None, "the iterate is not finite");
        long begun = options.Clock.GetTimestamp();
        oracle.Meter.Paused = true;
        Certificate c = options.Certifier.Certify(iteration.Point, iteration.Dual, thorough);
        oracle.Meter.Paused = false;
        certified = options.Clock.GetElapsedTime(begun);
        return c;
    }

    Outcome? CheckValue() =>
        iteration.Step > 0 && !double.IsNaN(iteration.LastStepSize) && !double.IsFinite(iteration.LastValue)
            ? Diverged(iteration.LastValue)
            : null;

    Outcome? Judge()
    {
        TracePoint now = trace[^1];
        if (!double.IsFinite(now.Value) && (now.Step > 0 || oracle is IGradientOracle<T> || !Finite(iteration.Point)))
            return Diverged(now.Value);
        string? reason = Watch(now);
        if (Proved(now)) return Reached(now);
        if (options.GradientTolerance > 0 && now.GradientNorm <= options.GradientTolerance)
            return Converged($"‖∇F‖ = {Text(now.GradientNorm)} is at most {Text(options.GradientTolerance)}", now);
        if (options.RelativeTolerance > 0 && Settled(now) is { } change)
            return Converged($"F changed by {Text(change)} of itself over the last epoch, at most {Text(options.RelativeTolerance)} "
                + "(which says nothing about the gap)", now);
        if (reason is not null)
            return new Outcome(OutcomeKind.BudgetSpent, $"Stopped early after {now.Step} steps: {reason}; F = {Text(now.Value)}.");
        if (iteration.Ended is { } ended)
        {
            bool missed = options.AccuracyAsked && (options.GapTolerance > 0 || options.GradientTolerance > 0);
            string where = $"after {now.Step} steps: {ended.Reason}; F = {Text(now.Value)}.";
            if (missed) return new Outcome(OutcomeKind.AccuracyMissed, $"Ended {where} The asked accuracy was not certified.");
            return new Outcome(ended.Converged ? OutcomeKind.Converged : OutcomeKind.Stalled,
                (ended.Converged ? "Converged " : "Stalled ") + where);
        }
        return null;
    }

    Outcome Reached(TracePoint now) => Converged($"the certified gap {Bound(now.Gap)} is at most {Text(options.GapTolerance)}·|F|", now);

    string? Watch(TracePoint now)
    {
        if (options.Monitor is null) return null;
        bool paused = oracle.Meter.Paused;
        oracle.Meter.Paused = true;
        string? reason = options.Monitor.Look(now, iteration.Point);
        oracle.Meter.Paused = paused;
        return reason;
    }

    double? Settled(TracePoint now)
    {
        for (int i = trace.Count - 2; i >= 0; i--)
        {
            if (now.Epochs - trace[i].Epochs < 0.999) continue;
            double change = Math.Abs(now.Value - trace[i].Value) / Math.Max(Math.Abs(now.Value), double.Epsilon);
            return change <= options.RelativeTolerance ? change : null;
        }
        return null;
    }

    Outcome? CheckBudget()
    {
        if (options.Cancellation.IsCancellationRequested)
        {
            if (options.Checkpoints is { Keep: not null }) Keep();
            return new Outcome(OutcomeKind.Interrupted,
                $"Interrupted after {iteration.Step} steps; the model is the iterate at that step.");
        }
        if (budget.Spent(iteration.Step, Gradients, spent) is not { } what) return null;
        bool asked = options.AccuracyAsked && (options.GapTolerance > 0 || options.GradientTolerance > 0 || options.RelativeTolerance > 0);
        return new Outcome(asked ? OutcomeKind.AccuracyMissed : OutcomeKind.BudgetSpent, $"Budget spent ({what})") { IsOpen = true };
    }

    static bool Finite(ReadOnlySpan<T> w) => T.IsFinite(Vectors.MaxAbs(w));

    // The last look: a budget that ran out gets the numbers it ended at, and an F above its start is said.
    Outcome Review(Outcome outcome)
    {
        TracePoint first = trace[0], last = trace[^1];
        if (outcome.Kind is OutcomeKind.Diverged) return outcome;
        if (!double.IsFinite(last.Value)) return Diverged(last.Value);
        // Who stops a run early may well stop it above its start.
        if (outcome.Kind is OutcomeKind.Interrupted) return outcome;
        bool above = last.Value > first.Value + (1e-9 * Math.Abs(first.Value)) && last.GradientNorm > first.GradientNorm;
        if (above && Divergence.Is(trace))
            return new Outcome(OutcomeKind.Diverged,
                $"Diverged: after {last.Step} steps F = {Text(last.Value)} is above its value at the start, "
                + $"{Text(first.Value)}.{Advice()}");
        outcome = Proved(outcome, last);
        if (outcome.Kind == OutcomeKind.Converged && !double.IsNaN(last.GradientNorm) && !double.IsFinite(last.GradientNorm))
            return new Outcome(OutcomeKind.Stalled,
                $"Stalled after {last.Step} steps: the gradient is out of range, so that nothing can be said of how far the optimum is; "
                + $"F = {Text(last.Value)}.");
        if (outcome.Kind is not (OutcomeKind.BudgetSpent or OutcomeKind.AccuracyMissed) || !outcome.IsOpen) return outcome;
        string gap =
            double.IsFinite(last.LowerBound) ? $", certified gap {Bound(last.Gap)} ({Bound(last.Gap / Math.Abs(last.Value))} of |F|)" : "";
        if (options.Certifier is null && oracle is not IGradientOracle<T>)
            return outcome with
            {
                IsOpen = false,
                Sentence = $"{outcome.Sentence}; the last sampled loss was {Text(iteration.LastValue)}.",
            };
        string missed = outcome.Kind == OutcomeKind.AccuracyMissed ? " before the asked accuracy" : "";
        string floor = !above ? "" : Divergence.Grows(trace)
            ? $" F is above its start, {Text(first.Value)}: these steps lead away from it; smaller or decaying ones stay closer."
            : $" F is above its start, {Text(first.Value)}, and does not grow on: that is the noise floor of these steps; "
                + "smaller or decaying ones come closer.";
        return outcome with
        {
            IsOpen = false,
            Sentence = $"{outcome.Sentence}{missed}: F = {Text(last.Value)}, ‖∇F‖ = {Text(last.GradientNorm)}{gap}.{floor}",
        };
    }

    // A method that could not go on has stopped short, unless a proved bound says that it is there.
    static Outcome Proved(Outcome outcome,
        TracePoint last) => outcome.Kind == OutcomeKind.Stalled && last.Gap <= 1e-9 * Math.Abs(last.Value)
        ? new Outcome(OutcomeKind.Converged, $"{outcome.Sentence} The certified gap is {Bound(last.Gap)}: there is nothing left to gain.")
        : outcome;

    Outcome Concluded(Outcome outcome)
    {
        if (outcome.Kind == OutcomeKind.Diverged) return outcome;
        oracle.Meter.Paused = true;
        string? more = iteration.Conclude();
        oracle.Meter.Paused = false;
        return more is null ? outcome : outcome with { Sentence = $"{outcome.Sentence.TrimEnd('.')}. {more}" };
    }

    static Outcome Converged(string why, TracePoint now) =>
        new(OutcomeKind.Converged, $"Converged after {now.Step} steps: {why}; F = {Text(now.Value)}.");

    Outcome Diverged(double value)
    {
        TracePoint? last = null;
        foreach (TracePoint p in trace)
            if (double.IsFinite(p.Value)) last = p;
        string before = last is { } l ? $"; last finite F = {Text(l.Value)} at step {l.Step}" : "";
        string eta = double.IsNaN(iteration.LastStepSize) ? "" : $" with step size {Text(iteration.LastStepSize)}";
        return new Outcome(OutcomeKind.Diverged, $"Diverged at step {iteration.Step}: F = {Text(value)}{before}{eta}.{Advice()}");
    }

    string Advice() =>
        options.Smoothness is { } l && double.IsFinite(l)
            ? $" With L ≈ {Text(l)}, gradient descent needs a step size below 2/L ≈ {Text(2 / l)}."
            : "";

    static string Bound(double x) => BoundFormat.AtMost(x, 6);

    static string Text(double x) => x.ToString("G6", System.Globalization.CultureInfo.InvariantCulture);
}
