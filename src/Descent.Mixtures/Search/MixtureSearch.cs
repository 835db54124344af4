using Descent.Latent;
using Descent.Maps;
using Descent.Runs;

namespace Descent.Mixtures.Search;

/// <summary>Several starts of a mixture, the best end that is not degenerate.
/// The same seed gives the same bits for any number of threads.</summary>
public static class MixtureSearch
{
    /// <summary>Runs all starts. A pass costs the model's E-step.</summary>
    /// <param name="model">The mixture with its rows.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="workers">Threads for the E-step; null for the calling one.</param>
    /// <param name="onStart">Told of each start as it ends.</param>
    /// <param name="cancel">Ends the search with what it has; the start under way counts as stopped.</param>
    /// <param name="onStep">Told of each step of each start, on the calling thread; the iterate is lent, not given.</param>
    /// <exception cref="ArgumentException">An option outside its range.</exception>
    public static MixtureFit Run(
        IMixture model, MixtureOptions? options = null, Workers? workers = null, Action<MixtureStart>? onStart = null,
        CancellationToken cancel = default, MixtureStep? onStep = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        MixtureOptions o = options ?? new MixtureOptions();
        o.Check();
        List<MixtureStart> starts = [];
        (MixtureStart? best, double[]? theta) = (null, null);
        Draws seeds = new(o.Seed);
        for (int i = 0; i < o.Restarts && !(i > 0 && cancel.IsCancellationRequested); i++)
        {
            double[] point = new double[model.Parameters];
            MixtureStart start = model.Start(seeds.Split((ulong)i), point)
                ? Improve(model, new EmMap(model, workers), o, i + 1, point, cancel, onStep)
                : new MixtureStart(i + 1, new Outcome(OutcomeKind.Diverged, "The start has a component without an estimate."), double.NaN,
                    0, 0,
                    model.Collapse, []);
            starts.Add(start);
            onStart?.Invoke(start);
            if (start.Degeneracy is not null || (best is not null && !(start.LogLikelihood > best.LogLikelihood))) continue;
            (best, theta) = (start, point);
        }
        if (theta is not null) model.Order(theta);
        return new MixtureFit(model, theta, best, starts, o.Supplemented);
    }

    // Leaves the end of the start in the point.
    static MixtureStart Improve(IMixture model, EmMap map, MixtureOptions o, int number, double[] point, CancellationToken cancel,
        MixtureStep? onStep)
    {
        if (o.Samples) return new SampledStart(model, map, o, number).Run(point, cancel, onStep);
        MapIteration run = o.Method switch
        {
            MixtureMethod.Squarem => new Squarem(map, point),
            MixtureMethod.Anderson => new Anderson(map, point),
            _ => new FixedPointIteration(map, point),
        };
        List<double> trace = [run.Merit];
        if (run.Failure is null) onStep?.Invoke(number, run.Merit, run.Point);
        double moved = model.Distance(run.Point, run.Image);
        while (run.Failure is null && !(moved <= o.Tolerance) && run.Maps + run.MapsOfStep <= o.Limit
            && !cancel.IsCancellationRequested)
        {
            run.Step();
            if (run.Failure is not null) break;
            trace.Add(run.Merit);
            onStep?.Invoke(number, run.Merit, run.Point);
            moved = model.Distance(run.Point, run.Image);
        }
        run.Point.CopyTo(point);
        Outcome outcome = Ending(run, moved, o.Tolerance, cancel.IsCancellationRequested);
        string? degenerate = run.Failure is null ? model.Degeneracy(point) : model.Collapse;
        return new MixtureStart(number, outcome, run.Merit, run.Maps, run.Fallbacks, degenerate, trace);
    }

    static Outcome Ending(MapIteration run, double moved, double tolerance, bool cancelled)
    {
        if (run.Failure is { } why) return new Outcome(OutcomeKind.Diverged, why);
        if (moved <= tolerance)
            return new Outcome(OutcomeKind.Converged,
                FormattableString.Invariant($"One more EM step moves θ by {moved:g3} ≤ {tolerance:g3}, after {run.Maps} passes."));
        return cancelled
            ? new Outcome(OutcomeKind.Interrupted,
                FormattableString.Invariant($"Stopped after {run.Maps} passes; one more EM step moves θ by {moved:g3}."))
            : new Outcome(OutcomeKind.AccuracyMissed,
                FormattableString.Invariant($"One more EM step still moves θ by {moved:g3} > {tolerance:g3} after {run.Maps} passes."));
    }
}
