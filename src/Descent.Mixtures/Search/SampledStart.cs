using Descent.Algorithms;
using Descent.Latent;
using Descent.Oracles;
using Descent.Runs;

namespace Descent.Mixtures.Search;

/// <summary>
/// A start led by a method that takes rows in mini-batches. It is looked at some fifty times: ℓ there, and at the end how far one more EM
/// step moves the average of the path.
/// </summary>
sealed class SampledStart
{
    const int Looks = 50;
    readonly IMixture model;
    readonly EmMap map;
    readonly MixtureOptions options;
    readonly int number, batch;
    readonly List<double> trace = [];
    long looks;

    public SampledStart(IMixture model, EmMap map, MixtureOptions options, int number)
    {
        (this.model, this.map, this.options, this.number) = (model, map, options, number);
        batch = options.BatchOf(model.Count);
    }

    /// <summary>Leaves the average of the path in the point.</summary>
    public MixtureStart Run(double[] point, CancellationToken cancel, MixtureStep? onStep)
    {
        Look(point, onStep);
        long passes = 0;
        if (!double.IsFinite(trace[0])) return Ended(point, passes, cancel);
        Func<int, double[]> go = options.Method switch
        {
            MixtureMethod.Online => Online(point),
            MixtureMethod.Stochastic => Stochastic(point),
            _ => Gradients(point),
        };
        int stride = (int)Math.Max(1, options.Limit / Looks);
        while (passes < options.Limit && !cancel.IsCancellationRequested)
        {
            int next = (int)Math.Min(stride, options.Limit - passes);
            go(next).CopyTo(point, 0);
            passes += next;
            Look(point, onStep);
            if (!double.IsFinite(trace[^1])) break;
        }
        return Ended(point, passes, cancel);
    }

    Func<int, double[]> Online(double[] point)
    {
        OnlineEm run = new(model, point, new OnlineEmOptions
        {
            AverageAfter = options.Limit / 2 * model.Count,
            Seed = Seed,
            Order = Order,
        });
        return passes =>
        {
            run.Run(model, passes, batch);
            return run.Average.ToArray();
        };
    }

    Func<int, double[]> Stochastic(double[] point)
    {
        if (model is not IDrawModel drawn) throw new ArgumentException("This model draws no hidden part; take EM.");
        StochasticEm run = new(drawn, point, seed: Seed, order: Order);
        long done = 0;
        return passes =>
        {
            if (done <= options.Limit / 2) run.StartAverage();
            run.Run(passes, batch);
            done += passes;
            return run.Average.ToArray();
        };
    }

    // Averaged stochastic gradients, each coordinate by the root of its sum of squares: z is drawn, coordinates are free.
    Func<int, double[]> Gradients(double[] point)
    {
        if (model is not IScoredModel scored) throw new ArgumentException("This model has no score in free coordinates; take EM.");
        double[] w = new double[scored.Coordinates], theta = new double[model.Parameters];
        ((ICoordinates)model).ToCoordinates(point, w);
        var method = Methods.Average<double, IStochasticOracle<double>>(
            Methods.AdaGrad(0.3, sampling: new Sampling(Order, batch)), new Averaging(AverageKind.Polynomial, 8));
        Iteration<double> run = method.Start(new LatentObjective(scored), w, new Draws(Seed));
        return passes =>
        {
            run.Advance(Math.Max(1, (long)passes * model.Count / batch));
            ((ICoordinates)model).FromCoordinates(run.Point, theta);
            return theta;
        };
    }

    SampleOrder Order => options.Order ?? SampleOrder.Shuffle;

    ulong Seed => Philox.Pair((ulong)number, options.Seed).A;

    void Look(double[] point, MixtureStep? onStep)
    {
        looks++;
        trace.Add(map.Merit(point));
        if (double.IsFinite(trace[^1])) onStep?.Invoke(number, trace[^1], point);
    }

    MixtureStart Ended(double[] point, long passes, CancellationToken cancel)
    {
        double[] image = new double[point.Length];
        double log = map.MapWithMerit(point, image), moved = model.Distance(point, image);
        looks++;
        Outcome outcome = Outcome(log, moved, passes, cancel.IsCancellationRequested);
        string? degenerate = outcome.Kind == OutcomeKind.Diverged ? model.Collapse : model.Degeneracy(point);
        return new MixtureStart(number, outcome, log, passes + looks, 0, degenerate, trace);
    }

    Outcome Outcome(double log, double moved, long passes, bool cancelled)
    {
        string said = FormattableString.Invariant(
            $"{passes} passes in mini-batches of {batch} rows; one more EM step moves θ by {moved:g3}");
        if (!double.IsFinite(log) || !double.IsFinite(moved))
            return new Outcome(OutcomeKind.Diverged, $"After {passes} passes the average of the path lies outside the parameter space.");
        if (moved <= options.Tolerance)
            return new Outcome(OutcomeKind.Converged, FormattableString.Invariant($"{said} ≤ {options.Tolerance:g3}."));
        return new Outcome(cancelled ? OutcomeKind.Interrupted : OutcomeKind.BudgetSpent, said + ".");
    }
}
